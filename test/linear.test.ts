/**
 * Regular expressions meet texts of others: queries, bodies, names and comments of a VPP, stacks of a plugin. One that
 * backtracks holds the agent up for minutes over a hundred kilobytes; so there is none, or a reason why it may be.
 */

import { describe, expect, it } from 'vitest';
import { fits } from '../src/glob.js';
import { expressionsIn } from './support/expressions.js';
import { ambiguityOf } from './support/linear.js';

const all = expressionsIn(['src', 'mock-vpp', 'bin', 'scripts', 'templates']);

/** Expressions whose text is bounded where they are used: pattern → by what. */
const BOUNDED: Readonly<Record<string, string>> = {};

describe('what is slow', () => {
  it.each([
    ['^[+-]?(\\d+\\.?\\d*|\\.\\d+)$', ''],
    ['^[^\\n]*\\S[^\\n]*$', ''],
    ['\\s+$', ''],
    ['\\s*\\n\\s*', 'g'],
    ['(a+)+$', ''],
    ['^(a|a)*$', ''],
    ['^(\\w+\\s?)*$', ''],
    ['^(a*)*b', ''],
    ['-+$', ''],
    ['^a.*a.*a$', ''],
    ['(?=(a+)+b)c', ''],
    ['^\\d{1,9}\\d{1,9}x', ''],
  ])('/%s/: is seen to be', (pattern, flags) => expect(ambiguityOf(pattern, flags)).toBeDefined());

  it.each([
    ['^[a-z][a-z0-9]*(-[a-z0-9]+)*$', ''],
    ['^(\\d+(\\.\\d+)?|\\.\\d+)$', ''],
    ['[\\n\\t]+', 'g'],
    ['#.*', 'g'],
    ['^([A-Za-z][\\w.-]*)=(.*)$', 's'],
    ['^[0-9a-f]{2}(:[0-9a-f]{2}){5}$', 'i'],
    ['^a{1,3}b$', ''],
  ])('/%s/: is not', (pattern, flags) => expect(ambiguityOf(pattern, flags)).toBeUndefined());
});

it('all regular expressions: take linear time, whatever text they meet', () => {
  expect(all.length).toBeGreaterThan(80);
  const slow = all.flatMap(({ place, pattern, flags }) => {
    const why = BOUNDED[pattern] === undefined ? ambiguityOf(pattern, flags) : undefined;
    return why === undefined ? [] : [`${place}: /${pattern}/${flags}: ${why}`];
  });
  expect(slow).toEqual([]);
});

it('those that are excused: are there', () => {
  for (const pattern of Object.keys(BOUNDED)) expect(all.map((each) => each.pattern)).toContain(pattern);
});

it('a pattern with stars: takes no more than its length times that of the text', () => {
  let steps = 0;
  const counted = (text: string) =>
    new Proxy({ length: text.length } as object, {
      get: (_, key) => {
        steps++;
        return key === 'length' ? text.length : text[Number(String(key))];
      },
    }) as unknown as string;
  const [pattern, text] = [`${'*a'.repeat(60)}b`, 'a'.repeat(1000)];
  expect(fits(counted(pattern), text)).toBe(false);
  expect(steps).toBeLessThan(6 * pattern.length * text.length);
});
