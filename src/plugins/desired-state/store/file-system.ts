/** The calls to the file system that the store is made of, one step each: a test can end the agent between any two of them. */

import { constants, promises as fs } from 'node:fs';
import { makeFolders } from '../../../make-folders.js';

export interface FileSystem {
  /** Makes a folder that only this user may enter, and those that lead to it. */
  makeFolder(path: string): Promise<void>;
  /** Names in a folder; none where there is no folder. */
  list(path: string): Promise<readonly string[]>;
  /** The content of a file; undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  /** Writes a whole file that only this user may read. It is on disk after `sync` only. */
  write(path: string, text: string): Promise<void>;
  append(path: string, text: string): Promise<void>;
  /** Waits until the content of a file is on disk. */
  sync(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Waits until the names in a folder are on disk. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file, if it is there. */
  remove(path: string): Promise<void>;
}

const OWN_FILE = 0o600;
const OWN_FOLDER = 0o700;

export const nodeFileSystem: FileSystem = {
  async makeFolder(path) {
    makeFolders(path, OWN_FOLDER);
  },
  list: (path) => fs.readdir(path).catch(noneIfMissing([])),
  read: (path) => fs.readFile(path, 'utf8').catch(noneIfMissing(undefined)),
  write: (path, text) => fs.writeFile(path, text, { mode: OWN_FILE }),
  append: (path, text) => fs.appendFile(path, text, { mode: OWN_FILE }),
  sync: (path) => synced(path, constants.O_RDWR),
  rename: (from, to) => fs.rename(from, to),
  syncFolder: (path) => synced(path, constants.O_RDONLY),
  remove: (path) => fs.rm(path, { force: true }),
};

async function synced(path: string, flags: number): Promise<void> {
  const handle = await fs.open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const noneIfMissing =
  <T>(none: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return none;
    throw error;
  };

/** Replaces a file: others, and whoever comes after a crash, see the old content or the new. The file is on disk when it resolves. */
export async function replace(files: FileSystem, folder: string, name: string, text: string): Promise<void> {
  const part = `${folder}/.${name}.part`;
  await files.write(part, text);
  await files.sync(part);
  await files.rename(part, `${folder}/${name}`);
  await files.syncFolder(folder);
}
