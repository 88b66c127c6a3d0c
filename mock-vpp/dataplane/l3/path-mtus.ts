/** Path MTUs: a pool, so that there is a dump with pages (ip_path_mtu_get). */
import { Retval } from '../../retvals.js';
import { Pool } from '../pool.js';
import type { LookedUp } from '../routing/paths.js';
import type { Tables } from '../routing/tables.js';

export interface PathMtu {
  readonly index: number;
  readonly tableId: number;
  /** Next hop, as a string. */
  readonly nextHop: string;
  mtu: number;
  stale: boolean;
  readonly hops: readonly LookedUp[];
}

export class PathMtus {
  readonly pool = new Pool<PathMtu>();
  private readonly byHop = new Map<string, PathMtu>();

  constructor(private readonly tables: Tables) {}

  /** Sets an entry; an MTU of 0 or 65535 removes it. */
  update(tableId: number, nextHop: string, mtu: number): number {
    const v6 = nextHop.includes(':');
    if (this.tables.find(tableId, v6) === undefined) return Retval.NO_SUCH_TABLE;
    const key = `${tableId} ${nextHop}`;
    const known = this.byHop.get(key);
    if (mtu === 0 || mtu === 0xffff) {
      if (known) this.remove(key, known);
    } else if (known) {
      known.mtu = mtu;
      known.stale = false;
    } else {
      const hops = [{ tableId, v6, address: nextHop }];
      const made = this.pool.add((index) => ({ index, tableId, nextHop, mtu, stale: false, hops }));
      this.byHop.set(key, made);
      this.tables.acquire(made);
    }
    return Retval.OK;
  }

  /** Marks all entries: those that are not updated before `sweep` are removed by it. */
  mark(): void {
    for (const entry of this.pool.values()) entry.stale = true;
  }

  sweep(): void {
    for (const [key, entry] of this.byHop) if (entry.stale) this.remove(key, entry);
  }

  private remove(key: string, entry: PathMtu): void {
    this.byHop.delete(key);
    this.pool.remove(entry.index);
    this.tables.release(entry);
  }
}
