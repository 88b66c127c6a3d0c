/** Agents of a roll-out up to the wave under way: what each is to have, what it has, and how it goes. */

import type { Assignment, PlannedAgent } from '../records.js';
import { type Verdict, verdictOf } from './verdict.js';
import type { RolloutView } from './view.js';

/** Seconds by which an agent waits longer for its confirmation than its wave may take: another driver may have to be found. */
const CONFIRM_MARGIN = 60;
const LONGEST_SECONDS = 86_400;

export class TouchedAgents {
  constructor(private readonly view: RolloutView) {}

  /** Agents of the waves up to the one under way. */
  get all(): PlannedAgent[] {
    const { agents, state } = this.view;
    return agents.filter(({ wave }) => wave <= state.wave);
  }

  isAssigned({ label }: PlannedAgent): boolean {
    return this.view.seen.get(label)?.assignment?.generation === this.view.plan.generation;
  }

  isConfirmed({ label, wishes }: PlannedAgent): boolean {
    return wishes === undefined || this.view.seen.get(label)?.assignment?.confirmed === true;
  }

  isRestored({ label, before }: PlannedAgent): boolean {
    return this.view.seen.get(label)?.assignment?.generation === before?.generation;
  }

  /** Whether it has this generation still, whatever it is assigned. */
  isBehind({ label }: PlannedAgent): boolean {
    return this.view.seen.get(label)?.state?.generation === this.view.plan.generation;
  }

  assignmentOf({ wishes }: PlannedAgent): Assignment {
    const { generation, waveSeconds, allowDeletions } = this.view.plan;
    // An empty one: without any the agent would take up the wish of its groups, which are those from before until this is done.
    if (wishes === undefined) return { generation, wishes: {}, confirmed: true };
    const confirmSeconds = Math.min(LONGEST_SECONDS, waveSeconds + CONFIRM_MARGIN);
    return { generation, wishes, confirmSeconds, ...(allowDeletions !== undefined && { allowDeletions }) };
  }

  /** Deletions are allowed: they are of what this generation has made. */
  assignmentBefore({ before }: PlannedAgent): Assignment | undefined {
    if (before === undefined) return undefined;
    // One that was never confirmed may be bad: the agent goes back from it by itself, as it did.
    const isGood = before.confirmSeconds === undefined;
    return { ...before, ...(isGood && { confirmed: true }), allowDeletions: true };
  }

  /** `isLate`: the time of its wave is over. */
  verdict(planned: PlannedAgent, times: { now: number; lostAfterMs: number; isLate: boolean }): Verdict {
    const { plan, seen, since } = this.view;
    // A roll-out that goes on past failures does not stop for those that are away.
    const allowAway = plan.allowAway || !plan.pauseOnFailure;
    const judging = { generation: plan.generation, allowAway, since, ...times };
    return verdictOf(planned, seen.get(planned.label) ?? {}, judging);
  }
}
