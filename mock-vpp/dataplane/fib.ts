/**
 * One IP table: routes by prefix length and address, each with the paths of its best source.
 *
 * Keys are of the kinds that a Map finds fastest: for IPv4 the address as a signed 32-bit integer, for IPv6 its
 * sixteen bytes as a latin1 string. Walking goes from short to long prefixes, as VPP's does.
 */
import type { Indices } from './indices.js';
import { masked, type Prefix, parsePrefix } from './ip.js';
import { ownPath, type PathList, PathProto, PathType, pathList } from './paths.js';

/** Sources of routes (fib_source of VPP 26.06); of several, the smallest number is in effect. */
export const Source = { SPECIAL: 1, INTERFACE: 4, API: 8, DEFAULT_ROUTE: 20 } as const;

export type Key = number | string;

export interface Route {
  readonly key: Key;
  readonly length: number;
  readonly statsIndex: number;
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
  private readonly byLength: (Map<Key, Route> | undefined)[] = [];

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

  get size(): number {
    return this.byLength.reduce((sum, routes) => sum + (routes?.size ?? 0), 0);
  }

  find(key: Key, length: number): Route | undefined {
    return this.byLength[length]?.get(key);
  }

  /** Sets the paths of one source, making the route if need be. */
  set(key: Key, length: number, source: number, paths: PathList): Route {
    let routes = this.byLength[length];
    if (routes === undefined) routes = this.byLength[length] = new Map();
    const route = routes.get(key);
    if (route === undefined) {
      const made: Route = { key, length, statsIndex: this.counters.take(), source, paths };
      routes.set(key, made);
      return made;
    }
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

  put(prefix: Prefix, source: number, paths: PathList): Route {
    return this.set(keyOf(prefix), prefix.length, source, paths);
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
      for (const route of routes.values()) if (source === 0 || route.source === source) yield route;
    }
  }

  /** Gives all load-balance indices back, when the table is gone. */
  clear(): void {
    for (const route of this.walk()) this.counters.giveBack(route.statsIndex);
    this.byLength.length = 0;
  }
}

export function keyOf(prefix: Prefix): Key {
  const bytes = Buffer.from(masked(prefix.bytes, prefix.length));
  return prefix.v6 ? bytes.toString('latin1') : bytes.readInt32BE(0);
}
