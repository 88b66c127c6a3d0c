/** The order of tests: another one in each run, and the same one again for who asks. */

import { expect, it } from 'vitest';

const { seedOf, orderArgs } = (await import(new URL('../../scripts/test-order.mjs', import.meta.url).href)) as {
  seedOf: (env: Record<string, string | undefined>, random?: () => number) => number;
  orderArgs: (seed: number) => string[];
};

it('no seed, or an empty one: any', () => {
  expect(seedOf({}, () => 0.5)).toBe(0x3fffffff);
  expect(seedOf({ VPPMUX_TEST_SEED: '' }, () => 0)).toBe(0);
});

it('VPPMUX_TEST_SEED: that one, which vitest gets', () => {
  expect(orderArgs(seedOf({ VPPMUX_TEST_SEED: '4711' }))).toEqual(['--sequence.shuffle.tests', '--sequence.seed=4711']);
});

it.each(['x', '-1', '1.5', '1e3', '4294967296'])('VPPMUX_TEST_SEED=%s: refused', (seed) => {
  expect(() => seedOf({ VPPMUX_TEST_SEED: seed })).toThrow(`VPPMUX_TEST_SEED is "${seed}", and must be a whole number`);
});
