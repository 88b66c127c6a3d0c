/** CONTRIBUTING.md: commands and paths are those that there are. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/built.js';

const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Scripts that npm runs by itself. */
const BY_NPM = ['prepare', 'prepack', 'postpack'];

it('commands: every script of package.json, and no other', () => {
  const named = [...text.matchAll(/`(?:\w+=\S+ )?npm (?:run )?([a-z:-]+)[^`]*`/g)].map(([, name]) => name);
  const known = Object.keys(scripts).filter((name) => !BY_NPM.includes(name));
  expect([...new Set(named)].sort()).toEqual(known.sort());
});

it('files and folders: are there', () => {
  const paths = [...text.matchAll(/`((?:src|mock-vpp|test|docs|scripts|conf|templates|\.ci)\/[^`\s*]*)`/g)];
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.map(([, path]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
