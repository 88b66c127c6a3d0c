/** A route as a program gives it: an object, or a line of text for files and pipes (`route-line.ts`). */

import { MAX_INDEX } from './exchange.js';
import type { InterfaceRef } from './interface-table.js';

/** VPP's numbers for what a path does with a packet. */
export const PATH_TYPES = { via: 0, local: 1, drop: 2, unreachable: 5, prohibit: 6 } as const;

/** Ranges of a route's numbers, both ends included. */
export const RANGES = {
  table: { min: 0, max: MAX_INDEX },
  weight: { min: 1, max: 255 },
  preference: { min: 0, max: 255 },
} as const;

export interface RoutePath {
  /**
   * `via`: to a next hop or out of an interface; `local`: to VPP itself; `drop`; `unreachable` and `prohibit`: answered with that ICMP
   * error. Default `via`.
   */
  readonly type?: keyof typeof PATH_TYPES;
  /** Address of the next hop. */
  readonly nextHop?: string;
  /** Interface that packets go out of. Without it the next hop is looked up in `table`. */
  readonly interface?: InterfaceRef;
  /** IP table in which a next hop without an interface is looked up. Default 0. */
  readonly table?: number;
  /** Share of the traffic among the paths of one preference, 1 to 255. Default 1. */
  readonly weight?: number;
  /** Only the paths with the lowest are used, 0 to 255. Default 0. */
  readonly preference?: number;
}

export interface Route {
  /** Destination, `192.0.2.0/24` or `2001:db8::/32`. Bits behind the length do not count. */
  readonly prefix: string;
  /** IP table. Default 0. */
  readonly table?: number;
  /** Default: none, which only a removal allows. */
  readonly paths?: readonly RoutePath[];
}
