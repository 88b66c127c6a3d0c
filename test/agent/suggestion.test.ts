import { expect, test } from 'vitest';
import { suggestion } from '../../src/agent/suggestion.js';

test.each([
  ['reply-timout', ['reply-timeout', 'retry-timeout']],
  ['Endpoint', ['endpoint']],
  ['timeout', ['reply-timeout', 'name']],
])('near to %s of %s: the nearest is named', (name, candidates) => {
  expect(suggestion(name, candidates)).toBe(`; did you mean "${candidates[0]}"?`);
});

test('nothing near: the names there are', () => {
  expect(suggestion('zzz', ['a', 'b'])).toBe('; there are: a, b');
  expect(suggestion('zzz', [])).toBe('; there are none');
});
