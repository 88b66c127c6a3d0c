/** Counters at an interval, over operations and a network that a test has in its hand. */

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Credit } from '../../../../src/plugins/remote/socket/credit.js';
import { StatsStream } from '../../../../src/plugins/remote/socket/stats-stream.js';

function scene(calls: () => number) {
  const done: string[] = [];
  const credit = new Credit(1, 10);
  credit.add(3);
  const stream = new StatsStream({
    operations: {
      async call() {
        done.push('read');
        return { at: done.length, entries: [] };
      },
    },
    calls() {
      done.push('count');
      return calls();
    },
    ...{ patterns: ['.*'], interval: 1, credit },
    link: { isFull: false, send: () => void done.push('send') },
    end: { id: 1, finish() {}, fail: (error: unknown) => void done.push(`fail ${error}`) },
  } as never);
  return { stream, done };
}

describe('counters at an interval', () => {
  it('each reading: counts as a call', async () => {
    const { stream, done } = scene(() => 0);
    await vi.waitFor(() => expect(done).toHaveLength(9), { interval: 1, timeout: 5000 });
    stream.end();
    expect(done).toEqual(['count', 'read', 'send', 'count', 'read', 'send', 'count', 'read', 'send']);
  });

  it('a caller over its share: nothing is read for it until it has one again', async () => {
    const { stream, done } = scene(() => 3_600_000);
    for (let at = 0; at < 10; at++) await turn();
    expect(done).toEqual(['count']);
    stream.end();
    for (let at = 0; at < 10; at++) await turn();
    expect(done).toEqual(['count']);
  });
});
