/**
 * npm runs this before (`begin`) and after (`end`) it packs or publishes: the build is made, and package.json is
 * packed without its scripts, which belong to the clone: the files that they run are not in the package, and npm
 * would run `prepare` of a linked or unpacked package all the same.
 *
 * npm packs package.json as it is on disk, so it is changed there for as long as that takes, and kept in `dist`.
 */

import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canBuild, ensureBuilt, orExplain, root, StepFailed, say } from './tree.mjs';

const FILE = join(root, 'package.json');
const KEPT = join(root, 'dist', '.package.json');

/** package.json as it is packed. */
function packed(text) {
  const { scripts: _, ...rest } = JSON.parse(text);
  return `${JSON.stringify(rest, null, 2)}\n`;
}

/** Puts the clone's package.json back, with its date: a newer one would make the build stale. */
function restore() {
  if (!existsSync(KEPT)) return;
  const text = readFileSync(KEPT, 'utf8');
  if (readFileSync(FILE, 'utf8') === packed(text)) copyWithDate(text, KEPT, FILE);
  else say('package.json was changed while it was packed, and stays as it is');
  rmSync(KEPT);
}

function copyWithDate(text, from, to) {
  const { atime, mtime } = statSync(from);
  writeFileSync(to, text);
  utimesSync(to, atime, mtime);
}

function begin() {
  // A run before this one may have been interrupted.
  restore();
  if (canBuild()) ensureBuilt();
  else if (!existsSync(join(root, 'dist', 'src'))) throw new StepFailed('nothing is built: run npm ci first');
  const text = readFileSync(FILE, 'utf8');
  copyWithDate(text, FILE, KEPT);
  writeFileSync(FILE, packed(text));
}

orExplain(process.argv[2] === 'begin' ? begin : restore);
