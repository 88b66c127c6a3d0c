/**
 * The number of the newest generation, where the key that has it is damaged or gone, or is not that of the newest one that is there. It is
 * none that an agent or a group has had already: they would take the next generation for the one that they have.
 */

import type { FleetKeys } from '../keys.js';
import { assignment, group } from '../records.js';
import { generationNumbers } from '../rollout/numbers.js';
import { latestOf, recordOf } from '../rollout/read-records.js';
import type { FleetStore, KeyValue } from '../store/store.js';
import type { Damage } from './damage.js';

/** Looks, where generations begin meanwhile. */
const ATTEMPTS = 5;

export interface FoundLatest {
  /** 0 where nothing was ever rolled out. */
  readonly generation: number;
  readonly damage: readonly Damage[];
}

export async function findLatest(store: FleetStore, keys: FleetKeys): Promise<FoundLatest> {
  let kv = await store.get(keys.latest);
  for (let attempt = 1; ; attempt++) {
    const newest = await newestThere(store, keys);
    if (newest > 0 && newest === numberOf(kv)) return { generation: newest, damage: [] };
    const generation = Math.max(newest, await newestNamed(store, keys));
    const now = await store.get(keys.latest);
    if (now?.modRevision === kv?.modRevision || attempt === ATTEMPTS) return judged(keys, kv, { newest, generation });
    kv = now;
  }
}

/** `newest`: of those that are there; `generation`: also of those that somebody has. */
function judged(keys: FleetKeys, kv: KeyValue | undefined, found: { newest: number; generation: number }): FoundLatest {
  const { newest, generation } = found;
  const known = numberOf(kv);
  const isWhole = known !== undefined && (generation === 0 || known === generation);
  if (isWhole) return { generation: known, damage: [] };
  const becomes = generation === newest ? 'the newest one that is there' : 'which agents or groups have';
  const mending =
    generation === 0 ? 'and there is no generation: it is removed' : `it becomes ${generation}, ${becomes}`;
  const damage: Damage = {
    key: keys.latest,
    text: `${faultOf(kv, generation)}${generation === 0 ? ', ' : ': '}${mending}`,
    mending: {
      compare: [{ key: keys.latest, mod: kv?.modRevision ?? 0 }],
      success: [generation === 0 ? { delete: keys.latest } : { put: keys.latest, value: `${generation}` }],
    },
  };
  return { generation, damage: [damage] };
}

function faultOf(kv: KeyValue | undefined, generation: number): string {
  const known = numberOf(kv);
  if (kv === undefined) return 'is missing';
  if (known === undefined) return 'holds no number of a generation';
  return `is ${known}, ${known < generation ? 'and a newer one is there' : 'of which nothing is there'}`;
}

/** 0 where there is no such key. */
function numberOf(kv: KeyValue | undefined): number | undefined {
  try {
    return latestOf(kv).generation;
  } catch {
    return undefined;
  }
}

async function newestThere(store: FleetStore, keys: FleetKeys): Promise<number> {
  const all = await generationNumbers(store, keys);
  const newest = all.findLast(({ isBegun }) => isBegun) ?? all.at(-1);
  return newest?.number ?? 0;
}

/** Newest generation of an assignment, or a group. */
async function newestNamed(store: FleetStore, keys: FleetKeys): Promise<number> {
  let newest = 0;
  for (const kv of (await store.list({ prefix: keys.agents })).kvs) {
    if (keys.agentOf(kv.key)?.what !== 'config/wish') continue;
    newest = Math.max(newest, recordOf(assignment, kv)?.generation ?? 0);
  }
  for (const kv of (await store.list({ prefix: keys.groups })).kvs) {
    newest = Math.max(newest, recordOf(group, kv)?.generation ?? 0);
  }
  return newest;
}
