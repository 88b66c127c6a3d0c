import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SentItems } from '../../../../src/plugins/remote/socket/sent-items.js';

/** Items that are their own numbers. */
function filled(count: number): SentItems<number> {
  const items = new SentItems<number>();
  for (let item = 1; item <= count; item++) items.push(item);
  return items;
}

describe('items of a stream', () => {
  it('are taken in order, with the number of the first', () => {
    const items = filled(5);
    expect(items.take(2)).toEqual({ seq: 1, items: [1, 2] });
    expect(items.waiting).toBe(3);
    expect(items.take(10)).toEqual({ seq: 3, items: [3, 4, 5] });
    expect(items.take(10)).toEqual({ seq: 6, items: [] });
  });

  it('a client that comes back: gets those behind its last one again', () => {
    const items = filled(5);
    items.take(4);
    items.resume(2, -1);
    expect(items.take(10)).toEqual({ seq: 3, items: [3, 4, 5] });
  });

  it.each([
    ['more than was sent', 5],
    ['less than is kept', 1],
  ])('a client that has %s: gets a marker, and what had not been sent', (_, seq) => {
    const items = filled(6);
    items.take(4);
    items.arrived(2);
    items.resume(seq, -1);
    expect(items.take(10)).toEqual({ seq: seq + 1, items: [-1, 5, 6] });
  });

  it('items that the client must have got, or that take too many bytes: are not kept', () => {
    const items = filled(1000);
    items.take(1000);
    items.sent(1000, 1000 * 1024);
    items.resume(936, -1);
    expect(items.take(1000)).toMatchObject({ seq: 937, items: { length: 64 } });
    items.resume(935, -1);
    expect(items.take(1)).toEqual({ seq: 936, items: [-1] });
  });

  it('whatever happens: numbers are without holes, and each item comes or is said to be missed', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ arrived: fc.nat(40) }),
      fc.record({ resume: fc.nat(40) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const items = new SentItems<number>();
        let [made, next] = [0, 1];
        for (const each of steps) {
          if ('push' in each) for (let at = 0; at < each.push; at++) items.push(++made);
          else if ('take' in each) {
            const { seq, items: taken } = items.take(each.take);
            expect(seq).toBe(next);
            next += taken.length;
            const known = taken.filter((item) => item > 0);
            expect(known).toEqual(known.map((_, at) => known[0] + at));
          } else if ('arrived' in each) items.arrived(each.arrived);
          else {
            items.resume(each.resume, -1);
            next = each.resume + 1;
          }
        }
        const rest = items.take(1000).items;
        if (made > 0 && rest.length > 0) expect([made, -1]).toContain(rest.at(-1));
      }),
    );
  });
});
