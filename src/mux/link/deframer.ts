/**
 * Cuts a byte stream into message bodies, however it was split or merged.
 *
 * Invariant: a body that lies within one chunk is passed on in place, without a copy; only a body that
 * straddles chunks is assembled in a buffer of its own. That buffer grows with what has arrived,
 * never with what a length field promises, and the limit is checked before anything is allocated.
 * Held by the benchmarks `ping` and `dump` (test/bench).
 */

import { ConnectionError } from '../errors.js';
import { HEADER_SIZE, LENGTH_OFFSET, readU32 } from './frame.js';
import type { OnMessage } from './link.js';

const FIRST_PARTIAL = 64 * 1024;

export class Deframer {
  private partial: Buffer;
  /** Called when the bytes of the bodies passed on so far are about to be overwritten. */
  onRun: () => void = () => {};
  /** Whole frames so far. */
  frames = 0;
  private held = 0;
  /** Size of the straddling frame with its header; 0 while its header is incomplete. */
  private wanted = 0;
  private stopped = false;

  constructor(
    private readonly maxBody: number,
    private readonly onMessage: OnMessage,
    /** Bytes kept ready for a body that straddles chunks; more are taken while one is larger. */
    private readonly room = FIRST_PARTIAL,
  ) {
    this.partial = Buffer.allocUnsafe(room);
  }

  /** Takes `chunk[0, length)`. Throws FRAME_TOO_LARGE, after which the stream cannot be read any further. */
  push(chunk: Buffer, length: number): void {
    let at = 0;
    if (this.held > 0) {
      at = this.fill(chunk, length);
      this.onRun();
    }
    while (!this.stopped && length - at >= HEADER_SIZE) {
      const end = at + HEADER_SIZE + this.bodySize(chunk, at);
      if (end > length) break;
      this.frames++;
      this.onMessage(chunk, at + HEADER_SIZE, end);
      at = end;
    }
    this.onRun();
    if (at < length && !this.stopped) this.hold(chunk, at, length);
  }

  /** Passes nothing on any more, not even the rest of the present chunk. */
  stop(): void {
    this.stopped = true;
  }

  /** Bytes of an incomplete frame that have arrived. */
  get incomplete(): number {
    return this.held;
  }

  private bodySize(bytes: Buffer, at: number): number {
    const size = readU32(bytes, at + LENGTH_OFFSET);
    if (size > this.maxBody) {
      this.stop();
      throw new ConnectionError(
        'FRAME_TOO_LARGE',
        `a frame of ${size} bytes is announced, the limit is ${this.maxBody}: the other side is not VPP's API socket, ` +
          'the stream is damaged, or maxFrameBytes is too low',
      );
    }
    return size;
  }

  /** Completes the held frame with the head of `chunk`; returns the number of bytes used. */
  private fill(chunk: Buffer, length: number): number {
    let at = 0;
    if (this.wanted === 0) {
      at = this.take(chunk, 0, Math.min(length, HEADER_SIZE - this.held));
      if (this.held < HEADER_SIZE) return at;
      this.wanted = HEADER_SIZE + this.bodySize(this.partial, 0);
    }
    at += this.take(chunk, at, Math.min(length, at + this.wanted - this.held));
    if (this.held < this.wanted) return at;
    const whole = this.partial;
    const end = this.wanted;
    this.held = 0;
    this.wanted = 0;
    if (whole.length > this.room * 16) this.partial = Buffer.allocUnsafe(this.room);
    this.frames++;
    this.onMessage(whole, HEADER_SIZE, end);
    return at;
  }

  private hold(chunk: Buffer, from: number, length: number): void {
    this.take(chunk, from, length);
    if (this.held >= HEADER_SIZE) this.wanted = HEADER_SIZE + this.bodySize(this.partial, 0);
  }

  /** Appends `chunk[from, to)` to the held bytes; returns their number. */
  private take(chunk: Buffer, from: number, to: number): number {
    const count = to - from;
    if (this.held + count > this.partial.length) {
      const larger = Buffer.allocUnsafe(Math.max(Math.min(this.partial.length * 2, this.wanted), this.held + count));
      this.partial.copy(larger, 0, 0, this.held);
      this.partial = larger;
    }
    chunk.copy(this.partial, this.held, from, to);
    this.held += count;
    return count;
  }
}
