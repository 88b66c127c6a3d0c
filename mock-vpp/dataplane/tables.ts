/** The IP tables: 0 of each family is always there; others are added and deleted by request. */
import { FibTable } from './fib.js';
import type { Indices } from './indices.js';

export class Tables {
  private readonly v4 = new Map<number, FibTable>();
  private readonly v6 = new Map<number, FibTable>();

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
      table = new FibTable(tableId, v6, name, this.counters);
      tables.set(tableId, table);
    }
    return table;
  }

  /** Deletes a table with its routes; table 0 and unknown ones stay as they are. */
  remove(tableId: number, v6: boolean): void {
    if (tableId === 0) return;
    const tables = v6 ? this.v6 : this.v4;
    tables.get(tableId)?.clear();
    tables.delete(tableId);
  }

  unusedId(v6: boolean): number {
    let id = 1;
    while (this.find(id, v6) !== undefined) id++;
    return id;
  }

  /** All tables, IPv4 first. */
  *values(): Generator<FibTable> {
    yield* this.v4.values();
    yield* this.v6.values();
  }
}
