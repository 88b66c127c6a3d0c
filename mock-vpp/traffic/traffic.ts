/**
 * Traffic that never was: counters move as if each interface that is up received so many packets a second. The packets go out
 * of the next such interface; a few are dropped on the way, each for a reason of VPP's, and all of them where there is no other
 * interface. Everything follows from the time that has passed, so that two mocks with the same past count the same.
 */
import type { Interface } from '../dataplane/interfaces/interface.js';
import { Graph } from './graph.js';
import { InterfaceCounts } from './interface-counts.js';
import { InterfaceNodes } from './interface-nodes.js';
import type { Pass } from './packets.js';
import { RouteCounts, type Routes } from './route-counts.js';

/** Sizes of packets, in bytes: those of interface N are number N modulo 4. */
const SIZES = [128, 512, 1024, 256];
/** One packet of so many is multicast, broadcast, IPv6. */
const MULTICAST = 200;
const BROADCAST = 500;
const IP6 = 5;
/** One packet of so many is dropped for the reason behind it. */
const DROPS = [
  { of: 1000, family: 'ip4', node: 'ip4-input', reason: 'time_expired' },
  { of: 2500, family: 'ip4', node: 'ip4-local', reason: 'unknown_protocol' },
  { of: 4000, family: 'ip6', node: 'ip6-input', reason: 'time_expired' },
] as const;
/** Packets in a call of a node, with little traffic and with much. */
const VECTOR = { least: 1, most: 256 };
/** Packets a second with which there is one more in a call. */
const PACKETS_FOR_ONE_MORE = 10_000;
/** Clocks that a node takes for a packet. */
const CLOCKS = 42;
/** Calls of a polling loop in a second without traffic. */
export const IDLE_LOOPS = 2_700_000;

/** Threads that VPP can have besides the main one; each has counters for everything. */
export const MOST_WORKERS = 255;
/** The line rate of 400 Gbit/s is less. */
const MOST_PACKETS = 1e9;

export interface TrafficOptions {
  /** Packets that each interface receives in a second while it is up. Default 0; at most a billion. */
  readonly packetsPerSecond?: number;
  /** Worker threads; interface N receives on worker N modulo this. Default 0: all is on the main thread; at most 255. */
  readonly workers?: number;
}

/** Packets of each family. */
interface Families {
  ip4: number;
  ip6: number;
}

interface Drop {
  readonly family: keyof Families;
  readonly node: string;
  readonly reason: string;
}

/** The way of some packets: the thread they are on, how many go together, and their size. */
interface Run {
  readonly thread: number;
  readonly vector: number;
  readonly size: number;
}

export class Traffic {
  threads = 1;
  graph = new Graph(1);
  /** Packets a second, and packets in a call with them, by thread, in the time that passed last. */
  lastRates: { packets: number; vector: number }[] = [];
  /** Called when an interface has come or gone. */
  onInterface: (swIfIndex: number) => void = () => {};
  /** Called when an interface has got another name; its counters keep that which it was made with. */
  onRename: () => void = () => {};
  /** Called when the counters of an interface, or of all, were cleared. */
  onClear: (swIfIndex?: number) => void = () => {};
  readonly routes: RouteCounts;
  private packetsPerSecond = 0;
  /** Seconds that have passed. */
  private passed = 0;
  private readonly watchers: ((pass: Pass) => void)[] = [];
  private readonly counts = new Map<number, InterfaceCounts>();
  private readonly interfaces = new Map<number, Interface>();
  private nodes = this.newNodes();
  /** Interfaces that have counted since their counters were shown; who shows them takes them out. */
  readonly changed = new Set<number>();
  private readonly rates = new Map<number, number>();
  /** Interfaces that count unicast, multicast and broadcast as well. */
  private readonly detailed = new Set<number>();
  /** Parts of a packet that were due, by interface. */
  private readonly due = new Map<number, number>();

  /** `routes`: those that the packets of interfaces take. */
  constructor(routes: Routes) {
    this.routes = new RouteCounts(routes);
  }

