/** How a fleet is: the newest roll-out, who drives, and each agent. */

import { Slices } from '../../slices.js';
import type { FleetKeys } from '../keys.js';
import type { AgentOutcome, AgentState, Assignment, GenerationPlan, RolloutState } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { AgentsView } from './agents-view.js';
import { someOf } from './plan.js';
import { readNewest } from './read-records.js';
import type { AgentView } from './view.js';

/** `none`: nobody has given it a wish. `behind`: it has not taken up its generation. `lost`: it was there. `unseen`: never. */
export type Standing = AgentOutcome | 'none' | 'behind' | 'lost' | 'unseen';

export interface AgentStatus {
  readonly label: string;
  readonly standing: Standing;
  /** The wish that it is to carry out. */
  readonly assignment?: Assignment;
  /** Generation that it has. */
  readonly generation?: number;
  readonly reason?: string;
  /** The time of its last word that is kept, as ISO 8601. */
  readonly at?: string;
  /** Undefined while it is away. */
  readonly state?: AgentState;
}

export interface FleetStatus {
  /** Undefined where nothing was ever rolled out. */
  readonly rollout?: { readonly plan: GenerationPlan; readonly state: RolloutState };
  /** Name of the driver that holds the lock; undefined where nobody does. */
  readonly driver?: string;
  /** In the order of their labels. */
  readonly agents: readonly AgentStatus[];
  /** Agents by standing. */
  readonly counts: Readonly<Partial<Record<Standing, number>>>;
}

/** @throws FleetError BAD_RECORD */
export async function fleetStatus(store: FleetStore, keys: FleetKeys): Promise<FleetStatus> {
  const [newest, { kvs, revision }, driver] = await Promise.all([
    readNewest(store, keys),
    store.list({ prefix: keys.agents }),
    holderOf(store, keys),
  ]);
  const view = new AgentsView(keys);
  await view.take({ kind: 'snapshot', because: 'start', kvs, revision });
  const agents: AgentStatus[] = [];
  const slices = new Slices();
  for (const [label, seen] of view.seen) {
    agents.push(agentStatus(label, seen));
    if (slices.isOver) await slices.next();
  }
  agents.sort((a, b) => (a.label < b.label ? -1 : 1));
  const counts: Partial<Record<Standing, number>> = {};
  for (const { standing } of agents) counts[standing] = (counts[standing] ?? 0) + 1;
  const rollout = newest && { plan: newest.plan, state: newest.state };
  return { ...(rollout && { rollout }), ...(driver !== undefined && { driver }), agents, counts };
}

/** Name of the driver that holds the lock: of all that want it the one that asked first. */
export async function holderOf(store: FleetStore, keys: FleetKeys): Promise<string | undefined> {
  const { kvs } = await store.list({ prefix: `${keys.driver}/` });
  const [first] = [...kvs].sort((a, b) => a.createRevision - b.createRevision);
  return first?.value.toString();
}

export function agentStatus(label: string, { assignment, state, report }: AgentView): AgentStatus {
  const common = { label, ...(assignment && { assignment }), ...(state && { state }) };
  const isToHaveNone = assignment !== undefined && someOf(assignment.wishes) === undefined;
  if (state === undefined) {
    // Nobody looks for a host that was taken out of the fleet.
    if (isToHaveNone) return { ...common, standing: 'none' };
    if (report === undefined) return { ...common, standing: 'unseen' };
    return { ...common, standing: 'lost', generation: report.generation, at: report.at };
  }
  const { generation, outcome, reason, at } = state;
  const own = {
    ...common,
    at,
    ...(generation !== undefined && { generation }),
    ...(reason !== undefined && { reason }),
  };
  if (assignment !== undefined && assignment.generation !== generation) return { ...own, standing: 'behind' };
  if (isToHaveNone && outcome === 'applied') return { ...own, standing: 'none' };
  return { ...own, standing: outcome ?? (generation === undefined ? 'none' : 'applying') };
}
