/**
 * Begins a generation: its agents are written in parts, and then, in one transaction, the plan, the state and its number. Only that makes
 * it the newest one; it fails where another one has begun meanwhile, or has written the same parts.
 */

import { FleetError } from '../errors.js';
import type { FleetKeys } from '../keys.js';
import { type GenerationPlan, generationPlan, type PlannedAgent, type RolloutState } from '../records.js';
import type { Comparison, FleetStore } from '../store/store.js';
import { stateText } from './ask.js';
import { type KnownRollout, type Latest, latestOf, readNewest } from './read-records.js';
import { isOver } from './view.js';

/** Everything of a plan but what follows from where it stands. */
export type GivenPlan = Omit<GenerationPlan, 'generation' | 'agents' | 'waves' | 'parts'>;

export interface NewRollout {
  readonly plan: GivenPlan;
  /** In the order of their waves. */
  readonly agents: readonly PlannedAgent[];
}

/** Agents and characters of a part, and parts of a plan; etcd's own limits are 1.5 MiB of a request, and 128 comparisons. */
const PART_AGENTS = 2000;
const PART_SIZE = 500_000;
const MOST_PARTS = 100;
/** Groups that come and go: they take effect in one transaction, with the state, and etcd takes 128 operations. */
const MOST_GROUPS = 127;
const ATTEMPTS = 10;

/**
 * `make` gets the newest roll-out, and what it makes is written; it is called again where others were faster. It makes nothing by
 * `undefined`. Wishes that it names are stored by `make`: from then on nobody deletes them.
 * @throws FleetError UNDER_WAY, TOO_LARGE, BAD_PLAN, BAD_RECORD, CONTENDED
 */
export async function begin(
  store: FleetStore,
  keys: FleetKeys,
  make: (newest: KnownRollout | undefined) => Promise<NewRollout | undefined>,
): Promise<GenerationPlan | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // Read first: whoever deletes old wishes writes it, too.
    const latest = latestOf(await store.get(keys.latest));
    const newest = latest.generation === 0 ? undefined : await readNewest(store, keys);
    if (newest !== undefined && !isOver(newest.state)) throw underWay(newest);
    const made = await make(newest);
    if (made === undefined) return undefined;
    const plan = await write(store, keys, latest, made);
    if (plan !== undefined) return plan;
  }
  throw new FleetError('CONTENDED', 'others have begun a roll-out each time that this was tried; try again');
}

/** Undefined where others were faster. */
async function write(
  store: FleetStore,
  keys: FleetKeys,
  latest: Latest,
  { plan: given, agents }: NewRollout,
): Promise<GenerationPlan | undefined> {
  checkGroups(given);
  const generation = latest.generation + 1;
  const compare: Comparison[] = [{ key: keys.latest, mod: latest.revision }];
  const parts = partsOf(agents);
  const waves = agents.reduce((most, { wave }) => Math.max(most, wave), 0);
  const plan: GenerationPlan = { ...given, generation, agents: agents.length, waves, parts: parts.length };
  checkForm(plan);
  for (const [at, part] of parts.entries()) {
    const key = keys.planAgents(generation, at);
    const { succeeded, revision } = await store.transact({
      compare: [compare[0]],
      success: [{ put: key, value: part }],
    });
    if (!succeeded) return undefined;
    compare.push({ key, mod: revision });
  }
  const state: RolloutState = { state: 'running', wave: 0, since: given.at };
  const { succeeded } = await store.transact({
    compare,
    success: [
      { put: keys.plan(generation), value: JSON.stringify(plan) },
      { put: keys.rollout(generation), value: JSON.stringify(state) },
      { put: keys.latest, value: String(generation) },
    ],
  });
  return succeeded ? plan : undefined;
}

/** @throws FleetError BAD_PLAN: no driver could read it. */
function checkForm(plan: GenerationPlan): void {
  const issue = generationPlan.safeParse(plan).error?.issues[0];
  if (issue) throw new FleetError('BAD_PLAN', `the plan cannot be begun: ${issue.path.join('.')}: ${issue.message}`);
}

/** @throws FleetError TOO_LARGE: it could never be done. */
function checkGroups({ groups, droppedGroups }: GivenPlan): void {
  const come = Object.keys(groups).length;
  const go = droppedGroups.length;
  if (come + go <= MOST_GROUPS) return;
  const text = `${come} groups come and ${go} go, ${MOST_GROUPS} at most in one roll-out: take fewer of them away at a time`;
  throw new FleetError('TOO_LARGE', text);
}

/** @throws FleetError TOO_LARGE */
function partsOf(agents: readonly PlannedAgent[]): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let size = 0;
  const close = () => {
    if (part.length > 0) parts.push(`[${part.join(',')}]`);
    part = [];
    size = 0;
  };
  for (const agent of agents) {
    const text = JSON.stringify(agent);
    if (part.length === PART_AGENTS || size + text.length > PART_SIZE) close();
    part.push(text);
    size += text.length + 1;
  }
  close();
  if (parts.length > MOST_PARTS) {
    throw new FleetError('TOO_LARGE', `a plan of ${agents.length} agents is too large; roll it out in several pieces`);
  }
  return parts;
}

function underWay({ plan, state }: KnownRollout): FleetError {
  const driver = state.driver === undefined ? 'nobody drives it yet' : `driven by ${state.driver}`;
  const text = `generation ${plan.generation} is ${stateText(state)} (wave ${state.wave} of ${plan.waves}), asked for by ${plan.by}, ${driver}`;
  return new FleetError('UNDER_WAY', `${text}; see vppmux fleet status, or take it back with vppmux fleet rollback`);
}
