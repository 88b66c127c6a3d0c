import { expect, it } from 'vitest';
import { fits, fitsAny } from '../src/glob.js';

it.each([
  ['show_version', 'show_version', true],
  ['show_version', 'show_versions', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['?', '', false],
  ['?', 'a', true],
  ['sw_*', 'sw_interface_dump', true],
  ['*_dump', 'sw_interface_dump', true],
  ['*_dump', 'sw_interface_dump_v2', false],
  ['*_dump*', 'sw_interface_dump_v2', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b*', 'xxbxxaxx', false],
  ['a?c', 'abc', true],
  ['a.c', 'abc', false],
  ['**', 'x', true],
  ['', '', true],
  ['', 'x', false],
])('pattern %j: and %j: %s', (pattern, text, expected) => expect(fits(pattern, text)).toBe(expected));

it('a pattern written to take for ever: does not', () => {
  expect(fits(`${'*a'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
});

it('several patterns: any of them will do', () => {
  expect(fitsAny(['a', 'b*'], 'bc')).toBe(true);
  expect(fitsAny([], 'bc')).toBe(false);
});
