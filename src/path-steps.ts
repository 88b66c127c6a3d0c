/** The way that the kernel takes to a file: the folders above it, and the links among them. */

import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** The kernel follows no more in one path. */
const MOST_LINKS = 40;

export interface PathStep {
  /** The real path of the entry; no part of it is a link. */
  readonly folder: string;
  readonly entry: string;
  /** The entry itself, a link perhaps. */
  readonly found: Stats;
}

/** Each entry on the way to `path` (absolute), the file's own last. Throws the system's error where the way ends early. */
export function* stepsTo(path: string): Generator<PathStep> {
  const names = path.split('/');
  let folder = '/';
  for (let links = 0; names.length > 0; ) {
    const entry = join(folder, names.shift() ?? '');
    const found = lstatSync(entry);
    // `.`, `..` and the empty name are no entries: they lead to a folder that was there before.
    if (entry !== folder && entry !== dirname(folder)) yield { folder, entry, found };
    if (found.isSymbolicLink()) {
      if (++links > MOST_LINKS) throw new Error(`${path} has too many links`);
      const target = readlinkSync(entry);
      names.unshift(...target.split('/'));
      if (target.startsWith('/')) folder = '/';
    } else {
      folder = entry;
    }
  }
}
