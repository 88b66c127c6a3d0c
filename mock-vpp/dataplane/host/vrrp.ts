/** VRRP: virtual routers and their states. Nobody else is heard, so that a backup becomes master. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Interface } from '../interfaces/interface.js';
import { addressBytes, within } from '../l3/ip.js';
import { Pool } from '../pool.js';

export const VrState = { INIT: 0, BACKUP: 1, MASTER: 2, INTF_DOWN: 3 } as const;
export const VrFlag = { PREEMPT: 1, ACCEPT: 2, UNICAST: 4, IPV6: 8 } as const;
const ALL_FLAGS = 15;

/** Priority of a router that has the addresses itself. */
const OWNER = 255;
const CENTISECOND = 10;
const NO_TIMES = { master_adv_int: 0, skew: 0, master_down_int: 0 } as const;

/** In hundredths of a second. */
export interface Times {
  readonly master_adv_int: number;
  readonly skew: number;
  readonly master_down_int: number;
}

export interface Tracked {
  readonly swIfIndex: number;
  readonly priority: number;
}

export interface VirtualRouter {
  readonly index: number;
  readonly swIfIndex: number;
  readonly vrId: number;
  readonly v6: boolean;
  priority: number;
  /** Between advertisements, in hundredths of a second. */
  interval: number;
  flags: number;
  addresses: readonly string[];
  peers: readonly string[];
  tracked: readonly Tracked[];
  state: number;
  /** Set when it becomes a backup, and kept; all zero before. */
  times: Times;
  timer?: NodeJS.Timeout;
}

export class Vrrp {
  readonly routers = new Pool<VirtualRouter>();
  /** Routers that their interfaces still list by index. */
  private readonly left: VirtualRouter[] = [];

  constructor(private readonly dataplane: Dataplane) {}

  find(swIfIndex: number, vrId: number, v6: boolean): VirtualRouter | undefined {
    return [...this.routers.values()].find((vr) => vr.swIfIndex === swIfIndex && vr.vrId === vrId && vr.v6 === v6);
  }

  /** Adds a router; gives a number when VPP refuses it. */
  add(fields: Fields): VirtualRouter | number {
    const { swIfIndex, vrId, v6 } = keyOf(fields);
    if (this.find(swIfIndex, vrId, v6) !== undefined) return Retval.ENTRY_ALREADY_EXISTS;
    const refusal = this.refusalOf(fields);
    if (refusal !== Retval.OK) return refusal;
    return this.routers.add((index) => ({
      ...{ index, swIfIndex, vrId, v6, peers: [], tracked: [], state: VrState.INIT, times: NO_TIMES },
      ...configOf(fields),
    }));
  }

  /** Changes all of a router but what names it; one that runs is started again. */
  update(vr: VirtualRouter, fields: Fields): number {
    const { swIfIndex, vrId, v6 } = keyOf(fields);
    if (vr.swIfIndex !== swIfIndex || vr.vrId !== vrId || vr.v6 !== v6) return Retval.INVALID_ARGUMENT;
    const refusal = this.refusalOf(fields, vr);
    if (refusal !== Retval.OK) return refusal;
    const isRunning = vr.state !== VrState.INIT;
    if (isRunning) this.enter(vr, VrState.INIT);
    Object.assign(vr, configOf(fields));
    return isRunning ? this.start(vr) : Retval.OK;
  }

  /** Removes a router as it is: nobody is told, and addresses that it has given the interface stay. */
  remove(vr: VirtualRouter): void {
    clearTimeout(vr.timer);
    this.routers.remove(vr.index);
  }

  /** Removes a router by its index, as VPP does it: the list of its interface keeps the index. */
  removeButListed(vr: VirtualRouter): void {
    this.remove(vr);
    this.left.push(vr);
  }

  /** Whether the interface of a router lists one that is gone. */
  hasStale({ swIfIndex, v6 }: VirtualRouter): boolean {
    const isStale = (vr: VirtualRouter) => vr.swIfIndex === swIfIndex && vr.v6 === v6;
    return this.left.some((vr) => isStale(vr) && this.routers.get(vr.index) === undefined);
  }

  start(vr: VirtualRouter): number {
    if (vr.state !== VrState.INIT) return Retval.OK;
    if (vr.flags & VrFlag.UNICAST && vr.peers.length === 0) return Retval.INIT_FAILED;
    const itf = this.dataplane.interfaces.get(vr.swIfIndex);
    this.enter(vr, itf !== undefined && this.isUp(itf, vr.v6) ? firstState(vr) : VrState.INTF_DOWN);
    return Retval.OK;
  }

