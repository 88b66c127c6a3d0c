import { expect, test } from 'vitest';
import { nearest, suggestion } from '../../src/agent/nearest.js';

test.each([
  ['reply-timout', ['reply-timeout', 'retry-timeout'], ['reply-timeout']],
  ['endpiont', ['endpoint', 'origins'], ['endpoint']],
  ['Endpoint', ['endpoint'], ['endpoint']],
  ['timeout', ['reply-timeout', 'name'], ['reply-timeout']],
  ['zzz', ['endpoint'], []],
  ['c', ['a', 'b'], []],
])('nearest to %s of %s: %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toEqual(expected);
});

test('several near ones: the best first, as many as asked for', () => {
  expect(nearest('plugins', ['plugin', 'plugins-dir', 'plugin-s'], 2)).toEqual(['plugin', 'plugin-s']);
});

test('nothing near: the names there are', () => {
  expect(suggestion('zzz', ['a', 'b'])).toBe('; there are: a, b');
  expect(suggestion('zzz', [])).toBe('; there are none');
});
