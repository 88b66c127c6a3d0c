/**
 * The scale of the heavy tests: a short form with `npm run test:faults -- --short`, all of it without `--short`.
 * Random choices follow a seed, which is printed; VPPMUX_SEED repeats a run.
 */

export const long = process.env.VPPMUX_FAULTS === 'long';

/** The number for this run. */
export function scaled(sizes: { readonly short: number; readonly long: number }): number {
  return long ? sizes.long : sizes.short;
}

/** The seed of this run's `what`, printed. `usual`: that of all runs that VPPMUX_SEED gives no other. */
export function seedFor(what: string, usual = Math.floor(Math.random() * 0x7fffffff)): number {
  const seed = Number(process.env.VPPMUX_SEED ?? usual);
  console.log(`${what}: VPPMUX_SEED=${seed}`);
  return seed;
}

/** fast-check's parameters for `what`. */
export function runs(what: string, sizes: { readonly short: number; readonly long: number }) {
  return { numRuns: scaled(sizes), seed: seedFor(what) };
}

/** Numbers from 0 up to 1, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
