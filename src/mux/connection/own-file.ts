/** Files of a cache: only those of the user's own that nobody else may write are read, and each is there as a whole or not at all. */

import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolders } from '../../make-folders.js';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
/** Mode bits that a trusted file must not have. */
const WRITABLE_BY_OTHERS = 0o022;
/** Ends the name of a file that is being written. */
const PART = /\.[0-9a-f]{16}\.part$/;
/** Age at which nobody writes such a file any more, milliseconds. */
const STALE_MS = 3_600_000;

/** Undefined when there is none of at most `max` bytes, or none that may be trusted. A file that is read counts as new again. */
export async function readOwnFile(file: string, max: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = await handle.stat();
      const isOwn = stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & WRITABLE_BY_OTHERS) === 0;
      if (!stat.isFile() || !isOwn || stat.size > max) return undefined;
      const bytes = await handle.readFile();
      const now = new Date();
      await handle.utimes(now, now).catch(() => {}); // a file system that cannot be written
      return bytes;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** Writes under a name that nobody can guess, then renames, so that a reader sees all or nothing. */
export async function writeOwnFile(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.${randomBytes(8).toString('hex')}.part`;
  try {
    makeFolders(dirname(file), 0o700);
    // `wx` fails where there is anything, a symbolic link included.
    await writeFile(part, bytes, { mode: 0o600, flag: 'wx' });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

/** Leaves the newest `kept` files whose names match, and none that a writer left unfinished. Throws what the system says. */
export async function removeOldest(folder: string, isEntry: RegExp, kept: number): Promise<void> {
  const isPart = (name: string) => PART.test(name) && isEntry.test(name.replace(PART, ''));
  const parts = (await dated(folder, isPart)).filter(({ at }) => at < Date.now() - STALE_MS);
  const old = (await newestFirst(folder, isEntry)).slice(kept);
  for (const name of [...parts.map((part) => part.name), ...old]) await rm(join(folder, name), { force: true });
}

/** Names of the files that match, the last written or read one first; none where there is no folder. */
export async function newestFirst(folder: string, isEntry: RegExp): Promise<string[]> {
  const files = await dated(folder, (name) => isEntry.test(name));
  return files.sort((a, b) => b.at - a.at).map(({ name }) => name);
}

async function dated(folder: string, isWanted: (name: string) => boolean): Promise<{ name: string; at: number }[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isWanted);
  // Another process may remove one in between.
  const ages = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return names.flatMap((name, i) => (ages[i] === undefined ? [] : { name, at: ages[i].mtimeMs }));
}
