import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/plugins/remote/budget.js';

/** Parts of a budget, each with a number of bytes that the test changes. */
function scene(most: number) {
  const budget = new Budget(most);
  const part = (bytes = 0) => {
    const reader = { bytes };
    const own = budget.share();
    own.add(reader);
    return { fits: own.fits, reader };
  };
  return { budget, part };
}

describe('a budget', () => {
  it('dumps of which nothing waits: take nothing, however many there are', () => {
    const { budget, part } = scene(100);
    const parts = Array.from({ length: 1000 }, () => part());
    expect(budget.used).toBe(0);
    expect(parts.every((each) => each.fits())).toBe(true);
  });

  it('one dump may have all of it', () => {
    const { part } = scene(100);
    const [one] = [part(100), part(0)];
    expect(one.fits()).toBe(true);
    one.reader.bytes = 101;
    expect(one.fits()).toBe(false);
  });

  it('too many bytes: those that have more than an equal part get no more; the others go on', () => {
    const { part } = scene(100);
    const [large, small, none] = [part(80), part(30), part(0)];
    expect([large.fits(), small.fits(), none.fits()]).toEqual([false, true, true]);
    small.reader.bytes = 34;
    expect(small.fits()).toBe(false);
    large.reader.bytes = 0;
    expect(small.fits()).toBe(true);
  });

  it('what waits besides the reader: counts as well, until the part ends', () => {
    const { budget, part } = scene(100);
    let packed = 90;
    const own = budget.share(() => packed);
    own.add({ bytes: 5 });
    expect(budget.used).toBe(95);
    packed = 10;
    expect(budget.used).toBe(15);
    own.end();
    own.end();
    part(1);
    expect(budget.used).toBe(1);
  });

  it('a smaller one: counts from the next read on', () => {
    const { budget, part } = scene(100);
    const one = part(100);
    budget.configure(50);
    expect(one.fits()).toBe(false);
  });
});
