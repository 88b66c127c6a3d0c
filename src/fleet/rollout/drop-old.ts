/**
 * Deletes generations beyond those that are kept, and the wishes that only they name. The number of the newest generation is written in
 * the same transactions: whoever begins another one meanwhile, with such a wish, finds it changed and stores the wish again.
 */

import type * as z from 'zod';
import { FleetError } from '../errors.js';
import type { FleetKeys } from '../keys.js';
import { assignment, generationPlan, group, plannedAgents, type wishes } from '../records.js';
import type { Comparison, FleetStore, Operation } from '../store/store.js';
import { KEPT_GENERATIONS } from './history.js';
import { generationNumbers } from './numbers.js';
import { readLatest, recordOf } from './read-records.js';

/** Deletions of a transaction. */
const BATCH = 100;
/** Generations that are deleted in one go. */
const MOST = 10;

/**
 * Gives the numbers of those that were damaged: the wishes that only they named stay.
 * @throws FleetError BAD_RECORD, CONTENDED, and what the store throws
 */
export async function dropOldGenerations(
  store: FleetStore,
  keys: FleetKeys,
  fence: Comparison,
  kept = KEPT_GENERATIONS,
): Promise<readonly number[]> {
  const latest = await readLatest(store, keys);
  const all = (await generationNumbers(store, keys)).map(({ number }) => number);
  const old = all.filter((number) => number <= latest.generation - kept).slice(0, MOST);
  if (old.length === 0) return [];
  const unneeded = await namedBy(store, keys, old);
  const needed = await namedNow(store, keys, latest.generation, kept);
  const deletions: Operation[] = [
    ...[...unneeded.hashes]
      .filter((sha) => !needed.has(sha))
      .map((sha) => ({ delete: { prefix: `${keys.wishes}${sha}/` } })),
    ...old.map((number) => ({ delete: { prefix: keys.generation(number) } })),
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
  return unneeded.damaged;
}

interface Named {
  /** Hashes of wishes. */
  readonly hashes: Set<string>;
  /** Generations that may name others: not all of their records can be read. */
  readonly damaged: readonly number[];
}

async function namedBy(store: FleetStore, keys: FleetKeys, generations: readonly number[]): Promise<Named> {
  const hashes = new Set<string>();
  const damaged = new Set<number>();
  const add = (some: z.output<typeof wishes> = {}) => {
    for (const sha of Object.values(some)) hashes.add(sha);
  };
  for (const number of generations) {
    const plan = recordOf(generationPlan, await store.get(keys.plan(number)));
    if (plan === undefined || plan.isDamaged) damaged.add(number);
    for (const { wishes: own } of Object.values(plan?.groups ?? {})) add(own);
    // A plan that is damaged has parts as well.
    for (let part = 0; ; part++) {
      const kv = await store.get(keys.planAgents(number, part));
      if (kv === undefined) break;
      const agents = recordOf(plannedAgents, kv);
      if (agents === undefined) damaged.add(number);
      for (const { wishes: own, before } of agents ?? []) {
        add(own);
        add(before?.wishes);
      }
    }
  }
  return { hashes, damaged: [...damaged] };
}

/** Hashes of the wishes that the generations that are kept, assignments and groups name. */
async function namedNow(store: FleetStore, keys: FleetKeys, newest: number, kept: number): Promise<Set<string>> {
  const numbers = Array.from({ length: Math.min(newest, kept) }, (_, at) => newest - at);
  const { hashes } = await namedBy(store, keys, numbers);
  const [agents, groups] = await Promise.all([
    store.list({ prefix: keys.agents }),
    store.list({ prefix: keys.groups }),
  ]);
  for (const kv of agents.kvs) {
    if (keys.agentOf(kv.key)?.what !== 'config/wish') continue;
    for (const sha of Object.values(recordOf(assignment, kv)?.wishes ?? {})) hashes.add(sha);
  }
  for (const kv of groups.kvs) for (const sha of Object.values(recordOf(group, kv)?.wishes ?? {})) hashes.add(sha);
  return hashes;
}
