/** A dump for a client over a buffer of rows that cannot be written. */

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Credit } from '../../../../src/plugins/remote/socket/credit.js';
import { DumpStream, type DumpStreamOptions } from '../../../../src/plugins/remote/socket/dump-stream.js';

/** A dump with a row that waits for credit, and no other yet. */
async function scene() {
  const buffer = {
    ...{ waiting: 0, bytes: 0 },
    isFull: (credit: number) => credit === 0 && buffer.waiting > 0,
    push() {
      buffer.waiting += 1;
    },
    send() {
      throw new RangeError('no form');
    },
  };
  const rows = [{ value: {}, done: false }];
  const dump = {
    [Symbol.asyncIterator]: () => ({
      next: async () => rows.shift() ?? new Promise<never>(() => {}),
      return: async () => ({ value: undefined, done: true }),
    }),
  };
  const ended: unknown[] = [];
  const stream = new DumpStream({
    ...{ channel: 1, dump, abort: new AbortController(), buffer, credit: new Credit(1, 100), turnMs: 60_000 },
    ...{ link: { isFull: false }, share: () => () => {} },
    begin(start: () => void) {
      start();
      return () => {};
    },
    end: { id: 1, finish: (frame: unknown) => ended.push(frame), fail: (error: unknown) => ended.push(error) },
  } as unknown as DumpStreamOptions);
  for (let at = 0; at < 5; at++) await turn();
  return { stream, ended };
}

describe('a dump', () => {
  it('a row that has no form: ends it with the error, once it may be sent', async () => {
    const { stream, ended } = await scene();
    expect(ended).toEqual([]);
    stream.credit(1);
    for (let at = 0; at < 5; at++) await turn();
    expect(ended).toEqual([new RangeError('no form')]);
  });

  it('closed with such a row: ends with what closed it', async () => {
    const { stream, ended } = await scene();
    stream.credit(1);
    stream.channelClosed(new Error('closed'));
    expect(ended).toEqual([new Error('closed')]);
  });
});
