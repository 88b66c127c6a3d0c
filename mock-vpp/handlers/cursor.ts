/**
 * The two ways VPP pages a `_get` (WIRE 3.10). Both stop after a while (VPP: 1 ms; here: a number of
 * elements) with retval -165 and the cursor to go on from; 0 and ~0 both ask for the beginning.
 */
import type { Fields } from '../../src/mux/internal.js';
import type { Pool } from '../dataplane/pool.js';
import { Retval } from '../retvals.js';
import { type DetailsThen, detailsThen } from './answers.js';
import { GARBAGE } from './garbage.js';

const END = 0xffffffff;

/**
 * Pages over a pool: the cursor is an index in it, not a snapshot. An empty pool leaves the cursor as it was in
 * memory; beginning behind the last element is refused (-7).
 */
export function pageOfPool<T>(pool: Pool<T>, cursor: number, size: number, details: (item: T) => Fields): DetailsThen {
  if (pool.size === 0) return detailsThen([], { cursor: GARBAGE });
  let index = pool.next(cursor === END ? 0 : cursor);
  if (index < 0) return detailsThen([], { retval: Retval.INVALID_VALUE, cursor: END });
  const page: Fields[] = [];
  for (; index >= 0 && page.length < size; index = pool.next(index + 1)) page.push(details(pool.get(index)!));
  return detailsThen(page, index < 0 ? { cursor: END } : { retval: Retval.EAGAIN, cursor: index });
}

/** Pages over a vector: at its end the cursor is its length; an empty one is refused (-7) with cursor ~0. */
export function pageOfVector<T>(
  vector: readonly T[],
  cursor: number,
  size: number,
  details: (item: T) => Fields,
): DetailsThen {
  if (vector.length === 0) return detailsThen([], { retval: Retval.INVALID_VALUE, cursor: END });
  const from = cursor === END ? 0 : cursor;
  const to = Math.max(from, Math.min(vector.length, from + size));
  const page = vector.slice(from, to).map(details);
  return detailsThen(page, to < vector.length ? { retval: Retval.EAGAIN, cursor: to } : { cursor: to });
}
