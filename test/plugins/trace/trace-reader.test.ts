/** One reader of the trace, its network played by the test. */

import { describe, expect, it } from 'vitest';
import type { TraceEntry } from '../../../src/mux/index.js';
import { TraceReader } from '../../../src/plugins/trace/trace-reader.js';
import { entry } from '../../mux/trace/entries.js';

const status = { state: 'ready', reason: '', since: new Date(), generation: 1, reconnects: 0, socket: '/s' } as const;
const vpp = { status, tableHash: 'a1' };
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Descriptions of what was sent; the network takes it when told to. */
function reader(options: { backlog?: TraceEntry[]; maxBuffer?: number; onIdle?: () => void } = {}) {
  const sent: string[][] = [];
  let taken: (error?: Error) => void = () => {};
  const socket = {
    send(text: string, done: (error?: Error) => void) {
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      sent.push(lines.map((line) => line.name ?? (line.format ? 'header' : `dropped ${line.dropped}`)));
      taken = done;
    },
  };
  const made = new TraceReader(socket, { vpp, backlog: [], maxBuffer: 1024, ...options });
  return { reader: made, sent, take: (error?: Error) => taken(error) };
}

const named = (prefix: string, count: number, bytes = 10) =>
  Array.from({ length: count }, (_, i) => entry(`${prefix}${i}`, bytes));

describe('a reader of the trace', () => {
  it('nothing said yet: the header at once', async () => {
    const { sent } = reader();
    await tick();
    expect(sent).toEqual([['header']]);
  });

  it('messages of one tick: go together, after what was kept', async () => {
    const { reader: each, sent } = reader({ backlog: named('old', 2) });
    for (const one of named('new', 2)) each.add(one);
    await tick();
    expect(sent).toEqual([['header', 'old0', 'old1', 'new0', 'new1']]);
  });

  it('a network that takes nothing: the oldest are dropped, their number stands where they were', async () => {
    const { reader: each, sent, take } = reader({ maxBuffer: 1024 });
    await tick();
    for (const one of named('m', 20, 100)) each.add(one);
    await tick();
    expect(sent).toEqual([['header']]);
    take();
    const kept = Array.from({ length: 10 }, (_, i) => `m${10 + i}`);
    expect(sent[1]).toEqual(['dropped 10', ...kept]);
    take();
    each.add(entry('next'));
    await tick();
    expect(sent[2]).toEqual(['next']);
  });

  it('messages without number: bounded by their count as well', async () => {
    const { reader: each, sent, take } = reader({ maxBuffer: 1024 });
    await tick();
    for (const one of named('m', 100, 2)) each.add(one);
    take();
    expect(sent[1][0]).toBe('dropped 84');
  });

  it('more than one parcel: the next goes when the network has taken the one before', async () => {
    const { sent, take } = reader({ backlog: named('big', 4, 20_000) });
    await tick();
    expect(sent.flat()).toEqual(['header', 'big0', 'big1']);
    take();
    expect(sent.flat()).toEqual(['header', 'big0', 'big1', 'big2', 'big3']);
  });

  it('a huge message: its beginning', async () => {
    const { reader: each, sent } = reader({ maxBuffer: 1 << 23 });
    each.add(entry('huge', 1 << 22));
    await tick();
    expect(sent).toEqual([['header', 'huge']]);
  });

  it('all sent: idle, once the network has it', async () => {
    let idle = 0;
    const { take } = reader({ backlog: named('old', 1), onIdle: () => idle++ });
    await tick();
    expect(idle).toBe(0);
    take();
    expect(idle).toBe(1);
  });

  it('a socket that fails, or is closed: nothing more is sent', async () => {
    const { reader: each, sent, take } = reader();
    await tick();
    take(new Error('gone'));
    each.close();
    each.add(entry('late'));
    await tick();
    expect(sent).toEqual([['header']]);
  });
});
