/**
 * The bytes that leave in this tick: messages are encoded straight into one buffer, which is written once,
 * after everything that sends in this tick has run (setImmediate). A program that awaits each answer before it sends the next
 * request has nothing to gather: after a write of one message the next one leaves as soon as the code that sends it has run.
 *
 * Invariant: `bytes[0, pos)` always holds whole frames; a message that fails to encode leaves no trace.
 * A written buffer is used again only after the kernel has taken it. While the kernel takes nothing, frames wait here
 * up to a bound; then `isCongested` is true, and requests wait in their channels instead. A frame that waits here can
 * be taken back: it is marked in a part of the header that VPP ignores, and skipped when the buffer is written.
 * Held by the benchmark `ping` (test/bench).
 */

import { GrowingWriter } from '../codec/byte-writer.js';
import type { Fields, WriteMessage } from '../codec/codec.js';
import { HEADER_SIZE, LENGTH_OFFSET, readU32 } from './frame.js';

/** Hands bytes to the kernel; `taken` is called when they may be overwritten. False: wait for `drained()`. */
export type WriteBytes = (bytes: Buffer, taken: () => void) => boolean;

const ROOM = 64 * 1024;
/** Size at which the buffer is written before the end of the tick, to keep it small. */
const EARLY = 1024 * 1024;
/** Offset of the mark of a frame that was taken back (frame.ts: gc mark). */
const MARK_OFFSET = 12;

export class Outbox {
  bytesOut = 0;
  private writer = new GrowingWriter(ROOM);
  private spare: GrowingWriter | undefined;
  private scheduled = false;
  private blocked = false;
  /** Place in the stream of the first byte that waits here; never used again, however much is sent. */
  private base = 0;
  private takenBack = 0;
  /** Messages in `writer`, and whether there was one alone at the last write. */
  private count = 0;
  private wasAlone = false;
  private readonly flushNow = () => {
    this.scheduled = false;
    this.flush();
  };

  constructor(private readonly writeBytes: WriteBytes) {}

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): number {
    const writer = this.writer;
    const start = writer.pos;
    writer.reserve(HEADER_SIZE);
    // Zeros, eight bytes at a time: byte by byte costs 6 ns more, and fill() more still.
    writer.view.setFloat64(start, 0);
    writer.view.setFloat64(start + 8, 0);
    writer.pos = start + HEADER_SIZE;
    try {
      write(writer, fields, id, clientIndex, context);
    } catch (error) {
      writer.pos = start;
      throw error;
    }
    writer.view.setUint32(start + LENGTH_OFFSET, writer.pos - start - HEADER_SIZE);
    const place = this.base + start;
    this.count++;
    if (writer.pos > EARLY && !this.blocked) this.flush();
    else if (!this.scheduled) {
      this.scheduled = true;
      if (this.wasAlone) queueMicrotask(this.flushNow);
      else setImmediate(this.flushNow);
    }
    return place;
  }

  get isCongested(): boolean {
    return this.blocked && this.writer.pos >= EARLY;
  }

  /** False when the frames have been handed to the kernel, and maybe to VPP. */
  takeBack(place: number, count: number): boolean {
    const { bytes, pos } = this.writer;
    let at = place - this.base;
    if (at < 0 || at >= pos) return false;
    for (let i = 0; i < count && at < pos; i++) {
      bytes[at + MARK_OFFSET] = 1;
      this.takenBack++;
      at += HEADER_SIZE + readU32(bytes, at + LENGTH_OFFSET);
    }
    return true;
  }

  /** Writes again, since the kernel takes bytes again. */
  drained(): void {
    this.blocked = false;
    this.flush();
  }

  flush(): void {
    const full = this.writer;
    if (full.pos === 0 || this.blocked) return;
    this.writer = this.spare ?? new GrowingWriter(ROOM);
    this.spare = undefined;
    this.base += full.pos;
    this.wasAlone = this.count === 1;
    this.count = 0;
    if (this.takenBack > 0) {
      this.takenBack = 0;
      removeTakenBack(full);
      if (full.pos === 0) {
        this.spare = full;
        return;
      }
    }
    const bytes = full.bytes.subarray(0, full.pos);
    this.bytesOut += bytes.length;
    this.blocked = !this.writeBytes(bytes, () => {
      full.pos = 0;
      if (full.bytes.length <= EARLY * 2) this.spare = full;
    });
  }
}

/** Removes the marked frames and closes the gaps. */
function removeTakenBack(writer: GrowingWriter): void {
  const { bytes, pos } = writer;
  let kept = 0;
  for (let at = 0; at < pos; ) {
    const end = at + HEADER_SIZE + readU32(bytes, at + LENGTH_OFFSET);
    if (bytes[at + MARK_OFFSET] === 0) {
      bytes.copyWithin(kept, at, end);
      kept += end - at;
    }
    at = end;
  }
  writer.pos = kept;
}
