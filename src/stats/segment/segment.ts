/**
 * A segment that is open: reads of it, each of one state of its directory. VPP sets `in_progress` while it changes the directory,
 * and counts changes in `epoch`; a read in which either moved is begun again, for as long as somebody has patience.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { StatsError } from '../errors.js';
import { inSlices } from '../in-slices.js';
import { CounterReader } from './counters.js';
import { Damage } from './damage.js';
import { Directory } from './directory.js';
import { EntryReader, type ReadOf } from './entry-reader.js';
import { HEADER, HIGH_WORD, LOW, VERSION } from './layout.js';
import type { SegmentMemory } from './memory.js';
import { NameReader } from './names.js';
import type { RingPositions } from './rings.js';

/** Milliseconds between two looks at a directory that is being changed. */
const LOOK = 1;
const LONGEST_LOOK = 20;

interface Header {
  readonly epoch: bigint;
  readonly isChanging: boolean;
  readonly directory: number;
  /** Changes with whatever makes a read one of two states. */
  readonly stamp: string;
}

export interface SegmentRead extends ReadOf {
  readonly epoch: bigint;
}

/** Chooses entries of the directory, whose version says whether the choice is still right. */
export type Choose = (directory: Directory) => Generator<void, readonly number[]>;

export interface ReadPatience {
  /** Milliseconds. */
  readonly patience: number;
  readonly slice: number;
}

export class Segment {
  readonly directory: Directory;
  private readonly counters: CounterReader;
  private readonly names: NameReader;
  private readonly words = new Uint32Array(HEADER / 4);

  /** `memory` is closed with the segment. */
  constructor(private readonly memory: SegmentMemory) {
    this.directory = new Directory(this.memory);
    this.counters = new CounterReader(this.memory);
    this.names = new NameReader(this.memory);
  }

  /** Reads the directory, and the entries that `choose` finds in it. Throws StatsError: STATS_BUSY, STATS_INVALID. */
  async read(
    choose: Choose,
    { patience, slice }: ReadPatience,
    positions: ReadonlyMap<string, RingPositions> = new Map(),
  ): Promise<SegmentRead> {
    const end = performance.now() + patience;
    for (let look = LOOK; ; look = Math.min(look * 2, LONGEST_LOOK)) {
      const before = this.header();
      if (!before.isChanging) {
        const read = await this.attempt(before, choose, { slice, positions });
        if (this.header().stamp === before.stamp) {
          if (read instanceof StatsError) throw read;
          return read;
        }
        this.directory.forget();
      }
      const left = end - performance.now();
      if (left <= 0) throw busy(patience, before.isChanging);
      await sleep(Math.min(look, left));
    }
  }

  close(): void {
    this.memory.close();
  }

  /** An error of what it was in the middle of is none: it is read again. */
  private async attempt(
    header: Header,
    choose: Choose,
    { slice, positions }: { readonly slice: number; readonly positions: ReadonlyMap<string, RingPositions> },
  ): Promise<SegmentRead | StatsError> {
    try {
      return await inSlices(this.steps(header, choose, positions), slice);
    } catch (error) {
      this.directory.forget();
      if (error instanceof StatsError && error.code === 'STATS_INVALID') return error;
      if (error instanceof Damage) return invalid(error.message);
      throw error;
    }
  }

  private *steps(
    header: Header,
    choose: Choose,
    positions: ReadonlyMap<string, RingPositions>,
  ): Generator<void, SegmentRead> {
    const { directory, memory, counters, names } = this;
    yield* directory.refresh(header.directory);
    const reader = new EntryReader({ memory, directory, counters, names }, header.epoch, positions);
    return { epoch: header.epoch, ...(yield* reader.read(yield* choose(directory))) };
  }

  private header(): Header {
    const { memory, words } = this;
    try {
      memory.read(words, 0, HEADER, 0);
      const [version, epoch, inProgress] = [this.wordsAt(0), this.wordsAt(2), this.wordsAt(3)];
      if (version !== BigInt(VERSION)) throw invalid(versionText(version));
      memory.begin(words[2 + LOW], words[2 + HIGH_WORD]);
      if (inProgress !== 0n) return { epoch, isChanging: true, directory: 0, stamp: '' };
      const directory = memory.offset(words[8 + LOW], words[8 + HIGH_WORD]);
      if (directory === undefined) throw new Damage('it has no directory');
      const length = memory.length(directory, 0);
      return { epoch, isChanging: false, directory, stamp: `${epoch}:${directory}:${length}` };
    } catch (error) {
      throw error instanceof Damage ? invalid(error.message) : error;
    }
  }

  private wordsAt(index: number): bigint {
    return (BigInt(this.words[index * 2 + HIGH_WORD]) << 32n) | BigInt(this.words[index * 2 + LOW]);
  }
}

const invalid = (reason: string) =>
  new StatsError('STATS_INVALID', `it is no stats segment, or a damaged one: ${reason}`);

const versionText = (version: bigint) =>
  version === 0n
    ? 'VPP has not made it yet, or it is empty'
    : `its layout is version ${version}, and ${VERSION} is known`;

function busy(patience: number, isChanging: boolean): StatsError {
  const what = isChanging ? 'has been changing its directory' : 'has changed its directory again and again';
  return new StatsError(
    'STATS_BUSY',
    `VPP ${what} for ${patience} ms: it is very busy, hangs, or died meanwhile; look whether it runs, or give it more time`,
  );
}
