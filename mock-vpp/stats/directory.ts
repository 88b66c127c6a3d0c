/**
 * The entries of a VPP, and how they follow the mock: `/sys`, `/if` and `/interfaces`, `/node/errors` and `/err`, `/sys/node`
 * and `/nodes`, `/buffer-pools`, `/mem`. Names and types are those of VPP 26.06; of what is not here VPP has more.
 */
import type { NodeCounts } from '../traffic/graph.js';
import {
  COMBINED_COUNTERS,
  type CombinedCounter,
  SIMPLE_COUNTERS,
  type SimpleCounter,
} from '../traffic/interface-counts.js';
import { IDLE_LOOPS, type Traffic } from '../traffic/traffic.js';
import { CounterVector, NameVector } from './entries.js';
import { EntryType, type StatsSegment } from './segment.js';

/** Name of a deleted interface in `/if/names`. */
const DELETED = 'deleted';
const NODE_COUNTERS = ['clocks', 'vectors', 'calls', 'suspends'] as const;
const IF_COUNTERS = [...SIMPLE_COUNTERS, ...COMBINED_COUNTERS];
/** Columns of a heap: total, used, free, and four that nothing reads. */
const MEMORY_COLUMNS = 7;
/** Bytes of the counters of a route on one thread. */
const ROUTE_BYTES = 32;
const MAIN_HEAP = 1 << 30;
const BUFFERS = { total: 16_808, cached: 544, perInterface: 64 };

/** Facts that the entries show besides the traffic. */
export interface Known {
  /** Seconds since the epoch at which VPP started. */
  readonly bootTime: number;
  /** Bytes of the main heap in use. */
  readonly heapUsed: number;
}

export class Directory {
  private readonly scalars = new Map<string, number>();
  private readonly vectors = new Map<string, CounterVector>();
  /** Counters of interfaces and nodes, which are written at each beat, without a look-up by name. */
  private readonly simple: ReadonlyMap<SimpleCounter, CounterVector>;
  private readonly combined: ReadonlyMap<CombinedCounter, CounterVector>;
  private readonly ofNodes: readonly (readonly [keyof NodeCounts, CounterVector])[];
  private readonly routesTo: CounterVector;
  private readonly routesVia: CounterVector;
  /** Routes that there may be counters for: at most a sixteenth of the segment is theirs. */
  private readonly mostRoutes: number;
  private knownRoutes = 0;
  private readonly ifNames: NameVector;
  private readonly nodeNames: NameVector;
  /** Symlinks of each interface, and the name that is in them. */
  private readonly links = new Map<number, { name: string; entries: number[] }>();
  /** Interfaces that have come or gone, and are not followed yet; all that there was no room for. */
  private readonly changed = new Set<number>();
  /** Symlinks of each node. */
  private readonly nodeLinks = new Map<number, number[]>();
  private beats = 0;

  /** Throws SegmentFull. */
  constructor(
    private readonly segment: StatsSegment,
    private readonly traffic: Traffic,
  ) {
    const { threads } = traffic;
    for (const name of ['heartbeat', 'last_stats_clear', 'boottime']) this.scalar(EntryType.SCALAR, `/sys/${name}`);
    this.heap('stat segment');
    this.scalar(EntryType.GAUGE, '/sys/vector_rate');
    for (const name of ['vector_rate_per_worker', 'loops_per_worker']) this.vector(`/sys/${name}`, 1).reserve(threads);
    for (const name of ['cached', 'used', 'available']) {
      this.scalar(EntryType.GAUGE, `/buffer-pools/default-numa-0/${name}`);
    }
    this.scalar(EntryType.GAUGE, '/sys/num_worker_threads');
    this.vector('/node/errors', threads).reserve(traffic.graph.errors.length);
    for (const { index, node, reason } of traffic.graph.errors)
      this.symlink(`/err/${node}/${reason}`, '/node/errors', index);
    this.scalar(EntryType.SCALAR, '/sys/last_update');
    this.scalar(EntryType.GAUGE, '/sys/input_rate');
    this.simple = new Map(SIMPLE_COUNTERS.map((name) => [name, this.vector(`/if/${name}`, threads)]));
    this.combined = new Map(COMBINED_COUNTERS.map((name) => [name, this.vector(`/if/${name}`, threads, 2)]));
    this.ifNames = new NameVector(segment, '/if/names');
    this.heap('main heap');
    this.nodeNames = new NameVector(segment, '/sys/node/names');
    this.ofNodes = NODE_COUNTERS.map((name) => [name, this.vector(`/sys/node/${name}`, threads)]);
    this.routesTo = this.vector('/net/route/to', threads, 2);
    this.routesVia = this.vector('/net/route/via', threads, 2);
    this.mostRoutes = Math.floor(segment.memory.size / (16 * threads * ROUTE_BYTES));
  }

