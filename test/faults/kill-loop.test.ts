import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { long, scaled, seedFor } from '../support/scale.js';
import { compiled } from './dataplane.js';
import { shown } from './figures.js';
import type { KillLoopReport } from './kill-loop.js';

const ROUNDS = scaled({ short: 4, long: 200 });
/** Bytes a round that are no slope: what V8 itself learns meanwhile. */
const FLAT = 4096;

function killLoop(rounds: number, seed: number): Promise<KillLoopReport> {
  const program = compiled('kill-loop.js');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--expose-gc', program, `${rounds}`, `${seed}`], (error, stdout, stderr) => {
      if (error) reject(new Error(`the kill loop ended early: ${stderr}`, { cause: error }));
      else resolve(JSON.parse(stdout));
    });
  });
}

describe('a dataplane killed again and again under load', () => {
  it(`${ROUNDS} deaths: everything settles, typed; all is renewed; nothing is left over`, {
    timeout: 600_000,
  }, async () => {
    const report = await killLoop(ROUNDS, seedFor('kill loop'));
    const { settled, ready, renewed, stats, resources, listeners, heapMiB, heapSlope, failures } = report;
    console.log(
      [
        `${report.rounds} deaths, ${report.inFlight} operations under way at them, ${report.succeeded} had succeeded`,
        `settled after EOF:        ${shown(settled)}`,
        `ready after the socket:   ${shown(ready)}`,
        `resync after ready:       ${shown(renewed)}`,
        `heap: ${heapMiB.map((mib) => mib.toFixed(2)).join(' → ')} MiB, ${heapSlope} bytes a round`,
        JSON.stringify(failures),
      ].join('\n'),
    );
    expect(report.faults).toEqual([]);
    expect(report.inFlight).toBeGreaterThan(100 * ROUNDS);
    expect(Object.keys(failures)).toEqual(
      expect.arrayContaining(['CONNECTION_LOST unknown', 'CONNECTION_LOST not-sent']),
    );
    expect(report.events).toBeGreaterThan(0);
    expect(stats).toMatchObject({ inFlight: 0, waiting: 0, bufferedBytes: 0, channels: 0 });
    const [start, early, late, closed] = resources;
    expect({ ...late, Timeout: 0 }).toEqual({ ...early, Timeout: 0 });
    // The probe's, the one of all deadlines while any is due, and the look at an incomplete message (frame-age.ts).
    expect(late.Timeout).toBeLessThanOrEqual(3);
    expect(closed).toEqual(start);
    expect(listeners).toEqual(Array(4).fill(listeners[0]));
    if (!long) return;
    expect(settled.p99).toBeLessThan(100);
    expect(ready.p99).toBeLessThan(200);
    expect(heapSlope).toBeLessThan(FLAT);
  });
});
