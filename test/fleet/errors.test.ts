import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ETCD_ERRORS } from '../../src/etcd/index.js';
import { FLEET_ERRORS, STORE_ERRORS } from '../../src/fleet/index.js';
import { root } from '../support/built.js';

const documented = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const sourcesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'))
    .join('\n');

it.each([
  ['src/fleet', FLEET_ERRORS],
  ['src/fleet/store', STORE_ERRORS],
  ['src/etcd', ETCD_ERRORS],
])('errors of %s: are thrown somewhere, and documented in the words of their table', (folder, table) => {
  const sources = sourcesOf(folder);
  for (const [code, meaning] of Object.entries(table)) {
    expect(sources.split(`'${code}'`).length, code).toBeGreaterThan(1);
    expect(documented).toContain(`| \`${code}\` | ${meaning} |`);
  }
});
