/**
 * Public shapes of `vppmux/stats`. A counter is a bigint, since VPP's has 64 bits; a rate or a share is a number. What VPP does
 * not have, or cannot be read, is undefined, never 0.
 */
import type { Observable } from 'rxjs';

/** Ways to the memory of the segment, in the order in which they are tried. */
export type StatsWay = 'node:ffi' | 'koffi' | 'proc' | 'python3';

export interface StatsOptions {
  /**
   * Socket at which VPP hands out the segment, or a function that returns it: called before each read, for a VPP in whose place another
   * one may serve. Default: `/run/vpp/stats.sock`.
   */
  readonly socket?: string | (() => string);
  /** A file that holds a segment, in place of a socket: one that was copied from a VPP, or a memory file. */
  readonly file?: string;
  /** Ways that may be tried. Default: all, in this order: `node:ffi`, `koffi`, `proc`, `python3`. */
  readonly ways?: readonly StatsWay[];
  /** Milliseconds that a read waits for VPP to finish a change of the directory. Default: 1000. */
  readonly patience?: number;
  /** Milliseconds of the event loop that a read takes at once. Default: 5. */
  readonly slice?: number;
}

/** Names of entries: regular expressions that are searched for, as VPP's own tools do (`^/if/`, `/sys/heartbeat`). */
export type StatsPatterns = string | readonly string[];

interface Entry {
  readonly name: string;
}

/** A number that VPP sets. Up to VPP 25.10, gauges are scalars. */
export interface ScalarEntry extends Entry {
  readonly type: 'scalar' | 'gauge';
  readonly value: bigint;
}

/** Counters by thread (0 is the main thread), then by index: of an interface, a node, an error, a route, … */
export interface SimpleEntry extends Entry {
  readonly type: 'simple';
  readonly counters: readonly BigUint64Array[];
}

/** As `simple`, with two of each. `packets[thread][index]`. */
export interface CombinedEntry extends Entry {
  readonly type: 'combined';
  readonly packets: readonly BigUint64Array[];
  readonly bytes: readonly BigUint64Array[];
}

/** Names by index; undefined where an index is free. */
export interface NamesEntry extends Entry {
  readonly type: 'names';
  readonly names: readonly (string | undefined)[];
}

/** One column of another entry under a name of its own: `/interfaces/loop0/rx`. By thread. */
export interface SymlinkEntry extends Entry {
  readonly type: 'symlink';
  /** Name of the entry that it points into, and the column in it. */
  readonly target: string;
  readonly index: number;
  /** Values of a `simple` target, by thread. */
  readonly counters?: BigUint64Array;
  /** Values of a `combined` target, by thread. */
  readonly packets?: BigUint64Array;
  readonly bytes?: BigUint64Array;
}

/** Log2 histogram, by thread: `bins[0]` counts values below 2^minimum, each further bin twice as much (VPP 26.02). */
export interface HistogramEntry extends Entry {
  readonly type: 'histogram';
  readonly threads: readonly { readonly minimum: number; readonly bins: BigUint64Array }[];
}

/** A ring of records for each thread (VPP 26.02); `watch` gives those that are new. */
export interface RingEntry extends Entry {
  readonly type: 'ring';
  readonly entrySize: number;
  readonly ringSize: number;
  /** Description of the records that its writer left, and the version of it. */
  readonly schema: Uint8Array;
  readonly schemaVersion: number;
  readonly threads: readonly RingOfThread[];
}

export interface RingOfThread {
  /** Number of the record that is written next. */
  readonly sequence: bigint;
  /** Records from the oldest that is whole, or that was not read before, to the newest. */
  readonly records: readonly Uint8Array[];
  /** Records that were overwritten before they were read. */
  readonly lost: bigint;
}

/** An entry that its owner gave up, or that has nothing yet. */
export interface EmptyEntry extends Entry {
  readonly type: 'empty';
}

export type StatsEntry =
  | ScalarEntry
  | SimpleEntry
  | CombinedEntry
  | NamesEntry
  | SymlinkEntry
  | HistogramEntry
  | RingEntry
  | EmptyEntry;

/** A line of the directory. */
export interface StatsName {
  readonly name: string;
  readonly type: StatsEntry['type'];
}

