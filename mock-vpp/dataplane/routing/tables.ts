/** The IP tables: 0 of each family is always there; others are added and deleted by request. */

import { Indices } from '../indices.js';
import { CarryingTunnels } from '../tunnels/carrying-tunnels.js';
import { UnusedIds } from '../unused-ids.js';
import { FibTable, Source } from './fib.js';
import type { LookedUp, Path } from './paths.js';

/** Next hops that are looked up, of the paths of a route, or of a tunnel its peer. */
export interface Resolving {
  readonly hops: readonly LookedUp[];
  readonly paths?: readonly Path[];
}

export class Tables {
  private readonly v4 = new Map<number, FibTable>();
  private readonly v6 = new Map<number, FibTable>();
  private readonly unusedIds = new UnusedIds(32);
  readonly tunnels = new CarryingTunnels(this);
  private readonly indices4 = new Indices(0);
  private readonly indices6 = new Indices(0);

  constructor(private readonly counters: Indices) {
    this.add(0, false, '');
    this.add(0, true, '');
  }

  find(tableId: number, v6: boolean): FibTable | undefined {
    return (v6 ? this.v6 : this.v4).get(tableId);
  }

  /** Adds a table; one that is there stays as it is. */
  add(tableId: number, v6: boolean, name: string): FibTable {
    const tables = v6 ? this.v6 : this.v4;
    let table = tables.get(tableId);
    if (table === undefined) {
      table = new FibTable(tableId, v6, name, (v6 ? this.indices6 : this.indices4).take(), this.counters);
      tables.set(tableId, table);
    }
    table.isDeleted = false;
    return table;
  }

  /** Removes a table with its routes; table 0 and unknown ones stay as they are. */
  remove(tableId: number, v6: boolean): void {
    if (tableId === 0) return;
    const tables = v6 ? this.v6 : this.v4;
    const table = tables.get(tableId);
    if (table === undefined) return;
    for (const { source, paths } of table.walk()) if (source !== Source.RECURSIVE) this.release(paths);
    table.clear();
    tables.delete(tableId);
    (v6 ? this.indices6 : this.indices4).giveBack(table.index);
  }

  /** Gives next hops that are looked up routes of their own. */
  acquire({ hops, paths }: Resolving): void {
    for (const { tableId, v6, address } of hops) this.find(tableId, v6)?.acquire(address);
    if (paths !== undefined) this.tunnels.usePaths(paths, true);
  }

  release({ hops, paths }: Resolving): void {
    for (const { tableId, v6, address } of hops) this.find(tableId, v6)?.release(address);
    if (paths !== undefined) this.tunnels.usePaths(paths, false);
  }

  unusedId(v6: boolean): number {
    return this.unusedIds.next((id) => this.find(id, v6) !== undefined);
  }

  /** All tables, IPv4 first. */
  *values(): Generator<FibTable> {
    yield* this.v4.values();
    yield* this.v6.values();
  }
}
