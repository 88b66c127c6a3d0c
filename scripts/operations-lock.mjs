/**
 * `npm run operations:lock`: writes operations.lock.json from the operations that the plugins of this package have.
 * It does not when callers would notice a change: that takes `-- --breaking`. With `-- --check` nothing is written.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, ensureBuilt, ensureInstalled, orExplain, root, StepFailed, say } from './tree.mjs';

orExplain(() => {
  checkNode();
  ensureInstalled();
  ensureBuilt();
});

const { changesBetween } = await import('../dist/src/agent/operations/compatibility.js');
const { exportedOperations, lockOf } = await import('../dist/src/agent/operations/lock.js');

const FILE = join(root, 'operations.lock.json');
const plugins = join(root, 'dist', 'src', 'plugins');
const files = readdirSync(plugins, { recursive: true }).filter((file) => file.endsWith('.js'));
const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(plugins, file)).href)));
const now = lockOf(new Set(modules.flatMap(exportedOperations)));
const before = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { version: 1, operations: {} };

orExplain(() => {
  const changes = changesBetween(before, now);
  for (const { operation, compatible, text } of changes) {
    say(`operation ${operation}: ${text}${compatible ? '' : ' (callers notice)'}`);
  }
  const breaking = changes.some(({ compatible }) => !compatible);
  if (breaking && !process.argv.includes('--breaking')) {
    throw new StepFailed('nothing is written: give the changed operation another name, or say -- --breaking');
  }
  if (process.argv.includes('--check')) {
    if (changes.length > 0) throw new StepFailed('operations.lock.json is old: npm run operations:lock');
    return;
  }
  writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
  say(`operations.lock.json has ${Object.keys(now.operations).length} operations`);
});
