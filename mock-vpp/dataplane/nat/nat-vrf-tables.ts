/** VRF tables of NAT44-ED: each lists tables that it routes to. */
import { Retval } from '../../retvals.js';
import { Pool } from '../pool.js';
import type { TableLocks } from '../routing/table-locks.js';

interface NatVrfTable {
  readonly index: number;
  readonly tableId: number;
  readonly routes: Pool<{ readonly index: number; readonly tableId: number }>;
}

export class NatVrfTables {
  private readonly pool = new Pool<NatVrfTable>();

  constructor(private readonly locks: TableLocks) {}

  values(): Iterable<NatVrfTable> {
    return this.pool.values();
  }

  setTable(tableId: number, isAdd: boolean): number {
    const known = find(this.pool, tableId);
    if (isAdd === (known !== undefined)) return isAdd ? Retval.VALUE_EXIST : Retval.NO_SUCH_ENTRY;
    if (known !== undefined) this.remove(known);
    else {
      this.pool.add((index) => ({ index, tableId, routes: new Pool() }));
      this.locks.lock(tableId);
    }
    return Retval.OK;
  }

  setRoute(tableId: number, to: number, isAdd: boolean): number {
    const routes = find(this.pool, tableId)?.routes;
    if (routes === undefined) return Retval.NO_SUCH_ENTRY;
    const known = find(routes, to);
    if (isAdd === (known !== undefined)) return isAdd ? Retval.VALUE_EXIST : Retval.NO_SUCH_ENTRY;
    if (known !== undefined) {
      routes.remove(known.index);
      this.locks.unlock(to);
    } else {
      routes.add((index) => ({ index, tableId: to }));
      this.locks.lock(to);
    }
    return Retval.OK;
  }

  removeAll(): void {
    for (const table of [...this.pool.values()]) this.remove(table);
  }

  private remove({ index, tableId, routes }: NatVrfTable): void {
    for (const route of routes.values()) this.locks.unlock(route.tableId);
    this.locks.unlock(tableId);
    this.pool.remove(index);
  }
}

function find<T extends { readonly tableId: number }>(pool: Pool<T>, tableId: number): T | undefined {
  for (const item of pool.values()) if (item.tableId === tableId) return item;
  return undefined;
}
