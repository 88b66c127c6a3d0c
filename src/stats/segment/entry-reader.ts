/** Reads entries of a directory. What is damaged is reported and left out; all others are read. */
import type { StatsEntry } from '../types.js';
import { Column } from './column.js';
import type { CounterReader, Counters } from './counters.js';
import { Damage } from './damage.js';
import type { Directory } from './directory.js';
import type { SegmentMemory } from './memory.js';
import type { NameReader, Names } from './names.js';
import { type RingPositions, readRing } from './rings.js';
import { Slab } from './slab.js';

/** Symlinks that are read before others may run. */
const PIECE = 64;
/** Entries and names that are reported as skipped; the last one says how many more there are. */
const MOST_SKIPPED = 1000;

export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

export interface ReadOf {
  readonly entries: StatsEntry[];
  readonly skipped: Skipped[];
}

interface Parts {
  readonly memory: SegmentMemory;
  readonly directory: Directory;
  readonly counters: CounterReader;
  readonly names: NameReader;
}

/** One read of some entries. */
export class EntryReader {
  private readonly slab = new Slab();
  /** Counters by entry, or the reason why they cannot be read: symlinks share them. */
  private readonly counters = new Map<number, Counters | Damage>();
  private readonly entries: StatsEntry[] = [];
  private readonly skipped: Skipped[] = [];
  private unreported = 0;

  constructor(
    private readonly parts: Parts,
    private readonly epoch: bigint,
    /** Where rings are read from, by name. */
    private readonly positions: ReadonlyMap<string, RingPositions>,
  ) {}

  *read(indices: readonly number[]): Generator<void, ReadOf> {
    let count = 0;
    for (const index of indices) {
      const name = this.parts.directory.nameOf(index) as string;
      try {
        if (!this.isSymlink(index)) this.entries.push(yield* this.entry(index, name));
        else this.entries.push(this.column(index, name) ?? (yield* this.firstColumn(index, name)));
      } catch (error) {
        if (!(error instanceof Damage)) throw error;
        this.skip(name, error.message);
      }
      if (count++ % PIECE === 0) yield;
    }
    if (this.unreported > 0) this.skipped.push({ name: '', reason: `${this.unreported} more` });
    return { entries: this.entries, skipped: this.skipped };
  }

  private isSymlink(index: number): boolean {
    return this.parts.directory.typeOf(index) === 'symlink';
  }

  private skip(name: string, reason: string): void {
    if (this.skipped.length < MOST_SKIPPED) this.skipped.push({ name, reason });
    else this.unreported++;
  }

  private *entry(index: number, name: string): Generator<void, StatsEntry> {
    const { directory, memory, names } = this.parts;
    const type = directory.typeOf(index);
    switch (type) {
      case 'scalar':
      case 'gauge':
        return { name, type, value: directory.value(index) };
      case 'simple':
      case 'combined':
      case 'histogram':
        return entryOf(name, yield* this.countersOf(index, type));
      case 'names': {
        const onDamage = (each: number, reason: string) => this.skip(`${name}[${each}]`, reason);
        const all: Names = yield* names.read(index, directory.offset(index), { epoch: this.epoch, onDamage });
        return { name, type, names: all };
      }
      case 'ring':
        return { name, type, ...(yield* readRing(memory, directory.offset(index), this.positions.get(name))) };
      case 'empty':
        return { name, type };
      default:
        throw new Damage(`an entry of type ${directory.typeNumber(index)}, which is unknown`);
    }
  }

  private *countersOf(index: number, type: Counters['type']): Generator<void, Counters> {
    const known = this.counters.get(index);
    if (known instanceof Damage) throw known;
    if (known !== undefined) return known;
    try {
      const offset = this.parts.directory.offset(index);
      const counters = yield* this.parts.counters.read(type, offset, this.slab);
      this.counters.set(index, counters);
      return counters;
    } catch (error) {
      if (error instanceof Damage) this.counters.set(index, error);
      throw error;
    }
  }

  /** The entry of a symlink; undefined where what it leads to was not read yet. */
  private column(index: number, name: string): Column | undefined {
    const { directory } = this.parts;
    const at = directory.linkTarget(index);
    const counters = this.counters.get(at);
    if (counters instanceof Damage) throw counters;
    return counters && new Column(name, directory.nameOf(at) as string, directory.linkColumn(index), counters);
  }

  private *firstColumn(index: number, name: string): Generator<void, Column> {
    const { directory } = this.parts;
    const at = directory.linkTarget(index);
    const target = at < directory.length ? directory.nameOf(at) : undefined;
    if (target === undefined) throw new Damage(`it leads to entry ${at}, which is not there`);
    const type = directory.typeOf(at);
    if (type !== 'simple' && type !== 'combined') throw new Damage(`it leads to ${target}, which is no counter`);
    yield* this.countersOf(at, type);
    return this.column(index, name) as Column;
  }
}

function entryOf(name: string, { type, first, second }: Counters): StatsEntry {
  if (type === 'simple') return { name, type, counters: first };
  if (type === 'combined') return { name, type, packets: first, bytes: second };
  const threads = first.map((bins) => {
    const minimum = bins.length === 0 ? 0n : bins[0];
    if (minimum > 64n) throw new Damage(`its bins begin at 2^${minimum}`);
    return { minimum: Number(minimum), bins: bins.subarray(1) };
  });
  return { name, type, threads };
}
