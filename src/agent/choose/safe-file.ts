/**
 * Refuses plugin files that other users can change, because a plugin runs with all rights of the agent: a file that
 * everybody can write, or replace since everybody can write its folder, and a file that another user has put into a shared
 * folder like /tmp (an agent below it would look into a `node_modules` there).
 */

import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AgentError } from '../errors.js';

const WRITABLE_BY_ALL = 0o002;
/** In such a folder (/tmp) users cannot rename or remove each other's files. */
const STICKY = 0o1000;

/**
 * Throws PLUGIN_UNSAFE for a file that others can write, replace or have put there, at any step of its path and behind
 * links. `self` is the user of the agent; root's files are trusted as its own are.
 */
export function refuseUnsafe(file: string, self = process.geteuid?.()): void {
  if (process.platform === 'win32') return;
  for (const path of new Set([...stepsOf(file), ...stepsOf(realpathSync(file))])) {
    const what = path === file ? 'it' : path;
    const found = statSync(path);
    if (found.mode & WRITABLE_BY_ALL && !isShared(found)) {
      throw unsafe(
        file,
        `${what} can be written by everybody, who would then run code in the agent; chmod o-w ${path}`,
      );
    }
    const { uid } = lstatSync(path);
    if (uid !== 0 && uid !== self && isShared(statSync(dirname(path)))) {
      throw unsafe(
        file,
        `${what} belongs to user ${uid} and lies in ${dirname(path)}, where everybody can put files; chown it, or move it`,
      );
    }
  }
}

const isShared = (found: Stats) =>
  found.isDirectory() && (found.mode & WRITABLE_BY_ALL) !== 0 && (found.mode & STICKY) !== 0;

const unsafe = (file: string, why: string) =>
  new AgentError('PLUGIN_UNSAFE', `plugin file ${file} is not loaded: ${why}`, { plugin: file });

/** The path and all folders above it. */
function stepsOf(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...stepsOf(above)];
}
