import { describe, expect, it } from 'vitest';
import { TraceRing } from '../../../src/mux/index.js';
import { entry } from './entries.js';

const names = (ring: TraceRing) => ring.entries().map(({ name }) => name);

describe('a ring of messages', () => {
  it('more than it keeps: the oldest go, and are counted', () => {
    const ring = new TraceRing(2);
    for (const name of ['a', 'b', 'c', 'd']) ring.add(entry(name));
    expect(names(ring)).toEqual(['c', 'd']);
    expect([ring.size, ring.dropped]).toEqual([2, 2]);
  });

  it('more bytes than it may hold: the oldest go; one that is too large by itself stays alone', () => {
    const ring = new TraceRing(100, { maxBytes: 10 });
    for (const [name, bytes] of [['a', 4] as const, ['b', 4] as const, ['c', 4] as const]) ring.add(entry(name, bytes));
    expect(names(ring)).toEqual(['b', 'c']);
    ring.add(entry('huge', 1000));
    expect(names(ring)).toEqual(['huge']);
    ring.add(entry('next', 1));
    expect(names(ring)).toEqual(['next']);
    expect(ring.dropped).toBe(4);
  });

  it('shift: takes the oldest one out, and its bytes with it', () => {
    const ring = new TraceRing(100, { maxBytes: 10 });
    for (const name of ['a', 'b']) ring.add(entry(name, 5));
    expect(ring.shift()?.name).toBe('a');
    ring.add(entry('c', 5));
    expect(names(ring)).toEqual(['b', 'c']);
    expect(ring.dropped).toBe(0);
    ring.clear();
    expect(ring.shift()).toBeUndefined();
    for (const name of ['d', 'e']) ring.add(entry(name, 5));
    expect(names(ring)).toEqual(['d', 'e']);
  });

  it.each([
    [() => new TraceRing(0), 'keep'],
    [() => new TraceRing(1.5), 'keep'],
    [() => new TraceRing(1, { maxBytes: -1 }), 'maxBytes'],
  ])('a bound that is none: BAD_OPTION', (make, path) => {
    expect(make).toThrow(expect.objectContaining({ code: 'BAD_OPTION', path }));
  });
});
