/** Pairs of interfaces and their mirrors in the host's kernel, as VPP's linux-cp keeps them. There is no host. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface, SubInterface } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import { ownPath, PathProto, PathType, pathList } from '../../dataplane/routing/paths.js';
import { Retval } from '../../retvals.js';
import { punts } from '../l3/punts.js';
import { createSubInterface, SubFlag, subInterfaces } from './sub-interfaces.js';
import { createTap, taps } from './taps.js';

export const HostType = { TAP: 0, TUN: 1 } as const;

/** Letters of a host interface's name; 15 of them at most. */
const HOST_NAME = /^[a-zA-Z0-9_%@:.-]{0,15}$/;

/** Taps of pairs have ids from here on. */
const FIRST_TAP = 4096;
/** MTU of the tap of an interface without an MTU. */
const DEFAULT_MTU = 9216;
const RING = 256;
const TUN_FLAG = 16;

export interface LcpPair {
  readonly index: number;
  readonly phy: number;
  readonly host: number;
  /** Index of the interface in the host's kernel. */
  readonly vif: number;
  readonly hostName: string;
  readonly hostType: number;
  readonly netns: string;
  /** Whether a replacement has begun, and the pair was not made since. */
  isStale: boolean;
}

export class LcpPairs {
  readonly pool = new Pool<LcpPair>();
  /** Network namespace of pairs that are made without one. */
  defaultNetns = '';
  syncUnnumbered = true;
  readonly ethertypes = new Set<number>();
  readonly osiProtocols = new Set<number>();
  private readonly byPhy = new Map<number, LcpPair>();
  private nextVif = 2;

  constructor(private readonly dataplane: Dataplane) {}

  at(phy: number): LcpPair | undefined {
    return this.byPhy.get(phy);
  }

  /** Makes a pair; gives a number when VPP refuses it. */
  add(phy: Interface, fields: Fields): LcpPair | number {
    if (this.byPhy.has(phy.swIfIndex)) return Retval.VALUE_EXIST;
    const hostName = String(fields.host_if_name);
    if (!HOST_NAME.test(hostName)) return Retval.INVALID_ARGUMENT;
    const hostType = Number(fields.host_if_type) === HostType.TUN ? HostType.TUN : HostType.TAP;
    if (!phy.device.isEthernet && hostType === HostType.TAP) return Retval.INVALID_ARGUMENT;
    const netns = String(fields.netns) || this.defaultNetns;
    const host = phy.sub === undefined ? this.tap(phy, hostName, hostType, netns) : this.subOfTap(phy, phy.sub);
    if (typeof host === 'number') return host;
    this.dataplane.setAdmin(host.swIfIndex, true);
    const swIfIndex = host.swIfIndex;
    const pair = this.pool.add((index) => ({
      ...{ index, phy: phy.swIfIndex, host: swIfIndex, vif: this.nextVif++ },
      ...{ hostName, hostType, netns, isStale: false },
    }));
    this.byPhy.set(pair.phy, pair);
    const redirects = this.dataplane.of(punts);
    for (const proto of [PathProto.IP4, PathProto.IP6]) {
      redirects[proto].set(pair.phy, pathList([ownPath(proto, PathType.NORMAL, swIfIndex)]));
    }
    return pair;
  }

  /** Takes a pair away, with its interface to the host. */
  remove({ index, phy, host }: LcpPair): void {
    this.byPhy.delete(phy);
    this.pool.remove(index);
    for (const redirects of this.dataplane.of(punts)) redirects.delete(phy);
    const itf = this.dataplane.interfaces.get(host);
    if (itf !== undefined) this.dataplane.deleteInterface(itf);
  }

  markStale(): void {
    for (const pair of this.pool.values()) pair.isStale = true;
  }

  removeStale(): void {
    for (const pair of [...this.pool.values()]) if (pair.isStale) this.remove(pair);
  }

  private tap(phy: Interface, hostName: string, hostType: number, netns: string): Interface | number {
    const state = this.dataplane.of(taps);
    const isTun = hostType === HostType.TUN;
    const [mtu] = phy.mtu;
    const tap = createTap(this.dataplane, state, {
      ...{ id: state.freeId(FIRST_TAP), use_random_mac: true, tag: '', tap_flags: isTun ? TUN_FLAG : 0 },
      ...{ num_rx_queues: 1, num_tx_queues: 1, rx_ring_sz: RING, tx_ring_sz: RING },
      ...{ host_if_name_set: true, host_if_name: hostName },
      ...{ host_mac_addr_set: !isTun, host_mac_addr: phy.mac },
      ...{ host_mtu_set: mtu !== 0, host_mtu_size: mtu },
      ...{ host_namespace_set: netns !== '', host_namespace: netns },
    });
    if (typeof tap !== 'number') tap.mtu = [mtu || DEFAULT_MTU, ...tap.mtu.slice(1)];
    return tap;
  }

  /** A sub-interface needs the pair of what it is on, and one with two tags that of the outer tag as well. */
  private subOfTap(phy: Interface, sub: SubInterface): Interface | number {
    if ((sub.flags & SubFlag.EXACT_MATCH) === 0) return Retval.INVALID_ARGUMENT;
    const parent = this.byPhy.get(phy.supSwIfIndex);
    if (parent === undefined) return Retval.INVALID_SW_IF_INDEX;
    if (sub.innerVlan !== 0 && !this.hasOuter(phy, sub)) return Retval.INVALID_ARGUMENT;
    const tap = this.dataplane.interfaces.get(parent.host);
    if (tap === undefined) return Retval.INVALID_ARGUMENT;
    const made = createSubInterface(this.dataplane, this.dataplane.of(subInterfaces), tap, sub);
    return made.retval ? Retval.INVALID_ARGUMENT : this.dataplane.interfaceAt(Number(made.sw_if_index));
  }

  private hasOuter({ supSwIfIndex }: Interface, { outerVlan, flags }: SubInterface): boolean {
    const isOuter = ({ sub }: Interface) =>
      sub?.outerVlan === outerVlan && sub.innerVlan === 0 && ((sub.flags ^ flags) & SubFlag.DOT1AD) === 0;
    const all = this.dataplane.interfaces.subsOf(this.dataplane.interfaceAt(supSwIfIndex));
    return all.some((itf) => isOuter(itf) && this.byPhy.has(itf.swIfIndex));
  }
}
