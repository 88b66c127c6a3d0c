/**
 * The identity of a socket file, for everybody who asks whether VPP has made its socket anew: one rule, in one place. A
 * program learns it from `ConnectionStatus.socketFile`.
 */

import { type BigIntStats, statSync } from 'node:fs';

export interface SocketFile {
  /** Device, inode and time of creation. Another one once the socket was made anew; a new name, mode or owner leaves it as it is. */
  readonly identity: string;
  /** The identity and the last change of name, mode or owner, after which an attempt to connect may succeed. */
  readonly revision: string;
  /** User that owns the socket. */
  readonly uid: number;
  /** File system that the socket is in. */
  readonly device: bigint;
}

/** The file at `path`, or at the end of links from there. Undefined: none, or none that may be looked at; connecting says what is wrong. */
export function socketFileAt(path: string): SocketFile | undefined {
  try {
    return socketFileOf(statSync(path, { bigint: true }));
  } catch {
    return undefined;
  }
}

/** The file that `stats` are of. */
export function socketFileOf({ dev, ino, mtimeNs, ctimeNs, uid }: BigIntStats): SocketFile {
  // Nothing is written to a socket file, so its time of change is that of its creation.
  const identity = `${dev}:${ino}:${mtimeNs}`;
  return { identity, revision: `${identity}:${ctimeNs}`, uid: Number(uid), device: dev };
}
