/** A folder that is there with all its files, or not at all. */

import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';

/** Throws UsageError where something is there already, or there is no place for it. */
export function refusePlace(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })) {
    throw new UsageError(`${folder} is there already, and is left as it is; name another folder with --dir`);
  }
  if (!existsSync(dirname(folder))) throw new UsageError(`there is no folder ${dirname(folder)} to make it in`);
}

/** Throws UsageError when it cannot be made. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  let beside: string | undefined;
  try {
    beside = mkdtempSync(join(dirname(folder), '.vppmux-new-'));
    // One level further in: what mkdtemp makes is for this user alone.
    const made = join(beside, 'folder');
    for (const [path, text] of files) {
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), text);
    }
    renameSync(made, folder);
  } catch (cause) {
    throw new UsageError(`${folder} cannot be made: ${reasonOf(cause)}`, { cause });
  } finally {
    if (beside !== undefined) rmSync(beside, { recursive: true, force: true });
  }
}