  /** Sets it up, before anything is counted. Throws RangeError. */
  configure({ packetsPerSecond = 0, workers = 0 }: TrafficOptions): void {
    if (!(packetsPerSecond >= 0 && packetsPerSecond <= MOST_PACKETS))
      throw new RangeError(`traffic: packetsPerSecond is a number from 0 to ${MOST_PACKETS}, not ${packetsPerSecond}`);
    if (!(Number.isInteger(workers) && workers >= 0 && workers <= MOST_WORKERS))
      throw new RangeError(`traffic: workers is a whole number from 0 to ${MOST_WORKERS}, not ${workers}`);
    this.packetsPerSecond = packetsPerSecond;
    this.threads = 1 + workers;
    this.graph = new Graph(this.threads);
    this.nodes = this.newNodes();
    for (const itf of this.interfaces.values()) this.add(itf);
  }

  /** Sets the packets that an interface receives in a second while it is up. */
  setRate(swIfIndex: number, packetsPerSecond: number): void {
    this.rates.set(swIfIndex, packetsPerSecond);
  }

  /** Lets an interface count unicast, multicast and broadcast as well, or no longer. */
  setDetailed(swIfIndex: number, isOn: boolean): void {
    if (isOn) this.detailed.add(swIfIndex);
    else this.detailed.delete(swIfIndex);
  }

  add(itf: Interface): void {
    this.interfaces.set(itf.swIfIndex, itf);
    this.counts.set(itf.swIfIndex, new InterfaceCounts(this.threads));
    if (itf.sub === undefined) this.nodes.add(itf);
    this.onInterface(itf.swIfIndex);
  }

  /** Lets an interface that is another tunnel's now count from 0: what it received, sent and dropped. */
  restart({ swIfIndex }: Interface): void {
    this.countsOf(swIfIndex).restart();
  }

  rename(itf: Interface): void {
    this.nodes.rename(itf);
    this.onRename();
  }

  forget(itf: Interface): void {
    const { swIfIndex } = itf;
    this.nodes.forget(itf);
    for (const each of [this.interfaces, this.counts, this.rates, this.due, this.detailed, this.changed])
      each.delete(swIfIndex);
    this.onInterface(swIfIndex);
  }

  /** Calls `watcher` with all packets that pass. */
  watch(watcher: (pass: Pass) => void): void {
    this.watchers.push(watcher);
  }

  /** The place of an interface's node behind those that are there from the beginning. */
  placeOfNode(name: string): number | undefined {
    return this.nodes.placeOf(name);
  }

  /** The name of an interface's node at such a place. */
  nodeAtPlace(place: number): string | undefined {
    return this.nodes.nameAt(place);
  }

  /** Number of interfaces. */
  get count(): number {
    return this.interfaces.size;
  }

  /** The sw_if_index of each interface. */
  indices(): Iterable<number> {
    return this.interfaces.keys();
  }

  /** The name of an interface; undefined once it is deleted. */
  nameOf(swIfIndex: number): string | undefined {
    return this.interfaces.get(swIfIndex)?.name;
  }

  of(swIfIndex: number): InterfaceCounts | undefined {
    return this.counts.get(swIfIndex);
  }

  /** Clears the counters of an interface, or of all. */
  clear(swIfIndex?: number): void {
    if (swIfIndex !== undefined) this.counts.get(swIfIndex)?.clear();
    else for (const counts of this.counts.values()) counts.clear();
    this.onClear(swIfIndex);
  }

  /** Lets `seconds` pass. */
  advance(seconds: number): void {
    this.graph.wake('unix-epoll-input', { calls: Math.round(seconds * 1000), clocks: Math.round(seconds * 1e6) });
    this.graph.wake('statseg-collector-process', { suspends: 1, clocks: 20_000 });
    this.lastRates = Array.from({ length: this.threads }, () => ({ packets: 0, vector: 0 }));
    const receiving = [...this.interfaces.values()].filter((itf) => itf.swIfIndex !== 0 && itf.adminUp && itf.linkUp);
    for (const [at, itf] of receiving.entries()) {
      const due = (this.due.get(itf.swIfIndex) ?? 0) + this.rateOf(itf) * seconds;
      const packets = Math.floor(due);
      this.due.set(itf.swIfIndex, due - packets);
      const next = receiving.length > 1 ? receiving[(at + 1) % receiving.length] : undefined;
      if (packets > 0) this.forward(itf, next, packets, seconds);
    }
    this.passed += seconds;
  }

  private newNodes(): InterfaceNodes {
    return new InterfaceNodes((place, name) => this.graph.nameInterfaceNode(place, name));
  }

  /** The counters of an interface, which are about to change. */
  private countsOf(swIfIndex: number): InterfaceCounts {
    this.changed.add(swIfIndex);
    return this.counts.get(swIfIndex)!;
  }

