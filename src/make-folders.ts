import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that lead to it; gives whether it was not there. Throws what the system says. `recursive` of Node's
 * mkdir never ends where that is ENOENT although the parent is there, as in /proc or below an automounter's /home.
 */
export function makeFolders(path: string, mode = 0o777): boolean {
  if (isFolder(path)) return false;
  makeFolders(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    // Somebody else was quicker.
    if (isFolder(path)) return false;
    throw error;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
