import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { scaled } from '../support/scale.js';
import { compiled } from './dataplane.js';
import { complaints, type Minute, tooShort } from './soak-minute.js';

function soak(...args: string[]): Promise<{ code: unknown; output: string }> {
  const program = compiled('soak.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, output: stdout + stderr });
    });
  });
}

describe('soak', () => {
  it('two short minutes: a line each, a restart each, and nothing to complain of', { timeout: 120_000 }, async () => {
    const { code, output } = await soak('--minutes', '2', '--seconds', `${scaled({ short: 1, long: 20 })}`);
    console.log(output);
    expect(code).toBe(0);
    const line = String.raw`minute \d: [1-9]\d* requests, p50 / p99 / p99.9 [\d./ ]+ ms, RSS [\d.]+ MiB, heap [\d.]+ MiB, 1 restarts; errors: .*BAD_FIELD`;
    expect(output.match(new RegExp(line, 'g'))?.length).toBe(2);
    expect(output).toMatch(/\npassed\n$/);
  });

  it('arguments that are none: exit code 2, with the right ones', async () => {
    expect(await soak('--minutes', 'many')).toMatchObject({ code: 2, output: expect.stringContaining('whole number') });
  });
});

describe('what a soak is worth', () => {
  const minute = (heap: number, rss = 100, requests = 1): Minute => ({
    requests,
    p50: 1,
    p99: 1,
    p999: 1,
    errors: {},
    restarts: 1,
    heap,
    rss,
  });
  const run = (...heaps: number[]) => complaints(heaps.map((heap) => minute(heap)));

  it('memory that goes up and down, or rises in the first minute only: nothing to complain of', () => {
    expect(run(5, 12, 11, 13, 12, 11.5)).toEqual([]);
  });

  it('memory that rises steadily: is told, heap and RSS each', () => {
    expect(run(10, 11, 12, 13, 14)).toEqual(['heap rises by 1.00 MiB a minute, 3.0 MiB in all (limit 2)']);
    expect(complaints([50, 60, 80, 100].map((rss) => minute(10, rss)))).toEqual([
      'rss rises by 20.00 MiB a minute, 40.0 MiB in all (limit 32)',
    ]);
  });

  it('a minute without an answer: is told', () => {
    expect(complaints([minute(1), minute(1, 100, 0)])).toEqual(['minute 2: no request was answered']);
  });

  it('too few minutes for a slope: says how many it takes', () => {
    expect([tooShort(3), tooShort(4)]).toEqual(['3 minutes are too few for a slope; it takes 4', undefined]);
  });
});
