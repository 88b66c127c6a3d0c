/** Identifies who is behind a socket, as far as the file system tells. Definitions are trusted only for the one who gave them. */

import { realpathSync, statSync } from 'node:fs';
import { identity } from './socket-watch.js';

export interface Giver {
  /** User that owns the socket. */
  readonly uid: number;
  /** The same over restarts: owner, place and file system. */
  readonly key: string;
  /** Another one after each restart, when VPP makes its socket anew. */
  readonly instance: string;
}

/** Undefined where the socket cannot be looked at. */
export function giverAt(socket: string | undefined): Giver | undefined {
  if (socket === undefined) return undefined;
  try {
    const { uid, dev } = statSync(socket);
    return { uid, key: `${uid}:${dev}:${realpathSync(socket)}`, instance: identity(socket) ?? '' };
  } catch {
    return undefined;
  }
}
