import { expect, it } from 'vitest';
import { TokenBucket } from '../src/token-bucket.js';

it('a bucket: gives its burst at once, then so many a second, and says how long to wait', () => {
  let now = 0;
  const bucket = new TokenBucket(10, 3, () => now);
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
  const bucket = new TokenBucket(0.1, 1, () => now);
  expect([bucket.take(), bucket.take()]).toEqual([0, 10_000]);
  now = 10_000;
  expect(bucket.take()).toBe(0);
});

it('asked all the time: gives as many as it should, no more and no fewer', () => {
  let now = 0;
  const bucket = new TokenBucket(30, 30, () => now);
  let given = 0;
  for (; now < 10_000; now++) if (bucket.take() === 0) given++;
  expect(given).toBe(30 + 299);
});

it('spent: may go into debt, which time pays back', () => {
  let now = 0;
  const bucket = new TokenBucket(1000, 1000, () => now);
  expect(bucket.isFull).toBe(true);
  expect([bucket.spend(400), bucket.spend(600), bucket.spend(2500)]).toEqual([0, 0, 2500]);
  expect(bucket.take()).toBe(2501);
  now = 2500;
  expect([bucket.spend(0), bucket.isFull]).toEqual([0, false]);
  now = 3500;
  expect(bucket.isFull).toBe(true);
});
