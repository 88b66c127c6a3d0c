/** Locks of a kind on IPv4 tables: a table that nobody else made goes with the last of them. */
import type { Dataplane } from './dataplane.js';

export class TableLocks {
  private readonly counts = new Map<number, number>();

  constructor(private readonly dataplane: Dataplane) {}

  has(tableId: number): boolean {
    return this.counts.has(tableId);
  }

  /** Makes the table where there is none. */
  lock(tableId: number): void {
    const { tables } = this.dataplane;
    if (tables.find(tableId, false) === undefined) {
      tables.add(tableId, false, `ipv4-VRF:${tableId | 0}`).isDeleted = true;
    }
    this.counts.set(tableId, (this.counts.get(tableId) ?? 0) + 1);
  }

  unlock(tableId: number): void {
    const left = (this.counts.get(tableId) ?? 0) - 1;
    if (left > 0) this.counts.set(tableId, left);
    else if (this.counts.delete(tableId)) this.dataplane.tableLeft(tableId, false);
  }
}
