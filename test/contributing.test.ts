/** CONTRIBUTING.md, the release page and the decision records: commands and paths are those that there are. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/built.js';

const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Scripts that npm runs by itself. */
const BY_NPM = ['prepare', 'prepack', 'postpack'];

it('commands: every script of package.json, and no other', () => {
  const named = [...text.matchAll(/`(?:\w+=\S+ )?npm (?:run )?([a-z:-]+)[^`]*`/g)].map(([, name]) => name);
  const known = ['ci', ...Object.keys(scripts)].filter((name) => !BY_NPM.includes(name));
  expect([...new Set(named)].sort()).toEqual(known.sort());
});

const decisions = readdirSync(join(root, 'docs', 'decisions')).map((name) => `docs/decisions/${name}`);

it.each(['CONTRIBUTING.md', 'docs/release.md', ...decisions])(
  '%s: the files and folders that it names are there',
  (page) => {
    const paths = [
      ...readFileSync(join(root, page), 'utf8').matchAll(
        /`((?:src|mock-vpp|test|docs|scripts|conf|templates|\.ci)\/[^`\s*]*)`/g,
      ),
    ];
    expect(paths.map(([, path]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  },
);
