import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/agent/log/plain.js';
import { ODDITIES } from '../../support/oddities.js';

const circle = () => {
  const value: Record<string, unknown> = { name: 'c' };
  value.self = value;
  return value;
};
const throwing = () => {
  throw new Error('mine');
};

describe('what a plugin hands over', () => {
  it.each<[string, unknown, unknown]>([
    ['plain values', { a: [1, 'x', null, true], b: undefined, c: () => 1 }, { a: [1, 'x', null, true] }],
    ['bigints', { bytes: 18446744073709551615n }, { bytes: '18446744073709551615' }],
    ['numbers that are none', [Number.NaN, Number.POSITIVE_INFINITY], [null, null]],
    ['dates', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['bytes', { mac: Uint8Array.of(222, 173) }, { mac: '0xdead' }],
    ['what contains itself', circle(), { name: 'c', self: '(contains itself)' }],
    ['a toJSON that throws', { a: { toJSON: throwing }, b: 1 }, { a: '(cannot be shown: mine)', b: 1 }],
    [
      'a getter that throws',
      {
        get a() {
          return throwing();
        },
        b: 1,
      },
      { a: '(cannot be shown: mine)', b: 1 },
    ],
    ['one thing at two places', ((x) => ({ a: x, b: x }))({ n: 1 }), { a: { n: 1 }, b: { n: 1 } }],
    ['nothing', undefined, null],
  ])('%s: are shown', (_, value, shown) => {
    expect(plain(value)).toEqual(shown);
    expect(() => JSON.stringify(plain(value))).not.toThrow();
  });

  it.each(Object.entries(ODDITIES))('%s: can be shown', (_, make) => {
    expect(JSON.stringify(plain({ odd: make(), fine: 1 }))).toContain('"fine":1');
  });

  it('too much, too deep or too long: is cut, whatever it would grow to', () => {
    let doubling: unknown = 'x';
    for (let i = 0; i < 30; i++) doubling = [doubling, doubling];
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    for (const value of [doubling, deep, Array(1_000_000).fill(1), 'x'.repeat(5_000_000), new Uint8Array(5_000_000)]) {
      expect(JSON.stringify(plain({ value })).length).toBeLessThan(1_500_000);
    }
  });

  it('a key called __proto__: is a key like any other', () => {
    expect(JSON.stringify(plain(JSON.parse('{"__proto__":{"a":1}}')))).toBe('{"__proto__":{"a":1}}');
  });
});
