/** Reads the routes of an IP table as VPP has them in its FIB, with names in place of VPP's numbers. */

import type { Channel, Fields } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, NONE, newest } from './exchange.js';
import { InterfaceTable } from './interface-table.js';
import { isV6, isWithin, networkOf, prefixOf } from './ip-text.js';
import { VERSIONS } from './messages.js';
import { RouteSources } from './route-sources.js';

/** VPP's names for what a path does, by its number. */
const PATH_NAMES = [
  ...['via', 'local', 'drop', 'udp-encap', 'bier-imp', 'unreachable', 'prohibit'],
  ...['source-lookup', 'dvr', 'interface-rx', 'classify'],
];
const NO_ADDRESS = /^(0\.0\.0\.0|::)$/;

/** A route in VPP's FIB (`ip_route_v2_details`). */
export interface FibEntry {
  /** Destination without bits behind the length: `192.0.2.0/24`. */
  readonly prefix: string;
  /** IP table. */
  readonly table: number;
  /** Name of the source that has put it in: `API`, `CLI`, `interface`, …; undefined of a VPP that does not say. */
  readonly source?: string;
  readonly paths: FibPath[];
}

export interface FibPath {
  /** `via`, `local`, `drop`, `unreachable`, `prohibit`, or a rarer one of VPP. */
  readonly type: string;
  /** Address of the next hop, of a path that has one. */
  readonly nextHop?: string;
  /** Name of the interface that packets go out of. */
  readonly interface?: string;
  /** IP table in which a next hop without an interface is looked up; undefined for all other paths. */
  readonly table?: number;
  /** Share of the traffic among the paths of one preference. */
  readonly weight: number;
  /** Only the paths with the lowest are used. */
  readonly preference: number;
  /** MPLS labels, the outermost first; undefined without any. */
  readonly labels?: number[];
}

export interface RouteQuery extends ExchangeOptions {
  /** IP table. One that is not there has no routes. Default 0. */
  readonly table?: number;
  /** Default: both. */
  readonly family?: 'ip4' | 'ip6';
  /** Prefix: only the routes within it. */
  readonly within?: string;
  /** Name of a source, in upper or lower case: only its routes. */
  readonly source?: string;
  /** Routes that are given; all are counted. Default: no limit. */
  readonly limit?: number;
}

export interface RouteList {
  /** The routes in VPP's order: IPv4 first, short prefixes first. */
  readonly routes: FibEntry[];
  /** All that fit the query, beyond the limit too. */
  readonly total: number;
}

/**
 * Lists the routes of an IP table (`ip_route_v2_dump`, or `ip_route_dump` of a VPP that lacks it; `fib_source_dump`). Rejects with INVALID
 * for a `within` that is no prefix, NOT_FOUND for an unknown `source`, NOT_SUPPORTED for any `source` where VPP does not say.
 */
export async function list(
  channel: Channel,
  { table = 0, family, within, source, limit = Number.POSITIVE_INFINITY, ...options }: RouteQuery = {},
): Promise<RouteList> {
  const network = within === undefined ? undefined : networkIn(within);
  const [interfaces, sources] = await Promise.all([
    InterfaceTable.read(channel, options),
    RouteSources.read(channel, options),
  ]);
  const src = source === undefined ? 0 : sources.find(source);
  const message = newest(channel, VERSIONS.routeDump);
  const routes: FibEntry[] = [];
  let total = 0;
  for (const v6 of familiesOf(family, network)) {
    const asked = { table: { table_id: table, is_ip6: v6 } };
    const fields = message === 'ip_route_dump' ? asked : { ...asked, src };
    // One by one, because there may be a million of them.
    await channel
      .dump(message, fields, options)
      .observe()
      .forEach((details) => {
        const route = details.route as Fields;
        const prefix = prefixIn(route);
        if (network !== undefined && !isWithin(prefix, network)) return;
        if (++total <= limit) routes.push(entryOf(route, prefix, interfaces, sources));
      });
  }
  return { routes, total };
}

function networkIn(within: string): string {
  const prefix = prefixOf(within);
  if (prefix !== undefined) return networkOf(prefix);
  throw new ObjectError('INVALID', 'route', `"${within}" is no prefix, such as 192.0.2.0/24`, { path: 'within' });
}

function familiesOf(family: 'ip4' | 'ip6' | undefined, within: string | undefined): boolean[] {
  return [false, true].filter(
    (v6) => (family === undefined || v6 === (family === 'ip6')) && (within === undefined || v6 === isV6(within)),
  );
}

function prefixIn(route: Fields): string {
  const found = prefixOf(String(route.prefix));
  return found === undefined ? String(route.prefix) : networkOf(found);
}

function entryOf(route: Fields, prefix: string, interfaces: InterfaceTable, sources: RouteSources): FibEntry {
  const source = sources.nameOf(route.src);
  return {
    prefix,
    table: Number(route.table_id),
    ...(source !== undefined && { source }),
    paths: (route.paths as Fields[]).map((path) => pathOf(path, interfaces)),
  };
}

function pathOf(path: Fields, interfaces: InterfaceTable): FibPath {
  const swIfIndex = Number(path.sw_if_index);
  const type = PATH_NAMES[Number(path.type)] ?? String(path.type);
  const nextHop = nextHopOf(path);
  const labels = (path.label_stack as Fields[]).slice(0, Number(path.n_labels)).map(({ label }) => Number(label));
  const isLookedUp = type === 'via' && swIfIndex === NONE;
  return {
    type,
    ...(nextHop !== undefined && { nextHop }),
    ...(swIfIndex !== NONE && { interface: interfaces.nameOf(swIfIndex) }),
    ...(isLookedUp && { table: Number(path.table_id) }),
    weight: Number(path.weight),
    preference: Number(path.preference),
    ...(labels.length > 0 && { labels }),
  };
}

/** Reads the arm of the union that the path's protocol names. */
function nextHopOf({ proto, nh }: Fields): string | undefined {
  const arms = (nh as Fields).address as Fields | undefined;
  const arm = proto === 0 ? arms?.ip4 : proto === 1 ? arms?.ip6 : undefined;
  return typeof arm === 'string' && !NO_ADDRESS.test(arm) ? arm : undefined;
}
