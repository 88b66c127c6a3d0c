import { describe, expect, it } from 'vitest';
import { fitted, hanging } from '../../../src/cli/output/hanging.js';

const rows = [
  ['a', 'bb', 'one two three four five six seven'],
  ['aaa', 'b', ''],
];

describe('hanging', () => {
  it('hanging: goes on below the last column', () => {
    expect(hanging(rows, 33)).toEqual(['a    bb  one two three four five', '         six seven', 'aaa  b']);
  });

  it('hanging, without end of line: all in one', () => {
    expect(hanging(rows, Number.POSITIVE_INFINITY)[0]).toBe('a    bb  one two three four five six seven');
  });

  it('fitted: cut off, but never what stands before the last column', () => {
    expect(fitted(rows, 20)).toEqual(['a    bb  one two …', 'aaa  b']);
    expect(fitted(rows, 7)).toEqual(['a    bb', 'aaa  b']);
    expect(fitted([['接口', '名'.repeat(9)]], 14)).toEqual(['接口  名名名…']);
  });

  it('hanging, with nothing in the last column: no line for it, however narrow', () => {
    const row = ['', 'route.paths[].sw_if_index', 'interface_index (u32)', ''];
    for (let width = 1; width < 60; width++) {
      for (const line of hanging([row], width)) expect(line).toMatch(/\S$/);
    }
  });

  it('hanging, where little room is left: below the others, unless it is short', () => {
    const fields = [
      ['', 'route.paths[].type', 'fib_path_type (u32)', 'NORMAL=0, LOCAL=1, DROP=2'],
      ['', 'is_add', 'bool', 'default true'],
    ];
    expect(hanging(fields, 60)).toEqual([
      '  route.paths[].type  fib_path_type (u32)',
      '      NORMAL=0, LOCAL=1, DROP=2',
      '  is_add              bool                 default true',
    ]);
    expect(hanging(fields, 30)).toEqual([
      '  route.paths[].type',
      '      fib_path_type (u32)',
      '      NORMAL=0, LOCAL=1,',
      '      DROP=2',
      '  is_add              bool',
      '      default true',
    ]);
  });

  it('none: none', () => {
    expect([...hanging([], 80), ...fitted([], 80)]).toEqual([]);
  });
});
