/** The neighbours of interfaces, static and dynamic, each with a route of its own. Facts of VPP 26.06, odd ones included. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import { Indices } from '../indices.js';
import type { Address, Interface } from '../interfaces/interface.js';
import { keyOf, Source } from '../routing/fib.js';
import { NO_INTERFACE, ownPath, PathProto, PathType, pathList } from '../routing/paths.js';
import { parsePrefix, within } from './ip.js';

/** Bits of a neighbour's `flags`; one that is not static is dynamic. */
export const NeighborFlag = { STATIC: 1, NO_FIB_ENTRY: 2 } as const;
/** `flags` of ip_neighbor_event_v2. */
const Change = { ADDED: 1, REMOVED: 2 } as const;

export interface Neighbor {
  readonly itf: Interface;
  readonly ip: string;
  mac: string;
  flags: number;
  /** Seconds, by the clock of the process. */
  updatedAt: number;
  isStale: boolean;
  /** Index of its adjacency; ~0 without a route. */
  readonly adjacency: number;
  hasRoute: boolean;
  /** Its details as a frame, once they were dumped; nothing after a change. */
  frame?: Buffer;
}

export interface NeighborConfig {
  /** 0: any number. */
  max_number: number;
  /** Seconds; 0: for ever. */
  max_age: number;
  /** Whether the oldest dynamic one makes room for a new one. */
  recycle: boolean;
}

/** sw_if_index → the neighbours there. */
type NeighborsOf = Map<number, Set<Neighbor>>;

export const now = () => performance.now() / 1000;

/** Seconds that VPP waits for answers to its three probes of a neighbour whose age is over. */
const PROBING = 5;
/** Longest delay that a timer takes, in milliseconds. */
const LONGEST_DELAY = 2 ** 31 - 1;

export class Neighbors {
  readonly config: readonly [NeighborConfig, NeighborConfig] = [
    { max_number: 50_000, max_age: 0, recycle: false },
    { max_number: 50_000, max_age: 0, recycle: false },
  ];
  /** Neighbours of IPv4 and of IPv6, each by sw_if_index and address. */
  private readonly all: readonly [Map<string, Neighbor>, Map<string, Neighbor>] = [new Map(), new Map()];
  /** The same by interface: one that goes must not look at all the others. */
  private readonly byInterface: readonly [NeighborsOf, NeighborsOf] = [new Map(), new Map()];
  /** Neighbours that are dynamic, the longest not refreshed first. */
  private readonly dynamic: readonly [Set<Neighbor>, Set<Neighbor>] = [new Set(), new Set()];
  private readonly adjacencies = new Indices(1);
  /** Timers of the oldest dynamic neighbour's age. */
  private readonly timers: [NodeJS.Timeout?, NodeJS.Timeout?] = [];

  constructor(private readonly dataplane: Dataplane) {}

  configure(family: 0 | 1, config: NeighborConfig): void {
    Object.assign(this.config[family], config);
    this.awaitAge(family);
  }

  /** Adds or changes a neighbour; gives it, or the number of a refusal. */
  put(itf: Interface, ip: string, mac: string, flags: number): Neighbor | number {
    const family = familyOf(ip);
    const known = this.all[family].get(keyAt(itf, ip));
    if (known === undefined) return this.add(itf, ip, mac, flags);
    known.isStale = false;
    known.frame = undefined;
    const isStatic = (flags & NeighborFlag.STATIC) !== 0;
    if (!isStatic && known.flags & NeighborFlag.STATIC) {
      if (known.mac !== mac) return Retval.INVALID_SW_IF_INDEX; // VPP means something else by -2
    } else {
      if (isStatic) known.flags |= NeighborFlag.STATIC;
      known.mac = mac;
      this.refresh(known);
    }
    this.publish(known, Change.ADDED);
    return known;
  }

  remove(itf: Interface, ip: string): number {
    const known = this.all[familyOf(ip)].get(keyAt(itf, ip));
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    this.destroy(known);
    return Retval.OK;
  }

  at(itf: Interface, ip: string): Neighbor | undefined {
    return this.all[familyOf(ip)].get(keyAt(itf, ip));
  }

  /** Neighbours on one interface, or with ~0 on all, by interface. */
  on(swIfIndex: number, v6: boolean): Neighbor[] {
    const family = v6 ? 1 : 0;
    if (swIfIndex !== NO_INTERFACE) return [...(this.byInterface[family].get(swIfIndex) ?? [])];
    return [...this.all[family].values()].sort((a, b) => a.itf.swIfIndex - b.itf.swIfIndex);
  }

  flush(swIfIndex: number, v6: boolean): void {
    for (const neighbor of this.on(swIfIndex, v6)) this.destroy(neighbor);
  }

  /** Forgets the dynamic ones of an interface. */
  flushDynamic({ swIfIndex }: Interface): void {
    for (const each of [...this.on(swIfIndex, false), ...this.on(swIfIndex, true)]) {
      if (!(each.flags & NeighborFlag.STATIC)) this.destroy(each);
    }
  }

  /** Forgets the dynamic ones within the prefix of an address that the interface no longer has. */
  flushCovered({ swIfIndex }: Interface, { v6, bytes, length }: Address): void {
    for (const each of this.on(swIfIndex, v6)) {
      const isCovered = within(parsePrefix(each.ip).bytes, bytes, length);
      if (isCovered && !(each.flags & NeighborFlag.STATIC)) this.destroy(each);
    }
  }

