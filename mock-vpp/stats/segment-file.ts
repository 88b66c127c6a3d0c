/**
 * The memory of a stats segment as a file, which readers map as they map VPP's. A new run of the mocked VPP is a new file:
 * who has the old one open sees it stand still, as with a VPP that has died.
 */
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SegmentMemory } from './memory.js';

/** First eight bytes of a segment: its version. */
const VERSION = 2n;
const PAGE = 4096;
/** Place of the process whose file it is, at the end of the header's page: readers do not look there. */
const OWNER = PAGE - 8;
/** Files of this process. */
const ours = new Set<string>();

export class SegmentFile {
  private readonly fd: number;

  /** Makes the file, with the rights `rw-rw----`, and missing directories. Throws where something else is in its place, or the segment of a mock that runs. */
  constructor(
    readonly path: string,
    private readonly memory: SegmentMemory,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    removeOld(path);
    this.fd = openSync(path, 'wx', 0o660);
    ours.add(resolve(path));
    try {
      ftruncateSync(this.fd, memory.size);
    } catch (error) {
      this.close();
      throw error;
    }
    memory.u64(OWNER, process.pid);
  }

  /** Writes what has changed. */
  flush(): void {
    const { memory } = this;
    for (const range of memory.changes()) {
      for (let at = range.start; at < range.end; ) at += writeSync(this.fd, memory.bytes, at, range.end - at, at);
      memory.written(range);
    }
  }

  /** Closes the file and removes it. It may be gone already, with its directory. */
  close(): void {
    closeSync(this.fd);
    ours.delete(resolve(this.path));
    rmSync(this.path, { force: true });
  }
}

/** Removes the file that a mock has left behind. Throws for any other file. */
function removeOld(path: string): void {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const head = Buffer.alloc(PAGE);
    const isSegment =
      fstatSync(fd).isFile() && readSync(fd, head, 0, PAGE, 0) >= 8 && head.readBigUInt64LE() === VERSION;
    if (!isSegment)
      throw new Error(`${path} is there and is no stats segment; it is left alone: remove it, or name another file`);
    const owner = Number(head.readBigUInt64LE(OWNER));
    if (owner === process.pid ? ours.has(resolve(path)) : isRunning(owner))
      throw new Error(`${path} is the stats segment of process ${owner}, which runs; name another file`);
  } finally {
    closeSync(fd);
  }
  unlinkSync(path);
}

function isRunning(pid: number): boolean {
  if (pid <= 0 || pid > 2 ** 31) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
