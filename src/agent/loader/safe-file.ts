/**
 * A plugin runs with all rights of the agent. A file that everybody on the machine can write, or exchange since it
 * lies in a folder that everybody can write, gives these rights to everybody: it is not loaded.
 */

import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AgentError } from '../errors.js';

const WRITABLE_BY_ALL = 0o002;
/** In such a folder (/tmp) nobody can rename or remove what is another's. */
const STICKY = 0o1000;

/** Throws PLUGIN_UNSAFE for a file that others can write or exchange, at any step of its path and behind links. */
export function refuseUnsafe(file: string): void {
  if (process.platform === 'win32') return;
  for (const path of new Set([...stepsOf(file), ...stepsOf(realpathSync(file))])) {
    const found = statSync(path);
    if (!(found.mode & WRITABLE_BY_ALL) || (found.isDirectory() && found.mode & STICKY)) continue;
    const what = path === file ? 'it' : path;
    const text = `plugin file ${file} is not loaded: ${what} can be written by everybody, who would then run code in the agent; chmod o-w ${path}`;
    throw new AgentError('PLUGIN_UNSAFE', text, { plugin: file });
  }
}

/** The path and all folders above it. */
function stepsOf(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...stepsOf(above)];
}
