/** Messages of gRPC out of the bytes of a stream: a byte that says whether it is compressed, four of length, the message. */

import type { Buffer as Bytes } from 'node:buffer';

const HEADER_BYTES = 5;

/** Puts the five bytes before a message. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.alloc(HEADER_BYTES + message.length);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, HEADER_BYTES);
  return framed;
}

/** The stream breaks the protocol (`compressed`), or announces a message above the limit (`too-large`). */
export class FrameError extends Error {
  constructor(
    readonly reason: 'compressed' | 'too-large',
    message: string,
  ) {
    super(message);
  }
}

export class Deframer {
  private chunks: Bytes[] = [];
  private held = 0;
  /** Length of the message that is being read; undefined before its header is there. */
  private length: number | undefined;

  constructor(private readonly maxBytes: number) {}

  /** True within a message. */
  get isInside(): boolean {
    return this.held > 0 || this.length !== undefined;
  }

  /** @throws FrameError, before the message that it is about is held. */
  *push(chunk: Bytes): Generator<Bytes> {
    this.chunks.push(chunk);
    this.held += chunk.length;
    for (;;) {
      if (this.length === undefined) {
        if (this.held < HEADER_BYTES) return;
        this.length = this.checked(this.take(HEADER_BYTES));
      }
      if (this.held < this.length) return;
      const { length } = this;
      this.length = undefined;
      yield this.take(length);
    }
  }

  private checked(header: Bytes): number {
    if (header[0] !== 0) throw new FrameError('compressed', `a message begins with the byte ${header[0]}, not with 0`);
    const length = header.readUInt32BE(1);
    if (length > this.maxBytes)
      throw new FrameError('too-large', `a message of ${length} bytes (limit ${this.maxBytes})`);
    return length;
  }

  private take(length: number): Bytes {
    const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks, this.held);
    this.held -= length;
    this.chunks = this.held === 0 ? [] : [all.subarray(length)];
    return all.subarray(0, length);
  }
}
