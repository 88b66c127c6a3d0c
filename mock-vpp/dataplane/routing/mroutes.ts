/**
 * Multicast routes of one IP table: those of clients, and VPP's own for the groups that it is a member of, which interfaces
 * join. Facts of VPP 26.06, odd ones included.
 */
import type { Fields } from '../../../src/mux/internal.js';
import { addressBytes, masked } from '../l3/ip.js';
import { NO_INTERFACE, ownPath, type Path, PathProto, PathType } from './paths.js';

/** Bits of a path's `itf_flags`. */
const ACCEPT = 2;

export interface MulticastPath {
  readonly flags: number;
  readonly path: Path;
}

/** Paths by their key, and flags of the entry, which nothing shows but which keep it. */
interface Entry {
  flags: number;
  readonly paths: Map<string, MulticastPath>;
}

export interface MulticastRoute {
  /** Fields as the message has them. */
  readonly prefix: Fields;
  readonly order: readonly [group: string, length: number];
  /** VPP's own, in effect over that of clients. */
  readonly own?: Entry;
  api?: Entry;
}

export class MulticastTable {
  private readonly routes = new Map<string, MulticastRoute>();
  /** Entries of clients that have not been changed since `mark`. */
  private readonly marked = new Set<Entry>();
  /** Key of the route that is always there, with or without paths. */
  private readonly defaultKey: string;

  constructor(private readonly v6: boolean) {
    this.defaultKey = this.make(groupPrefix(v6, v6 ? '::' : '0.0.0.0', 0));
    const proto = v6 ? PathProto.IP6 : PathProto.IP4;
    const local = { flags: 0, path: ownPath(proto, PathType.LOCAL) };
    const groups = v6 ? ['ff02::1', 'ff02::2', 'ff02::16'] : ['224.0.0.1', '224.0.0.2'];
    const prefixes = groups.map((group) => groupPrefix(v6, group, v6 ? 128 : 32));
    // The groups of solicited nodes.
    if (v6) prefixes.push(groupPrefix(v6, 'ff02::1:ff00:0', 104));
    for (const prefix of prefixes) this.make(prefix, { flags: 0, paths: new Map([['', local]]) });
  }

  /** All routes by group, short ones first. */
  values(): MulticastRoute[] {
    return [...this.routes.values()].sort((a, b) =>
      a.order[0] === b.order[0] ? a.order[1] - b.order[1] : a.order[0] < b.order[0] ? -1 : 1,
    );
  }

  /** Makes an interface a member of VPP's own groups, or takes it out of them. */
  join(swIfIndex: number, isMember: boolean): void {
    const path = ownPath(this.v6 ? PathProto.IP6 : PathProto.IP4, PathType.NORMAL, swIfIndex);
    for (const { own } of this.routes.values()) {
      if (isMember) own?.paths.set(path.sort, { flags: ACCEPT, path });
      else own?.paths.delete(path.sort);
    }
  }

  /** Adds paths, or gives those that are there other flags. */
  add(prefix: Fields, flags: number, paths: readonly MulticastPath[]): void {
    const entry = this.entry(prefix);
    entry.flags |= flags;
    for (const each of paths) entry.paths.set(each.path.sort, each);
  }

  remove(prefix: Fields, paths: readonly MulticastPath[]): void {
    const api = this.routes.get(keyOf(prefix))?.api;
    for (const { path } of paths) api?.paths.delete(path.sort);
    this.tidy(prefix);
  }

  /** Sets the flags of a route, which goes when it has neither these nor paths. Tells whether it is there afterwards. */
  setFlags(prefix: Fields, flags: number): boolean {
    this.entry(prefix).flags = flags;
    this.tidy(prefix);
    return this.routes.has(keyOf(prefix));
  }

  /** Marks all entries of clients. */
  mark(): void {
    for (const { api } of this.routes.values()) if (api !== undefined) this.marked.add(api);
  }

  /** Removes the entries of clients that have not been changed since `mark`. */
  sweep(): void {
    for (const { api, prefix } of [...this.routes.values()]) {
      if (api === undefined || !this.marked.has(api)) continue;
      api.flags = 0;
      api.paths.clear();
      this.tidy(prefix);
    }
    this.marked.clear();
  }

  private entry(prefix: Fields): Entry {
    const key = keyOf(prefix);
    if (!this.routes.has(key)) this.make(prefix);
    const route = this.routes.get(key)!;
    route.api ??= { flags: 0, paths: new Map() };
    this.marked.delete(route.api);
    return route.api;
  }

  private tidy(prefix: Fields): void {
    const key = keyOf(prefix);
    const route = this.routes.get(key);
    if (route?.api === undefined || route.api.flags !== 0 || route.api.paths.size > 0) return;
    route.api = undefined;
    if (route.own === undefined && key !== this.defaultKey) this.routes.delete(key);
  }

  private make(prefix: Fields, own?: Entry): string {
    const key = keyOf(prefix);
    this.routes.set(key, { prefix, order: [hex(groupOf(prefix)), lengthOf(prefix)], ...(own && { own }) });
    return key;
  }
}

/** A path of a message's; VPP keeps no flags of one without an interface. */
export function multicastPath(flags: unknown, path: Path): MulticastPath {
  return { flags: path.fields.sw_if_index === NO_INTERFACE ? 0 : Number(flags), path };
}

/** A prefix as VPP keeps it: with a source, both addresses count whole. */
export function normalPrefix(given: Fields): Fields {
  const v6 = given.af === 1;
  const source = sourceOf(given);
  const length = source.some((byte) => byte !== 0) ? 16 * source.length : Number(given.grp_address_length);
  const arm = v6 ? 'ip6' : 'ip4';
  const only = (address: unknown) => ({ [arm]: (address as Fields)[arm] });
  return {
    af: v6 ? 1 : 0,
    grp_address_length: length,
    grp_address: only(given.grp_address),
    src_address: only(given.src_address),
  };
}

function groupPrefix(v6: boolean, group: string, length: number): Fields {
  const arm = v6 ? 'ip6' : 'ip4';
  return {
    af: v6 ? 1 : 0,
    grp_address_length: length,
    grp_address: { [arm]: group },
    src_address: { [arm]: v6 ? '::' : '0.0.0.0' },
  };
}

const lengthOf = (prefix: Fields) => Number(prefix.grp_address_length);
const groupOf = ({ af, grp_address }: Fields) => bytesOf(grp_address, af === 1);
const sourceOf = ({ af, src_address }: Fields) => bytesOf(src_address, af === 1);
const bytesOf = (address: unknown, v6: boolean) => addressBytes(String((address as Fields)[v6 ? 'ip6' : 'ip4']));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const keyOf = (prefix: Fields) =>
  `${hex(masked(groupOf(prefix), lengthOf(prefix)))}/${lengthOf(prefix)} ${hex(sourceOf(prefix))}`;
