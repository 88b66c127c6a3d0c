import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadlines, type Timed } from '../../../src/mux/session/deadlines.js';

let now = 0;
const passed: string[] = [];

function timed(name: string, timeoutMs: number): Timed {
  const expire = () => passed.push(`${name}@${now}`);
  return { timeoutMs, expire, due: 0, list: undefined, earlier: undefined, later: undefined };
}

/** Lets time pass in steps, the clock and the timers together. */
function pass(ms: number): void {
  for (let i = 0; i < ms; i++) {
    now++;
    vi.advanceTimersByTime(1);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  passed.length = 0;
});
afterEach(() => vi.useRealTimers());

describe('deadlines', () => {
  it('items of several timeouts: expire each at its time, in order', () => {
    const deadlines = new Deadlines(() => now);
    deadlines.add(timed('slow', 300));
    deadlines.add(timed('fast', 100));
    pass(50);
    deadlines.add(timed('later', 100));
    pass(400);
    expect(passed).toEqual(['fast@100', 'later@150', 'slow@300']);
  });

  it('a removed item: never expires, whether first, last or in the middle', () => {
    const deadlines = new Deadlines(() => now);
    const items = ['a', 'b', 'c', 'd'].map((name) => timed(name, 100));
    for (const item of items) deadlines.add(item);
    for (const index of [1, 0, 3]) deadlines.remove(items[index]);
    deadlines.remove(items[0]);
    pass(200);
    expect(passed).toEqual(['c@100']);
  });

  it('a renewed item: has its whole time again', () => {
    const deadlines = new Deadlines(() => now);
    const item = timed('dump', 100);
    deadlines.add(item);
    pass(80);
    deadlines.renew(item);
    pass(99);
    expect(passed).toEqual([]);
    pass(2);
    expect(passed).toEqual(['dump@180']);
  });

  it('an item added while another expires: has its own time', () => {
    const deadlines = new Deadlines(() => now);
    const first = timed('first', 100);
    deadlines.add({ ...first, expire: () => deadlines.add(timed('second', 100)) });
    pass(250);
    expect(passed).toEqual(['second@200']);
  });

  it('an item added while one of another timeout expires, when the last of its own has just gone: expires', () => {
    const deadlines = new Deadlines(() => now);
    const [first, other] = [timed('a', 100), timed('b', 199)];
    deadlines.add(first);
    deadlines.add({ ...other, expire: () => deadlines.add(timed('again', 100)) });
    pass(99);
    deadlines.renew(first);
    pass(51);
    const answered = timed('answered', 100);
    deadlines.add(answered);
    deadlines.remove(answered);
    pass(250);
    expect(passed).toEqual(['a@199', 'again@299']);
  });

  it('an event loop that stood still: the time is not counted, and there is time to read what has come', () => {
    const deadlines = new Deadlines(() => now);
    deadlines.add(timed('probe', 250));
    pass(10);
    now += 3000; // nothing ran, no timer fired
    vi.advanceTimersByTime(240);
    expect(passed).toEqual([]);
    expect(deadlines.stalledMs).toBeGreaterThan(2700);
    pass(200);
    expect(passed.length).toBe(1);
  });

  it('an event loop that is slow all the time: puts a deadline off a little, not for ever', () => {
    const deadlines = new Deadlines(() => now);
    deadlines.add(timed('hung', 1000));
    for (let turn = 0; turn < 40; turn++) {
      deadlines.add(timed('another', 60_000)); // what takes a reading of the clock at the start of the tick
      now += 70;
      vi.advanceTimersByTime(70);
      pass(1);
    }
    expect(passed).toEqual([expect.stringMatching(/^hung@1[0-4]\d\d$/)]);
  });

  it('added at the end of a long tick: the time of the tick is not held against it', () => {
    const deadlines = new Deadlines(() => now);
    deadlines.add(timed('early', 1000));
    now += 900; // the same tick goes on
    deadlines.add(timed('late', 1000));
    vi.advanceTimersByTime(900);
    pass(990);
    expect(passed).toEqual([]);
    pass(20);
    expect(passed).toEqual(['early@1900', 'late@1900']);
  });

  it('clear: nothing expires, no timer is left', () => {
    const deadlines = new Deadlines(() => now);
    deadlines.add(timed('x', 100));
    deadlines.clear();
    pass(200);
    expect(passed).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
