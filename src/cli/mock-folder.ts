/** Directories for the embedded mock's socket, which nobody but this user may enter or replace. */

import { lstatSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * First the one where the socket is always found, `$XDG_RUNTIME_DIR/vppmux-mock`, if that is safe; then a new one, for
 * where there is no such directory, or a second agent. Each is made when it is asked for.
 */
export function* foldersForMock(env: Readonly<Record<string, string | undefined>> = {}): Generator<string> {
  const runtime = env.XDG_RUNTIME_DIR;
  if (runtime && isOurs(runtime)) {
    const folder = join(runtime, 'vppmux-mock');
    make(folder);
    if (isOurs(folder)) yield folder;
  }
  yield mkdtempSync(join(tmpdir(), 'vppmux-mock-'));
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another agent's socket is in it by now, or it has gone.
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there, left by an agent that was killed; or it cannot be made, and then it is not ours.
  }
}

/** A directory, no link to one, of this user and for nobody else. */
function isOurs(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
}
