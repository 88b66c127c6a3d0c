/** Identifies who is behind a socket, as far as the file system tells. Definitions are trusted only for the one who gave them. */

import { realpathSync } from 'node:fs';
import { socketFileAt } from '../../socket-file.js';

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
  const file = socket === undefined ? undefined : socketFileAt(socket);
  if (socket === undefined || !file) return undefined;
  const { uid, device, identity } = file;
  try {
    return { uid, key: `${uid}:${device}:${realpathSync(socket)}`, instance: identity };
  } catch {
    return undefined; // it has gone since
  }
}
