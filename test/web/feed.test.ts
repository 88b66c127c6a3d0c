/** The page's own parts of the feed: states, lines over time, waits. */

import { describe, expect, it } from 'vitest';
import { Backoff } from '../../web/feed/backoff.js';
import { Ring } from '../../web/feed/ring.js';
import { TopicStore } from '../../web/feed/topics.js';

describe('the states of topics', () => {
  it('full, patch, error, and what nobody wants', () => {
    const store = new TopicStore();
    const asked: (readonly string[])[] = [];
    store.onWanted = () => asked.push(store.wanted);
    const stop = store.want('a');
    const again = store.want('a');
    const { current: nothing } = store.value('a');
    expect(nothing).toEqual({});
    store.receive({ topic: 'a', at: 1, full: { x: 1, y: { z: 1 } } });
    store.receive({ topic: 'a', at: 2, patch: { y: { z: 2 } } });
    store.receive({ topic: 'a', at: 3 });
    store.receive({ topic: 'b', at: 3, full: {} });
    expect(store.value('a').current).toEqual({ at: 3, state: { x: 1, y: { z: 2 } } });
    store.receive({ topic: 'a', at: 4, error: 'broken' });
    expect(store.value('a').current).toEqual({ at: 4, error: 'broken' });
    stop();
    expect(store.wanted).toEqual(['a']);
    again();
    again();
    expect(asked).toEqual([['a'], []]);
    expect(store.value('a').current).toEqual({});
  });
});

describe('a topic that two views want, one after the other', () => {
  it('is one value for both', () => {
    const store = new TopicStore();
    const stop = store.want('a');
    // The next view is drawn before the last one is gone.
    const followed = store.value('a');
    stop();
    store.want('a');
    store.receive({ topic: 'a', at: 1, full: { x: 1 } });
    expect(followed.current).toEqual({ at: 1, state: { x: 1 } });
  });
});

describe('a ring', () => {
  it('keeps the newest, in order, with gaps; a time counts once', () => {
    const ring = new Ring(2, 3);
    expect(ring.read()).toEqual([[], [], []]);
    ring.add(1, [10, 20]);
    ring.add(1, [11, 21]);
    ring.add(2, [12, undefined]);
    expect(ring.read()).toEqual([
      [1, 2],
      [10, 12],
      [20, null],
    ]);
    for (let time = 3; time < 10; time++) ring.add(time, [time, -time]);
    expect(ring.read()).toEqual([
      [7, 8, 9],
      [7, 8, 9],
      [-7, -8, -9],
    ]);
    expect([ring.length, ring.latest]).toEqual([3, 9]);
  });
});

describe('waits', () => {
  it('grow up to a limit, differ from page to page, and begin anew', () => {
    const backoff = new Backoff(() => 0.5);
    expect(Array.from({ length: 7 }, () => backoff.next())).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    backoff.reset();
    expect(backoff.next()).toBe(500);
    expect(new Backoff(() => 0).next()).toBe(375);
    expect(new Backoff(() => 1).next()).toBe(625);
  });
});
