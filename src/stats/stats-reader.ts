/** Reads of a source, one after another: they share the memory that they copy into. */
import { StatsError } from './errors.js';
import type { NameMatcher } from './patterns/name-matcher.js';
import type { Directory } from './segment/directory.js';
import type { RingPositions } from './segment/rings.js';
import type { Choose, ReadPatience, Segment } from './segment/segment.js';
import type { SegmentSource } from './source.js';
import type { StatsDump, StatsEntry, StatsName } from './types.js';

const HEARTBEAT = '/sys/heartbeat';
const BOOT_TIME = '/sys/boottime';
/** Names that are looked at before others may run: with the largest patterns, one takes a millisecond. */
const PIECE = 4;

export interface Reading {
  readonly choose: Choose;
  /** Where rings are read from next, by name. None: everything that they have. */
  readonly positions?: Map<string, RingPositions>;
}

export interface GenerationalDump extends StatsDump {
  /** Another one after a restart of VPP. */
  readonly generation: number;
}

export class StatsReader {
  private last: Promise<unknown> = Promise.resolve();
  private readonly closing = new AbortController();

  constructor(
    private readonly source: SegmentSource,
    private readonly patience: ReadPatience,
  ) {}

  /** Aborted when the reader is closed. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** Entries whose names match, looked up anew where the directory has changed. Rings are read from where they ended, if `isIncremental`. */
  reading(matcher: NameMatcher, { isIncremental = false } = {}): Reading {
    let known:
      | { readonly directory: Directory; readonly version: number; readonly indices: readonly number[] }
      | undefined;
    const choose = function* (directory: Directory) {
      if (known?.directory !== directory || known.version !== directory.version) {
        known = { directory, version: directory.version, indices: yield* matching(directory, matcher) };
      }
      return known.indices;
    };
    return isIncremental ? { choose, positions: new Map() } : { choose };
  }

  /** Rejects with StatsError. */
  read({ choose, positions }: Reading): Promise<GenerationalDump> {
    return this.inTurn(async (segment) => {
      const before = this.source.generation;
      const read = await segment.read(choose, this.patience, positions);
      this.succeeded(segment.directory);
      const { generation } = this.source;
      if (positions !== undefined) note(positions, read.entries, before !== generation);
      return { at: Date.now(), monotonic: performance.now(), ...read, generation };
    });
  }

  /** Lines of the directory whose names match. */
  list(matcher: NameMatcher): Promise<StatsName[]> {
    return this.inTurn(async (segment) => {
      const { directory } = segment;
      let found: readonly number[] = [];
      const look = function* () {
        found = yield* matching(directory, matcher);
        return [];
      };
      await segment.read(look, this.patience);
      this.succeeded(directory);
      return found.flatMap((index) => directory.line(index) ?? []);
    });
  }

  /** Ends once the read under way has ended. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.last;
    this.source.close();
  }

  private inTurn<T>(work: (segment: Segment) => Promise<T>): Promise<T> {
    const turn = this.last.then(async () => {
      if (this.closed.aborted) throw new StatsError('STATS_CLOSED', 'these counters were closed');
      const segment = await this.source.segment();
      try {
        return await work(segment);
      } catch (error) {
        this.source.failed(error);
        throw error;
      }
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private succeeded(directory: Directory): void {
    const numberOf = (name: string) => {
      const index = directory.find(name);
      return index < 0 ? undefined : directory.value(index);
    };
    this.source.succeeded({ heartbeat: numberOf(HEARTBEAT), bootTime: numberOf(BOOT_TIME) });
  }
}

function* matching(directory: Directory, matcher: NameMatcher): Generator<void, number[]> {
  const indices: number[] = [];
  for (let index = 0; index < directory.length; index++) {
    const name = directory.nameOf(index);
    if (name !== undefined && matcher.matches(name)) indices.push(index);
    if (index % PIECE === PIECE - 1) yield;
  }
  return indices;
}

function note(positions: Map<string, RingPositions>, entries: readonly StatsEntry[], isRestarted: boolean): void {
  if (isRestarted) positions.clear();
  for (const entry of entries) {
    if (entry.type === 'ring')
      positions.set(
        entry.name,
        entry.threads.map(({ sequence }) => Number(sequence)),
      );
  }
}
