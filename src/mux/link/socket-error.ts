/** Turns a socket error of the operating system into an error that says what to do. */

import { statSync } from 'node:fs';
import { ConnectionError } from '../errors.js';
import { DEFAULT_SOCKET } from '../options.js';
import { GROUPS, named, USERS } from './accounts.js';
import { anotherType } from './other-sockets.js';

/** Wraps the error that `connect(2)` gave for `path`. Reads the file's status, so that EACCES can name owner, group and mode. */
export function socketError(path: string, cause: NodeJS.ErrnoException): ConnectionError {
  const fields = { socket: path, outcome: 'not-sent' } as const;
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new ConnectionError(
        'SOCKET_MISSING',
        `no socket at ${path}: VPP is not running, or its API socket is elsewhere (see socksvr in its startup.conf)`,
        { ...fields, ...hintAt(path) },
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return new ConnectionError('SOCKET_PERMISSION', `no permission for ${path}: ${permissions(path)}`, fields, cause);
    case 'ECONNREFUSED':
      // Linux gives the same error for a file that is no socket.
      if (!isSocket(path)) return new ConnectionError('SOCKET_FAILED', `${path} is not a socket`, fields, cause);
      return new ConnectionError(
        'SOCKET_REFUSED',
        `nobody listens on ${path}: VPP is still starting, or died and left the file behind`,
        fields,
        cause,
      );
    case 'EAGAIN':
      return new ConnectionError(
        'SOCKET_REFUSED',
        `VPP does not take connections at ${path}: its queue is full, its main thread hangs`,
        fields,
        cause,
      );
    case 'EPROTOTYPE':
      return anotherType(path, cause);
    default:
      return new ConnectionError('SOCKET_FAILED', `cannot use the socket ${path}: ${cause.message}`, fields, cause);
  }
}

/** A program that connects without options may have been written without knowing of another way. */
function hintAt(path: string): { readonly hint?: string } {
  if (path !== DEFAULT_SOCKET) return {};
  return { hint: 'another one, as that of an agent with a mock: VPP_API_SOCKET or the option socket' };
}

function isSocket(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isSocket() ?? true;
}

function permissions(path: string): string {
  const groups = (process.getgroups?.() ?? []).map((gid) => named(GROUPS, gid)).join(', ');
  const us = `we are ${named(USERS, process.getuid?.())} in the groups ${groups}`;
  try {
    const { uid, gid, mode } = statSync(path);
    const bits = (mode & 0o777).toString(8).padStart(4, '0');
    const group = named(GROUPS, gid);
    return `it has owner ${named(USERS, uid)}, group ${group}, mode ${bits}; ${us}; join group ${group}, or set \`unix { gid … }\` in startup.conf`;
  } catch {
    return `its directory may not be entered; ${us}`;
  }
}
