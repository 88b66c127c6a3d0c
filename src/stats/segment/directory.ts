/**
 * The directory of a segment: a line for each entry. It is read whole each time and compared with the one before, since VPP adds
 * and renames symlinks without a change of the epoch. Names are decoded where they are new.
 */
import { StatsError } from '../errors.js';
import type { StatsName } from '../types.js';
import { Damage } from './damage.js';
import {
  ENTRY,
  ENTRY_NAME,
  ENTRY_VALUE,
  ENTRY_WORDS,
  HIGH_WORD,
  LOW,
  NAME_BYTES,
  TYPE_EMPTY,
  TYPES,
} from './layout.js';
import type { SegmentMemory } from './memory.js';

/** Entries that are read and compared before others may run. */
const PIECE = 1024;
const VALUE_WORD = ENTRY_VALUE / 4;
const NAME_WORD = ENTRY_NAME / 4;

export type EntryType = (typeof TYPES)[number];

export class Directory {
  /** Number of entries, the free ones included. */
  length = 0;
  /** Counts changes: of an entry, its type or its name. */
  version = 0;
  private bytes = Buffer.alloc(0);
  private words = new Uint32Array(0);
  private before = Buffer.alloc(0);
  private beforeWords = new Uint32Array(0);
  /** Undefined: free, or without a name that can be read. */
  private names: (string | undefined)[] = [];

  constructor(private readonly memory: SegmentMemory) {}

  /** Reads the directory at `offset`. Throws StatsError STATS_INVALID. */
  *refresh(offset: number): Generator<void, void> {
    const length = this.lengthAt(offset);
    this.swap(length);
    const known = this.length;
    let isChanged = length !== known;
    for (let from = 0; from < length; from += PIECE) {
      const end = Math.min(from + PIECE, length);
      this.memory.read(this.bytes, from * ENTRY, (end - from) * ENTRY, offset + from * ENTRY);
      for (let index = from; index < end; index++) {
        if (index < known && this.isSame(index)) continue;
        this.names[index] = this.decodeName(index);
        isChanged = true;
      }
      yield;
    }
    this.names.length = length;
    this.length = length;
    if (isChanged) this.version++;
  }

  /** Forgets everything, after a read that did not end: the entries that were compared are of different times. */
  forget(): void {
    this.length = 0;
    this.version++;
  }

  nameOf(index: number): string | undefined {
    return this.names[index];
  }

  typeOf(index: number): EntryType | undefined {
    return TYPES[this.words[index * ENTRY_WORDS]];
  }

  typeNumber(index: number): number {
    return this.words[index * ENTRY_WORDS];
  }

  /** The line of an entry for `ls`; undefined where there is none, or of a type that nobody knows. */
  line(index: number): StatsName | undefined {
    const [name, type] = [this.names[index], this.typeOf(index)];
    return name === undefined || type === undefined || type === 'illegal' ? undefined : { name, type };
  }

  find(name: string): number {
    return this.names.indexOf(name);
  }

  value(index: number): bigint {
    const at = index * ENTRY_WORDS + VALUE_WORD;
    return (BigInt(this.words[at + HIGH_WORD]) << 32n) | BigInt(this.words[at + LOW]);
  }

  /** The offset that the entry's pointer leads to; undefined for none. Throws Damage where it leads outside. */
  offset(index: number): number | undefined {
    const at = index * ENTRY_WORDS + VALUE_WORD;
    return this.memory.offset(this.words[at + LOW], this.words[at + HIGH_WORD]);
  }

  /** Index of the entry that a symlink leads to. */
  linkTarget(index: number): number {
    return this.words[index * ENTRY_WORDS + VALUE_WORD];
  }

  linkColumn(index: number): number {
    return this.words[index * ENTRY_WORDS + VALUE_WORD + 1];
  }

  private lengthAt(offset: number): number {
    try {
      return this.memory.length(offset, ENTRY);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      throw new StatsError('STATS_INVALID', `the directory of the stats segment cannot be read: ${error.message}`);
    }
  }

  /** Makes what was read before the directory to compare with, and room for `length` entries. */
  private swap(length: number): void {
    [this.bytes, this.before] = [this.before, this.bytes];
    [this.words, this.beforeWords] = [this.beforeWords, this.words];
    if (this.bytes.length >= length * ENTRY) return;
    this.bytes = Buffer.alloc(Math.min(length * 2 * ENTRY, this.memory.size + ENTRY));
    this.words = new Uint32Array(this.bytes.buffer, 0, Math.floor(this.bytes.length / 4));
  }

  private isSame(index: number): boolean {
    const { words, beforeWords } = this;
    const start = index * ENTRY_WORDS;
    if (words[start] !== beforeWords[start]) return false;
    for (let at = start + NAME_WORD, end = start + ENTRY_WORDS; at < end; at++) {
      if (words[at] !== beforeWords[at]) return false;
    }
    return true;
  }

  private decodeName(index: number): string | undefined {
    const start = index * ENTRY + ENTRY_NAME;
    const end = this.bytes.indexOf(0, start);
    if (end === start || end < 0 || end >= start + NAME_BYTES) return undefined;
    return this.bytes.toString('utf8', start, end);
  }
}

export const isEmptyType = (type: number) => type === TYPE_EMPTY;
