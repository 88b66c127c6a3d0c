import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { firstAbort, onAbort } from '../src/abort.js';
import { onMemory } from './support/channel-on-memory.js';

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('one signal on many requests', () => {
  it('a thousand in flight: one listener, none when they are answered, all given up when it is aborted', async () => {
    const world = onMemory();
    const ch = world.channel({ requestBuffer: 600 });
    const leave = new AbortController();
    const make = () => ch.request('add_one', {}, { signal: leave.signal });
    const first = Promise.all(Array.from({ length: 500 }, make));
    expect(listeners(leave.signal)).toBe(1);
    for (let index = 0; index < 500; index++) world.answer(index, 'add_one_reply');
    await first;
    expect(listeners(leave.signal)).toBe(0);
    const second = Promise.allSettled([
      ...Array.from({ length: 1000 }, make),
      ch.dump('thing_dump', {}, { signal: leave.signal }).toArray(),
    ]);
    const watching = ch.events('thing_event', { signal: leave.signal })[Symbol.asyncIterator]().next();
    expect(listeners(leave.signal)).toBe(1);
    leave.abort();
    const codes = (await second).map((result) => result.status === 'rejected' && result.reason.code);
    expect(new Set(codes)).toEqual(new Set(['ABORTED']));
    expect(await watching).toMatchObject({ done: true });
    expect(listeners(leave.signal)).toBe(0);
  });

  it('one that leaves while others are told: is not told', () => {
    const leave = new AbortController();
    const told: string[] = [];
    onAbort(leave.signal, () => {
      told.push('first');
      notSecond();
    });
    const notSecond = onAbort(leave.signal, () => told.push('second'));
    onAbort(leave.signal, () => told.push('third'));
    leave.abort();
    expect(told).toEqual(['first', 'third']);
  });
});

describe('the first of several signals', () => {
  it('is aborted with its reason, and leaves nothing on those that outlive it', () => {
    const [long, short] = [new AbortController(), new AbortController()];
    const one = firstAbort([long.signal, short.signal]);
    expect(listeners(long.signal)).toBe(1);
    short.abort('short');
    expect(one.signal.reason).toBe('short');
    one.forget();
    for (let at = 0; at < 100; at++) firstAbort([long.signal, new AbortController().signal]).forget();
    expect(listeners(long.signal)).toBe(0);
    const late = firstAbort([long.signal, short.signal]);
    expect(late.signal.reason).toBe('short');
    expect(listeners(long.signal)).toBe(0);
  });
});
