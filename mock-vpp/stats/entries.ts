/** Entries of a stats segment that hold more than a number: counters per thread, and lists of names. */
import { EntryType, type StatsSegment } from './segment.js';

const POINTER = 8;
const FIRST_COLUMNS = 16;
/** Room for a name of an interface or a node. */
const NAME_ROOM = 64;

/** Counters: for each thread a vector, with one column for each interface, node or error. */
export class CounterVector {
  readonly index: number;
  /** Bytes of a column. */
  private readonly width: number;
  private readonly outer: number;
  private readonly inner: number[] = [];
  private columns = 0;
  private capacity = FIRST_COLUMNS;

  /** `size`: numbers in a column: 1, or 2 for packets and bytes. */
  constructor(
    private readonly segment: StatsSegment,
    name: string,
    { threads, size = 1 }: { readonly threads: number; readonly size?: 1 | 2 },
  ) {
    this.width = size * 8;
    this.index = segment.add(size === 1 ? EntryType.SIMPLE : EntryType.COMBINED, name);
    const { memory } = segment;
    this.outer = memory.vector(threads * POINTER, threads);
    for (let thread = 0; thread < threads; thread++) {
      this.inner.push(memory.vector(FIRST_COLUMNS * this.width, 0));
      memory.pointer(this.outer + thread * POINTER, this.inner[thread]);
    }
    segment.setPointer(this.index, this.outer);
  }

  /** Makes room for `columns` columns; new ones are 0. Throws SegmentFull. */
  reserve(columns: number): void {
    if (columns <= this.columns) return;
    while (columns > this.capacity) this.grow();
    this.columns = columns;
    for (const vector of this.inner) this.segment.memory.setLength(vector, columns);
  }

  /** Sets a column of a thread; `bytes` where it has two numbers. One that there was no room for is left out. */
  set(thread: number, column: number, value: number, bytes?: number): void {
    if (column >= this.columns) return;
    const at = this.inner[thread] + column * this.width;
    this.segment.memory.u64(at, value);
    if (bytes !== undefined) this.segment.memory.u64(at + 8, bytes);
  }

  private grow(): void {
    const { memory } = this.segment;
    const { capacity, width } = this;
    const vectors = this.inner.map(() => memory.vector(capacity * 2 * width, this.columns));
    for (const [thread, larger] of vectors.entries()) {
      const before = this.inner[thread];
      memory.copy(before, larger, this.columns * width);
      memory.pointer(this.outer + thread * POINTER, larger);
      memory.freeVector(before, capacity * width);
      this.inner[thread] = larger;
    }
    this.capacity = capacity * 2;
  }
}

/** Names by index. A name that was never set is a null pointer. */
export class NameVector {
  readonly index: number;
  private vector: number;
  private capacity = FIRST_COLUMNS;
  private readonly names: number[] = [];

  constructor(
    private readonly segment: StatsSegment,
    name: string,
  ) {
    this.index = segment.add(EntryType.NAMES, name);
    this.vector = segment.memory.vector(this.capacity * POINTER, 0);
    segment.setPointer(this.index, this.vector);
  }

  /** Throws SegmentFull. */
  set(index: number, name: string): void {
    const { memory } = this.segment;
    while (index >= this.capacity) this.grow();
    this.names[index] ??= memory.vector(NAME_ROOM, NAME_ROOM);
    memory.text(this.names[index], name, NAME_ROOM);
    memory.setLength(this.names[index], Math.min(name.length + 1, NAME_ROOM));
    memory.setLength(this.vector, this.names.length);
    memory.pointer(this.vector + index * POINTER, this.names[index]);
  }

  private grow(): void {
    const { memory } = this.segment;
    const larger = memory.vector(this.capacity * 2 * POINTER, this.names.length);
    memory.copy(this.vector, larger, this.names.length * POINTER);
    memory.freeVector(this.vector, this.capacity * POINTER);
    this.vector = larger;
    this.capacity *= 2;
    this.segment.setPointer(this.index, larger);
  }
}