  /** Takes the routes of an interface's neighbours to its new table; VPP gives one to those without, too. */
  moveRoutes({ swIfIndex }: Interface, v6: boolean, from: number): void {
    for (const each of this.on(swIfIndex, v6)) {
      this.removeRoute(each, from);
      this.addRoute(each);
    }
  }

  mark(): void {
    for (const family of this.all) for (const each of family.values()) each.isStale = true;
  }

  sweep(): void {
    for (const family of this.all) for (const each of [...family.values()]) if (each.isStale) this.destroy(each);
  }

  private add(itf: Interface, ip: string, mac: string, flags: number): Neighbor | number {
    const family = familyOf(ip);
    const { max_number, recycle } = this.config[family];
    if (max_number > 0 && this.all[family].size >= max_number) {
      const [oldest] = this.dynamic[family];
      if (!recycle || oldest === undefined) return Retval.LIMIT_EXCEEDED;
      this.destroy(oldest);
    }
    const adjacency = flags & NeighborFlag.NO_FIB_ENTRY ? NO_INTERFACE : this.adjacencies.take();
    const made: Neighbor = {
      itf,
      ip,
      mac,
      flags: flags & 3,
      updatedAt: now(),
      isStale: false,
      adjacency,
      hasRoute: false,
      frame: undefined,
    };
    this.all[family].set(keyAt(itf, ip), made);
    const onInterface = this.byInterface[family].get(itf.swIfIndex) ?? new Set();
    this.byInterface[family].set(itf.swIfIndex, onInterface.add(made));
    if (adjacency !== NO_INTERFACE) this.addRoute(made);
    this.refresh(made);
    this.publish(made, Change.ADDED);
    return made;
  }

  private refresh(neighbor: Neighbor): void {
    neighbor.updatedAt = now();
    const family = familyOf(neighbor.ip);
    const dynamic = this.dynamic[family];
    dynamic.delete(neighbor);
    if (neighbor.flags & NeighborFlag.STATIC) return;
    dynamic.add(neighbor);
    if (this.timers[family] === undefined) this.awaitAge(family);
  }

  /** Wakes when the age of the oldest dynamic neighbour is over, and lets it go: nobody answers VPP's probes here. */
  private awaitAge(family: 0 | 1): void {
    clearTimeout(this.timers[family]);
    this.timers[family] = undefined;
    const { max_age } = this.config[family];
    if (max_age === 0) return;
    const left = ({ updatedAt }: Neighbor) => updatedAt + max_age + PROBING - now();
    for (const oldest of this.dynamic[family]) {
      const seconds = left(oldest);
      if (seconds > 0) {
        const delay = Math.min(LONGEST_DELAY, Math.ceil(seconds * 1000));
        this.timers[family] = setTimeout(() => this.awaitAge(family), delay).unref();
        return;
      }
      this.destroy(oldest);
    }
  }

  private destroy(neighbor: Neighbor): void {
    const { itf, ip, adjacency } = neighbor;
    const family = familyOf(ip);
    this.publish(neighbor, Change.REMOVED);
    this.removeRoute(neighbor, family === 1 ? itf.table6 : itf.table4);
    if (adjacency !== NO_INTERFACE) this.adjacencies.giveBack(adjacency);
    this.dynamic[family].delete(neighbor);
    this.all[family].delete(keyAt(itf, ip));
    const onInterface = this.byInterface[family].get(itf.swIfIndex);
    onInterface?.delete(neighbor);
    if (onInterface?.size === 0) this.byInterface[family].delete(itf.swIfIndex);
  }

  private addRoute(neighbor: Neighbor): void {
    const { itf, ip } = neighbor;
    const prefix = parsePrefix(ip);
    if (isLinkLocal(ip)) return; // in a table of the interface's own
    const path = ownPath(prefix.v6 ? PathProto.IP6 : PathProto.IP4, PathType.NORMAL, itf.swIfIndex, ip);
    const table = this.dataplane.tables.find(prefix.v6 ? itf.table6 : itf.table4, prefix.v6);
    neighbor.hasRoute = true;
    table?.put(prefix, Source.ADJACENCY, pathList([path]));
  }

  private removeRoute({ ip, hasRoute }: Neighbor, tableId: number): void {
    if (!hasRoute) return;
    const prefix = parsePrefix(ip);
    this.dataplane.tables.find(tableId, prefix.v6)?.remove(keyOf(prefix), prefix.length, Source.ADJACENCY);
  }

  /** Sends both events: VPP sends that of the first version for a removal, too, without a word of what it is. */
  private publish(neighbor: Neighbor, change: number): void {
    const fields = { neighbor: neighborFields(neighbor) };
    this.dataplane.emit('ip_neighbor_event', fields);
    this.dataplane.emit('ip_neighbor_event_v2', { ...fields, flags: change });
  }
}

/** A neighbour as messages have it. */
export function neighborFields({ itf, ip, mac, flags }: Neighbor) {
  return { sw_if_index: itf.swIfIndex, flags, mac_address: mac, ip_address: ip };
}

const familyOf = (ip: string): 0 | 1 => (ip.includes(':') ? 1 : 0);
const keyAt = ({ swIfIndex }: Interface, ip: string) => `${swIfIndex} ${ip}`;
const isLinkLocal = (ip: string) => /^fe[89ab]/i.test(ip);