/** All entries of one read. */
export interface StatsDump {
  /** Milliseconds since 1970, and of `performance.now()`, when the read ended. */
  readonly at: number;
  readonly monotonic: number;
  readonly epoch: bigint;
  readonly entries: readonly StatsEntry[];
  /** Entries that could not be read, with the reason: a half-written or damaged segment. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Patterns whose entries were looked up once: it is looked up again by itself when VPP changes its directory. */
export interface StatsSet {
  read(): Promise<StatsDump>;
}

/** How an entry moved between two reads: values by thread and index as in the entry. */
export interface StatsRates {
  readonly name: string;
  /** Per second, summed over threads; by index. A counter that was cleared begins at 0. */
  readonly perSecond?: Float64Array;
  readonly packetsPerSecond?: Float64Array;
  readonly bytesPerSecond?: Float64Array;
}

export interface StatsUpdate extends StatsDump {
  /** Seconds since the update before; undefined in the first one, and in the first one after VPP restarted. */
  readonly seconds?: number;
  /** By name. Empty in the first update. */
  readonly rates: ReadonlyMap<string, StatsRates>;
  /** Set in the first update after a restart of VPP. */
  readonly restarted?: true;
}

/** Where VPP is, as far as its segment shows. */
export interface StatsState {
  readonly socket: string;
  readonly way?: StatsWay | 'file';
  /** `reading`: the last read succeeded. `stale`: VPP's heartbeat stands still. `away`: no segment, with the reason. */
  readonly state: 'reading' | 'stale' | 'away';
  readonly reason?: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly lastRead?: number;
}

export interface Stats extends AsyncDisposable {
  readonly state: StatsState;
  ls(patterns?: StatsPatterns): Promise<readonly StatsName[]>;
  /** The entry of exactly this name; undefined where there is none. */
  get(name: string): Promise<StatsEntry | undefined>;
  dump(patterns?: StatsPatterns): Promise<StatsDump>;
  prepare(patterns: StatsPatterns): StatsSet;
  /** Updates at an interval in milliseconds (default 1000) with rates, until the reader leaves. */
  watch(
    patterns: StatsPatterns,
    options?: StatsWatchOptions,
  ): AsyncIterable<StatsUpdate> & { readonly $: Observable<StatsUpdate> };

  system(): Promise<SystemStats>;
  interfaces(): Promise<readonly InterfaceStats[]>;
  nodes(): Promise<readonly NodeStats[]>;
  errors(): Promise<readonly ErrorStats[]>;
  buffers(): Promise<readonly BufferPoolStats[]>;
  memory(): Promise<readonly MemoryStats[]>;
  close(): Promise<void>;
}

export interface StatsWatchOptions {
  readonly interval?: number;
  readonly signal?: AbortSignal;
}

export interface SystemStats {
  /** Seconds since 1970. */
  readonly bootTime?: bigint;
  readonly lastStatsClear?: bigint;
  readonly heartbeat?: bigint;
  readonly workers?: bigint;
  readonly vectorRate?: bigint;
  readonly inputRate?: bigint;
  /** By thread. */
  readonly vectorRatePerWorker?: readonly bigint[];
  readonly loopsPerWorker?: readonly bigint[];
}

export interface Traffic {
  readonly packets: bigint;
  readonly bytes: bigint;
}

/** Counters of an interface, of one thread or of all. */
export interface InterfaceCounters {
  readonly rx?: Traffic;
  readonly tx?: Traffic;
  readonly rxUnicast?: Traffic;
  readonly rxMulticast?: Traffic;
  readonly rxBroadcast?: Traffic;
  readonly txUnicast?: Traffic;
  readonly txMulticast?: Traffic;
  readonly txBroadcast?: Traffic;
  readonly rxError?: bigint;
  readonly txError?: bigint;
  readonly rxMiss?: bigint;
  readonly rxNoBuffer?: bigint;
  readonly drops?: bigint;
  readonly punts?: bigint;
  readonly ip4?: bigint;
  readonly ip6?: bigint;
  readonly mpls?: bigint;
}

export interface InterfaceStats extends InterfaceCounters {
  /** `sw_if_index`. */
  readonly index: number;
  readonly name: string;
  readonly threads: readonly InterfaceCounters[];
}

export interface NodeCounters {
  readonly calls?: bigint;
  readonly vectors?: bigint;
  readonly suspends?: bigint;
  readonly clocks?: bigint;
}

/** A node of the graph; there are counters with `statseg { per-node-counters on }`. */
export interface NodeStats extends NodeCounters {
  readonly index: number;
  readonly name: string;
  readonly threads: readonly NodeCounters[];
}

export interface ErrorStats {
  readonly node: string;
  readonly error: string;
  readonly count: bigint;
  /** By thread. */
  readonly threads: readonly bigint[];
}

export interface BufferPoolStats {
  readonly pool: string;
  readonly cached?: bigint;
  readonly used?: bigint;
  readonly available?: bigint;
}

/** A heap of VPP, in bytes. */
export interface MemoryStats {
  readonly heap: string;
  readonly total?: bigint;
  readonly used?: bigint;
  readonly free?: bigint;
  readonly usedMmap?: bigint;
  readonly totalAlloc?: bigint;
  readonly freeChunks?: bigint;
  readonly releasable?: bigint;
}
