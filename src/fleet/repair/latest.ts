/** The number of the newest generation, where the key that has it is damaged or gone: that of the newest plan. */

import type { FleetKeys } from '../keys.js';
import { latestOf } from '../rollout/read-records.js';
import type { FleetStore } from '../store/store.js';
import type { Damage } from './damage.js';

/** Generations that are looked for in one transaction. */
const AT_ONCE = 100;

export interface FoundLatest {
  /** 0 where nothing was ever rolled out. */
  readonly generation: number;
  readonly damage: readonly Damage[];
}

export async function findLatest(store: FleetStore, keys: FleetKeys): Promise<FoundLatest> {
  const kv = await store.get(keys.latest);
  const known = numberOf(kv);
  if (known !== undefined && known > 0) return { generation: known, damage: [] };
  const generation = await newestPlan(store, keys);
  // Nothing was ever rolled out.
  if (known === 0 && generation === 0) return { generation, damage: [] };
  const compare = [{ key: keys.latest, mod: kv?.modRevision ?? 0 }];
  const what = kv === undefined ? 'is missing' : 'holds no number of a generation';
  const damage: Damage =
    generation === 0
      ? {
          key: keys.latest,
          text: `${what}, and there is no generation: it is removed`,
          mending: { compare, success: [{ delete: keys.latest }] },
        }
      : {
          key: keys.latest,
          text: `${what}: it becomes ${generation}, the newest one that is there`,
          mending: { compare, success: [{ put: keys.latest, value: `${generation}` }] },
        };
  return { generation, damage: [damage] };
}

function numberOf(kv: Parameters<typeof latestOf>[0]): number | undefined {
  try {
    return latestOf(kv).generation;
  } catch {
    return undefined;
  }
}

/** Generations are looked for from the oldest key on: a list of all would have every agent of every plan. */
async function newestPlan(store: FleetStore, keys: FleetKeys): Promise<number> {
  const oldest = { get: { prefix: keys.generations }, oldest: true, limit: 1 };
  const { results } = await store.transact({ success: [oldest] });
  const first = keys.generationOf(results[0]?.kvs[0]?.key ?? '') ?? 1;
  for (let from = first, newest = 0; ; from += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, at) => from + at);
    const found = await store.transact({ success: numbers.map((number) => ({ get: keys.plan(number) })) });
    const last = found.results.findLastIndex(({ kvs }) => kvs.length > 0);
    if (last >= 0) newest = numbers[last];
    if (last < AT_ONCE - 1) return newest;
  }
}
