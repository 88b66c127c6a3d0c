/** docs/glossary.md: every word once, and the names in its last column are there. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/built.js';

const text = (path: string) => readFileSync(join(root, path), 'utf8');

const rows = [...text('docs/glossary.md').matchAll(/^\| (.+?) \| (.+) \| ?(.*?) ?\|$/gm)]
  .map(([, word, meaning, code]) => ({ word, meaning, code }))
  .filter(({ word }) => word !== 'word');

/** The sources of all doors that package.json names: `./dist/src/mux/index.js` is `src/mux/index.ts`. */
const doors = Object.values<string | object>(JSON.parse(text('package.json')).exports)
  .filter((path) => typeof path === 'string')
  .filter((path) => path.endsWith('.js'))
  .map((path) => text(path.replace('./dist/', '').replace(/\.js$/, '.ts')));

it('has rows of a word, what it means, and where it is', () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter(({ meaning }) => meaning.length < 10)).toEqual([]);
});

it('every word: stands in it once', () => {
  const words = rows.flatMap(({ word }) => word.split(', '));
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
});

it('every name of the last column: is a public name, or a path that is there', () => {
  const names = rows.flatMap(({ code }) => [...code.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(40);
  const gone = names.filter((name) =>
    name.includes('/') ? !existsSync(join(root, name)) : !doors.some((door) => new RegExp(`\\b${name}\\b`).test(door)),
  );
  expect(gone).toEqual([]);
});
