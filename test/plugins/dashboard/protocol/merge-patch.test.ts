/** Patches: applied to the state before, they give the state after. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  difference,
  type Json,
  type JsonObject,
  patched,
} from '../../../../src/plugins/dashboard/protocol/merge-patch.js';

describe('a patch', () => {
  it.each<[string, JsonObject, JsonObject, unknown]>([
    ['nothing changed', { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, undefined],
    ['a value', { a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
    ['a value deep below', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1, d: 3 } } }, { a: { b: { d: 3 } } }],
    ['a new key', {}, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a key that is gone', { a: 1, b: 2 }, { b: 2 }, { a: null }],
    ['a key that is undefined now', { a: 1 }, { a: undefined }, { a: null }],
    ['an object in place of a value', { a: 1 }, { a: {} }, { a: {} }],
    ['a list', { a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
  ])('%s', (_, before, after, patch) => {
    expect(difference(before, after)).toEqual(patch);
  });

  it('any two states: the patch makes the one of the other', () => {
    const value = fc.letrec<{ value: Json; state: Record<string, Json> }>((tie) => ({
      value: fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer()), tie('state')),
      state: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 4 }),
    })).state;
    fc.assert(
      fc.property(value, value, (before, after) => {
        const patch = difference(before, after);
        // As the wire carries it.
        const sent = patch && JSON.parse(JSON.stringify(patch));
        expect(sent === undefined ? before : patched(before, sent)).toEqual(after);
      }),
    );
  });

  it('applied: parts that it does not name are the same objects', () => {
    const before = { a: { x: 1 }, b: { y: 1 } };
    const after = patched(before, { b: { y: 2 } });
    expect(after.a).toBe(before.a);
    expect(before.b).toEqual({ y: 1 });
  });
});
