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

const ROOM = 64 * 1024;
/** Size from which a buffer is written before the end of the tick, or waits, and another one is begun. */
const FULL = 256 * 1024;
/** Free buffers that are kept. */
const SPARE = 16;
/** Bodies up to here are copied byte by byte, which is quicker than a call. */
const SHORT = 48;

const pool: GrowingWriter[] = [];

export class ClientOutbox {
  /** Bytes that the kernel was given, and those of them that it has taken. */
  bytesOut = 0;
  bytesTaken = 0;
  private writer: GrowingWriter | undefined;
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

  /** The buffer that the last frame lies in, valid until the next call. */
  get bytes(): Buffer {
    return (this.writer as GrowingWriter).bytes;
  }

  /** Adds a frame with a copy of `source[start, end)` as its body; returns the place of the body in `bytes`. */
  frame(source: Buffer, start: number, end: number): number {
    let { writer } = this;
    if (writer !== undefined && writer.pos > FULL) {
      this.setAside(writer);
      writer = undefined;
    }
    if (writer === undefined) {
      writer = pool.pop() ?? new GrowingWriter(ROOM);
      this.writer = writer;
    }
    const size = end - start;
    writer.reserve(HEADER_SIZE + size);
    const { bytes, view, pos } = writer;
    view.setFloat64(pos, 0);
    view.setFloat64(pos + 8, 0);
    view.setUint32(pos + LENGTH_OFFSET, size);
    const body = pos + HEADER_SIZE;
    copyBytes(source, start, end, bytes, body);
    writer.pos = body + size;
    if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(this.flushNow);
    }
    return body;
  }

  /** Writes again, since the kernel takes bytes again. */
  drained(): void {
    this.blocked = false;
    this.flush();
  }

  flush(): void {
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

  private setAside(writer: GrowingWriter): void {
    this.full.push(writer);
    this.fullBytes += writer.pos;
    this.writer = undefined;
    if (!this.blocked) this.flush();
  }

  private write(writer: GrowingWriter): void {
    const bytes = writer.bytes.subarray(0, writer.pos);
    this.bytesOut += bytes.length;
    this.blocked = !this.writeBytes(bytes, () => {
      this.bytesTaken += bytes.length;
      writer.pos = 0;
      if (writer.bytes.length <= FULL * 2 && pool.length < SPARE) pool.push(writer);
    });
  }
}

/** Copies `from[start, end)` to `to` at `at`. */
export function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): void {
  if (end - start > SHORT) {
    from.copy(to, at, start, end);
    return;
  }
  let place = at;
  for (let i = start; i < end; i++) to[place++] = from[i];
}
