/** The server of an API socket: makes its file ready, listens, and sees to owner and permissions. */

import { chmodSync, lchownSync, lstatSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { socketPathProblem } from '../../socket-path.js';
import { VppmuxError } from '../errors.js';
import type { ApiSocketOptions } from '../types.js';

/** Connections that wait to be accepted; VPP itself has 5. */
const BACKLOG = 511;
const MODE = 0o770;

/** Listens. Rejects with BAD_OPTION, or SOCKET_FAILED. */
export async function listen(options: ApiSocketOptions, onSocket: (socket: Socket) => void): Promise<Server> {
  const { path, fd } = options;
  if ((path === undefined) === (fd === undefined)) {
    throw new VppmuxError(
      'BAD_OPTION',
      'an API socket is given by its path, or by the descriptor of one that listens',
      {
        path: 'path',
      },
    );
  }
  const server = createServer({ allowHalfOpen: true }, onSocket);
  if (path !== undefined) await makeReady(path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(failed(path ?? `descriptor ${fd}`, cause)));
    // Nobody may come in before the permissions are right: the file is made within this call.
    const umask = path === undefined ? undefined : process.umask(0o777);
    try {
      server.listen(path !== undefined ? { path, backlog: BACKLOG } : { fd, backlog: BACKLOG }, resolve);
    } finally {
      if (umask !== undefined) process.umask(umask);
    }
  });
  if (path === undefined) return server;
  try {
    permit(path, options);
  } catch (error) {
    server.close();
    throw error;
  }
  return server;
}

/** Gives the socket file its owner and permissions. Throws SOCKET_FAILED. */
export function permit(path: string, { mode = MODE, uid = -1, gid = -1 }: Permissions): void {
  try {
    // Somebody who may write to the folder could put a link in its place: the target of it must not change hands.
    if (uid >= 0 || gid >= 0) lchownSync(path, uid, gid);
    chmodSync(path, mode);
  } catch (cause) {
    throw failed(path, cause as Error);
  }
}

type Permissions = Pick<ApiSocketOptions, 'mode' | 'uid' | 'gid'>;

async function makeReady(path: string): Promise<void> {
  const problem = socketPathProblem(path);
  if (problem !== undefined)
    throw new VppmuxError('BAD_OPTION', `the path of the API socket ${problem}`, { path: 'path' });
  if (path.startsWith('\0')) return;
  makeFolders(dirname(path));
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isSocket())
    throw new VppmuxError('BAD_OPTION', `${path} exists and is no socket; it is not replaced`, { path: 'path' });
  if (await isListening(path)) {
    throw new VppmuxError(
      'BAD_OPTION',
      `${path} is in use: VPP, or another vppmux, listens there; give VPP another one (socksvr { socket-name … }), or stop the other`,
      { path: 'path' },
    );
  }
  unlinkSync(path);
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    // Only a refusal says that nobody listens: a full queue, or one that may not be entered, has an owner.
    probe.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}

function failed(where: string, cause: Error): VppmuxError {
  return new VppmuxError('SOCKET_FAILED', `the API socket cannot listen on ${where}: ${cause.message}`, {}, cause);
}
