/** Lines of the log as bytes: bounded, and only those that are whole. */

import { StoreError } from '../errors.js';

/** Bytes of a line: a transaction of 1.5 MiB in base64, and more than its frame. */
export const MOST_LINE_BYTES = 4 * 1024 * 1024;

const LINE_FEED = 0x0a;

export class LineSplitter {
  private parts: Buffer[] = [];
  private waiting = 0;
  /** Number of the line that comes next, from 1. */
  number = 1;

  constructor(private readonly path: string) {}

  /** Whole lines that end in these bytes, without the empty ones. @throws StoreError STORE_DAMAGED */
  *push(bytes: Buffer): Generator<{ readonly text: string; readonly number: number }> {
    let from = 0;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
      const line = this.whole(bytes.subarray(from, at));
      const number = this.number++;
      from = at + 1;
      if (line.length > 0) yield { text: line.toString('utf8'), number };
    }
    if (from < bytes.length) this.keep(Buffer.from(bytes.subarray(from)));
  }

  private whole(end: Buffer): Buffer {
    this.keep(end);
    const line = this.parts.length === 1 ? end : Buffer.concat(this.parts);
    this.parts = [];
    this.waiting = 0;
    return line;
  }

  private keep(part: Buffer): void {
    this.waiting += part.length;
    if (this.waiting > MOST_LINE_BYTES) {
      throw new StoreError(
        'STORE_DAMAGED',
        `${this.path}, line ${this.number}: longer than ${MOST_LINE_BYTES} bytes, which no store writes`,
      );
    }
    this.parts.push(part);
  }
}
