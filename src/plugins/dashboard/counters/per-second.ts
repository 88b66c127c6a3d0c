/** Rates of counters that only grow, between two reads. */

/** A second's share; undefined without a value before. A counter that was cleared begins at 0. */
export function perSecond(
  now: number | bigint | undefined,
  before: number | bigint | undefined,
  seconds: number | undefined,
): number | undefined {
  if (now === undefined || before === undefined || seconds === undefined || seconds <= 0) return undefined;
  const grown = now < before ? Number(now) : Number(BigInt(now) - BigInt(before));
  return rounded(grown / seconds);
}

/** Sum of those that are known; undefined where none is. */
export function sum<T extends number | bigint>(values: readonly (T | undefined)[]): T | undefined {
  let total: T | undefined;
  for (const value of values) {
    if (value !== undefined) total = total === undefined ? value : (((total as bigint) + (value as bigint)) as T);
  }
  return total;
}

export const asNumber = (value: bigint | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

/** Whole numbers from 10 on, two digits behind the point below: a screen shows no more, and an equal value is not sent again. */
const rounded = (value: number): number => (value >= 10 ? Math.round(value) : Math.round(value * 100) / 100);
