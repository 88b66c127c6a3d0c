/** The process at the other end of a Unix socket: SO_PEERCRED of Linux (unix(7)). */

import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { type CLibrary, cLibrary } from '../../c-library.js';
import { printableLine } from '../../printable.js';
import type { ClientPeer } from '../types.js';

const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
/** struct ucred: pid, uid, gid. */
const UCRED_SIZE = 12;

export type ReadPeer = (socket: Socket) => ClientPeer | undefined;

const nothing: ReadPeer = () => undefined;

/** Resolves with the reader; one that reads nothing where the platform has no such thing, and then `without` is called. */
export async function peerReader(without: (reason: string) => void, load = cLibrary): Promise<ReadPeer> {
  if (process.platform !== 'linux') {
    without(`${process.platform} does not tell them`);
    return nothing;
  }
  const library = await load(without);
  return library === undefined ? nothing : readerOf(library);
}

function readerOf(library: CLibrary): ReadPeer {
  const getsockopt = library.func('int getsockopt(int fd, int level, int name, void *value, void *size)');
  const value = Buffer.alloc(UCRED_SIZE);
  const size = Buffer.alloc(4);
  return (socket) => {
    const fd = fdOf(socket);
    if (fd === undefined) return undefined;
    new DataView(size.buffer, size.byteOffset).setUint32(0, UCRED_SIZE, isLittle);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, value, size) !== 0) return undefined;
    const view = new DataView(value.buffer, value.byteOffset);
    const pid = view.getInt32(0, isLittle);
    const known = { uid: view.getUint32(4, isLittle), gid: view.getUint32(8, isLittle) };
    // 0: a process that this one cannot see, of another container.
    return pid > 0 ? { ...known, pid, command: commandOf(pid) } : known;
  };
}

const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Node keeps the descriptor to itself. */
function fdOf(socket: Socket): number | undefined {
  const { fd } = (socket as unknown as { readonly _handle?: { readonly fd?: number } })._handle ?? {};
  return fd !== undefined && fd >= 0 ? fd : undefined;
}

function commandOf(pid: number): string | undefined {
  try {
    return printableLine(readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd());
  } catch {
    return undefined;
  }
}
