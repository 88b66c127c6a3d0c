/**
 * Puts a client's frames together again, however the socket split or merged them.
 *
 * VPP has no largest frame: it would wait for 4 GiB to arrive and never answer that client again, while
 * the others go on (WIRE 3.8). The mock shows the same from outside, without keeping the bytes: a
 * connection whose frame is announced above the limit is `wedged` and everything it sends is thrown away.
 */
import { bodyLength, HEADER_BYTES } from './frame.js';

/** A limit far above anything that a client of VPP sends. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export class Deframer {
  /** The bytes that hold the present body at [bodyStart, bodyEnd), once `next()` was true. */
  bytes: Buffer = Buffer.alloc(0);
  bodyStart = 0;
  bodyEnd = 0;
  wedged = false;

  private start = 0;
  private end = 0;
  /** True when `bytes` is our own and may be appended to. */
  private own = false;

  push(chunk: Buffer): void {
    if (this.wedged) return;
    const rest = this.end - this.start;
    if (rest === 0) {
      this.bytes = chunk;
      this.start = 0;
      this.end = chunk.length;
      this.own = false;
      return;
    }
    if (!this.own || this.end + chunk.length > this.bytes.length) {
      // Twice the need, so that a large frame arriving in small pieces is not copied once per piece.
      const larger = Buffer.allocUnsafe(Math.max(4096, 2 * (rest + chunk.length)));
      this.bytes.copy(larger, 0, this.start, this.end);
      this.bytes = larger;
      this.start = 0;
      this.end = rest;
      this.own = true;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** True: a whole frame is at hand. False: more bytes are needed. */
  next(): boolean {
    const available = this.end - this.start;
    if (this.wedged || available < HEADER_BYTES) return false;
    const length = bodyLength(this.bytes, this.start);
    if (length > MAX_BODY_BYTES) {
      this.wedged = true;
      this.bytes = Buffer.alloc(0);
      this.start = this.end = 0;
      return false;
    }
    if (available < HEADER_BYTES + length) return false;
    this.bodyStart = this.start + HEADER_BYTES;
    this.bodyEnd = this.bodyStart + length;
    this.start = this.bodyEnd;
    return true;
  }
}
