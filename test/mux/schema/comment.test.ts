import { describe, expect, it } from 'vitest';
import { readComment } from '../../../src/mux/schema/comment.js';

describe('comments of definitions', () => {
  it.each<[string, string | undefined, string | undefined, Record<string, string>]>([
    ['none', undefined, undefined, {}],
    [
      'brief and params',
      '/** \\brief Set it\n    @param a - the a\n        (of b)\n    @param b[6] - bs\n*/',
      'Set it',
      { a: 'the a (of b)', b: 'bs' },
    ],
    ['stars in front', '/**\n * @brief Two\n * lines\n * @param a -- x\n */', 'Two lines', { a: 'x' }],
    ['a param of which nothing is said', '/* x\n @param a\n @param b - y */', 'x', { b: 'y' }],
    ['a direction', '/** @param [out] a - x */', undefined, { a: 'x' }],
  ])('%s: read', (_, comment, about, fields) => {
    const read = readComment(comment);
    expect(read.about).toBe(about);
    expect(Object.fromEntries(read.fields)).toEqual(fields);
  });
});
