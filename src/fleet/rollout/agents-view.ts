/** All agents of a fleet, as a watch of the store tells of them. */

import { Slices } from '../../slices.js';
import type { FleetKeys } from '../keys.js';
import type { Assignment } from '../records.js';
import type { WatchItem } from '../store/store.js';
import { AgentTable } from './agent-table.js';
import type { AgentView } from './view.js';

type Snapshot = Extract<WatchItem, { kind: 'snapshot' }>;

export class AgentsView {
  private table: AgentTable;

  constructor(
    private readonly keys: FleetKeys,
    /** Milliseconds of a clock that nobody sets. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.table = new AgentTable(keys, elapsed);
  }

  /** By label. */
  get seen(): ReadonlyMap<string, AgentView> {
    return this.table.seen;
  }

  /** A snapshot of many agents is read in slices, and counts when all of it is read. One item at a time. */
  async take(item: WatchItem): Promise<void> {
    if (item.kind === 'snapshot') await this.replace(item);
    else for (const change of item.changes) this.table.change(change, item.revision);
  }

  /** An assignment that this program has written, before the watch tells of it. */
  assign(label: string, written: Assignment | undefined, revision: number): void {
    this.table.assign(label, written, revision);
  }

  private async replace({ kvs, revision }: Snapshot): Promise<void> {
    const fresh = new AgentTable(this.keys, this.elapsed);
    const slices = new Slices();
    for (const kv of kvs) {
      fresh.put(kv, revision);
      if (slices.isOver) await slices.next();
    }
    fresh.follow(this.table, revision);
    this.table = fresh;
  }
}
