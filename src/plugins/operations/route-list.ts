/** What route.list reads: the routes of a table, with names in place of VPP's numbers. */

import { fault } from '../../agent/operations/fault.js';
import type { Fields } from '../../mux/index.js';
import { didYouMean, nearest } from '../../nearest.js';
import { type InterfaceTable, NO_INTERFACE } from './interface-table.js';
import { isWithin, networkOf, prefixOf } from './ip-text.js';
import type { VppCall } from './vpp-call.js';

/** VPP's numbers for what a path does, as their place here. */
const TYPES = [
  ...['via', 'local', 'drop', 'udp-encap', 'bier-imp', 'unreachable', 'prohibit'],
  ...['source-lookup', 'dvr', 'interface-rx', 'classify'],
];
const NO_ADDRESS = /^(0\.0\.0\.0|::)$/;

/** Who put routes in: names by VPP's number. Empty for a VPP that does not say so. */
export class RouteSources {
  readonly #names: ReadonlyMap<number, string>;

  static async read(vpp: VppCall): Promise<RouteSources> {
    if (!vpp.has('fib_source_dump') || !vpp.has('ip_route_v2_dump')) return new RouteSources([]);
    return new RouteSources(await vpp.dump('fib_source_dump'));
  }

  constructor(dump: readonly Fields[]) {
    const sources = dump.map(({ src }) => src as Fields);
    this.#names = new Map(sources.map(({ id, name }) => [Number(id), String(name)]));
  }

  nameOf(id: unknown): string | undefined {
    return this.#names.get(Number(id));
  }

  /** Throws ENOENT, and ENOTSUP where nobody knows. */
  find(name: string): number {
    if (this.#names.size === 0)
      throw fault('ENOTSUP', 'this VPP does not say who put its routes in', { path: 'source' });
    for (const [id, each] of this.#names) if (each.toLowerCase() === name.toLowerCase()) return id;
    const hint = didYouMean(nearest(name, this.#names.values()));
    throw fault('ENOENT', `this VPP has no source of routes "${name}"${hint}`, { path: 'source' });
  }
}

export interface RouteQuery {
  readonly table: number;
  readonly v6: boolean;
  /** Id of a source; 0: all. */
  readonly source: number;
  readonly within?: string;
}

/** Calls `take` for each route as VPP has it. An unknown table has none. */
export async function eachRoute(
  vpp: VppCall,
  { table, v6, source, within }: RouteQuery,
  take: (route: Fields, prefix: string) => void,
): Promise<void> {
  const fields = { table: { table_id: table, is_ip6: v6 } };
  const message = vpp.newest('ip_route_v2_dump', 'ip_route_dump');
  await vpp.each(message, message === 'ip_route_dump' ? fields : { ...fields, src: source }, ({ route }) => {
    const { prefix } = route as Fields;
    const found = prefixOf(String(prefix));
    const network = found === undefined ? String(prefix) : networkOf(found);
    if (within === undefined || isWithin(network, within)) take(route as Fields, network);
  });
}

/** One route for people. */
export function shownRoute(route: Fields, prefix: string, interfaces: InterfaceTable, sources: RouteSources) {
  const source = sources.nameOf(route.src);
  return {
    prefix,
    table: Number(route.table_id),
    ...(source !== undefined && { source }),
    paths: (route.paths as Fields[]).map((path) => shownPath(path, interfaces)),
  };
}

function shownPath(path: Fields, interfaces: InterfaceTable) {
  const swIfIndex = Number(path.sw_if_index);
  const type = TYPES[Number(path.type)] ?? String(path.type);
  const nextHop = nextHopOf(path);
  const labels = (path.label_stack as Fields[]).slice(0, Number(path.n_labels)).map(({ label }) => Number(label));
  const isLookedUp = type === 'via' && swIfIndex === NO_INTERFACE;
  return {
    type,
    ...(nextHop !== undefined && { nextHop }),
    ...(swIfIndex !== NO_INTERFACE && { interface: interfaces.nameOf(swIfIndex) }),
    ...(isLookedUp && { table: Number(path.table_id) }),
    weight: Number(path.weight),
    preference: Number(path.preference),
    ...(labels.length > 0 && { labels }),
  };
}

/** Of the arms of the union, that of the path's protocol. */
function nextHopOf({ proto, nh }: Fields): string | undefined {
  const arms = (nh as Fields).address as Fields | undefined;
  const arm = proto === 0 ? arms?.ip4 : proto === 1 ? arms?.ip6 : undefined;
  return typeof arm === 'string' && !NO_ADDRESS.test(arm) ? arm : undefined;
}
