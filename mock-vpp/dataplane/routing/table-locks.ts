/** Locks of a kind on the IP tables of one family: a table that nobody else made goes with the last of them. */
import type { Dataplane } from '../dataplane.js';

export class TableLocks {
  private readonly counts = new Map<number, number>();

  /** Default: IPv4. */
  constructor(
    private readonly dataplane: Dataplane,
    private readonly v6 = false,
  ) {}

  has(tableId: number): boolean {
    return this.counts.has(tableId);
  }

  /** Makes the table where there is none. */
  lock(tableId: number): void {
    const { tables } = this.dataplane;
    if (tables.find(tableId, this.v6) === undefined) {
      tables.add(tableId, this.v6, `ipv${this.v6 ? 6 : 4}-VRF:${tableId | 0}`).isDeleted = true;
    }
    this.counts.set(tableId, (this.counts.get(tableId) ?? 0) + 1);
  }

  unlock(tableId: number): void {
    const left = (this.counts.get(tableId) ?? 0) - 1;
    if (left > 0) this.counts.set(tableId, left);
    else if (this.counts.delete(tableId)) this.dataplane.tableLeft(tableId, this.v6);
  }
}
