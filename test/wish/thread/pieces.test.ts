/** Values in pieces: what is joined again is what there was. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { join, pieces } from '../../../src/wish/thread/pieces.js';
import { runs } from '../../support/scale.js';

const rejoined = (root: object, most?: number) => {
  const joined = {};
  // As another thread gets them.
  for (const piece of pieces(root, most)) join(joined, structuredClone(piece));
  return joined;
};

it('any value: arrives as it is', () => {
  const property = fc.property(
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.integer({ min: 1, max: 20 }),
    (value, most) => {
      expect(rejoined({ value }, most)).toEqual({ value });
    },
  );
  fc.assert(property, runs('values in pieces', { short: 300, long: 10_000 }));
});

it('a name of every object: is a key like others', () => {
  const value = JSON.parse('{ "__proto__": { "a": [1, 2, 3] }, "constructor": 1, "b": {} }');
  const joined = rejoined({ value }, 2);
  expect(JSON.stringify(joined)).toBe(JSON.stringify({ value }));
  expect(Object.getPrototypeOf((joined as { value: object }).value)).toBe(Object.prototype);
});

it('no piece: has many values', () => {
  const value = { list: Array.from({ length: 1000 }, (_, at) => ({ at, texts: ['a', 'b'] })), map: { a: 1, b: [] } };
  const sizes = [...pieces({ value }, 50)].map(({ entries }) => JSON.stringify(entries).match(/[[{:,]/g)?.length ?? 0);
  expect(Math.max(...sizes)).toBeLessThan(400);
  expect(rejoined({ value }, 50)).toEqual({ value });
});