  /** Notes that an interface has come or gone; `follow` adds or removes its entries. */
  note(swIfIndex: number): void {
    this.changed.add(swIfIndex);
  }

  /** Whether there is something to `follow`. */
  get isBehind(): boolean {
    return this.changed.size > 0 || this.traffic.graph.renamed.size > 0 || this.knownRoutes < this.routes;
  }

  /** Adds and removes entries until they are those of the interfaces and nodes. Throws SegmentFull. */
  follow(): void {
    // Entries that are removed make room for others.
    for (const swIfIndex of this.changed) this.unlink(swIfIndex);
    for (const swIfIndex of this.changed) {
      this.link(swIfIndex);
      this.changed.delete(swIfIndex);
    }
    this.followNodes();
    const { routes } = this;
    for (const vector of [this.routesTo, this.routesVia]) vector.reserve(routes);
    this.knownRoutes = routes;
  }

  /** Routes that have counters. */
  private get routes(): number {
    return Math.min(this.traffic.routes.end, this.mostRoutes);
  }

  private followNodes(): void {
    const { nodes, renamed } = this.traffic.graph;
    for (const [, vector] of this.ofNodes) vector.reserve(nodes.length);
    // A name may have gone from one node to another.
    for (const index of renamed) {
      for (const entry of this.nodeLinks.get(index) ?? []) this.segment.remove(entry);
      this.nodeLinks.delete(index);
    }
    for (const index of renamed) {
      const { name } = nodes[index];
      this.nodeNames.set(index, name);
      this.nodeLinks.set(index, this.symlinks(`/nodes/${flat(name)}`, NODE_COUNTERS, '/sys/node', index));
      for (let thread = 0; thread < this.traffic.threads; thread++) this.writeNode(index, thread);
      renamed.delete(index);
    }
  }

  /** Writes the values that have changed, and another heartbeat. */
  beat({ bootTime, heapUsed }: Known, seconds: number): void {
    const { traffic } = this;
    this.put('/sys/heartbeat', ++this.beats);
    this.put('/sys/last_update', Math.floor(seconds));
    this.put('/sys/boottime', bootTime);
    this.put('/sys/num_worker_threads', traffic.threads - 1);
    for (const swIfIndex of traffic.changed) this.writeCounted(swIfIndex);
    traffic.changed.clear();
    for (const { index, threads } of traffic.graph.errors) {
      for (const [thread, packets] of threads.entries()) this.of('/node/errors').set(thread, index, packets);
    }
    const { changed } = traffic.graph;
    for (const at of changed) this.writeNode(Math.floor(at / traffic.threads), at % traffic.threads);
    changed.clear();
    for (const index of traffic.routes.changed) {
      for (const [thread, amount] of traffic.routes.at(index).entries()) {
        if (amount !== undefined) this.routesTo.set(thread, index, amount.packets, amount.bytes);
      }
    }
    traffic.routes.changed.clear();
    this.writeRates();
    const used = Math.min(BUFFERS.total / 2, this.links.size * BUFFERS.perInterface);
    this.put('/buffer-pools/default-numa-0/cached', BUFFERS.cached);
    this.put('/buffer-pools/default-numa-0/used', used);
    this.put('/buffer-pools/default-numa-0/available', BUFFERS.total - BUFFERS.cached - used);
    this.writeHeap('stat segment', this.segment.memory.size, this.segment.memory.used);
    this.writeHeap('main heap', MAIN_HEAP, heapUsed);
  }

  /** Writes the counters that were cleared, of an interface or of all, so many seconds after the start. */
  cleared(seconds: number, swIfIndex?: number): void {
    this.put('/sys/last_stats_clear', Math.floor(seconds));
    for (const index of swIfIndex === undefined ? this.traffic.indices() : [swIfIndex]) this.writeInterface(index);
  }

  /** Writes the counters of an interface that have counted since they were written. */
  private writeCounted(swIfIndex: number): void {
    const counts = this.traffic.of(swIfIndex);
    if (counts === undefined) return;
    for (const thread of counts.changed) {
      const { simple, combined } = counts.counted(thread);
      for (const [name, packets] of simple) this.simple.get(name)?.set(thread, swIfIndex, packets);
      for (const [name, { packets, bytes }] of combined) {
        this.combined.get(name)?.set(thread, swIfIndex, packets, bytes);
      }
    }
    counts.changed.clear();
  }

