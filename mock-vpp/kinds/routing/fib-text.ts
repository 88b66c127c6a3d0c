/** An IP table in the layout of VPP's CLI. Indices that the mock does not have (nodes, RPF lists) are made up. */
import { center } from '../../cli/cli-layout.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { addressText, masked, same } from '../../dataplane/l3/ip.js';
import { bytesOf, type FibTable, type Key, keyOf, type Route, Source } from '../../dataplane/routing/fib.js';
import { bucketsOf } from '../../dataplane/routing/load-balance.js';
import { NO_INTERFACE, type Path, PathType } from '../../dataplane/routing/paths.js';
import { neighbors } from '../l3/neighbors.js';

const LINK_LOCAL = 'fe80::/10';

/** Most routes of a table in one answer: all of a million are a text of hundreds of megabytes. */
const MOST_SHOWN = 50_000;

/** Routes that are looked up one behind the other: with two paths each, the lines double at each. */
const MOST_HOPS = 8;

/** Writes the routes of one table. */
export class FibText {
  private readonly proto: 'ip4' | 'ip6';
  private readonly routes: readonly Route[];
  /** Routes of single addresses, by that; made when one is first looked up. */
  private hosts?: ReadonlyMap<string, Route>;

  constructor(
    private readonly dataplane: Dataplane,
    private readonly table: FibTable,
    /** The tables whose routes are shown within this one's. */
    private readonly others = new Map<FibTable, FibText>(),
    /** Routes whose text is under way. */
    private readonly open = new Set<Route>(),
  ) {
    others.set(table, this);
    this.proto = table.v6 ? 'ip6' : 'ip4';
    this.routes = [...table.walk()];
  }

  get heading(): string {
    const { name, index } = this.table;
    const locks = this.locks.map((lock) => `${lock}, `).join('');
    return `${name}, fib_index:${index}, flow hash:[src dst sport dport proto flowlabel ] epoch:0 flags:none locks:[${locks}]\n`;
  }

