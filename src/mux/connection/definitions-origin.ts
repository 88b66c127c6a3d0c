/** Identifies the VPP that definitions came from, as far as the file system tells: they are trusted only for that one. */

import { realpathSync } from 'node:fs';
import { socketFileAt } from '../../socket-file.js';

export interface DefinitionsOrigin {
  /** User that owns the socket. */
  readonly uid: number;
  /** Owner, path and file system: stays the same when VPP restarts. */
  readonly key: string;
  /** Identity of the socket file: changes when VPP restarts. */
  readonly instance: string;
}

/** Undefined where there is no socket that may be looked at. */
export function originAt(socket: string | undefined): DefinitionsOrigin | undefined {
  const file = socket === undefined ? undefined : socketFileAt(socket);
  if (socket === undefined || !file) return undefined;
  const { uid, device, identity } = file;
  try {
    return { uid, key: `${uid}:${device}:${realpathSync(socket)}`, instance: identity };
  } catch {
    return undefined; // the file has gone since
  }
}
