/**
 * The order in which the tests of a file run: shuffled, so that none comes to need what another one left behind. It follows a
 * seed, which is printed; VPPMUX_TEST_SEED repeats it.
 */

import { StepFailed } from './tree.mjs';

const MOST = 0x7fffffff;

/** The seed of this run, a whole number. */
export function seedOf({ VPPMUX_TEST_SEED: wanted }, random = Math.random) {
  if (!wanted) return Math.floor(random() * MOST);
  const seed = Number(wanted);
  if (/^\d+$/.test(wanted) && seed <= MOST) return seed;
  throw new StepFailed(`VPPMUX_TEST_SEED is "${wanted}", and must be a whole number from 0 to ${MOST}`);
}

/** Tells vitest so. */
export const orderArgs = (seed) => ['--sequence.shuffle.tests', `--sequence.seed=${seed}`];
