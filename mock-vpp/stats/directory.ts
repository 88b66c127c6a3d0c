/**
 * The entries of a VPP, and how they follow the mock: `/sys`, `/if` and `/interfaces`, `/node/errors` and `/err`, `/sys/node`
 * and `/nodes`, `/buffer-pools`, `/mem`. Names and types are those of VPP 26.06; of what is not here VPP has more.
 */
import { COMBINED_COUNTERS, SIMPLE_COUNTERS } from '../traffic/interface-counts.js';
import { IDLE_LOOPS, type Traffic } from '../traffic/traffic.js';
import { CounterVector, NameVector } from './entries.js';
import { EntryType, type StatsSegment } from './segment.js';

/** Name of a deleted interface in `/if/names`. */
const DELETED = 'deleted';
const NODE_COUNTERS = ['clocks', 'vectors', 'calls', 'suspends'] as const;
/** Columns of a heap: total, used, free, and four that nothing reads. */
const MEMORY_COLUMNS = 7;
const MAIN_HEAP = 1 << 30;
const BUFFERS = { total: 16_808, cached: 544, perInterface: 64 };

/** Facts that the entries show besides the traffic. */
export interface Known {
  /** Interfaces by sw_if_index. */
  readonly interfaces: Iterable<{ readonly swIfIndex: number; readonly name: string }>;
  /** Seconds since the epoch at which VPP started. */
  readonly bootTime: number;
  /** Bytes of the main heap in use. */
  readonly heapUsed: number;
}

export class Directory {
  private readonly scalars = new Map<string, number>();
  private readonly vectors = new Map<string, CounterVector>();
  private readonly ifNames: NameVector;
  private readonly nodeNames: NameVector;
  /** Symlinks of each interface, and the name that is in them. */
  private readonly links = new Map<number, { name: string; entries: number[] }>();
  private knownNodes = 0;
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
    for (const name of SIMPLE_COUNTERS) this.vector(`/if/${name}`, threads);
    for (const name of COMBINED_COUNTERS) this.vector(`/if/${name}`, threads, 2);
    this.ifNames = new NameVector(segment, '/if/names');
    this.heap('main heap');
    this.nodeNames = new NameVector(segment, '/sys/node/names');
    for (const name of NODE_COUNTERS) this.vector(`/sys/node/${name}`, threads);
  }

  /** Adds and removes entries until they are those of the interfaces and nodes. Throws SegmentFull. */
  follow({ interfaces }: Pick<Known, 'interfaces'>): void {
    const seen = new Set<number>();
    for (const { swIfIndex, name } of interfaces) {
      seen.add(swIfIndex);
      if (this.links.get(swIfIndex)?.name === name) continue;
      this.unlink(swIfIndex);
      this.link(swIfIndex, name);
    }
    for (const swIfIndex of [...this.links.keys()].filter((index) => !seen.has(index))) {
      this.unlink(swIfIndex);
      this.ifNames.set(swIfIndex, DELETED);
    }
    const { nodes } = this.traffic.graph;
    for (const name of NODE_COUNTERS) this.of(`/sys/node/${name}`).reserve(nodes.length);
    for (const { index, name } of nodes.slice(this.knownNodes)) {
      this.nodeNames.set(index, name);
      for (const counter of NODE_COUNTERS)
        this.symlink(`/nodes/${flat(name)}/${counter}`, `/sys/node/${counter}`, index);
    }
    this.knownNodes = nodes.length;
  }

  /** Writes all values, and another heartbeat. */
  beat({ interfaces, bootTime, heapUsed }: Known, seconds: number): void {
    const { traffic } = this;
    this.put('/sys/heartbeat', ++this.beats);
    this.put('/sys/last_update', Math.floor(seconds));
    this.put('/sys/boottime', bootTime);
    this.put('/sys/num_worker_threads', traffic.threads - 1);
    for (const { swIfIndex } of interfaces) this.writeInterface(swIfIndex);
    for (const { index, threads } of traffic.graph.errors) {
      for (const [thread, packets] of threads.entries()) this.of('/node/errors').set(thread, index, packets);
    }
    for (const { index, threads } of traffic.graph.nodes) {
      for (const [thread, counts] of threads.entries()) {
        for (const name of NODE_COUNTERS) this.of(`/sys/node/${name}`).set(thread, index, counts[name]);
      }
    }
    this.writeRates();
    const used = Math.min(BUFFERS.total / 2, this.links.size * BUFFERS.perInterface);
    this.put('/buffer-pools/default-numa-0/cached', BUFFERS.cached);
    this.put('/buffer-pools/default-numa-0/used', used);
    this.put('/buffer-pools/default-numa-0/available', BUFFERS.total - BUFFERS.cached - used);
    this.writeHeap('stat segment', this.segment.memory.size, this.segment.memory.used);
    this.writeHeap('main heap', MAIN_HEAP, heapUsed);
  }

  /** Notes that counters were cleared, so many seconds after the start. */
  cleared(seconds: number): void {
    this.put('/sys/last_stats_clear', Math.floor(seconds));
  }

  private writeInterface(swIfIndex: number): void {
    const counts = this.traffic.of(swIfIndex);
    if (counts === undefined) return;
    for (let thread = 0; thread < this.traffic.threads; thread++) {
      for (const name of SIMPLE_COUNTERS) this.of(`/if/${name}`).set(thread, swIfIndex, counts.packets(thread, name));
      for (const name of COMBINED_COUNTERS) {
        const { packets, bytes } = counts.amount(thread, name);
        this.of(`/if/${name}`).set(thread, swIfIndex, packets, bytes);
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

  private link(swIfIndex: number, name: string): void {
    this.ifNames.set(swIfIndex, name);
    const entries = [...SIMPLE_COUNTERS, ...COMBINED_COUNTERS].map((counter) => {
      this.of(`/if/${counter}`).reserve(swIfIndex + 1);
      return this.symlink(`/interfaces/${flat(name)}/${counter}`, `/if/${counter}`, swIfIndex);
    });
    this.links.set(swIfIndex, { name, entries });
  }

  private unlink(swIfIndex: number): void {
    for (const entry of this.links.get(swIfIndex)?.entries ?? []) this.segment.remove(entry);
    this.links.delete(swIfIndex);
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
