/** Files that appear whole, and never in the place of another one. */

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';

export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** Makes the folder, with those above it; one that is there stays as it is. Throws UsageError, also for one of another user. */
export function makeFolder(path: string, mode: number): void {
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (before && !before.isDirectory()) {
    throw new UsageError(
      before.isSymbolicLink()
        ? `${path} is a link; name the folder that it leads to`
        : `${path} is no folder; name another`,
    );
  }
  try {
    // The umask may take rights away that other users need to read the configuration.
    if (makeFolders(path, mode)) chmodSync(path, mode);
  } catch (cause) {
    throw new UsageError(`${path} cannot be made: ${reasonOf(cause)}`, { cause });
  }
  // Looked at last: another user may have made it in between.
  const why = whoseFolder(lstatSync(path));
  if (why !== undefined) throw new UsageError(`${path} ${why}; name another folder`);
}

/** Reason why another user could replace the written files; undefined where none could. */
function whoseFolder({ uid, mode }: Stats): string | undefined {
  if (uid !== 0 && uid !== process.geteuid?.()) return `belongs to user ${uid}`;
  return mode & 0o002 ? 'can be written by every user of this machine' : undefined;
}

/** Writes the file; false where something is at its path already. Throws UsageError. */
export function writeNew({ path, text, mode }: NewFile): boolean {
  const made = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    const fd = openSync(made, 'wx', mode);
    try {
      writeSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    chmodSync(made, mode);
    // Unlike a rename, a link never replaces.
    linkSync(made, path);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw new UsageError(`${path} cannot be written: ${reasonOf(cause)}`, { cause });
  } finally {
    remove(made);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made.
  }
}
