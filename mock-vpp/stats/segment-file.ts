/**
 * The memory of a stats segment as a file, which readers map as they map VPP's. A new run of the mocked VPP is a new file:
 * who has the old one open sees it stand still, as with a VPP that has died.
 */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SegmentMemory } from './memory.js';

/** First eight bytes of a segment: its version. */
const VERSION = 2n;

export class SegmentFile {
  private readonly fd: number;

  /** Makes the file, with the rights `rw-rw----`, and missing directories. Throws where something else than a segment is in its place. */
  constructor(
    readonly path: string,
    private readonly memory: SegmentMemory,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    removeOld(path);
    this.fd = openSync(path, 'wx', 0o660);
    ftruncateSync(this.fd, memory.size);
  }

  /** Writes what has changed. */
  flush(): void {
    for (const { start, end } of this.memory.takeChanges())
      writeSync(this.fd, this.memory.bytes, start, end - start, start);
  }

  /** Closes the file, and removes it unless `leave`. */
  close(leave = false): void {
    closeSync(this.fd);
    if (!leave) unlinkSync(this.path);
  }
}

/** Removes the file of an earlier mock. Throws for any other file. */
function removeOld(path: string): void {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const head = Buffer.alloc(8);
    const isSegment = fstatSync(fd).isFile() && readSync(fd, head, 0, 8, 0) === 8 && head.readBigUInt64LE() === VERSION;
    if (!isSegment)
      throw new Error(`${path} is there and is no stats segment; it is left alone: remove it, or name another file`);
  } finally {
    closeSync(fd);
  }
  unlinkSync(path);
}
