/** How much a counter has grown, and how fast. What is not there is undefined, never 0. */

/** Growth since `before`, 0 where that is not there; a counter that is less than it was has been cleared, and counts from 0. */
export function growth(now: bigint | undefined, before: bigint | undefined): number | undefined {
  if (now === undefined) return undefined;
  return Number(before === undefined || now < before ? now : now - before);
}

/** Per second; undefined where one of them is not known. */
export function rate(now: bigint | undefined, before: bigint | undefined, seconds: number | undefined) {
  if (before === undefined || seconds === undefined || seconds <= 0) return undefined;
  const grown = growth(now, before);
  return grown === undefined ? undefined : grown / seconds;
}

/** The sum of those that are known; undefined where none is. */
export function sum(values: readonly (number | undefined)[]): number | undefined {
  let total: number | undefined;
  for (const value of values) if (value !== undefined) total = (total ?? 0) + value;
  return total;
}

/** `part` divided by `whole`; undefined where there is no whole. */
export const quotient = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || !whole ? undefined : part / whole;
