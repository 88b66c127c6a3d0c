/** Entries of the TEIB. VPP keeps those of a deleted interface, for the next one with its index. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Interface } from '../interfaces/interface.js';
import { Pool } from '../pool.js';
import { keyOf, Source } from '../routing/fib.js';
import { ownPath, PathProto, PathType, pathList, withoutPaths, withPaths } from '../routing/paths.js';
import { parsePrefix, withoutFamily } from './ip.js';

export interface TeibEntry {
  readonly index: number;
  readonly swIfIndex: number;
  readonly peer: string;
  /** Address of the peer outside, and the table that it is in. */
  readonly nh: string;
  readonly tableId: number;
}

export class Teib {
  private readonly pool = new Pool<TeibEntry>();

  constructor(private readonly dataplane: Dataplane) {}

  values(): TeibEntry[] {
    return [...this.pool.values()];
  }

  /** Adds an entry, and a route to the peer in the interface's table. */
  add(itf: Interface, peer: string, nh: string, tableId: number): number {
    const { swIfIndex } = itf;
    if (!this.dataplane.hasTable(tableId, nh.includes(':'))) return Retval.NO_SUCH_FIB;
    if (this.find(swIfIndex, peer) !== undefined) return Retval.ENTRY_ALREADY_EXISTS;
    this.pool.add((index) => ({ index, swIfIndex, peer, nh: withoutFamily(nh), tableId }));
    this.setRoute(itf, peer, true);
    return Retval.OK;
  }

  remove(itf: Interface, peer: string): number {
    const known = this.find(itf.swIfIndex, peer);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    this.setRoute(itf, peer, false);
    this.pool.remove(known.index);
    return Retval.OK;
  }

  /** The entries in the layout of VPP's CLI. */
  text(): string {
    const lines = this.values().map(({ index, swIfIndex, peer, nh, tableId }) => {
      const name = this.dataplane.interfaces.get(swIfIndex)?.name ?? `DELETED (${swIfIndex})`;
      return `[${index}] ${name}:${peer} via [${tableId}]:${nh}/${nh.includes(':') ? 128 : 32}\n`;
    });
    return lines.join('');
  }

  private find(swIfIndex: number, peer: string): TeibEntry | undefined {
    return this.values().find((entry) => entry.swIfIndex === swIfIndex && entry.peer === peer);
  }

  /** Adds the interface to the paths of the peer's route, or takes it away. */
  private setRoute({ swIfIndex, table4, table6 }: Interface, peer: string, isAdd: boolean): void {
    const prefix = parsePrefix(peer);
    const table = this.dataplane.tables.find(prefix.v6 ? table6 : table4, prefix.v6);
    if (table === undefined || isLinkLocal(peer)) return; // in a table of the interface's own
    const path = ownPath(prefix.v6 ? PathProto.IP6 : PathProto.IP4, PathType.NORMAL, swIfIndex, peer);
    const known = table.pathsOf(keyOf(prefix), prefix.length, Source.ADJACENCY);
    const paths = isAdd ? withPaths(known, pathList([path])) : known && withoutPaths(known, pathList([path]));
    if (paths !== undefined) table.put(prefix, Source.ADJACENCY, paths);
    else table.remove(keyOf(prefix), prefix.length, Source.ADJACENCY);
  }
}

const isLinkLocal = (ip: string) => /^fe[89ab]/i.test(ip);
