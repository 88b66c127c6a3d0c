/**
 * One IP table: routes by prefix length and address, each with the paths of its best source.
 *
 * Keys are of the kinds that a Map finds fastest: for IPv4 the address as a signed 32-bit integer, for IPv6 its
 * sixteen bytes as a latin1 string. Walking goes from short to long prefixes, as VPP's does.
 */
import type { Indices } from '../indices.js';
import { masked, type Prefix, parsePrefix } from '../l3/ip.js';
import { NO_INTERFACE, ownPath, type Path, type PathList, PathProto, PathType, pathList } from './paths.js';

/** Sources of routes (fib_source of VPP 26.06); of several, the smallest number is in effect. */
export const Source = {
  SPECIAL: 1,
  PROXY: 3,
  INTERFACE: 4,
  SR: 5,
  API: 8,
  CLI: 9,
  ND_PROXY: 13,
  ADJACENCY: 15,
  RECURSIVE: 18,
  DEFAULT_ROUTE: 20,
} as const;

export type Key = number | string;

export interface Route {
  readonly key: Key;
  readonly length: number;
  readonly statsIndex: number;
  /** The prefix's address with the host bits that it was made with, where there are any: VPP gives these back. */
  readonly given?: Key;
  /** The source in effect, and its paths. */
  source: number;
  paths: PathList;
  /** The other sources, when there are any. */
  others?: Map<number, PathList>;
}

/** Paths that drop, for IPv4 and IPv6. */
export const DROP: readonly [PathList, PathList] = [
  pathList([ownPath(PathProto.IP4, PathType.DROP)]),
  pathList([ownPath(PathProto.IP6, PathType.DROP)]),
];

export class FibTable {
  readonly name: string;
  /** Whether it was deleted while something used it; it goes with the last that does. */
  isDeleted = false;
  /** Next hops that routes look up here → how many do. */
  private readonly lookedUp = new Map<Key, number>();
  private readonly byLength: (Map<Key, Route> | undefined)[] = [];
  /** Routes of clients that have not been set since `mark`. */
  private marked?: Set<Route>;

  constructor(
    readonly tableId: number,
    readonly v6: boolean,
    name: string,
    /** VPP's internal number, shown by its CLI. */
    readonly index: number,
    private readonly counters: Indices,
  ) {
    this.name = name !== '' ? name : `ipv${v6 ? 6 : 4}-VRF:${tableId | 0}`;
    const drop = DROP[v6 ? 1 : 0];
    if (v6) {
      this.put(parsePrefix('::/0'), Source.DEFAULT_ROUTE, drop);
      const linkLocal = pathList([ownPath(PathProto.IP6, PathType.NORMAL)]);
      this.put(parsePrefix('fe80::/10'), Source.SPECIAL, linkLocal);
      return;
    }
    this.put(parsePrefix('0.0.0.0/0'), Source.DEFAULT_ROUTE, drop);
    this.put(parsePrefix('0.0.0.0/32'), Source.DEFAULT_ROUTE, drop);
    this.put(parsePrefix('240.0.0.0/4'), Source.SPECIAL, drop);
    this.put(parsePrefix('224.0.0.0/4'), Source.SPECIAL, drop);
    this.put(parsePrefix('255.255.255.255/32'), Source.DEFAULT_ROUTE, drop);
  }

  /** Gives a next hop that another route looks up a route of its own. */
  acquire(address: string): void {
    const prefix = parsePrefix(address);
    const key = keyOf(prefix);
    const users = this.lookedUp.get(key) ?? 0;
    this.lookedUp.set(key, users + 1);
    // Its paths are those of the route that covers it, found when it is dumped.
    if (users === 0) this.set(key, prefix.length, Source.RECURSIVE, DROP[this.v6 ? 1 : 0]);
  }

  /** Takes it away again with the last route that looks it up. */
  release(address: string): void {
    const prefix = parsePrefix(address);
    const key = keyOf(prefix);
    const users = this.lookedUp.get(key) ?? 0;
    if (users > 1) this.lookedUp.set(key, users - 1);
    else if (this.lookedUp.delete(key)) this.remove(key, prefix.length, Source.RECURSIVE);
  }

  get size(): number {
    return this.byLength.reduce((sum, routes) => sum + (routes?.size ?? 0), 0);
  }

  find(key: Key, length: number): Route | undefined {
    return this.byLength[length]?.get(key);
  }

  /** The route of a prefix, or with `isExact` false of the longest one around it. */
  lookup({ v6, bytes, length }: Prefix, isExact: boolean): Route | undefined {
    for (let shorter = length; shorter >= 0; shorter--) {
      const route = this.find(keyOf({ v6, bytes, length: shorter }), shorter);
      if (route !== undefined) return this.resolved(route);
      if (isExact) return undefined;
    }
    return undefined;
  }

