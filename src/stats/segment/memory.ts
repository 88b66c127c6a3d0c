/**
 * The memory of a segment, read by `pread` of its descriptor. The kernel checks every bound: a file that was truncated gives fewer
 * bytes, where a mapping would give the process a SIGBUS. It does the same for memory files of huge pages (hugetlbfs has read,
 * and no write). What is read is a copy, which nobody changes meanwhile.
 */
import { closeSync, readSync } from 'node:fs';
import { Damage } from './damage.js';
import { HIGH_WORD, LOW, POINTER, VECTOR_HEADER, wide } from './layout.js';

/** Bytes around a name that are read with it: names lie next to each other. */
const WINDOW = 16 * 1024;

export class SegmentMemory {
  /** Address of the segment in VPP. */
  private baseLow = 0;
  private baseHigh = 0;
  /** Bytes that may still be read: an honest segment has no more than its size. */
  private budget = 0;
  private readonly words = new Uint32Array(2);
  private readonly window = Buffer.alloc(WINDOW);
  private windowStart = 0;
  private windowEnd = 0;

  /** `size`: bytes of the file. */
  constructor(
    readonly fd: number,
    readonly size: number,
  ) {}

  /** Begins a read of everything that is asked for: nothing is known of what was read before. */
  begin(baseLow: number, baseHigh: number): void {
    this.baseLow = baseLow;
    this.baseHigh = baseHigh;
    this.budget = 2 * this.size;
    this.windowEnd = 0;
  }

  /** Counts what is read or copied. Throws Damage where it is more than a segment of this size can have. */
  spend(bytes: number): void {
    this.budget -= bytes;
    if (this.budget < 0) throw new Damage('its parts overlap: they are larger than the segment');
  }

  /** The offset that a pointer leads to; undefined for a null pointer. Throws Damage where it leads outside. */
  offset(low: number, high: number): number | undefined {
    if (low === 0 && high === 0) return undefined;
    const offset = wide(low, high) - wide(this.baseLow, this.baseHigh);
    if (!(offset >= VECTOR_HEADER && offset <= this.size)) throw new Damage('a pointer leads outside of the segment');
    return offset;
  }

  /** Reads `length` bytes at `offset` into `into` at `at`. Throws Damage where the file ends before them. */
  read(into: NodeJS.ArrayBufferView, at: number, length: number, offset: number): void {
    this.check(offset, length);
    for (let done = 0; done < length; ) {
      const count = readSync(this.fd, into, at + done, length - done, offset + done);
      if (count === 0) throw new Damage('the segment was cut off');
      done += count;
    }
  }

  /** Throws Damage where `length` bytes at `offset` reach outside. */
  check(offset: number, length: number): void {
    if (offset < 0 || !(offset + length <= this.size)) throw new Damage('it reaches beyond the end of the segment');
  }

  /** Number of elements of the vector at `offset`, each of `width` bytes. Throws Damage where they reach outside. */
  length(offset: number, width: number): number {
    this.read(this.words, 0, 4, offset - VECTOR_HEADER);
    const [length] = this.words;
    this.check(offset, length * width);
    return length;
  }

  /** The offsets that the pointers of the vector at `offset` lead to, undefined for null pointers; at most `most` of them. */
  pointers(offset: number, most: number): Uint32Array {
    const length = this.length(offset, POINTER);
    if (length > most) throw new Damage(`it has ${length} parts`);
    this.spend(length * POINTER);
    const words = new Uint32Array(length * 2);
    this.read(words, 0, length * POINTER, offset);
    return words;
  }

  /** The offset that pointer `index` of `words` leads to. Throws Damage where it leads outside. */
  target(words: Uint32Array, index: number): number | undefined {
    return this.offset(words[index * 2 + LOW], words[index * 2 + HIGH_WORD]);
  }

  /** Up to `most` bytes at `offset`, valid until the next call. Throws Damage where there are none. */
  peek(offset: number, most: number): Buffer {
    const end = Math.min(offset + most, this.size);
    if (offset < this.windowStart || end > this.windowEnd) {
      const length = Math.min(WINDOW, this.size - offset);
      this.read(this.window, 0, length, offset);
      this.windowStart = offset;
      this.windowEnd = offset + length;
    }
    return this.window.subarray(offset - this.windowStart, end - this.windowStart);
  }

  close(): void {
    closeSync(this.fd);
  }
}
