/** Care for the socket file: stale ones are replaced, ones in use refused, VPP's mode is set. */
import { type BigIntStats, chmodSync, linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { createConnection, type Server } from 'node:net';
import { dirname } from 'node:path';
import { makeFolders, socketFileOf, socketPathProblem } from '../../src/mux/internal.js';

/** VPP makes its socket with umask 002, so that its group may use it. */
const MODE = 0o775;

/**
 * Makes the path ready to be listened on: directories are made, a socket that nobody listens on is removed.
 *
 * @throws Error for a path that no socket can have, when another process listens there, or when it is something else than a socket.
 */
export async function prepareSocketPath(path: string): Promise<void> {
  const problem = socketPathProblem(path);
  if (problem !== undefined) throw new Error(`the path of the socket ${problem} (${path})`);
  makeFolders(dirname(path));
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  if (stats === undefined) return;
  if (!stats.isSocket()) throw new Error(`${path} exists and is not a socket; mock-vpp will not replace it`);
  if ((await isListening(path)) || !removeStale(path, stats)) {
    throw new Error(`${path} is in use: a VPP or another mock-vpp listens there; stop it, or choose another path`);
  }
}

/** Removes the socket that was found dead; false when another process has put a live one in its place meanwhile. */
function removeStale(path: string, found: BigIntStats): boolean {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    // Another process has just removed it; the first of the two to bind the path has it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const isTheOne = socketFileOf(lstatSync(aside, { bigint: true })).identity === socketFileOf(found).identity;
  if (!isTheOne) linkSync(aside, path);
  unlinkSync(aside);
  return isTheOne;
}

export function openToGroup(path: string): void {
  chmodSync(path, MODE);
}

/** Stops listening; Node removes the file with it, unless it is to stay behind as after a crash. */
export function stopListening(server: Server, path: string, leaveFile: boolean): void {
  const aside = `${path}.left`;
  if (leaveFile && lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
    // Node unlinks what has the name while it closes; for that moment, nothing has.
    renameSync(path, aside);
    server.close();
    renameSync(aside, path);
  } else server.close();
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    // EACCES and the like: it is somebody else's, so not ours to remove.
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  });
}
