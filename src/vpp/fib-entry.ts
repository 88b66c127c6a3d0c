/** A route as VPP has it in its FIB, with names in place of VPP's numbers. */

import type { Channel, DetailsFields, Untyped } from '../mux/index.js';
import { type ExchangeOptions, NONE } from './exchange.js';
import { InterfaceTable } from './interface-table.js';
import { networkOf, prefixOf } from './ip-text.js';
import type { Messages } from './release.js';
import { RouteSources } from './route-sources.js';

/** A route of ip_route_details, and of its v2, which says the source. */
export type RouteDetails = DetailsFields<Messages, 'ip_route_dump'>['route'] &
  Partial<Pick<DetailsFields<Messages, 'ip_route_v2_dump'>['route'], 'src'>>;

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

/** The names that routes are shown with. */
export interface RouteNames {
  readonly interfaces: InterfaceTable;
  readonly sources: RouteSources;
}

export async function readRouteNames(channel: Channel<Untyped>, options: ExchangeOptions): Promise<RouteNames> {
  const [interfaces, sources] = await Promise.all([
    InterfaceTable.read(channel, options),
    RouteSources.read(channel, options),
  ]);
  return { interfaces, sources };
}

/** Destination of a route, without bits behind its length. */
export function prefixIn({ prefix }: RouteDetails): string {
  const found = prefixOf(prefix);
  return found === undefined ? prefix : networkOf(found);
}

/** The route with names; `prefix` is that of `prefixIn`. */
export function entryOf(route: RouteDetails, prefix: string, { interfaces, sources }: RouteNames): FibEntry {
  const source = route.src === undefined ? undefined : sources.nameOf(route.src);
  return {
    prefix,
    table: route.table_id,
    ...(source !== undefined && { source }),
    paths: routePathsOf(route, interfaces),
  };
}

/** The paths of a route, with names. */
export function routePathsOf({ paths }: RouteDetails, interfaces: Pick<InterfaceTable, 'nameOf'>): FibPath[] {
  return paths.map((path) => pathOf(path, interfaces));
}

function pathOf(path: RouteDetails['paths'][number], interfaces: Pick<InterfaceTable, 'nameOf'>): FibPath {
  const { sw_if_index: swIfIndex } = path;
  const type = PATH_NAMES[path.type] ?? String(path.type);
  const nextHop = nextHopOf(path);
  const labels = path.label_stack.slice(0, path.n_labels).map(({ label }) => label);
  const isLookedUp = type === 'via' && swIfIndex === NONE;
  return {
    type,
    ...(nextHop !== undefined && { nextHop }),
    ...(swIfIndex !== NONE && { interface: interfaces.nameOf(swIfIndex) }),
    ...(isLookedUp && { table: path.table_id }),
    weight: path.weight,
    preference: path.preference,
    ...(labels.length > 0 && { labels }),
  };
}

/** Reads the arm of the union that the path's protocol names. */
function nextHopOf(path: RouteDetails['paths'][number]): string | undefined {
  const hop = path.proto === 0 ? path.nh.address.ip4 : path.proto === 1 ? path.nh.address.ip6 : undefined;
  return hop === undefined || NO_ADDRESS.test(hop) ? undefined : hop;
}
