/** Tunnels of one kind: an interface each, told apart by a key of their ends. */
import type { Dataplane } from '../dataplane.js';
import { parsePrefix } from '../l3/ip.js';
import { Pool } from '../pool.js';
import type { FibTable } from '../routing/fib.js';
import { type LookedUp, NO_INTERFACE } from '../routing/paths.js';
import type { Tables } from '../routing/tables.js';
import type { FloodClass, Interface } from './interface.js';
import type { NewHardware } from './interfaces.js';

export interface Tunnel {
  /** The peer, where VPP looks it up from the beginning. */
  readonly hops: readonly LookedUp[];
  readonly index: number;
  readonly itf: Interface;
  readonly key: string;
}

export class Tunnels<T extends Tunnel> {
  private readonly pool = new Pool<T>();
  private readonly byKey = new Map<string, T>();
  private readonly byInterface = new Map<number, T>();

  constructor(private readonly tables: Tables) {}

  /** Index that the next tunnel gets. */
  get nextIndex(): number {
    return this.pool.nextIndex;
  }

  values(): T[] {
    return [...this.pool.values()];
  }

  find(key: string): T | undefined {
    return this.byKey.get(key);
  }

  /** The tunnel of an interface. */
  at(swIfIndex: number): T | undefined {
    return this.byInterface.get(swIfIndex);
  }

  /** The tunnels that a dump asks for by an interface; by ~0, all. */
  asked(swIfIndex: number): T[] {
    if (swIfIndex === NO_INTERFACE) return this.values();
    const tunnel = this.at(swIfIndex);
    return tunnel === undefined ? [] : [tunnel];
  }

  add(make: (index: number) => T): T {
    const made = this.pool.add(make);
    this.byKey.set(made.key, made);
    this.byInterface.set(made.itf.swIfIndex, made);
    this.tables.acquire(made);
    return made;
  }

  forget({ swIfIndex }: Interface): void {
    const tunnel = this.at(swIfIndex);
    if (tunnel === undefined) return;
    this.pool.remove(tunnel.index);
    this.byKey.delete(tunnel.key);
    this.byInterface.delete(swIfIndex);
    this.tables.release(tunnel);
  }
}

/** Tunnels of a driver that deletes no interface, but hides that of a deleted tunnel, for the next one. */
export class HidingTunnels<T extends Tunnel> extends Tunnels<T> {
  private readonly hidden: Interface[] = [];

  /** The interface hidden last, or a new one. */
  takeInterface(dataplane: Dataplane, hardware: NewHardware): Interface {
    const itf = this.hidden.pop();
    if (itf === undefined) return dataplane.addInterface(hardware);
    dataplane.reuseInterface(itf);
    return itf;
  }

  remove(dataplane: Dataplane, { itf }: T): void {
    this.forget(itf);
    dataplane.hideInterface(itf);
    this.hidden.push(itf);
  }
}

/** MAC address of a tunnel's interface, for those drivers that number them. */
export function tunnelMac(index: number): string {
  const octets = [index >> 8, index].map((part) => (part & 255).toString(16).padStart(2, '0'));
  return `d0:0b:ee:d0:${octets.join(':')}`;
}

export const isV6 = (address: string) => address.includes(':');
export const isMulticast = (address: string) => (parsePrefix(address).bytes[0] ?? 0) >= (isV6(address) ? 0xff : 224);

/** Class of a tunnel in a bridge domain. */
export const tunnelFlood = (peer: string): FloodClass => (isMulticast(peer) ? 'group' : 'tunnel');

/** The peer of a tunnel as a next hop; a group is none. */
export function peerHops(address: string, tableId: number): LookedUp[] {
  return isMulticast(address) ? [] : [{ tableId, v6: isV6(address), address }];
}

/**
 * The table of IPv6 that drivers find which look an id up among the tables of IPv4 only: the one with the same index.
 * VPP dies where there is none.
 */
export function counterpartOf({ tables }: Dataplane, tableId: number): FibTable | undefined {
  const index = tables.find(tableId, false)?.index;
  return [...tables.values()].find((table) => table.v6 && table.index === index);
}
