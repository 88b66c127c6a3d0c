/** `openStats()`: VPP's counters, from the segment that VPP keeps them in. Costs VPP nothing: no thread of it is asked. */
import { StatsError } from './errors.js';
import { inSlices } from './in-slices.js';
import { BUFFER_PATTERNS, bufferPools } from './named/buffers.js';
import { ERROR_PATTERNS, errorCounters } from './named/errors.js';
import { INTERFACE_PATTERNS, interfaceCounters } from './named/interfaces.js';
import { heaps, MEMORY_PATTERNS } from './named/memory.js';
import { NODE_PATTERNS, nodeCounters } from './named/nodes.js';
import { SYSTEM_PATTERNS, systemStats } from './named/system.js';
import { NameMatcher } from './patterns/name-matcher.js';
import type { Choose } from './segment/segment.js';
import { SegmentSource } from './source.js';
import { type GenerationalDump, type Reading, StatsReader } from './stats-reader.js';
import type {
  BufferPoolStats,
  ErrorStats,
  InterfaceStats,
  MemoryStats,
  NodeStats,
  Stats,
  StatsDump,
  StatsEntry,
  StatsName,
  StatsOptions,
  StatsPatterns,
  StatsSet,
  StatsState,
  StatsWatchOptions,
  StatsWay,
  SystemStats,
} from './types.js';
import { watchStats } from './watch.js';
import { WAYS } from './ways/ways.js';

export const DEFAULT_STATS_SOCKET = '/run/vpp/stats.sock';
const DEFAULTS = { patience: 1000, slice: 5 } as const;

/**
 * Counters of a VPP. Nothing is opened before the first read; after a restart of VPP reads are of the new one. Throws StatsError
 * BAD_OPTION; reads reject with StatsError.
 */
export function openStats(options: StatsOptions = {}): Stats {
  const { file, patience = DEFAULTS.patience, slice = DEFAULTS.slice } = options;
  const { socket = DEFAULT_STATS_SOCKET } = options;
  if (file !== undefined && options.socket !== undefined) {
    throw new StatsError('BAD_OPTION', 'give openStats a socket or a file, not both');
  }
  for (const [name, value] of Object.entries({ patience, slice })) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new StatsError('BAD_OPTION', `${name} is a number of milliseconds greater than 0, not ${value}`);
    }
  }
  const source = new SegmentSource({
    ...(file === undefined ? { socket: typeof socket === 'string' ? () => socket : socket } : { file }),
    ways: waysOf(options.ways),
  });
  return new OpenStats(new StatsReader(source, { patience, slice }), source, slice);
}

function waysOf(names: readonly StatsWay[] | undefined) {
  if (names === undefined) return WAYS;
  const unknown = names.find((name) => !WAYS.some((way) => way.name === name));
  if (unknown !== undefined || names.length === 0) {
    const known = WAYS.map(({ name }) => name).join(', ');
    throw new StatsError('BAD_OPTION', `ways: ${unknown ?? 'none'} is not one of ${known}`);
  }
  return names.flatMap((name) => WAYS.filter((way) => way.name === name));
}

class OpenStats implements Stats {
  /** Readings of what people ask for by name: patterns are looked up once. */
  private readonly named = new Map<readonly string[], Reading>();

  constructor(
    private readonly reader: StatsReader,
    private readonly source: SegmentSource,
    private readonly slice: number,
  ) {}

  get state(): StatsState {
    return this.source.state;
  }

  async ls(patterns?: StatsPatterns): Promise<readonly StatsName[]> {
    return this.reader.list(new NameMatcher(patterns));
  }

  async get(name: string): Promise<StatsEntry | undefined> {
    const dump = await this.reader.read({ choose: exactly(name) });
    const [skipped] = dump.skipped;
    if (skipped !== undefined) throw new StatsError('STATS_INVALID', `${name} cannot be read: ${skipped.reason}`);
    return dump.entries[0];
  }

  async dump(patterns?: StatsPatterns): Promise<StatsDump> {
    return publicDump(await this.reader.read(this.reader.reading(new NameMatcher(patterns))));
  }

  prepare(patterns: StatsPatterns): StatsSet {
    const reading = this.reader.reading(new NameMatcher(patterns), { isIncremental: true });
    return { read: async () => publicDump(await this.reader.read(reading)) };
  }

  watch(patterns: StatsPatterns, options: StatsWatchOptions = {}): ReturnType<Stats['watch']> {
    const matcher = new NameMatcher(patterns);
    return watchStats(
      () => {
        const reading = this.reader.reading(matcher, { isIncremental: true });
        return () => this.reader.read(reading);
      },
      { ...options, slice: this.slice, closed: this.reader.closed },
    );
  }

  async system(): Promise<SystemStats> {
    return systemStats(await this.entries(SYSTEM_PATTERNS));
  }

  async interfaces(): Promise<readonly InterfaceStats[]> {
    return inSlices(interfaceCounters(await this.entries(INTERFACE_PATTERNS)), this.slice);
  }

  async nodes(): Promise<readonly NodeStats[]> {
    return inSlices(nodeCounters(await this.entries(NODE_PATTERNS)), this.slice);
  }

  async errors(): Promise<readonly ErrorStats[]> {
    return inSlices(errorCounters(await this.entries(ERROR_PATTERNS)), this.slice);
  }

  async buffers(): Promise<readonly BufferPoolStats[]> {
    return bufferPools(await this.entries(BUFFER_PATTERNS));
  }

  async memory(): Promise<readonly MemoryStats[]> {
    return heaps(await this.entries(MEMORY_PATTERNS));
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async entries(patterns: readonly string[]): Promise<readonly StatsEntry[]> {
    const reading = this.named.get(patterns) ?? this.reader.reading(new NameMatcher(patterns));
    this.named.set(patterns, reading);
    return (await this.reader.read(reading)).entries;
  }
}

function exactly(name: string): Choose {
  return function* (directory) {
    yield;
    const index = directory.find(name);
    return index < 0 ? [] : [index];
  };
}

function publicDump({ at, monotonic, epoch, entries, skipped }: GenerationalDump): StatsDump {
  return { at, monotonic, epoch, entries, skipped };
}