  /** Sets the paths of one source, making the route if need be. `given`: the key with its host bits. */
  set(key: Key, length: number, source: number, paths: PathList, given = key): Route {
    let routes = this.byLength[length];
    if (routes === undefined) routes = this.byLength[length] = new Map();
    const route = routes.get(key);
    if (route === undefined) {
      const statsIndex = this.counters.take();
      const made: Route =
        given === key ? { key, length, statsIndex, source, paths } : { key, given, length, statsIndex, source, paths };
      routes.set(key, made);
      return made;
    }
    if (source === Source.API) this.marked?.delete(route);
    if (source === route.source) route.paths = paths;
    else {
      route.others ??= new Map();
      if (source > route.source) route.others.set(source, paths);
      else {
        route.others.delete(source);
        route.others.set(route.source, route.paths);
        route.source = source;
        route.paths = paths;
      }
    }
    return route;
  }

  /** Marks all routes of clients. */
  mark(): void {
    const all = this.byLength.flatMap((routes) => [...(routes?.values() ?? [])]);
    this.marked = new Set(all.filter(({ source, others }) => source === Source.API || others?.has(Source.API)));
  }

  /** Removes the routes of clients that have not been set since `mark`, and gives the paths that they had. */
  sweep(): PathList[] {
    const gone = [...(this.marked ?? [])];
    this.marked = undefined;
    return gone.flatMap(({ key, length }) => {
      const paths = this.pathsOf(key, length, Source.API);
      this.remove(key, length, Source.API);
      return paths ?? [];
    });
  }

  put(prefix: Prefix, source: number, paths: PathList): Route {
    return this.set(keyOf(prefix), prefix.length, source, paths, keyOfBytes(prefix.bytes));
  }

  /** The paths that `source` gave this prefix. */
  pathsOf(key: Key, length: number, source: number): PathList | undefined {
    const route = this.find(key, length);
    return route?.source === source ? route.paths : route?.others?.get(source);
  }

  /** Removes one source; the route goes with its last. */
  remove(key: Key, length: number, source: number): void {
    const routes = this.byLength[length];
    const route = routes?.get(key);
    if (routes === undefined || route === undefined) return;
    if (source === Source.API) this.marked?.delete(route);
    if (route.source !== source) {
      route.others?.delete(source);
      return;
    }
    if (route.others !== undefined && route.others.size > 0) {
      route.source = Math.min(...route.others.keys());
      route.paths = route.others.get(route.source)!;
      route.others.delete(route.source);
      return;
    }
    routes.delete(key);
    this.counters.giveBack(route.statsIndex);
  }

  /** Walks all routes, short prefixes first. Those that come or go meanwhile may be seen or not. */
  *walk(source = 0): Generator<Route, void, undefined> {
    for (const routes of this.byLength) {
      if (routes === undefined) continue;
      for (const route of routes.values()) {
        if (source !== 0 && route.source !== source) continue;
        yield this.resolved(route);
      }
    }
  }

  /** The route with its paths; those of a looked up next hop are found now. */
  private resolved(route: Route): Route {
    return route.source === Source.RECURSIVE ? { ...route, paths: this.coveringPaths(route) } : route;
  }

  /** The paths of the longest prefix around a host route; one to an attached network goes to the host itself. */
  private coveringPaths({ key, length }: Route): PathList {
    const bytes = bytesOf(key);
    for (let shorter = length - 1; shorter >= 0; shorter--) {
      const cover = this.find(keyOf({ v6: this.v6, bytes, length: shorter }), shorter);
      if (cover === undefined) continue;
      const proto = this.v6 ? PathProto.IP6 : PathProto.IP4;
      const paths = cover.paths.paths.map((path) => {
        const swIfIndex = attachedTo(path);
        return swIfIndex === undefined ? path : ownPath(proto, PathType.NORMAL, swIfIndex, addressText(bytes));
      });
      return pathList(paths);
    }
    return DROP[this.v6 ? 1 : 0];
  }

  /** Gives all load-balance indices back, when the table is gone. */
  clear(): void {
    for (const route of this.walk()) this.counters.giveBack(route.statsIndex);
    this.byLength.length = 0;
  }
}

export function keyOf(prefix: Prefix): Key {
  return keyOfBytes(masked(prefix.bytes, prefix.length));
}

function keyOfBytes(address: Uint8Array): Key {
  const bytes = Buffer.from(address);
  return bytes.length === 16 ? bytes.toString('latin1') : bytes.readInt32BE(0);
}

/** The prefix of a route as a string. */
export function prefixText({ key, given = key, length }: Route): string {
  return `${addressText(bytesOf(given))}/${length}`;
}

/** The address of a route, from its key. */
export function bytesOf(key: Key): Uint8Array {
  if (typeof key === 'string') return Buffer.from(key, 'latin1');
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(key, 0);
  return bytes;
}

/** The interface of a path to a network that is attached, without a next hop. */
function attachedTo({ fields }: Path): number | undefined {
  const { type, sw_if_index, nh } = fields as { type: number; sw_if_index: number; nh: { address?: object } };
  const hasHop = Object.keys(nh.address ?? {}).length > 0;
  return type === PathType.NORMAL && sw_if_index !== NO_INTERFACE && !hasHop ? sw_if_index : undefined;
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] << 8) | bytes[2 * i + 1]).toString(16));
  return groups.join(':');
}
