/**
 * What leaves in this tick: messages are encoded straight into one buffer, which is written once,
 * when the loop has run everything that wanted to send (setImmediate).
 *
 * Invariant: `bytes[0, pos)` always holds whole frames; a message that fails to encode leaves no trace.
 * A written buffer is used again only after the kernel has taken it. While the kernel takes nothing,
 * frames wait here; how many is bounded by the channels' windows.
 * Held by the benchmark `ping` (test/bench).
 */

import { GrowingWriter } from '../codec/byte-writer.js';
import type { Fields, WriteMessage } from '../codec/codec.js';
import { HEADER_SIZE, LENGTH_OFFSET, writeU32 } from './frame.js';

/** Hands bytes to the kernel; `taken` is called when they may be overwritten. False: wait for `drained()`. */
export type WriteBytes = (bytes: Buffer, taken: () => void) => boolean;

const ROOM = 64 * 1024;
/** So much is written without waiting for the end of the tick, to keep the buffer small. */
const EARLY = 1024 * 1024;

export class Outbox {
  bytesOut = 0;
  private writer = new GrowingWriter(ROOM);
  private spare: GrowingWriter | undefined;
  private scheduled = false;
  private blocked = false;
  private readonly flushNow = () => {
    this.scheduled = false;
    this.flush();
  };

  constructor(private readonly writeBytes: WriteBytes) {}

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): void {
    const writer = this.writer;
    const start = writer.pos;
    writer.reserve(HEADER_SIZE);
    const { bytes } = writer;
    for (let at = start; at < start + HEADER_SIZE; at++) bytes[at] = 0; // fill() costs four times as much for so few
    writer.pos = start + HEADER_SIZE;
    try {
      write(writer, fields, id, clientIndex, context);
    } catch (error) {
      writer.pos = start;
      throw error;
    }
    writeU32(writer.bytes, start + LENGTH_OFFSET, writer.pos - start - HEADER_SIZE);
    if (writer.pos > EARLY && !this.blocked) this.flush();
    else if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(this.flushNow);
    }
  }

  /** The kernel takes bytes again. */
  drained(): void {
    this.blocked = false;
    this.flush();
  }

  flush(): void {
    const full = this.writer;
    if (full.pos === 0 || this.blocked) return;
    this.writer = this.spare ?? new GrowingWriter(ROOM);
    this.spare = undefined;
    const bytes = full.bytes.subarray(0, full.pos);
    this.bytesOut += bytes.length;
    this.blocked = !this.writeBytes(bytes, () => {
      full.pos = 0;
      if (full.bytes.length <= EARLY * 2) this.spare = full;
    });
  }
}
