/** One build of a tree at a time: a file that holds the number of the process that builds. Plain Node built-ins only. */

import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAUSE_MS = 50;

/**
 * Runs `action` while no other process does so for this tree. The lock of a process that has died is taken away; should two
 * see that at the same moment and both go on, each writes the same files whole, so this costs time only.
 */
export function withBuildLock(tree, action) {
  const lock = join(tree, '.build-lock');
  while (!take(lock)) {
    const holder = holderOf(lock);
    if (holder !== undefined && !isAlive(holder)) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  try {
    return action();
  } finally {
    if (holderOf(lock) === process.pid) rmSync(lock, { force: true });
  }
}

/** Makes the lock, with its holder's number in it from the beginning. */
function take(lock) {
  const own = `${lock}-${process.pid}`;
  writeFileSync(own, `${process.pid}`);
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: another user's.
    return error.code === 'EPERM';
  }
}
