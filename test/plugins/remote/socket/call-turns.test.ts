/** The calls of a session, over a network that a test has in its hand. */

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CallTurns } from '../../../../src/plugins/remote/socket/call-turns.js';

function scene() {
  const rooms: (() => void)[] = [];
  const link = { isFull: false, whenRoom: (room: () => void) => void rooms.push(room) };
  const turns = new CallTurns();
  const started: number[] = [];
  const settle: ((value: string) => void)[] = [];
  const answers: unknown[] = [];
  const call = (id: number, signal = new AbortController().signal) =>
    turns
      .run(link, signal, () => {
        started.push(id);
        return new Promise<string>((resolve) => settle.push(resolve));
      })
      .then((answer) => answers.push(answer));
  return { link, rooms, turns, started, settle, answers, call };
}

describe('calls of a session', () => {
  it('64 at a time: the next ones begin when others have ended, in order', async () => {
    const { call, started, settle, answers } = scene();
    for (let id = 0; id < 100; id++) void call(id);
    expect(started).toHaveLength(64);
    settle[5]('five');
    await turn();
    expect([started.length, started[64], answers]).toEqual([65, 64, ['five']]);
  });

  it('whose answers are not taken: the next ones wait until they are', async () => {
    const { call, started, link, rooms } = scene();
    link.isFull = true;
    void call(1);
    expect(started).toEqual([]);
    link.isFull = false;
    for (const room of rooms) room();
    expect(started).toEqual([1]);
  });

  it('given up: one that waits never begins, and one that runs leaves its place', async () => {
    const { call, started, link, rooms } = scene();
    const aborts = Array.from({ length: 66 }, () => new AbortController());
    for (const [id, { signal }] of aborts.entries()) void call(id, signal);
    aborts[64].abort();
    aborts[0].abort();
    expect(started.slice(64)).toEqual([65]);
    link.isFull = true;
    const last = new AbortController();
    aborts[1].abort();
    void call(99, last.signal);
    last.abort();
    link.isFull = false;
    for (const room of rooms) room();
    expect(started.at(-1)).toBe(65);
  });

  it('an operation that fails, or throws: says so, and leaves its place', async () => {
    const { turns, link } = scene();
    for (let at = 0; at < 200; at++) {
      const { signal } = new AbortController();
      const failed = turns.run(link, signal, () => {
        if (at % 2 === 0) throw new Error('no');
        return Promise.reject(new Error('no'));
      });
      await expect(failed).rejects.toThrow('no');
    }
  });
});
