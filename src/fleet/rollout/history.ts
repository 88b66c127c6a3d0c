/** Generations that are kept, the newest first. */

import type { FleetKeys } from '../keys.js';
import { type GenerationPlan, generationPlan, type RolloutState, rolloutState } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { readLatest, recordOf } from './read-records.js';

/** Generations that are kept. */
export const KEPT_GENERATIONS = 50;

export interface PastRollout {
  readonly plan: GenerationPlan;
  readonly state: RolloutState;
}

/** Skips what is damaged. @throws FleetError BAD_RECORD */
export async function history(
  store: FleetStore,
  keys: FleetKeys,
  { limit = KEPT_GENERATIONS }: { readonly limit?: number } = {},
): Promise<PastRollout[]> {
  const { generation: newest } = await readLatest(store, keys);
  const count = Math.min(newest, limit, KEPT_GENERATIONS);
  if (count === 0) return [];
  const numbers = Array.from({ length: count }, (_, at) => newest - at);
  const gets = numbers.flatMap((number) => [{ get: keys.plan(number) }, { get: keys.rollout(number) }]);
  // All of one revision.
  const { results } = await store.transact({ success: gets });
  return numbers.flatMap((_, at) => {
    const plan = recordOf(generationPlan, results[2 * at]?.kvs[0]);
    const state = recordOf(rolloutState, results[2 * at + 1]?.kvs[0]);
    return plan === undefined || state === undefined ? [] : [{ plan, state }];
  });
}
