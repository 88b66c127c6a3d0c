/**
 * A stats segment in the layout of VPP 26.06 (header version 2): a directory of named entries, and their counters.
 * Readers wait for `in_progress` to be 0 and compare the epoch, which counts changes of the directory, not of values.
 */
import { SegmentMemory } from './memory.js';

/** Types of a directory entry. */
export const EntryType = { SCALAR: 1, SIMPLE: 2, COMBINED: 3, NAMES: 4, EMPTY: 5, SYMLINK: 6, GAUGE: 9 } as const;

const VERSION = 2;
const Header = { VERSION: 0, BASE: 8, EPOCH: 16, IN_PROGRESS: 24, DIRECTORY: 32 } as const;
const ENTRY_SIZE = 144;
const Entry = { VALUE: 8, NAME: 16 } as const;
const NAME_ROOM = 128;
const FIRST_ENTRIES = 256;

export class StatsSegment {
  readonly memory: SegmentMemory;
  private directory: number;
  private capacity = FIRST_ENTRIES;
  private length = 0;
  private epoch = 1;
  /** Entries that were removed, to be used again. */
  private readonly free: number[] = [];

  constructor(size: number) {
    this.memory = new SegmentMemory(size);
    this.directory = this.memory.vector(FIRST_ENTRIES * ENTRY_SIZE, 0);
    this.memory.u64(Header.VERSION, VERSION);
    this.memory.u64(Header.BASE, this.memory.base);
    this.memory.u64(Header.EPOCH, this.epoch);
    this.memory.pointer(Header.DIRECTORY, this.directory);
  }

  /** Adds an entry and returns its index. Throws SegmentFull. */
  add(type: number, name: string): number {
    const index = this.free.pop() ?? this.append();
    const at = this.entry(index);
    this.memory.clear(at, ENTRY_SIZE);
    this.memory.u32(at, type);
    this.memory.text(at + Entry.NAME, name, NAME_ROOM);
    return index;
  }

  /** Adds a second name for column `column` of a vector. */
  addSymlink(name: string, target: number, column: number): number {
    const index = this.add(EntryType.SYMLINK, name);
    const value = this.entry(index) + Entry.VALUE;
    this.memory.u32(value, target);
    this.memory.u32(value + 4, column);
    return index;
  }

  /** Leaves an empty entry, as VPP does. */
  remove(index: number): void {
    const at = this.entry(index);
    this.memory.clear(at, ENTRY_SIZE);
    this.memory.u32(at, EntryType.EMPTY);
    this.free.push(index);
  }

  setValue(index: number, value: number): void {
    this.memory.u64(this.entry(index) + Entry.VALUE, value);
  }

  /** Lets an entry's pointer lead to `target`. */
  setPointer(index: number, target: number): void {
    this.memory.pointer(this.entry(index) + Entry.VALUE, target);
  }

  /** Shows readers that the directory is being changed. */
  lock(): void {
    this.memory.u64(Header.IN_PROGRESS, 1);
  }

  unlock(): void {
    this.memory.u64(Header.EPOCH, ++this.epoch);
    this.memory.u64(Header.IN_PROGRESS, 0);
  }

  private entry(index: number): number {
    return this.directory + index * ENTRY_SIZE;
  }

  private append(): number {
    if (this.length === this.capacity) this.grow();
    const index = this.length++;
    this.memory.setLength(this.directory, this.length);
    return index;
  }

  private grow(): void {
    const { memory, directory, capacity } = this;
    const larger = memory.vector(capacity * 2 * ENTRY_SIZE, this.length);
    memory.copy(directory, larger, this.length * ENTRY_SIZE);
    memory.freeVector(directory, capacity * ENTRY_SIZE);
    this.directory = larger;
    this.capacity = capacity * 2;
    memory.pointer(Header.DIRECTORY, larger);
  }
}
