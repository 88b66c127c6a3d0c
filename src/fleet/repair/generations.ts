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
    if (faults.length === 0) continue;
    const isPlanWhole = plan !== undefined && parts === undefined;
    damages.push(damageOf(keys, found, { faults, plan, isPlanWhole, state, isNewest: found.number === newest, by }));
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
  /** With its agents. */
  readonly isPlanWhole: boolean;
  readonly state: RolloutState | undefined;
  readonly isNewest: boolean;
  readonly by: string;
}

/** Only the newest one may be under way. Of an older one whose end is not known, `done` makes rollbacks go over it, whatever it was. */
function damageOf(keys: FleetKeys, { number, plan: planKv, state: stateKv }: Found, facts: Facts): Damage {
  const { faults, plan, isPlanWhole, state, isNewest } = facts;
  const isEnded = state !== undefined && isOver(state);
  const isOpen = isNewest && !isEnded;
  const keepsPlan = isPlanWhole && !isNewest;
  const reason = `its records were damaged: ${faults.join('; ')}`.slice(0, 1500);
  const since = isOpen || plan === undefined ? new Date().toISOString() : plan.at;
  const wave = keepsPlan ? (plan?.waves ?? 0) : 0;
  const end: RolloutState = isEnded
    ? { ...state, reason }
    : { state: isOpen ? 'taken-back' : 'done', wave, since, reason };
  return {
    key: keys.generation(number),
    text: `${faults.join('; ')}: ${effectOf(isOpen, keepsPlan)}`,
    mending: {
      compare: [
        { key: keys.plan(number), mod: planKv?.modRevision ?? 0 },
        { key: keys.rollout(number), mod: stateKv?.modRevision ?? 0 },
      ],
      success: [
        ...(keepsPlan ? [] : [{ put: keys.plan(number), value: JSON.stringify(emptyPlan(number, facts)) }]),
        { put: keys.rollout(number), value: JSON.stringify(end) },
      ],
    },
  };
}

function effectOf(isOpen: boolean, keepsPlan: boolean): string {
  if (isOpen) return 'it ends here, and agents that have it go back by themselves: apply the files again';
  if (keepsPlan) return 'it counts as done, and its plan stays';
  return 'an empty one takes its place in the history, and no rollback goes back over it';
}

function emptyPlan(generation: number, { plan, by }: Facts): GenerationPlan {
  return {
    ...{ generation, at: plan?.at ?? new Date().toISOString(), by: plan?.by ?? by, agents: 0, waves: 0, parts: 0 },
    ...{ pauseOnFailure: true, allowAway: false, waveSeconds: 1, groups: {}, droppedGroups: [], isDamaged: true },
    comment: `in place of damaged records, by ${by}`.slice(0, 2000),
  };
}
