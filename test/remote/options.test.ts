/** The options of `connectRemote`, and what says the same elsewhere: docstrings, and the table in docs/remote.md. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REMOTE_OPTIONS } from '../../src/remote/index.js';
import { rowOf, rowsOf, shownDefault } from '../support/option-rows.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { channel: _, ...own } = REMOTE_OPTIONS;
const rows = rowsOf(own);

describe('every option of connectRemote', () => {
  const types = read('src/remote/types.ts');

  it.each(rows.filter(({ path }) => !path.includes('.')))(
    '$path: its docstring says its default, which passes its check',
    ({ path, option }) => {
      const docstring = new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s*readonly ${path}\\?:`, 's').exec(types)?.[1];
      const text = docstring?.replaceAll(/\s+\*?\s*/g, ' ') ?? '';
      expect(text.slice(text.search(/[Dd]efault/))).toContain(shownDefault(option));
      if (option.default !== undefined) expect(option.problem(option.default)).toBeUndefined();
    },
  );

  it('docs/remote.md: has all of them, in the words of the table', () => {
    const [, chapter] = read('docs/remote.md').split('\n## The client for TypeScript\n');
    const table = [...chapter.matchAll(/^\| `\w.*\|$/gm)].map(([line]) => line);
    expect(table.filter((row) => !row.startsWith('| `channel` '))).toEqual(rows.map(rowOf));
  });
});
