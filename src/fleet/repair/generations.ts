/** Generations that are kept, as far as their records are damaged. */

import { reasonOf } from '../../thrown.js';
import type { FleetKeys } from '../keys.js';
import { type GenerationPlan, generationPlan, type RolloutState, rolloutState } from '../records.js';
import { KEPT_GENERATIONS } from '../rollout/history.js';
import { readPlannedAgents, recordOf } from '../rollout/read-records.js';
import { isOver } from '../rollout/view.js';
import type { FleetStore, KeyValue } from '../store/store.js';
import type { Damage } from './damage.js';

interface Found {
  readonly number: number;
  readonly plan: KeyValue | undefined;
  readonly state: KeyValue | undefined;
}

export async function damagedGenerations(
  store: FleetStore,
  keys: FleetKeys,
  newest: number,
  by: string,
): Promise<Damage[]> {
  const damages: Damage[] = [];
  for (const found of await kept(store, keys, newest)) {
    const plan = recordOf(generationPlan, found.plan);
    const state = recordOf(rolloutState, found.state);
    const parts = plan === undefined ? undefined : await partsFault(store, keys, plan);
    const faults = [
      ...(plan === undefined ? [`its plan ${faultOf(found.plan)}`] : []),
      ...(state === undefined ? [`its state ${faultOf(found.state)}`] : []),
      ...(parts === undefined ? [] : [parts]),
    ];
    if (faults.length > 0) damages.push(damageOf(keys, found, { faults, plan, state, by }));
  }
  return damages;
}

const faultOf = (kv: KeyValue | undefined) => (kv === undefined ? 'is missing' : 'is no such record');

/** In the order of their numbers, without those that were never there, or are not kept any more. */
async function kept(store: FleetStore, keys: FleetKeys, newest: number): Promise<Found[]> {
  const count = Math.min(newest, KEPT_GENERATIONS);
  if (count === 0) return [];
  const numbers = Array.from({ length: count }, (_, at) => newest - count + 1 + at);
  const gets = numbers.flatMap((number) => [{ get: keys.plan(number) }, { get: keys.rollout(number) }]);
  const { results } = await store.transact({ success: gets });
  const all = numbers.map((number, at) => ({
    ...{ number, plan: results[2 * at]?.kvs[0], state: results[2 * at + 1]?.kvs[0] },
  }));
  return all.filter(({ number, plan, state }) => number === newest || plan !== undefined || state !== undefined);
}

async function partsFault(store: FleetStore, keys: FleetKeys, plan: GenerationPlan): Promise<string | undefined> {
  try {
    await readPlannedAgents(store, keys, plan);
    return undefined;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'BAD_RECORD') throw error;
    return reasonOf(error);
  }
}

interface Facts {
  readonly faults: readonly string[];
  readonly plan: GenerationPlan | undefined;
  readonly state: RolloutState | undefined;
  readonly by: string;
}

function damageOf(keys: FleetKeys, { number, plan: planKv, state: stateKv }: Found, facts: Facts): Damage {
  const { faults, plan, state, by } = facts;
  const at = new Date().toISOString();
  const reason = `its records were damaged: ${faults.join('; ')}`.slice(0, 1500);
  const empty: GenerationPlan = {
    ...{ generation: number, at: plan?.at ?? at, by: plan?.by ?? by, agents: 0, waves: 0, parts: 0 },
    ...{ pauseOnFailure: true, allowAway: false, waveSeconds: 1, groups: {}, droppedGroups: [], isDamaged: true },
    comment: `in place of damaged records, by ${by}`.slice(0, 2000),
  };
  const isOpen = state === undefined || !isOver(state);
  const end: RolloutState = isOpen ? { state: 'taken-back', wave: 0, since: at, reason } : { ...state, reason };
  const effect = isOpen
    ? 'it ends here, and agents that have it go back by themselves: apply the files again'
    : 'an empty one takes its place in the history, and no rollback goes back over it';
  return {
    key: keys.generation(number),
    text: `${faults.join('; ')}: ${effect}`,
    mending: {
      compare: [
        { key: keys.plan(number), mod: planKv?.modRevision ?? 0 },
        { key: keys.rollout(number), mod: stateKv?.modRevision ?? 0 },
      ],
      success: [
        { put: keys.plan(number), value: JSON.stringify(empty) },
        { put: keys.rollout(number), value: JSON.stringify(end) },
      ],
    },
  };
}
