import { describe, expect, it } from 'vitest';
import { fitted, hanging } from '../../../src/cli/describe/columns.js';

const rows = [
  ['a', 'bb', 'one two three four five six seven'],
  ['aaa', 'b', ''],
];

describe('columns', () => {
  it('hanging: goes on below the last column', () => {
    expect(hanging(rows, 33)).toEqual(['a    bb  one two three four five', '         six seven', 'aaa  b']);
  });

  it('hanging, without end of line: all in one', () => {
    expect(hanging(rows, Number.POSITIVE_INFINITY)[0]).toBe('a    bb  one two three four five six seven');
  });

  it('fitted: cut off, but never what stands before the last column', () => {
    expect(fitted(rows, 20)).toEqual(['a    bb  one two th…', 'aaa  b']);
    expect(fitted(rows, 3)[0]).toBe('a    bb…');
  });

  it('none: none', () => {
    expect([...hanging([], 80), ...fitted([], 80)]).toEqual([]);
  });
});
