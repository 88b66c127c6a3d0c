/**
 * Writes to a pipe whose reader keeps up, without going through the event loop: a pipe takes 64 KiB at a time, and between two
 * times VPP's socket would be read thirty times, so that almost all of a long list would wait in memory.
 */

import { writeSync } from 'node:fs';

/** Time that a reader gets to make room, milliseconds: then it is a slow one, and the rest is left to its stream. */
const PATIENCE_MS = 10;
/** Time between two looks at a full pipe: a reader empties it in less. */
const LOOK_MS = 0.05;

const never = new Int32Array(new SharedArrayBuffer(4));

/** Writes what `fd` takes of `bytes` while its reader keeps up; gives how many bytes. Never throws: the stream meets the error as well. */
export function writeEagerly(fd: number, bytes: Uint8Array): number {
  let written = 0;
  let lastTook = performance.now();
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
      lastTook = performance.now();
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'EAGAIN';
      if (!isFull || performance.now() - lastTook > PATIENCE_MS) break;
      Atomics.wait(never, 0, 0, LOOK_MS);
    }
  }
  return written;
}