  stop(vr: VirtualRouter): void {
    this.enter(vr, VrState.INIT);
  }

  /** Follows an interface that has gone up or down, or whose addresses have changed. */
  follow(itf: Interface): void {
    for (const vr of [...this.routers.values()]) {
      if (vr.swIfIndex !== itf.swIfIndex || vr.state === VrState.INIT) continue;
      if (!this.isUp(itf, vr.v6)) this.enter(vr, VrState.INTF_DOWN);
      else if (vr.state === VrState.INTF_DOWN) this.enter(vr, firstState(vr));
    }
  }

  /** The priority that tracked interfaces take away while they are down. */
  lost({ tracked, v6 }: VirtualRouter): number {
    const isDown = ({ swIfIndex }: Tracked) => {
      const itf = this.dataplane.interfaces.get(swIfIndex);
      return itf === undefined || !this.isUp(itf, v6);
    };
    return tracked.filter(isDown).reduce((sum, { priority }) => sum + priority, 0);
  }

  /** Checks the configuration of a router, a new one or `own`. */
  private refusalOf(fields: Fields, own?: VirtualRouter): number {
    const { swIfIndex, v6 } = keyOf(fields);
    const addresses = fields.addrs as string[];
    if (addresses.length === 0) return Retval.INVALID_SRC_ADDRESS;
    const itf = this.dataplane.interfaceAt(swIfIndex);
    const has = (address: string) => itf.addresses.some(({ text }) => text.split('/')[0] === address);
    if (fields.priority === OWNER && !addresses.every(has)) return Retval.ADDRESS_NOT_FOUND_FOR_INTERFACE;
    const isTaken = (vr: VirtualRouter) =>
      vr !== own && vr.swIfIndex === swIfIndex && vr.v6 === v6 && vr.addresses.some((each) => addresses.includes(each));
    return [...this.routers.values()].some(isTaken) ? Retval.ADDRESS_IN_USE : Retval.OK;
  }

  private isUp(itf: Interface, v6: boolean): boolean {
    const { linkUp } = this.dataplane.interfaces.superOf(itf);
    return itf.adminUp && linkUp && itf.addresses.some((address) => address.v6 === v6);
  }

  private enter(vr: VirtualRouter, state: number): void {
    if (vr.state === state) return;
    const old = vr.state;
    clearTimeout(vr.timer);
    vr.state = state;
    if (state === VrState.BACKUP) {
      vr.times = timesOf(vr);
      vr.timer = setTimeout(() => this.enter(vr, VrState.MASTER), CENTISECOND * vr.times.master_down_int);
      vr.timer.unref();
    }
    this.dataplane.emit('vrrp_vr_event', {
      vr: { sw_if_index: vr.swIfIndex, vr_id: vr.vrId, is_ipv6: vr.v6 ? 1 : 0 },
      old_state: old,
      new_state: state,
    });
    if (old === VrState.MASTER || state === VrState.MASTER) this.moveAddresses(vr, state === VrState.MASTER);
  }

  /** A master that accepts packets gives its interface the addresses; an owner has them anyway. */
  private moveAddresses({ flags, priority, swIfIndex, addresses, v6 }: VirtualRouter, add: boolean): void {
    const itf = this.dataplane.interfaces.get(swIfIndex);
    if (!(flags & VrFlag.ACCEPT) || priority === OWNER || itf === undefined) return;
    for (const address of addresses) {
      const bytes = addressBytes(address);
      const near = itf.addresses.find((each) => each.v6 === v6 && within(bytes, each.bytes, each.length));
      const prefix = `${address}/${near?.length ?? (v6 ? 64 : 24)}`;
      if (add) this.dataplane.addresses.add(itf, prefix);
      else this.dataplane.addresses.remove(itf, prefix);
    }
  }
}

function timesOf({ interval, priority }: VirtualRouter): Times {
  const skew = Math.floor(((256 - priority) * interval) / 256);
  return { master_adv_int: interval, skew, master_down_int: 3 * interval + skew };
}

function keyOf({ sw_if_index, vr_id, flags }: Fields) {
  return { swIfIndex: Number(sw_if_index), vrId: Number(vr_id), v6: (Number(flags) & VrFlag.IPV6) !== 0 };
}

function configOf({ priority, interval, flags, addrs }: Fields) {
  return {
    ...{ priority: Number(priority), interval: Number(interval), flags: Number(flags) & ALL_FLAGS },
    addresses: addrs as string[],
  };
}

const firstState = ({ priority }: VirtualRouter) => (priority === OWNER ? VrState.MASTER : VrState.BACKUP);
