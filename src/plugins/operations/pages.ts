/** Pages of lists that VPP has few of, each with a number: bridge domains, ACLs. */

import { z } from 'zod';

export const cursorInput = {
  limit: z.int().min(0).max(100_000).optional().describe('How many to give at most (default: all); all are counted'),
  after: z.int().min(0).optional().describe('next of the page before: only those with larger numbers'),
};

export const cursorOutput = {
  total: z.int().describe('How many there are'),
  next: z.int().optional().describe('The after of the next page; missing in the last one'),
};

interface Cursor {
  readonly limit?: number;
  readonly after?: number;
}

/** The part of `items`, which are in order of `numberOf`, that the cursor asks for. */
export function pageOf<T>(
  items: readonly T[],
  numberOf: (item: T) => number,
  { limit = items.length, after = -1 }: Cursor,
): { readonly page: readonly T[]; readonly total: number; readonly next?: number } {
  const behind = items.filter((item) => numberOf(item) > after);
  const page = behind.slice(0, limit);
  const last = page.at(-1);
  const hasMore = behind.length > page.length && last !== undefined;
  return { page, total: items.length, ...(hasMore && { next: numberOf(last) }) };
}
