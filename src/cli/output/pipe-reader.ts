/**
 * Notices that a pipe's reader has gone (`| head -1`) while nothing is written to it.
 *
 * The kernel raises EPOLLERR on the write end of a pipe when its last reader closes, but only to who polls it, and Node
 * polls a pipe only while a write to it is stuck. Its TCP handle polls whatever it is given to read, without asking
 * whether that is readable: on a write end nothing ever comes but that error. The class is not public; where it is
 * missing or not allowed (`--permission`), or there is no /proc, a reader that has gone is noticed at the next write, as
 * everywhere else.
 */

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';

interface Handle {
  open(fd: number): number;
}

interface TcpWrap {
  readonly TCP: new (type: number) => Handle;
  readonly constants: { readonly SOCKET: number };
}

/** Calls `gone` once when nobody reads the pipe `fd` any more; returns the function that ends that. Any other kind of file is left alone. */
export function whenReaderGone(fd: number, gone: () => void): () => void {
  const nothing = () => undefined;
  let socket: Socket;
  try {
    if (!fstatSync(fd).isFIFO()) return nothing;
    const handle = pollable(fd);
    if (handle === undefined) return nothing;
    socket = new Socket({ handle, readable: true, writable: false } as object);
  } catch (error) {
    // The kernel's answer for a named pipe without a reader.
    if ((error as NodeJS.ErrnoException).code === 'ENXIO') gone();
    return nothing;
  }
  let ended = false;
  socket.on('error', nothing).once('close', () => {
    if (!ended) gone();
  });
  socket.resume().unref();
  return () => {
    ended = true;
    socket.destroy();
  };
}

/** A handle over a file description of its own: `fd` stays as blocking as it is, and the loop knows it under one number. */
function pollable(fd: number): Handle | undefined {
  const wrap = tcpWrap();
  if (wrap === undefined) return undefined;
  const handle = new wrap.TCP(wrap.constants.SOCKET);
  const own = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
  if (handle.open(own) === 0) return handle;
  closeSync(own);
  return undefined;
}

/** Node's own class, without the warning (or the end) that `--pending-deprecation` has for who asks for it. */
function tcpWrap(): TcpWrap | undefined {
  const { noDeprecation } = process;
  // It cannot be assigned where `--no-deprecation` has set it.
  if (!noDeprecation) process.noDeprecation = true;
  try {
    return (process as { binding?(name: string): unknown }).binding?.('tcp_wrap') as TcpWrap | undefined;
  } finally {
    if (!noDeprecation) process.noDeprecation = noDeprecation;
  }
}
