/** Classify tables on interfaces: one for IPv4, IPv6, …; VPP keeps those of deleted interfaces, and deleted tables. */
import { Retval } from '../../retvals.js';
import { type Classifier, NO_TABLE } from './classifier.js';

export class AppliedTables {
  /** sw_if_index → table, of each slot. */
  private readonly slots: readonly Map<number, number>[];
  private readonly used = new Set<number>();

  constructor(slots: number) {
    this.slots = Array.from({ length: slots }, () => new Map());
  }

  /** The table in a slot of an interface, or ~0. */
  at(slot: number, swIfIndex: number): number {
    return this.slots[slot]?.get(swIfIndex) ?? NO_TABLE;
  }

  /** Interfaces and tables of a slot, by sw_if_index; undefined where none was ever asked for. */
  list(slot: number): readonly [swIfIndex: number, table: number][] | undefined {
    return this.used.has(slot) ? [...this.slots[slot]].sort(([a], [b]) => a - b) : undefined;
  }

  /**
   * Puts tables on an interface, or takes them off; ~0 leaves a slot alone. As VPP does: slot by slot, up to the first refusal,
   * and up to the first slot that is taken already.
   */
  change(isAdd: boolean, swIfIndex: number, tables: readonly number[], classifier: Classifier): number {
    for (const [slot, table] of tables.entries()) {
      if (table === NO_TABLE) continue;
      if (!classifier.has(table)) return Retval.NO_SUCH_TABLE;
      this.used.add(slot);
      const known = this.at(slot, swIfIndex);
      if (!isAdd && known !== table) return Retval.NO_SUCH_TABLE;
      if (isAdd && known !== NO_TABLE) return Retval.OK;
      if (isAdd) this.slots[slot].set(swIfIndex, table);
      else this.slots[slot].delete(swIfIndex);
    }
    return Retval.OK;
  }
}
