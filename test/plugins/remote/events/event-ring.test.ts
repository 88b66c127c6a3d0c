import { describe, expect, it } from 'vitest';
import { EventRing } from '../../../../src/plugins/remote/events/event-ring.js';

const ring = (items: number, bytes = 1e6) => new EventRing({ items, bytes }, 1);

describe('the ring', () => {
  it('numbers: count up by one, from the time of the ring', () => {
    const kept = ring(3);
    expect([kept.first, kept.next, kept.at(1001)]).toEqual([1001, 1001, undefined]);
    for (const word of ['a', 'b']) kept.add((number) => `${number}${word}`);
    expect([kept.first, kept.next]).toEqual([1001, 1003]);
    expect([1000, 1001, 1002, 1003].map((number) => kept.at(number))).toEqual([undefined, '1001a', '1002b', undefined]);
  });

  it('more than it holds: drops the oldest, however many come', () => {
    const kept = ring(3);
    for (let i = 0; i < 1000; i++) kept.add(String);
    expect([kept.first, kept.next]).toEqual([1998, 2001]);
    expect([1997, 1998, 1999, 2000, 2001].map((number) => kept.at(number))).toEqual([
      undefined,
      '1998',
      '1999',
      '2000',
      undefined,
    ]);
  });

  it('bytes: bound it as well, and one item that is larger than all of them is not kept', () => {
    const kept = ring(100, 10);
    for (const text of ['12345', '12345', '123']) kept.add(() => text);
    expect([kept.first, kept.at(1002), kept.at(1003)]).toEqual([1002, '12345', '123']);
    kept.add(() => 'x'.repeat(11));
    expect([kept.first, kept.next]).toEqual([1005, 1005]);
  });
});
