/** Counters of 64 bits as decimal text: without a bigint for each, where the number fits a double. */

/** Largest upper half of a number that a double holds exactly. */
const EXACT = 0x1f_ffff;

/** The halves of counters, lower one first. */
export type Halves = Uint32Array;

export const halvesOf = (counters: BigUint64Array): Halves =>
  new Uint32Array(counters.buffer, counters.byteOffset, 2 * counters.length);

/** The counter at `index`. */
export function countText(halves: Halves, index: number): string {
  const low = halves[2 * index];
  const high = halves[2 * index + 1];
  if (high === 0) return String(low);
  if (high <= EXACT) return String(high * 0x1_0000_0000 + low);
  return String((BigInt(high) << 32n) | BigInt(low));
}

/** The counter at `index`, as a number: exact up to 2^53. */
export const countOf = (halves: Halves, index: number): number =>
  halves[2 * index + 1] * 0x1_0000_0000 + halves[2 * index];

export const isZero = (halves: Halves, index: number): boolean =>
  halves[2 * index] === 0 && halves[2 * index + 1] === 0;
