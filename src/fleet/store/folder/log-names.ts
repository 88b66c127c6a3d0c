/** The files of the log, and how a new one comes to be there: whole or not at all, and never in the place of another. */

import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../errors.js';

const NAME = /^log\.([0-9]{6,15})$/;
/** Milliseconds after which what a killed process left of a file is removed. */
const PART_AGE_MS = 60_000;

export const logPath = (folder: string, number: number) => join(folder, `log.${String(number).padStart(6, '0')}`);

/** Numbers of the files that there are, the newest last. @throws StoreError */
export async function logNumbers(folder: string): Promise<number[]> {
  const names = await fs.readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw fileError(error, `reading the folder ${folder}`);
  });
  return names
    .map((name) => NAME.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Makes the file with this number, unless another process was quicker: theirs is the same then. @throws StoreError */
export async function makeLog(folder: string, number: number, lines: Iterable<string>): Promise<void> {
  const path = logPath(folder, number);
  const part = join(folder, `.log.${randomUUID()}.part`);
  try {
    const { mode } = await fs.stat(folder);
    const handle = await fs.open(part, 'wx', mode & 0o666);
    try {
      // Whoever may write to the folder may write to its files, whatever the umask is.
      await handle.chmod(mode & 0o666);
      for (const line of lines) await handle.write(`${line}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.link(part, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFolder(folder);
  } catch (error) {
    throw fileError(error, `making ${path}`);
  } finally {
    await fs.rm(part, { force: true }).catch(() => {});
  }
}

/** Removes files before `number`, and what killed processes left; as far as this user may. */
export async function removeOlder(folder: string, number: number): Promise<void> {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const of = NAME.exec(name)?.[1];
    const isLeft = /^\.log\.[0-9a-f-]{36}\.part$/.test(name) && (await isOld(path));
    if (isLeft || (of !== undefined && Number(of) < number)) await fs.rm(path, { force: true }).catch(() => {});
  }
}

const isOld = async (path: string) => {
  const status = await fs.stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > PART_AGE_MS;
};

async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
