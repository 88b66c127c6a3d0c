/**
 * Deletes generations beyond those that are kept, and the wishes that only they name. The number of the newest generation is written in
 * the same transactions: whoever begins another one meanwhile, with such a wish, finds it changed and stores the wish again.
 */

import type * as z from 'zod';
import { FleetError } from '../errors.js';
import type { FleetKeys } from '../keys.js';
import { assignment, type GenerationPlan, generationPlan, group, type wishes } from '../records.js';
import type { Comparison, FleetStore, Operation } from '../store/store.js';
import { KEPT_GENERATIONS } from './history.js';
import { readLatest, readPlannedAgents, recordOf } from './read-records.js';

/** Deletions of a transaction. */
const BATCH = 100;
/** Generations that are deleted in one go. */
const MOST = 10;

/** @throws FleetError BAD_RECORD, CONTENDED, and what the store throws */
export async function dropOldGenerations(
  store: FleetStore,
  keys: FleetKeys,
  fence: Comparison,
  kept = KEPT_GENERATIONS,
): Promise<void> {
  const latest = await readLatest(store, keys);
  const old: GenerationPlan[] = [];
  for (let number = latest.generation - kept; number > 0; number--) {
    const plan = recordOf(generationPlan, await store.get(keys.plan(number)));
    if (plan === undefined) break;
    old.push(plan);
    // The oldest ones go: those that are left are found from the newest one on.
    if (old.length > MOST) old.shift();
  }
  if (old.length === 0) return;
  const unneeded = await namedBy(store, keys, old);
  for (const sha of await needed(store, keys, latest.generation, kept)) unneeded.delete(sha);
  const deletions: Operation[] = [
    ...[...unneeded].map((sha) => ({ delete: { prefix: `${keys.wishes}${sha}/` } })),
    // The oldest first, for the same reason.
    ...old.reverse().map(({ generation }) => ({ delete: { prefix: keys.generation(generation) } })),
  ];
  let { revision: mod } = latest;
  for (let at = 0; at < deletions.length; at += BATCH) {
    const { succeeded, revision } = await store.transact({
      compare: [fence, { key: keys.latest, mod }],
      success: [...deletions.slice(at, at + BATCH), { put: keys.latest, value: String(latest.generation) }],
    });
    if (!succeeded) throw new FleetError('CONTENDED', 'another generation has begun');
    mod = revision;
  }
}

/** Hashes of the wishes that these generations name. */
async function namedBy(store: FleetStore, keys: FleetKeys, plans: readonly GenerationPlan[]): Promise<Set<string>> {
  const found = new Set<string>();
  const add = (some: z.output<typeof wishes> = {}) => {
    for (const sha of Object.values(some)) found.add(sha);
  };
  for (const plan of plans) {
    for (const { wishes: own } of Object.values(plan.groups)) add(own);
    for (const { wishes: own, before } of await readPlannedAgents(store, keys, plan)) {
      add(own);
      add(before?.wishes);
    }
  }
  return found;
}

/** Hashes of the wishes that the generations that are kept, assignments and groups name. */
async function needed(store: FleetStore, keys: FleetKeys, newest: number, kept: number): Promise<Set<string>> {
  const plans: GenerationPlan[] = [];
  for (let number = newest; number > Math.max(0, newest - kept); number--) {
    const plan = recordOf(generationPlan, await store.get(keys.plan(number)));
    if (plan !== undefined) plans.push(plan);
  }
  const found = await namedBy(store, keys, plans);
  const [agents, groups] = await Promise.all([
    store.list({ prefix: keys.agents }),
    store.list({ prefix: keys.groups }),
  ]);
  for (const kv of agents.kvs) {
    if (keys.agentOf(kv.key)?.what !== 'config/wish') continue;
    for (const sha of Object.values(recordOf(assignment, kv)?.wishes ?? {})) found.add(sha);
  }
  for (const kv of groups.kvs) for (const sha of Object.values(recordOf(group, kv)?.wishes ?? {})) found.add(sha);
  return found;
}
