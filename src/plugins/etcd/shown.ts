/** Records of a fleet as the operations fleet.* show them. */

import type { AgentStatus, GenerationPlan, PastRollout } from '../../fleet/index.js';
import type { z } from '../../sdk/index.js';
import type { fleetAgents, fleetHistory, fleetStatus } from './declarations.js';

type Rollout = z.input<typeof fleetHistory.output>['rollouts'][number];
type Agent = z.input<typeof fleetAgents.output>['agents'][number];
type Status = z.input<typeof fleetStatus.output>;

export function shownRollout({ plan, state }: PastRollout): Rollout {
  const { generation, agents, waves, by, comment, rollbackTo, at, confirmSeconds } = plan;
  const { wave, since, reason, driver, wanted } = state;
  const isWaiting = state.state === 'confirming' && confirmSeconds !== undefined;
  return {
    ...{ generation, state: state.state, wave, waves, agents, since, startedAt: at, by },
    ...(comment !== undefined && { comment }),
    ...(rollbackTo !== undefined && { rollbackTo }),
    ...(confirmSeconds !== undefined && { confirmSeconds }),
    ...(isWaiting && { confirmBy: new Date(Date.parse(since) + confirmSeconds * 1000).toISOString() }),
    ...(reason !== undefined && { reason }),
    ...(driver !== undefined && { driver }),
    ...(wanted !== undefined && { wanted }),
  };
}

export function shownAgent({ label, standing, assignment, generation, reason, at, state }: AgentStatus): Agent {
  return {
    ...{ label, standing },
    ...(assignment && { assigned: assignment.generation }),
    ...(generation !== undefined && { generation }),
    ...(reason !== undefined && { reason }),
    ...(at !== undefined && { at }),
    ...(state && { agent: state.agent, labels: state.labels, drift: state.drift, health: state.health }),
    ...(state?.vpp !== undefined && { vpp: state.vpp }),
  };
}

/** How many agents have been given the generation, and have it. */
export function progressOf(
  { generation }: Pick<GenerationPlan, 'generation'>,
  agents: readonly AgentStatus[],
): Status['progress'] {
  const given = agents.filter(({ assignment }) => assignment?.generation === generation);
  return {
    given: given.length,
    applied: given.filter(({ standing }) => standing === 'applied' || standing === 'none').length,
  };
}

/** Agents that are there by their health, and those whose VPP others have changed. */
export function totalsOf(agents: readonly AgentStatus[]): Required<Pick<Status, 'health' | 'drifted'>> {
  const health: Required<Pick<Status, 'health'>>['health'] = {};
  let drifted = 0;
  for (const { state } of agents) {
    if (state === undefined) continue;
    health[state.health] = (health[state.health] ?? 0) + 1;
    if (state.drift > 0) drifted++;
  }
  return { health, drifted };
}
