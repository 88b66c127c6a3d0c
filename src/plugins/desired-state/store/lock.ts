/** Keeps a second agent out of the folder: two would take each other's wishes for drift. */

import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { makeFolders } from '../../../make-folders.js';
import { isRunning, processStart } from '../../../process-identity.js';
import { readRegularFile } from '../../../regular-file.js';
import { fault } from '../../../sdk/index.js';

const MOST_BYTES = 256;

interface Owner {
  readonly pid: number;
  readonly started?: string;
}

/** Takes the lock; returns what gives it back. Throws EBUSY while a process that runs has it, and the system's error. */
export function lockFolder(folder: string): () => void {
  makeFolders(folder, 0o700);
  const file = `${folder}/lock`;
  const part = `${file}.${process.pid}`;
  const own: Owner = { pid: process.pid, started: processStart(process.pid) };
  try {
    writeFileSync(part, JSON.stringify(own), { mode: 0o600 });
    for (;;) {
      try {
        // A link is made whole or not at all, and never replaces.
        linkSync(part, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const other = ownerOf(file);
        if (other !== undefined && isRunning(other.pid, other.started)) {
          throw fault(
            'EBUSY',
            `process ${other.pid} looks after the wishes in ${folder}: give each agent its state-dir`,
          );
        }
        rmSync(file, { force: true });
      }
    }
  } finally {
    rmSync(part, { force: true });
  }
}

function ownerOf(file: string): Owner | undefined {
  try {
    const { pid, started } = JSON.parse(readRegularFile(file, { max: MOST_BYTES }).toString('utf8'));
    return Number.isSafeInteger(pid) ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}
