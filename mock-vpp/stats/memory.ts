/**
 * Memory as a stats segment has it: numbers in the machine's byte order, vectors, and pointers that count from an address of
 * VPP's. Freed blocks are used again by size, which is rounded up to a power of two, or to pages.
 *
 *   0         4096
 *   ├─ header ─┼─ blocks ─────────────────┈ size
 *
 * A vector is `{ u32 length, … }` and, 8 bytes on, its elements; pointers lead to the elements.
 */

/** Address of the segment in VPP: any will do, since readers subtract it. */
const BASE = 0x7f5a_0000_0000;
const PAGE = 4096;
/** Room before the elements of a vector: its length at -8, the rest as VPP's vectors have it. */
const VECTOR_HEADER = 16;
const SMALLEST = 64;
/** Larger blocks are rounded up to a page, since half of the memory would be lost otherwise. */
const LARGE = 64 * 1024;
const HIGH = 2 ** 32;

/** A range of bytes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export class SegmentMemory {
  readonly bytes: Buffer;
  private readonly view: DataView;
  private top = PAGE;
  private readonly free = new Map<number, number[]>();
  /** For each page 1 when it has changed. */
  private readonly changed: Buffer;

  /** `size`: bytes. */
  constructor(readonly size: number) {
    this.bytes = Buffer.alloc(size);
    this.changed = Buffer.alloc(Math.ceil(size / PAGE));
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, size);
  }

  /** Bytes in use. */
  get used(): number {
    return this.top;
  }

  get base(): number {
    return BASE;
  }

  u32(offset: number, value: number): void {
    this.view.setUint32(offset, value, true);
    this.touch(offset);
  }

  /** `value`: a whole number of up to 53 bits. */
  u64(offset: number, value: number): void {
    this.view.setUint32(offset, value % HIGH, true);
    this.view.setUint32(offset + 4, Math.floor(value / HIGH), true);
    this.touch(offset);
  }

  /** Writes a pointer to `target`; to nothing for 0. */
  pointer(offset: number, target: number): void {
    this.u64(offset, target === 0 ? 0 : BASE + target);
  }

  /** Writes `text` with a NUL behind it, cut off to fit into `room` bytes; the rest of them become zero. */
  text(offset: number, text: string, room: number): void {
    this.bytes.fill(0, offset, offset + room);
    this.bytes.write(text, offset, room - 1);
    this.touch(offset, room);
  }

  clear(offset: number, length: number): void {
    this.bytes.fill(0, offset, offset + length);
    this.touch(offset, length);
  }

  copy(from: number, to: number, length: number): void {
    this.bytes.copyWithin(to, from, from + length);
    this.touch(to, length);
  }

  /** Gives zeroed room for a vector of `capacity` bytes of elements. Throws SegmentFull. */
  vector(capacity: number, length: number): number {
    const start = this.allocate(VECTOR_HEADER + capacity) + VECTOR_HEADER;
    this.bytes[start - 4] = VECTOR_HEADER / 8;
    this.bytes[start - 3] = 6; // aligned to 64 bytes, its header included
    this.setLength(start, length);
    return start;
  }

  setLength(vector: number, length: number): void {
    this.u32(vector - 8, length);
  }

  freeVector(vector: number, capacity: number): void {
    this.release(vector - VECTOR_HEADER, VECTOR_HEADER + capacity);
  }

  /** Gives the pages that have changed, as few ranges as they make, until they are taken for written. */
  changes(): Range[] {
    const ranges: Range[] = [];
    for (let first = this.changed.indexOf(1); first >= 0; ) {
      const unchanged = this.changed.indexOf(0, first);
      const behind = unchanged < 0 ? this.changed.length : unchanged;
      ranges.push({ start: first * PAGE, end: Math.min(behind * PAGE, this.size) });
      first = this.changed.indexOf(1, behind);
    }
    return ranges;
  }

  /** Takes a range of changes for written. */
  written({ start, end }: Range): void {
    this.changed.fill(0, start / PAGE, Math.ceil(end / PAGE));
  }

  private allocate(wanted: number): number {
    const size = roundUp(wanted);
    const block = this.free.get(size)?.pop();
    if (block !== undefined) {
      this.clear(block, size);
      return block;
    }
    if (this.top + size > this.size) throw new SegmentFull(this.size);
    const start = this.top;
    this.top += size;
    return start;
  }

  private release(start: number, wanted: number): void {
    const size = roundUp(wanted);
    const blocks = this.free.get(size);
    if (blocks) blocks.push(start);
    else this.free.set(size, [start]);
  }

  private touch(offset: number, length = 8): void {
    const last = Math.floor((offset + length - 1) / PAGE);
    for (let page = Math.floor(offset / PAGE); page <= last; page++) this.changed[page] = 1;
  }
}

/** Thrown where a segment has no room left. */
export class SegmentFull extends RangeError {
  constructor(size: number) {
    super(`the stats segment of ${size} bytes is full`);
    this.name = 'SegmentFull';
  }
}

function roundUp(size: number): number {
  if (size > LARGE) return Math.ceil(size / PAGE) * PAGE;
  let rounded = SMALLEST;
  while (rounded < size) rounded *= 2;
  return rounded;
}
