/** A roll-out as its driver sees it: the plan, how far it is, and how the agents are. */

import type { AgentReport, AgentState, Assignment, GenerationPlan, PlannedAgent, RolloutState } from '../records.js';

export interface AgentView {
  readonly assignment?: Assignment;
  /** Undefined while the agent is away. */
  readonly state?: AgentState;
  readonly report?: AgentReport;
  /** Time at which it was first seen to be away, in milliseconds of the driver's own clock. */
  readonly missingSince?: number;
}

export interface RolloutView {
  readonly plan: GenerationPlan;
  readonly agents: readonly PlannedAgent[];
  readonly state: RolloutState;
  /** Time at which the driver first saw the state, or its wave, by its own clock: see ObservedState. */
  readonly since: number;
  /** By label. */
  readonly seen: ReadonlyMap<string, AgentView>;
}

/** States behind which nothing comes. */
export const isOver = ({ state }: Pick<RolloutState, 'state'>): boolean => state === 'done' || state === 'taken-back';
