/**
 * The dataplane behind the handlers: the state that a VPP would have. Tests and demos change it directly; clients
 * get events about interfaces either way.
 */
import { Retval } from '../retvals.js';
import { Acls } from './acls.js';
import { Addresses } from './addresses.js';
import { BridgeDomains } from './bridge-domains.js';
import { Source } from './fib.js';
import { Indices } from './indices.js';
import { InterfaceEvents } from './interface-events.js';
import { type Interface, Interfaces } from './interfaces.js';
import { parsePrefix } from './ip.js';
import { L2Learning } from './l2-learning.js';
import { PathMtus } from './path-mtus.js';
import { ownPath, type PathLookups, PathProto, PathType, pathList } from './paths.js';
import { Tables } from './tables.js';
import { WireguardPeers } from './wireguard.js';

export interface LoopbackOptions {
  /** Default: VPP's own, de:ad:00:00:00:NN. */
  readonly mac?: string;
  /** N of loopN. Default: the lowest free one. */
  readonly instance?: number;
  /** Admin (and with it link) up. Default false. */
  readonly up?: boolean;
  /** Prefixes such as `192.0.2.1/24`. */
  readonly addresses?: readonly string[];
}

/** A transmit queue, for sw_interface_tx_placement_get. VPP without hardware has none; the mock has those that a test adds. */
export interface TxQueue {
  readonly swIfIndex: number;
  readonly queueId: number;
  readonly shared: boolean;
  readonly threads: readonly number[];
}

export class Dataplane implements PathLookups {
  readonly events = new InterfaceEvents();
  readonly interfaces = new Interfaces(this.events);
  /** Load-balance indices; VPP keeps 0 for itself. */
  readonly counters = new Indices(1);
  readonly tables = new Tables(this.counters);
  readonly addresses = new Addresses(this.interfaces, this.tables, this.counters);
  readonly bridges = new BridgeDomains();
  readonly acls = new Acls();
  readonly pathMtus = new PathMtus(this.tables);
  readonly txQueues: TxQueue[] = [];
  readonly l2Learning = new L2Learning();
  readonly wireguardPeers = new WireguardPeers();

  /** Adds a loopback and returns its sw_if_index. Throws RangeError when VPP would refuse it. */
  addLoopback(options: LoopbackOptions = {}): number {
    const itf = this.interfaces.addLoopback(options.mac, options.instance);
    if (itf === undefined) throw new RangeError(`no loopback with instance ${options.instance}: taken or too large`);
    if (options.up) this.setAdmin(itf.swIfIndex, true);
    for (const address of options.addresses ?? []) {
      const retval = this.addresses.add(itf, address);
      if (retval !== Retval.OK) throw new RangeError(`VPP would refuse ${address} on ${itf.name} with ${retval}`);
    }
    return itf.swIfIndex;
  }

  /** Deletes a loopback, with its addresses, routes, bridge membership and ACLs. */
  deleteLoopback(swIfIndex: number): number {
    const itf = this.interfaces.get(swIfIndex);
    if (itf?.deviceType !== 'Loopback') return Retval.INVALID_SW_IF_INDEX;
    this.addresses.removeAll(itf);
    this.setAdmin(swIfIndex, false);
    this.bridges.unbridge(swIfIndex);
    this.acls.forget(swIfIndex);
    this.interfaces.remove(itf);
    return Retval.OK;
  }

  setAdmin(swIfIndex: number, up: boolean): number {
    const itf = this.interfaces.get(swIfIndex);
    if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
    if (this.interfaces.setAdmin(itf, up)) this.addresses.followAdmin(itf);
    return Retval.OK;
  }

  /** Pulls the cable of an interface, or plugs it in. Throws RangeError for an unknown interface. */
  setLink(swIfIndex: number, up: boolean): void {
    this.interfaces.setLink(this.interfaceAt(swIfIndex), up);
  }

  interfaceAt(swIfIndex: number): Interface {
    const itf = this.interfaces.get(swIfIndex);
    if (itf === undefined) throw new RangeError(`no interface with sw_if_index ${swIfIndex}`);
    return itf;
  }

  /**
   * Adds `count` IPv4 host routes to table 0, from `from` upwards, all through one next hop: material for
   * long dumps. At most 16 million.
   */
  addRoutes(count: number, options: { from?: string; nextHop?: string; swIfIndex?: number } = {}): void {
    const table = this.tables.find(0, false)!;
    const hop = ownPath(PathProto.IP4, PathType.NORMAL, options.swIfIndex ?? 1, options.nextHop ?? '10.9.0.2');
    const paths = pathList([hop]);
    const first = Buffer.from(parsePrefix(options.from ?? '100.0.0.0').bytes).readInt32BE(0);
    for (let i = 0; i < count; i++) table.set((first + i) | 0, 32, Source.API, paths);
  }

  hasInterface(swIfIndex: number): boolean {
    return this.interfaces.get(swIfIndex) !== undefined;
  }

  hasTable(tableId: number, v6: boolean): boolean {
    return this.tables.find(tableId, v6) !== undefined;
  }
}
