/**
 * Bytes on their way to one client: the frames of one tick in one write. A client that has nothing to get holds no buffer: they
 * come from a pool of all clients. What a client does not read in time waits here in buffers of the same size, and goes as it reads.
 *
 * Hot path, held by the benchmark `relay`: `frame`.
 */

import { GrowingWriter } from '../codec/byte-writer.js';
import { HEADER_SIZE, LENGTH_OFFSET } from '../link/frame.js';

/** Hands bytes to the kernel; `taken` is called when they may be overwritten. False: wait for `drained()`. */
export type WriteBytes = (bytes: Buffer, taken: () => void) => boolean;

/** Size of a buffer: when a frame does not fit any more it is written, or waits, and another one is begun. */
const ROOM = 128 * 1024;
/** Free buffers that are kept. */
const SPARE = 128;
/** Bytes up to here are copied one by one, which is quicker than a call. */
const SHORT = 64;

const pool: GrowingWriter[] = [];
/** Outboxes with a run that is not copied yet. */
let open: ClientOutbox[] = [];

/** Copies what was passed on in place; call it before its bytes are overwritten. */
export function endRuns(): void {
  if (open.length === 0) return;
  const ended = open;
  open = [];
  for (const outbox of ended) outbox.endRun();
}

export class ClientOutbox {
  /** Bytes that the kernel was given, and those of them that it has taken. */
  bytesOut = 0;
  bytesTaken = 0;
  private writer: GrowingWriter | undefined;
  /** Frames that lie one behind the other in `source`, and are copied in one go. */
  private source: Buffer | undefined;
  private runStart = 0;
  private runEnd = 0;
  /** Full buffers that wait, the oldest first. */
  private readonly full: GrowingWriter[] = [];
  private fullBytes = 0;
  private scheduled = false;
  private blocked = false;
  private readonly flushNow = () => {
    this.scheduled = false;
    this.flush();
  };

  constructor(private readonly writeBytes: WriteBytes) {}

  /** Bytes that the client has not taken. */
  get waiting(): number {
    return this.bytesOut - this.bytesTaken + this.fullBytes + (this.writer?.pos ?? 0);
  }

  /**
   * Adds the frame whose body is `source[start, end)`, with its header in front of it. The bytes are the outbox's, to be changed
   * too, until `endRuns()`.
   */
  pass(source: Buffer, start: number, end: number): void {
    const header = start - HEADER_SIZE;
    if (header < 0) {
      this.frame(source, start, end);
      return;
    }
    // VPP leaves addresses of its memory in what clients do not look at.
    for (let at = header; at < header + LENGTH_OFFSET; at++) source[at] = 0;
    for (let at = start - 4; at < start; at++) source[at] = 0;
    if (this.source === source && this.runEnd === header) {
      this.runEnd = end;
      return;
    }
    if (this.source !== undefined) this.endRun();
    else open.push(this);
    this.source = source;
    this.runStart = header;
    this.runEnd = end;
  }

  endRun(): void {
    const { source, runStart, runEnd } = this;
    if (source === undefined) return;
    this.source = undefined;
    const writer = this.room(runEnd - runStart);
    copyBytes(source, runStart, runEnd, writer.bytes, writer.pos);
    writer.pos += runEnd - runStart;
  }

  /** Adds a frame with a copy of `source[start, end)` as its body. */
  frame(source: Buffer, start: number, end: number): void {
    if (this.source !== undefined) this.endRun();
    const size = end - start;
    const writer = this.room(HEADER_SIZE + size);
    const { bytes, view, pos } = writer;
    view.setFloat64(pos, 0);
    view.setFloat64(pos + 8, 0);
    view.setUint32(pos + LENGTH_OFFSET, size);
    copyBytes(source, start, end, bytes, pos + HEADER_SIZE);
    writer.pos = pos + HEADER_SIZE + size;
  }

  /** Writes again, since the kernel takes bytes again. */
  drained(): void {
    this.blocked = false;
    this.flush();
  }

  flush(): void {
    if (this.source !== undefined) this.endRun();
    while (!this.blocked) {
      const next = this.full.shift();
      if (next === undefined) break;
      this.fullBytes -= next.pos;
      this.write(next);
    }
    const { writer } = this;
    if (writer === undefined || writer.pos === 0 || this.blocked) return;
    this.writer = undefined;
    this.write(writer);
  }

  /** Writes everything, also what the kernel does not take yet: nothing is added any more. */
  finish(): void {
    do {
      this.blocked = false;
      this.flush();
    } while (this.full.length > 0 || (this.writer !== undefined && this.writer.pos > 0));
  }

  /** A buffer with room for `size` more bytes, which leaves at the end of the tick. */
  private room(size: number): GrowingWriter {
    let { writer } = this;
    if (writer !== undefined && writer.pos + size > writer.bytes.length) {
      this.full.push(writer);
      this.fullBytes += writer.pos;
      this.writer = undefined;
      writer = undefined;
    }
    if (writer === undefined) {
      writer = size > ROOM ? new GrowingWriter(size) : (pool.pop() ?? new GrowingWriter(ROOM));
      this.writer = writer;
    }
    if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(this.flushNow);
    }
    return writer;
  }

  private write(writer: GrowingWriter): void {
    const bytes = writer.bytes.subarray(0, writer.pos);
    this.bytesOut += bytes.length;
    this.blocked = !this.writeBytes(bytes, () => {
      this.bytesTaken += bytes.length;
      writer.pos = 0;
      if (writer.bytes.length === ROOM && pool.length < SPARE) pool.push(writer);
    });
  }
}

/** Copies `from[start, end)` to `to` at `at`. */
export function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): void {
  if (end - start > SHORT) {
    to.set(from.subarray(start, end), at);
    return;
  }
  let place = at;
  for (let i = start; i < end; i++) to[place++] = from[i];
}
