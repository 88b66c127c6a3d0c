/** Pages of a table: whatever the order in which values come, the pages together are all of them, sorted. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Page } from '../../src/vpp/page.js';

/** All pages of `keys`, each filled in the order of `keys`. */
function pagesOf(keys: readonly string[], limit: number): string[][] {
  const pages: string[][] = [];
  for (let after: string | undefined, hasMore = true; hasMore; ) {
    const page: Page<string> = new Page(limit, after);
    for (const key of keys) page.offer(key, () => key);
    expect(page.total).toBe(keys.length);
    const read = page.read();
    pages.push(read.values);
    after = read.values.at(-1);
    hasMore = read.hasMore;
  }
  return pages;
}

it('pages: together all values in order, each but the last one full', () => {
  const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 60 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 9 }), (given, limit) => {
      const pages = pagesOf(given, limit);
      expect(pages.flat()).toEqual([...given].sort());
      expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
    }),
  );
});

it('a long table: few more values than the page has room for are made', () => {
  const page = new Page<number>(10);
  let made = 0;
  // The worst order: each one belongs to the page when it comes.
  for (let i = 9999; i >= 0; i--) page.offer(String(i).padStart(5, '0'), () => ++made);
  expect(page.read()).toMatchObject({ values: { length: 10 }, hasMore: true });
  const sorted = new Page<number>(10);
  made = 0;
  for (let i = 0; i < 10_000; i++) sorted.offer(String(i).padStart(5, '0'), () => ++made);
  expect(made).toBe(20);
});

it('without a limit: all, as they came', () => {
  const page = new Page<string>(Number.POSITIVE_INFINITY);
  for (const key of ['c', 'a', 'b']) page.offer(key, () => key);
  expect(page.read()).toEqual({ values: ['c', 'a', 'b'], hasMore: false });
});

it('a limit of 0: counts, and keeps nothing', () => {
  const page = new Page<string>(0);
  page.offer('a', () => 'a');
  expect([page.total, page.read()]).toEqual([1, { values: [], hasMore: true }]);
});
