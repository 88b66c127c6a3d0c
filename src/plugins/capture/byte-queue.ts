/** Bytes that are put in at one end and read by their offset from the beginning of all; what was read is forgotten. */

export class ByteQueue {
  private readonly chunks: Buffer[] = [];
  /** Offset of the first byte that is still there. */
  private first = 0;
  private end = 0;

  put(bytes: Buffer): void {
    this.chunks.push(bytes);
    this.end += bytes.length;
  }

  /** Offset behind the last byte. */
  get length(): number {
    return this.end;
  }

  /** Bytes that nobody has read yet. */
  get waiting(): number {
    return this.end - this.first;
  }

  /** The bytes from `offset` on, at most `most`. Those before it are forgotten. Undefined where they are forgotten, or none yet. */
  read(offset: number, most: number): Buffer | undefined {
    if (offset < this.first || offset > this.end) return undefined;
    this.forget(offset - this.first);
    const parts: Buffer[] = [];
    let left = most;
    for (const chunk of this.chunks) {
      if (left === 0) break;
      parts.push(chunk.subarray(0, left));
      left -= parts[parts.length - 1].length;
    }
    return Buffer.concat(parts);
  }

  private forget(count: number): void {
    let left = count;
    while (left > 0) {
      const [chunk] = this.chunks;
      if (chunk.length > left) {
        this.chunks[0] = chunk.subarray(left);
        left = 0;
      } else {
        this.chunks.shift();
        left -= chunk.length;
      }
    }
    this.first += count;
  }
}
