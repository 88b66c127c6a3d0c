/** vppcfg's own cases: the same verdict, and as many mistakes. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { validateWish } from '../../src/wish/index.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

interface Case {
  readonly test: { readonly errors?: { readonly count?: number; readonly expected?: readonly string[] } };
}

const filesIn = (folder: string) =>
  sharedMissing ? [] : readdirSync(sharedPath('vppcfg', folder)).filter((name) => name.endsWith('.yaml'));
const textOf = (...path: string[]) => readFileSync(sharedPath('vppcfg', ...path), 'utf8');

describe('cases of vppcfg', needs(sharedMissing), () => {
  it('are there', () => {
    expect(filesIn('cases').length).toBeGreaterThan(40);
  });

  it.each(filesIn('cases'))('%s', (name) => {
    const text = textOf('cases', name);
    const border = text.indexOf('\n---');
    const { errors: { count = 0, expected = [] } = {} } = (parse(text.slice(0, border)) as Case).test;
    const { valid, errors } = validateWish(text.slice(border + 4));
    expect(errors.length, errors.map(({ message }) => message).join('\n')).toBe(count);
    expect(valid).toBe(count === 0);
    // Where a mistake is about an object, it is named, and is the same as there.
    const patterns = expected.filter((pattern) => !pattern.startsWith('yamale')).map((pattern) => subjectOf(pattern));
    if (patterns.length === 0) return;
    for (const { message } of errors)
      expect(
        patterns.some((pattern) => pattern.test(message)),
        message,
      ).toBe(true);
  });

  it.each(filesIn('transitions'))('transitions/%s: is valid', (name) => {
    expect(validateWish(textOf('transitions', name)).errors).toEqual([]);
  });

  it('its example: is valid', () => {
    expect(validateWish(textOf('example.yaml')).errors).toEqual([]);
  });
});

/** The beginning of a pattern that says which object it is about: `interface .*`, `acl .* term .*`. */
function subjectOf(pattern: string): RegExp {
  const words = pattern.replace(/^\.\*/, '').split(' ');
  return new RegExp(`^${words.slice(0, 2).join(' ')}`);
}
