import { expect, it } from 'vitest';
import { ItemQueue } from '../src/item-queue.js';

it('a full queue: takes nothing more but what replaces all that waits', async () => {
  const queue = new ItemQueue<string>(2, 100);
  expect(['a', 'b', 'c'].map((item) => queue.put(item, 1))).toEqual([true, true, false]);
  queue.replace('all');
  expect(queue.put('d', 99)).toBe(true);
  expect(await queue.next()).toEqual({ value: 'all', done: false });
  expect(await queue.next()).toEqual({ value: 'd', done: false });
});
