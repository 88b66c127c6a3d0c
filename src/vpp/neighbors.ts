/** Lists the neighbours of interfaces, IPv4 and IPv6: `neighbors` of the door. */

import type { Channel, DetailsFields, Untyped } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, NONE, typed } from './exchange.js';
import { type InterfaceRef, InterfaceTable } from './interface-table.js';
import { addressOf, isV6, sortKeyOf } from './ip-text.js';
import { Page } from './page.js';
import type { Messages } from './release.js';

type NeighborDetails = DetailsFields<Messages, 'ip_neighbor_dump'>;

const STATIC = 1;
const NO_FIB_ENTRY = 2;

/** A neighbour (`ip_neighbor_details`). */
export interface Neighbor {
  /** IP address. */
  readonly address: string;
  readonly mac: string;
  /** Name of the interface that it is behind, and its sw_if_index. */
  readonly interface: string;
  readonly swIfIndex: number;
  /** Entered by somebody, not learnt. */
  readonly isStatic: boolean;
  /** Whether packets to it have a route of their own. */
  readonly hasRoute: boolean;
  /** Seconds since it was learnt or confirmed. */
  readonly age: number;
}

export interface NeighborQuery extends ExchangeOptions {
  /** Only those behind this interface. */
  readonly interface?: InterfaceRef;
  /** Default: both. */
  readonly family?: 'ip4' | 'ip6';
  /** Neighbours that are given; all are counted. Default: no limit, and VPP's order. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface NeighborList {
  /** IPv4 first; with a limit by address, then by sw_if_index. */
  readonly neighbors: Neighbor[];
  /** All that fit the query, beyond the limit too. */
  readonly total: number;
  /** The `after` of the next page, as `192.0.2.1 3`; undefined where this is the last one. */
  readonly next?: string;
}

/**
 * Lists neighbours (`ip_neighbor_dump`, `sw_interface_dump`). VPP always sends all of them; no more than a page is kept. Rejects with
 * NOT_FOUND for an unknown interface, INVALID for an `after` that is none.
 */
export async function list(channel: Channel<Untyped>, query: NeighborQuery = {}): Promise<NeighborList> {
  const { interface: ref, family, limit = Number.POSITIVE_INFINITY, after, ...options } = query;
  const page = new Page<Neighbor>(limit, after === undefined ? undefined : keyOfCursor(after));
  const interfaces = await InterfaceTable.read(channel, options);
  const sw_if_index = ref === undefined ? NONE : interfaces.find(ref).swIfIndex;
  for (const af of [0, 1]) {
    if (family !== undefined && (family === 'ip6') !== (af === 1)) continue;
    await typed(channel)
      .dump('ip_neighbor_dump', { sw_if_index, af }, options)
      .observe()
      .forEach(({ neighbor, age }) => {
        const key = keyOf(neighbor.ip_address, neighbor.sw_if_index);
        page.offer(key, () => neighborOf(neighbor, age, interfaces));
      });
  }
  const { values: neighbors, hasMore } = page.read();
  const last = neighbors.at(-1);
  return {
    neighbors,
    total: page.total,
    ...(hasMore && last !== undefined && { next: `${last.address} ${last.swIfIndex}` }),
  };
}

function neighborOf(
  { sw_if_index: swIfIndex, flags, mac_address, ip_address }: NeighborDetails['neighbor'],
  age: number,
  interfaces: InterfaceTable,
): Neighbor {
  return {
    address: ip_address,
    mac: mac_address,
    interface: interfaces.nameOf(swIfIndex),
    swIfIndex,
    isStatic: (flags & STATIC) !== 0,
    hasRoute: (flags & NO_FIB_ENTRY) === 0,
    age,
  };
}

const keyOf = (address: string, swIfIndex: number) =>
  `${sortKeyOf({ address, length: isV6(address) ? 128 : 32 })} ${String(swIfIndex).padStart(10, '0')}`;

function keyOfCursor(after: string): string {
  const [text, index = '', ...rest] = after.split(' ');
  const address = addressOf(text);
  if (address !== undefined && /^\d{1,10}$/.test(index) && rest.length === 0) return keyOf(address, Number(index));
  throw new ObjectError('INVALID', 'neighbour', `"${after}" is not what a page before gave as next`, { path: 'after' });
}
