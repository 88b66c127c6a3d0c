/**
 * A buffer that grows as it is written to, and can be used again and again.
 *
 * Invariant: growing keeps what is before `pos`, and nothing behind it. Held by test/mux/codec/speed.ts.
 */

import type { ByteWriter } from './codec.js';

/** Room for most requests at once; a window of 1,024 pings takes 26 kB. */
const FIRST_SIZE = 8192;

export class GrowingWriter implements ByteWriter {
  bytes: Buffer;
  /** The same bytes, for numbers of several bytes. */
  view: DataView;
  pos = 0;

  constructor(size = FIRST_SIZE) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.bytes);
  }

  reserve(count: number): void {
    if (this.pos + count > this.bytes.length) this.grow(this.pos + count);
  }

  /** A copy of the bytes written so far. */
  copy(): Buffer {
    const copy = Buffer.allocUnsafeSlow(this.pos);
    this.bytes.copy(copy, 0, 0, this.pos);
    return copy;
  }

  private grow(needed: number): void {
    let size = this.bytes.length * 2 || FIRST_SIZE;
    while (size < needed) size *= 2;
    const larger = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(larger, 0, 0, this.pos);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
