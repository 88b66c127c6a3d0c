/** A folder made the same as another one, file by file, for readers that are at it meanwhile. Plain Node built-ins only. */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Moves the files of `fresh` into `target` and removes what else is there, but dot files. Each file is exchanged as a whole,
 * and one that is the same stays as it is. Both must be on one file system.
 */
export function replaceTree(fresh, target) {
  const files = filesOf(fresh);
  for (const path of files) {
    const [from, to] = [join(fresh, path), join(target, path)];
    if (isSame(from, to)) continue;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
  const wanted = new Set(files);
  const isKept = (path) => wanted.has(path) || basename(path).startsWith('.');
  for (const path of filesOf(target)) if (!isKept(path)) rmSync(join(target, path), { force: true });
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
}

function isSame(one, other) {
  const stat = statSync(other, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === statSync(one).size && readFileSync(one).equals(readFileSync(other));
}