  private rateOf({ swIfIndex }: Interface): number {
    return this.rates.get(swIfIndex) ?? this.packetsPerSecond;
  }

  /** Lets packets in at `from`; what is not dropped leaves by `to`. */
  private forward(from: Interface, to: Interface | undefined, packets: number, seconds: number): void {
    const thread = this.threads === 1 ? 0 : 1 + (from.swIfIndex % (this.threads - 1));
    const rate = packets / seconds;
    const vector = Math.min(VECTOR.most, Math.max(VECTOR.least, rate / PACKETS_FOR_ONE_MORE));
    const last = this.lastRates[thread];
    last.packets += rate;
    last.vector = Math.max(last.vector, vector);
    const run = { thread, vector, size: SIZES[from.swIfIndex % SIZES.length] };
    const ip6 = Math.floor(packets / IP6);
    const left = { ip4: packets - ip6, ip6 };
    this.receive(from, left, run);
    for (const { of, family, node, reason } of DROPS) {
      const dropped = Math.floor(packets / of);
      left[family] -= dropped;
      this.drop(from, { family, node, reason }, dropped, run);
      this.show({ from, drop: { node, reason }, family, packets: dropped }, run);
    }
    if (to !== undefined) this.transmit(to, left, run);
    for (const family of ['ip4', 'ip6'] as const) {
      const packets = left[family];
      const drop = { node: `${family}-input`, reason: 'dst_lookup_miss' };
      if (to === undefined) this.drop(from, { family, ...drop }, packets, run);
      this.show({ from, ...(to === undefined ? { drop } : { to }), family, packets }, run);
    }
  }

  private show(pass: Omit<Pass, 'size' | 'thread' | 'at'>, { size, thread }: Run): void {
    if (pass.packets === 0) return;
    for (const watcher of this.watchers) watcher({ ...pass, size, thread, at: this.passed });
  }

  private receive(itf: Interface, { ip4, ip6 }: Families, run: Run): void {
    const { swIfIndex, deviceType } = itf;
    const { thread, size } = run;
    this.routes.count(itf, false, thread, ip4, ip4 * size);
    this.routes.count(itf, true, thread, ip6, ip6 * size);
    const counts = this.countsOf(swIfIndex);
    const packets = ip4 + ip6;
    counts.countBytes(thread, 'rx', packets, packets * size);
    counts.count(thread, 'ip4', ip4);
    counts.count(thread, 'ip6', ip6);
    if (this.detailed.has(swIfIndex)) {
      const multicast = Math.floor(packets / MULTICAST);
      const broadcast = Math.floor(packets / BROADCAST);
      const unicast = packets - multicast - broadcast;
      counts.countBytes(thread, 'rx-unicast', unicast, unicast * size);
      counts.countBytes(thread, 'rx-multicast', multicast, multicast * size);
      counts.countBytes(thread, 'rx-broadcast', broadcast, broadcast * size);
    }
    this.pass([deviceType === 'dpdk' ? 'dpdk-input' : 'tap-input', 'ethernet-input'], packets, run);
    this.pass(['ip4-input', 'ip4-lookup'], ip4, run);
    this.pass(['ip6-input', 'ip6-lookup'], ip6, run);
  }

  private transmit(to: Interface, { ip4, ip6 }: Families, run: Run): void {
    const { thread, size } = run;
    this.pass(['ip4-rewrite'], ip4, run);
    this.pass(['ip6-rewrite'], ip6, run);
    const packets = ip4 + ip6;
    this.pass(this.nodes.of(to.supSwIfIndex), packets, run);
    const counts = this.countsOf(to.swIfIndex);
    counts.countBytes(thread, 'tx', packets, packets * size);
    if (this.detailed.has(to.swIfIndex)) counts.countBytes(thread, 'tx-unicast', packets, packets * size);
  }

  private drop(from: Interface, { family, node, reason }: Drop, packets: number, run: Run): void {
    this.graph.drop(node, reason, run.thread, packets);
    this.countsOf(from.swIfIndex).count(run.thread, 'drops', packets);
    this.pass([`${family}-drop`, 'error-drop', 'drop'], packets, run);
  }

  private pass(nodes: readonly string[], packets: number, { thread, vector }: Run): void {
    for (const node of nodes)
      this.graph.pass(node, thread, packets, { calls: Math.ceil(packets / vector), clocks: CLOCKS });
  }
}
