/**
 * A route's paths, as VPP gives them back: normalised, sorted, and shared between the routes that have
 * the same ones. A million routes through ten next hops are a million small entries and ten path lists.
 */
import type { Fields, Message } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import { addressBytes } from '../l3/ip.js';

/** `type` of a path (fib_path_type). */
export const PathType = {
  NORMAL: 0,
  LOCAL: 1,
  DROP: 2,
  ICMP_UNREACH: 5,
  ICMP_PROHIBIT: 6,
  SOURCE_LOOKUP: 7,
} as const;
/** `proto` of a path (fib_path_nh_proto). */
export const PathProto = { IP4: 0, IP6: 1 } as const;
const PROTOCOLS = 5;
const LABELS = 16;

export const NO_INTERFACE = 0xffffffff;
/** Types that never carry an interface of the caller's. */
const WITHOUT_INTERFACE: ReadonlySet<number> = new Set([PathType.DROP, PathType.ICMP_UNREACH, PathType.ICMP_PROHIBIT]);

export interface Path {
  /** Fields as the codec writes them; one object for all routes that use it. */
  readonly fields: Fields;
  /** Key of identity and order: everything but the weight. */
  readonly sort: string;
  /** Whether the next hop is behind an interface, or looked up in a table. */
  readonly through?: { readonly swIfIndex: number } | Hop;
}

/** A next hop that is looked up in a table. */
export interface Hop {
  readonly tableId: number;
  readonly v6: boolean;
  /** Its address; undefined for 0.0.0.0 or ::, which is none. */
  readonly address?: string;
}

/** A next hop with an address, which has a route of its own. */
export type LookedUp = Hop & { readonly address: string };

export interface PathList {
  readonly paths: readonly Path[];
  /** Its next hops that are looked up; VPP gives each a route of its own. */
  readonly hops: readonly LookedUp[];
  /** A details frame with these paths, encoded once for each message. */
  readonly frames: WeakMap<Message, Buffer>;
}

export function pathList(paths: readonly Path[]): PathList {
  const sorted = [...paths].sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
  return { paths: sorted, hops: sorted.flatMap(lookedUp), frames: new WeakMap() };
}

function lookedUp({ through }: Path): LookedUp[] {
  if (through === undefined || !('tableId' in through) || through.address === undefined) return [];
  return [{ ...through, address: through.address }];
}

/** Converts a request's path to the one that VPP keeps; to a number when it is refused. */
export function normalPath(given: Fields): Path | number {
  const type = Number(given.type ?? 0);
  const proto = Number(given.proto ?? 0);
  if (proto >= PROTOCOLS) return Retval.UNSPECIFIED;
  const isLookup = type === PathType.SOURCE_LOOKUP;
  const hop = (type === PathType.NORMAL || isLookup) && (proto === PathProto.IP4 || proto === PathProto.IP6);
  const swIfIndex = WITHOUT_INTERFACE.has(type) ? NO_INTERFACE : Number(given.sw_if_index ?? 0);
  const tableId = hop && swIfIndex === NO_INTERFACE ? Number(given.table_id ?? 0) : 0;
  const labels = (given.label_stack as Fields[] | undefined) ?? [];
  const count = Number(given.n_labels ?? 0);
  const fields = {
    sw_if_index: swIfIndex,
    table_id: tableId,
    weight: Number(given.weight ?? 0) || 1,
    preference: Number(given.preference ?? 0),
    // VPP does not give back that it is the source that is looked up.
    type: isLookup ? PathType.NORMAL : type,
    proto,
    nh: hop ? nextHop(given.nh as Fields | undefined, proto) : {},
    n_labels: count,
    // VPP gives label, ttl and exp back, but not is_uniform.
    label_stack: Array.from({ length: LABELS }, (_, i) => (i < count ? { ...labels[i], is_uniform: 0 } : {})),
  };
  if (!hop) return { fields, sort: sortKey(fields) };
  const nh = isLookup ? {} : fields.nh;
  const through = swIfIndex === NO_INTERFACE ? lookupOf(tableId, proto, nh) : { swIfIndex };
  return { fields, sort: sortKey(fields), through };
}

function lookupOf(tableId: number, proto: number, nh: Fields): Hop {
  const address = (nh.address as Fields | undefined)?.[armOf(proto)];
  const isGiven = typeof address === 'string' && addressBytes(address).some((byte) => byte !== 0);
  return { tableId, v6: proto === PathProto.IP6, ...(isGiven && { address }) };
}

/** Builds a path of the dataplane's own, e.g. to drop or to an interface. `address`: its next hop, as a string. */
export function ownPath(proto: number, type: number, swIfIndex = NO_INTERFACE, address?: string): Path {
  const nh = address === undefined ? {} : { address: { [armOf(proto)]: address } };
  const label_stack = Array.from({ length: LABELS }, () => ({}));
  const fields = { sw_if_index: swIfIndex, table_id: 0, weight: 1, preference: 0, type, proto, nh, label_stack };
  return { fields, sort: sortKey(fields) };
}

/** The parts of the dataplane that paths are checked against. */
export interface PathLookups {
  hasInterface(swIfIndex: number): boolean;
  hasTable(tableId: number, v6: boolean): boolean;
}

/** Checks paths: 0, or the number that VPP refuses them with. */
export function refusalOf(paths: readonly Path[], lookups: PathLookups): number {
  for (const { through } of paths) {
    if (through === undefined) continue;
    if ('swIfIndex' in through) {
      if (!lookups.hasInterface(through.swIfIndex)) return Retval.NO_MATCHING_INTERFACE;
    } else if (!lookups.hasTable(through.tableId, through.v6)) return Retval.NO_SUCH_FIB;
  }
  return Retval.OK;
}

/** Adds `added` to `known`; a path that is there already stays as it is. */
export function withPaths(known: PathList | undefined, added: PathList): PathList {
  if (known === undefined) return added;
  const have = new Set(known.paths.map((path) => path.sort));
  return pathList([...known.paths, ...added.paths.filter((path) => !have.has(path.sort))]);
}

/** Takes `gone` from `known`; undefined when nothing is left. */
export function withoutPaths(known: PathList, gone: PathList): PathList | undefined {
  const going = new Set(gone.paths.map((path) => path.sort));
  const left = known.paths.filter((path) => !going.has(path.sort));
  return left.length === 0 ? undefined : pathList(left);
}

/** Orders paths as VPP does: by preference, type and protocol, then by next hop and interface. */
function sortKey(fields: Fields): string {
  const hop = Object.values((fields.nh as { address?: Fields }).address ?? {})[0];
  const bytes = typeof hop === 'string' ? Buffer.from(addressBytes(hop)).toString('hex') : '';
  const hex = (name: string) => Number(fields[name]).toString(16).padStart(8, '0');
  return [hex('preference'), hex('type'), hex('proto'), bytes, hex('sw_if_index'), hex('table_id')].join();
}

/** Keeps the one arm of the union that is in use; VPP returns nothing else of a next hop. */
function nextHop(nh: Fields | undefined, proto: number): Fields {
  const address = (nh?.address as Fields | undefined)?.[armOf(proto)];
  return address === undefined ? {} : { address: { [armOf(proto)]: address } };
}

function armOf(proto: number): 'ip4' | 'ip6' {
  return proto === PathProto.IP6 ? 'ip6' : 'ip4';
}
