/**
 * The folder of this user alone where vppmux keeps what other programs of the user look for: the embedded mock's socket, and
 * which agents run. It is always at the same place: `$XDG_RUNTIME_DIR/vppmux`, or `/tmp/vppmux-UID` where there is no login
 * session. Anybody may write to /tmp, so nothing is believed of a folder there but what the kernel says of its owner.
 */

import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { socketPathProblem } from '../../socket-path.js';
import { replaceablePart } from './replaceable.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** The longest path of a socket below it. */
const LONGEST = 'mock-99/api.sock';

/** The folder, made if it is missing; undefined where none would be safe. */
export function privateFolder(env: Env): string | undefined {
  return placesOf(env).find((path) => {
    if (!isPrivate(path)) make(path);
    return isPrivate(path);
  });
}

/** Why there is no private folder, for a person. */
export function whyNoPrivateFolder(env: Env): string {
  const places = placesOf(env);
  const taken = places.find((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined);
  if (taken === undefined) return `no folder can be made at ${places.join(' or ')}`;
  return `${taken} is not a folder of user ${process.getuid?.()} alone (ls -ld ${taken}); have root remove it, or set XDG_RUNTIME_DIR`;
}

/** Private folders that exist, for reading: an agent may have been started in another session. */
export function privateFoldersThere(env: Env): string[] {
  return placesOf({ ...env, XDG_RUNTIME_DIR: env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.()}` }).filter(
    isPrivate,
  );
}

function placesOf({ XDG_RUNTIME_DIR: runtime, TMPDIR: tmp }: Env): string[] {
  const own = `vppmux-${process.getuid?.()}`;
  const fits = (path: string) => socketPathProblem(join(path, LONGEST)) === undefined;
  const places = [[join(tmp || tmpdir(), own), join('/tmp', own)].find(fits)];
  // The session's directory is this user's, or it is not what it says.
  if (runtime && isPrivate(runtime)) places.unshift(join(runtime, 'vppmux'));
  return places.filter((path) => path !== undefined).filter(fits);
}

function make(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch {
    // Something is there that is not ours, or nothing can be made there.
  }
}

/** True for a directory (no link to one) that is this user's alone, and that no other user can replace. */
function isPrivate(path: string): boolean {
  try {
    const stat = lstatSync(path);
    const isOurs = stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
    return isOurs && replaceablePart(resolve(path)) === undefined;
  } catch {
    return false;
  }
}
