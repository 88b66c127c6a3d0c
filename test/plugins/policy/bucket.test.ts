import { expect, it } from 'vitest';
import { Bucket } from '../../../src/plugins/policy/bucket.js';

it('a bucket: gives its burst at once, then so many a second, and says how long to wait', () => {
  let now = 0;
  const bucket = new Bucket(10, 3, () => now);
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([0, 0, 0, 100]);
  now = 99;
  expect(bucket.take()).toBe(1);
  now = 100;
  expect([bucket.take(), bucket.take()]).toEqual([0, 100]);
  now = 10_000;
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([0, 0, 0, 100]);
});

it('less than one a second: works as well', () => {
  let now = 0;
  const bucket = new Bucket(0.1, 1, () => now);
  expect([bucket.take(), bucket.take()]).toEqual([0, 10_000]);
  now = 10_000;
  expect(bucket.take()).toBe(0);
});

it('asked all the time: gives as many as it should, no more and no fewer', () => {
  let now = 0;
  const bucket = new Bucket(30, 30, () => now);
  let given = 0;
  for (; now < 10_000; now++) if (bucket.take() === 0) given++;
  expect(given).toBe(30 + 299);
});