  /** The routes by address, those that there is room for. */
  get entries(): string {
    const keyed = this.routes.map((route) => ({ route, key: this.sortKey(route) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.route.length - b.route.length));
    const shown = keyed.slice(0, MOST_SHOWN).map(({ route }) => this.entry(route));
    const more = keyed.length - shown.length;
    return `${shown.join('')}${more > 0 ? `and ${more} more, which the mock does not show\n` : ''}`;
  }

  /** How many prefixes there are of each length. */
  get summary(): string {
    const counts = new Map<number, number>();
    for (const { length } of this.routes) counts.set(length, (counts.get(length) ?? 0) + 1);
    const rows = [...counts].map(([length, count]) => `${`${length}`.padStart(20)}${`${count}`.padStart(16)}\n`);
    return `${center('Prefix length', 20)}${center('Count', 16)}\n${rows.join('')}`;
  }

  /** The route for an address, or for a prefix the longest one around it. */
  best(address: Uint8Array, length: number): string {
    const covers = (route: Route) =>
      route.length <= length && same(masked(address, route.length), masked(bytesOf(route.key), route.length));
    const found = this.routes.filter(covers).sort((a, b) => b.length - a.length)[0];
    return found === undefined ? '' : this.entry(found);
  }

  private get locks(): string[] {
    const { tableId, v6 } = this.table;
    const interfaces = [...this.dataplane.interfaces.values()];
    const users = interfaces.filter(({ table4, table6 }) => tableId !== 0 && (v6 ? table6 : table4) === tableId).length;
    const of = (source: number) => this.routes.filter((route) => route.source === source).length;
    return [
      ...(users > 0 ? [`interface:${users}`] : []),
      ...(tableId !== 0 ? ['API:1'] : []),
      ...(of(Source.ADJACENCY) > 0 ? ['adjacency:1'] : []),
      ...(of(Source.RECURSIVE) > 0 ? [`recursive-resolution:${of(Source.RECURSIVE)}`] : []),
      ...(tableId === 0 ? ['default-route:1'] : []),
    ];
  }

  private entry(route: Route): string {
    this.open.add(route);
    const text = this.textOfEntry(route);
    this.open.delete(route);
    return text;
  }

  private textOf(table: FibTable): FibText {
    return this.others.get(table) ?? new FibText(this.dataplane, table, this.others, this.open);
  }

  private hostAt(address: string): Route | undefined {
    this.hosts ??= new Map(this.routes.filter(isHost).map((route) => [addressText(bytesOf(route.key)), route]));
    return this.hosts.get(address);
  }

  private textOfEntry(route: Route): string {
    const { paths } = route.paths;
    // Only paths of the best preference are in use.
    const preferred = paths.filter(({ fields }) => fields.preference === paths[0].fields.preference);
    const usable = preferred.filter((path) => this.isUsable(path));
    const shares = bucketsOf(usable.map(({ fields }) => Number(fields.weight)));
    let next = 0;
    const buckets = usable.map((path, at) => {
      const first = next;
      next += shares[at];
      const range = shares[at] > 1 ? `${first}-${next - 1}` : `${first}`;
      return `    [${range}] ${this.forwarding(path, route)}\n`;
    });
    const text = buckets.length > 0 ? buckets.join('') : `    [0] ${this.drop}\n`;
    const line = `  [@0]: ${this.loadBalance(route, Math.max(1, next))}\n`;
    return `${addressText(bytesOf(route.key))}/${route.length}\n  unicast-${this.proto}-chain\n${line}${text}`;
  }

  private loadBalance({ statsIndex }: Route, buckets: number): string {
    return `dpo-load-balance: [proto:${this.proto} index:${statsIndex} buckets:${buckets} uRPF:${statsIndex - 1} to:[0:0]]`;
  }

  private get drop(): string {
    return `[@0]: dpo-drop ${this.proto}`;
  }

  /** An interface that is down forwards nothing. */
  private isUsable({ fields }: Path): boolean {
    return fields.type !== PathType.NORMAL || (this.interfaceOf(fields.sw_if_index)?.adminUp ?? true);
  }

  private interfaceOf(swIfIndex: unknown): Interface | undefined {
    return swIfIndex === NO_INTERFACE ? undefined : this.dataplane.interfaces.get(Number(swIfIndex));
  }

  private forwarding(path: Path, route: Route): string {
    const { type, sw_if_index, nh } = path.fields;
    const itf = this.interfaceOf(sw_if_index);
    const [address] = Object.values((nh as { address?: object }).address ?? {}) as string[];
    const family = this.table.v6 ? 'ipv6' : 'ipv4';
    switch (type) {
      case PathType.LOCAL:
        return itf === undefined ? '[@12]: dpo-receive' : `[@12]: dpo-receive: ${address} on ${itf.name}`;
      case PathType.ICMP_UNREACH:
        return `[@16]: ${this.proto}-null action:send-unreachable`;
      case PathType.ICMP_PROHIBIT:
        return `[@16]: ${this.proto}-null action:send-prohibited`;
      case PathType.NORMAL:
        if (itf === undefined) return this.lookedUp(path, route);
        if (address === undefined || /^[0.:]+$/.test(address)) return this.glean(itf, route);
        return this.toNeighbor(itf, address, family);
      default:
        return this.drop;
    }
  }

  private toNeighbor(itf: Interface, address: string, family: string): string {
    const mac = this.dataplane.of(neighbors).at(itf, address)?.mac;
    if (mac === undefined) return `[@3]: arp-${family}: via ${address} ${itf.name}`;
    const header = `${hex(mac)}${hex(this.dataplane.interfaces.superOf(itf).hardware.mac)}${this.etherType}`;
    return `[@5]: ${family} via ${address} ${itf.name}: mtu:${itf.mtu[0]} next:3 flags:[] ${header}`;
  }

  /** Packets for hosts of an attached network, which VPP asks for by broadcast. */
  private glean(itf: Interface, { key, length, source }: Route): string {
    const { v6 } = this.table;
    const own = `${addressText(bytesOf(key))}/${length}`;
    const from = source === Source.INTERFACE ? own : v6 ? '::/0' : '0.0.0.0/0';
    const header = `ffffffffffff${hex(this.dataplane.interfaces.superOf(itf).hardware.mac)}${v6 ? '86dd' : '0806'}`;
    return `[@4]: ipv${v6 ? 6 : 4}-glean: [src:${from}] ${itf.name}: mtu:${itf.linkMtu} next:1 flags:[] ${header}`;
  }

  /** A next hop without an interface: the buckets of the route that it is found by. */
  private lookedUp({ through }: Path, route: Route): string {
    if (`${addressText(bytesOf(route.key))}/${route.length}` === LINK_LOCAL && route.source === Source.SPECIAL) {
      return '[@14]: ip6-link-local';
    }
    if (through === undefined || !('tableId' in through)) return this.drop;
    const table = this.dataplane.tables.find(through.tableId, through.v6);
    if (through.address === undefined) return `[@14]: dst-address,unicast lookup in ${table?.name ?? 'none'}`;
    if (table === undefined || table.v6 !== this.table.v6) return this.drop;
    const text = this.textOf(table);
    const hop = text.hostAt(through.address);
    // Routes that find each other in a ring lead nowhere.
    if (hop === undefined || hop === route || this.open.has(hop) || this.open.size > MOST_HOPS) return this.drop;
    const [, , balance, ...buckets] = text.entry(hop).trimEnd().split('\n');
    // Packets that would be dropped there are dropped here.
    if (buckets.length === 1 && buckets[0].endsWith(this.drop)) return this.drop;
    return [`[@13]: ${balance.trim().replace('[@0]: ', '')}`, ...buckets.map((line) => `      ${line}`)].join('\n');
  }

  private get etherType(): string {
    return this.table.v6 ? '86dd' : '0800';
  }

  /** The prefix of an interface's address is kept with all bits of the address. */
  private sortKey(route: Route): Key {
    const { key } = route;
    if (route.source !== Source.INTERFACE || isHost(route)) return ordered(key);
    const bytes = bytesOf(key);
    const owner = this.interfaceOf(route.paths.paths[0]?.fields.sw_if_index);
    const own = owner?.addresses.find(
      (address) => address.length === route.length && same(masked(address.bytes, route.length), bytes),
    );
    return ordered(own === undefined ? key : keyOf({ ...own, length: 8 * own.bytes.length }));
  }
}

/** A key that orders as its address does. */
function ordered(key: Key): Key {
  return typeof key === 'number' ? key >>> 0 : key;
}

function isHost({ key, length }: Route): boolean {
  return length === 8 * bytesOf(key).length;
}

function hex(mac: string): string {
  return mac.replaceAll(':', '');
}
