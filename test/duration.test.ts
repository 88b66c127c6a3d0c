import { expect, it } from 'vitest';
import { parseDuration, showDuration } from '../src/duration.js';

it.each([
  ['1s', 1000],
  ['1m30s', 90_000],
  ['.5s', 500],
  ['500µs', 0.5],
  ['0', 0],
  ['5', undefined],
  ['-1s', undefined],
  ['1s2', undefined],
  ['', undefined],
])('parseDuration of %j: %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  [0.4, '0 ms'],
  [42, '42 ms'],
  [1500, '1.5 s'],
  [2000, '2 s'],
  [90_000, '1 min 30 s'],
])('showDuration of %s: %s', (ms, text) => {
  expect(showDuration(ms)).toBe(text);
});
