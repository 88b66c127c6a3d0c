/** Sockets of mocks: directories that nobody but this user may enter or replace, and the shell line that makes commands use one. */

import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Env, privateFolder } from '../files/private-folder.js';

/** Mocks of one user that can run at the same time on paths that stay the same. */
const MOCKS = 9;

/** `mock`, `mock-2`, … of the user's private folder, then (or where there is none) a new one. Each is made when it is asked for. */
export function* foldersForMock(env: Env): Generator<string> {
  const own = privateFolder(env);
  if (own !== undefined) {
    for (let n = 1; n <= MOCKS; n++) {
      const folder = join(own, n === 1 ? 'mock' : `mock-${n}`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      yield folder;
    }
  }
  yield newFolder();
}

/** A folder that nothing else uses. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'vppmux-mock-'));
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another agent's socket is in it by now, or it has gone.
  }
}

/** The shell line that makes commands use a socket. */
export function exportLine(socket: string): string {
  const isPlain = /^[\w./:@%+,-]+$/.test(socket);
  return `export VPP_API_SOCKET=${isPlain ? socket : `'${socket.replaceAll("'", "'\\''")}'`}`;
}
