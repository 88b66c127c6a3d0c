/** Finds parts of a path that another user could replace, so that the path would lead elsewhere. */

import { lstatSync, type Stats } from 'node:fs';
import { stepsTo } from '../../path-steps.js';

const STICKY = 0o1000;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

/**
 * Finds the first entry on the way to `path` (absolute, its last part included) that another user could replace, also
 * behind links; undefined where there is none. Throws the system's error for a path that leads nowhere.
 */
export function replaceablePart(path: string): string | undefined {
  for (const { folder, entry, found } of stepsTo(path)) if (!keepsEntry(lstatSync(folder), found)) return entry;
  return undefined;
}

/** A user who may write to a folder may rename its entries, unless it is sticky (/tmp) and the entry another user's. */
function keepsEntry(folder: Stats, entry: Stats): boolean {
  return isOurs(folder) && (!isWritableByOthers(folder) || ((folder.mode & STICKY) !== 0 && isOurs(entry)));
}

const isOurs = ({ uid }: Stats) => uid === 0 || uid === process.getuid?.();

/** Many users have a group that is theirs alone: it may write. */
function isWritableByOthers({ mode, gid }: Stats): boolean {
  if ((mode & OTHERS_WRITE) !== 0) return true;
  return (mode & GROUP_WRITES) !== 0 && gid !== 0 && gid !== process.getgid?.();
}
