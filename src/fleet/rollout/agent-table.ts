/** Agents by label, from the records of each. */

import type { FleetKeys } from '../keys.js';
import { type Assignment, agentReport, agentState, assignment } from '../records.js';
import type { Change, KeyValue } from '../store/store.js';
import { recordOf } from './read-records.js';
import type { AgentView } from './view.js';

/** Labels that are kept; what is beyond is somebody's mistake. */
const MOST_AGENTS = 200_000;

export class AgentTable {
  readonly seen = new Map<string, AgentView>();
  /** Revision of each assignment that is known, so that an older one that comes late is skipped. */
  private readonly assigned = new Map<string, number>();

  constructor(
    private readonly keys: FleetKeys,
    private readonly elapsed: () => number,
  ) {}

  put(kv: KeyValue, revision: number): void {
    const at = this.keys.agentOf(kv.key);
    if (at === undefined || (!this.seen.has(at.label) && this.seen.size >= MOST_AGENTS)) return;
    if (at.what === 'config/wish') this.assign(at.label, recordOf(assignment, kv), revision);
    if (at.what === 'state') this.update(at.label, { state: recordOf(agentState, kv) });
    if (at.what === 'report') this.update(at.label, { report: recordOf(agentReport, kv) });
  }

  change(change: Change, revision: number): void {
    if (change.type === 'put') {
      this.put(change.kv, revision);
      return;
    }
    const at = this.keys.agentOf(change.key);
    if (at?.what === 'config/wish') this.assign(at.label, undefined, revision);
    if (at?.what === 'state') this.update(at.label, { state: undefined });
    if (at?.what === 'report') this.update(at.label, { report: undefined });
  }

  assign(label: string, written: Assignment | undefined, revision: number): void {
    if ((this.assigned.get(label) ?? 0) > revision) return;
    this.assigned.set(label, revision);
    this.update(label, { assignment: written });
  }

  /** Takes the place of a table: what was known of it before, or written since the revision of this one, is not lost. */
  follow(before: AgentTable, revision: number): void {
    for (const [label, view] of this.seen) {
      if (view.state !== undefined) continue;
      const missingSince = before.seen.get(label)?.missingSince ?? view.missingSince;
      this.seen.set(label, { ...view, missingSince });
    }
    for (const [label, at] of before.assigned) {
      if (at > revision) this.assign(label, before.seen.get(label)?.assignment, at);
    }
  }

  private update(label: string, change: Partial<AgentView>): void {
    const { missingSince, ...view } = { ...this.seen.get(label), ...change };
    const isAway = view.state === undefined;
    this.seen.set(label, isAway ? { ...view, missingSince: missingSince ?? this.elapsed() } : view);
  }
}