  private writeNode(index: number, thread: number): void {
    const counts = this.traffic.graph.nodes[index].threads[thread];
    for (const [name, vector] of this.ofNodes) vector.set(thread, index, counts[name]);
  }

  private writeInterface(swIfIndex: number): void {
    const counts = this.traffic.of(swIfIndex);
    if (counts === undefined) return;
    for (let thread = 0; thread < this.traffic.threads; thread++) {
      for (const [name, vector] of this.simple) vector.set(thread, swIfIndex, counts.packets(thread, name));
      for (const [name, vector] of this.combined) {
        const { packets, bytes } = counts.amount(thread, name);
        vector.set(thread, swIfIndex, packets, bytes);
      }
    }
  }

  private writeRates(): void {
    const rates = this.traffic.lastRates;
    for (const [thread, { packets, vector }] of rates.entries()) {
      this.of('/sys/vector_rate_per_worker').set(0, thread, Math.round(vector));
      this.of('/sys/loops_per_worker').set(0, thread, Math.max(1, IDLE_LOOPS - Math.round(packets)));
    }
    const busy = rates.filter(({ packets }) => packets > 0);
    const sum = busy.reduce((total, { vector }) => total + vector, 0);
    this.put('/sys/vector_rate', busy.length === 0 ? 0 : Math.round(sum / busy.length));
    this.put('/sys/input_rate', Math.round(busy.reduce((total, { packets }) => total + packets, 0)));
  }

  private writeHeap(name: string, total: number, used: number): void {
    const heap = this.of(`/mem/${name}`);
    for (const [column, value] of [total, used, total - used].entries()) heap.set(0, column, value);
  }

  /** Does nothing for an interface that is gone. Throws SegmentFull, and then has made no entry. */
  private link(swIfIndex: number): void {
    const name = this.traffic.nameOf(swIfIndex);
    if (name === undefined) return;
    for (const vector of [...this.simple.values(), ...this.combined.values()]) vector.reserve(swIfIndex + 1);
    if (!this.links.has(swIfIndex)) {
      const entries = this.symlinks(`/interfaces/${flat(name)}`, IF_COUNTERS, '/if', swIfIndex);
      this.links.set(swIfIndex, { name, entries });
      this.ifNames.set(swIfIndex, name);
    }
    // The index may have been another's, whose counters are still there.
    this.writeInterface(swIfIndex);
  }

  /** Removes the entries of an interface that is gone, or has another name than before. */
  private unlink(swIfIndex: number): void {
    const link = this.links.get(swIfIndex);
    if (link === undefined || link.name === this.traffic.nameOf(swIfIndex)) return;
    for (const entry of link.entries) this.segment.remove(entry);
    this.links.delete(swIfIndex);
    this.ifNames.set(swIfIndex, DELETED);
  }

  /** Makes `begin/counter` for column `column` of each `target/counter`, or throws SegmentFull, and has made none. */
  private symlinks(begin: string, counters: readonly string[], target: string, column: number): number[] {
    const entries: number[] = [];
    try {
      for (const counter of counters) entries.push(this.symlink(`${begin}/${counter}`, `${target}/${counter}`, column));
    } catch (error) {
      for (const entry of entries) this.segment.remove(entry);
      throw error;
    }
    return entries;
  }

  private heap(name: string): void {
    this.vector(`/mem/${name}`, 1).reserve(MEMORY_COLUMNS);
    for (const [column, kind] of ['total', 'used', 'free'].entries()) {
      this.symlink(`/mem/${name}/${kind}`, `/mem/${name}`, column);
    }
  }

  private scalar(type: number, name: string): void {
    this.scalars.set(name, this.segment.add(type, name));
  }

  private vector(name: string, threads: number, size: 1 | 2 = 1): CounterVector {
    const vector = new CounterVector(this.segment, name, { threads, size });
    this.vectors.set(name, vector);
    return vector;
  }

  private symlink(name: string, target: string, column: number): number {
    return this.segment.addSymlink(name, this.of(target).index, column);
  }

  private of(name: string): CounterVector {
    return this.vectors.get(name) as CounterVector;
  }

  private put(name: string, value: number): void {
    this.segment.setValue(this.scalars.get(name) as number, value);
  }
}

/** A name as VPP has it in the middle of another. */
function flat(name: string): string {
  return name.replaceAll('/', '_');
}
