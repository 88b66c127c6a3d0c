import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pending } from '../../../src/mux/session/pending.js';

class Item {
  context = -1;
  cause: Error | undefined;
  fail(cause: Error): void {
    this.cause = cause;
  }
}

describe('pending', () => {
  it('contexts: are unique, and below 0x80000000 also where counting wraps', () => {
    const pending = new Pending<Item>(0x7ffffffe);
    const items = Array.from({ length: 4 }, () => new Item());
    for (const item of items) pending.add(item);
    expect(items.map(({ context }) => context)).toEqual([0x7ffffffe, 0x7fffffff, 0, 1]);
  });

  it('any order of adding and taking: finds exactly what is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 4000 }), (moves) => {
        const pending = new Pending<Item>(5);
        const inside: Item[] = [];
        for (const move of moves) {
          if (move > 0 || inside.length === 0) {
            const item = new Item();
            pending.add(item);
            inside.push(item);
          } else expect(pending.take(inside.splice(inside.length >> 1, 1)[0])).toBe(true);
        }
        expect(pending.size).toBe(inside.length);
        for (const item of inside) expect(pending.get(item.context)).toBe(item);
      }),
    );
  });

  it('oldest: the first that was added of those still in it, also after a long time without a look', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 3000 }), (moves) => {
        const pending = new Pending<Item>(0x7fffff00);
        const inside: Item[] = [];
        for (const move of moves) {
          if (move > 1 || inside.length === 0) {
            const item = new Item();
            pending.add(item);
            inside.push(item);
          } else pending.take(inside.splice(move === 0 ? 0 : inside.length >> 1, 1)[0]);
          if (move === 4) expect(pending.oldest()).toBe(inside[0]);
        }
        expect(pending.oldest()).toBe(inside[0]);
      }),
    );
  });

  it('a long-lived item: keeps its place while a million contexts pass by', () => {
    const pending = new Pending<Item>(1);
    const old = new Item();
    pending.add(old);
    for (let i = 0; i < 1_000_000; i++) {
      const item = new Item();
      pending.add(item);
      pending.take(item);
    }
    expect(pending.get(old.context)).toBe(old);
    expect(pending.size).toBe(1);
  });

  it('taking twice: says so', () => {
    const pending = new Pending<Item>();
    const item = new Item();
    pending.add(item);
    expect([pending.take(item), pending.take(item)]).toEqual([true, false]);
  });

  it('isOurs: only contexts that were handed out', () => {
    const pending = new Pending<Item>(10);
    for (let i = 0; i < 3; i++) pending.add(new Item());
    expect([9, 10, 12, 13].map((context) => pending.isOurs(context))).toEqual([false, true, true, false]);
  });

  it('failAll: empties it and tells each with the cause, also when one adds anew meanwhile', () => {
    const pending = new Pending<Item>();
    const items = Array.from({ length: 2000 }, () => new Item());
    for (const item of items) pending.add(item);
    const cause = new Error('gone');
    items[0].fail = () => pending.add(new Item());
    pending.failAll(cause);
    expect(items.slice(1).every((item) => item.cause === cause)).toBe(true);
    expect(pending.size).toBe(1);
  });
});
