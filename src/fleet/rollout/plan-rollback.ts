/** Plans the way back to an earlier generation: what it takes back are the generations since, each to what was before it. */

import { FleetError } from '../errors.js';
import { isSelected } from '../files/fleet-file.js';
import { mergeWishes } from '../files/merge.js';
import type { FleetKeys } from '../keys.js';
import type { GenerationPlan } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { readWish, writeWish } from '../wishes.js';
import { history, type PastRollout } from './history.js';
import type { Hashes } from './plan.js';
import { readLatest, readPlannedAgents } from './read-records.js';
import type { AgentView } from './view.js';

export interface WayBack {
  /** 0: before the first one, so that the agents have no assignment. */
  readonly generation: number;
  /** Wishes of then, of each agent that has others since. */
  readonly wanted: ReadonlyMap<string, Hashes | undefined>;
  readonly groups: GenerationPlan['groups'];
  /** Agents of a wave of the newest generation. */
  readonly waveSize: number;
  /** Groups that came since. */
  readonly droppedGroups: readonly string[];
}

/** `to`: default the one before the newest that is done. @throws FleetError NO_GENERATION, WRONG_STATE, BAD_RECORD */
export async function wayBack(store: FleetStore, keys: FleetKeys, to?: number): Promise<WayBack> {
  const known = await history(store, keys);
  const done = known.filter(({ state }) => state.state === 'done').map(({ plan }) => plan);
  if (done.length === 0) throw new FleetError('NO_GENERATION', 'no generation is done that could be gone back from');
  const target = to ?? done[1]?.generation ?? 0;
  const since = done.filter(({ generation }) => generation > target).reverse();
  const then = done.find(({ generation }) => generation === target);
  if (target > 0 && then === undefined) {
    const kept = done.map(({ generation }) => generation).join(', ');
    throw new FleetError('NO_GENERATION', `generation ${target} is not there, or was never done; there are ${kept}`);
  }
  if (since.length === 0) throw new FleetError('WRONG_STATE', `generation ${target} is the newest one that is done`);
  if (target === 0 && since[0].generation > 1) {
    throw new FleetError('NO_GENERATION', 'the first generations are not kept any more: apply the files of then again');
  }
  checkWhole(known, target, (await readLatest(store, keys)).generation);
  const wanted = new Map<string, Hashes | undefined>();
  for (const plan of since) {
    for (const { label, before } of await readPlannedAgents(store, keys, plan)) {
      if (!wanted.has(label)) wanted.set(label, before?.wishes);
    }
  }
  const groups = then?.groups ?? {};
  const newer = since.flatMap((plan) => Object.keys(plan.groups));
  const droppedGroups = [...new Set(newer)].filter((name) => !Object.hasOwn(groups, name));
  const { agents, waves } = done[0];
  const waveSize = Math.max(1, Math.ceil(agents / Math.max(1, waves)));
  return { generation: target, wanted, groups, droppedGroups, waveSize };
}

/** Generations are gone back over one by one, and the groups are those of the target. @throws FleetError BAD_RECORD */
function checkWhole(known: readonly PastRollout[], target: number, newest: number): void {
  const readable = new Set(known.filter(({ plan }) => !plan.isDamaged).map(({ plan }) => plan.generation));
  for (let number = newest; number > 0 && number >= target; number--) {
    if (readable.has(number)) continue;
    const why = number === target ? 'nobody can go back to it' : 'it cannot be taken back';
    const text = `the records of generation ${number} are damaged: nobody knows what it did, so that ${why}`;
    throw new FleetError('BAD_RECORD', `${text}; apply the files of then: vppmux fleet apply`);
  }
}

/**
 * The same with the wishes of agents that had no assignment then, and were given one since: those of the groups of then that they
 * belong to, merged and stored. An agent that is away tells no labels, and has no wish again.
 */
export async function withGroupWishes(
  store: FleetStore,
  keys: FleetKeys,
  { wanted, groups }: Pick<WayBack, 'wanted' | 'groups'>,
  seen: ReadonlyMap<string, AgentView>,
): Promise<Map<string, Hashes | undefined>> {
  const all = new Map(wanted);
  const made = new Map<string, Hashes>();
  for (const [label, hashes] of wanted) {
    const labels = seen.get(label)?.state?.labels;
    if (hashes !== undefined || labels === undefined) continue;
    const names = Object.keys(groups).filter((name) => isSelected(groups[name].selector, labels));
    if (names.length === 0) continue;
    const known = names.sort().join(' ');
    const wishes = made.get(known) ?? (await mergedGroups(store, keys, names, groups));
    made.set(known, wishes);
    all.set(label, wishes);
  }
  return all;
}

async function mergedGroups(
  store: FleetStore,
  keys: FleetKeys,
  names: readonly string[],
  groups: GenerationPlan['groups'],
): Promise<Hashes> {
  const dataplanes = new Set(names.flatMap((name) => Object.keys(groups[name].wishes)));
  const merged: Record<string, string> = {};
  for (const dataplane of dataplanes) {
    const texts: { name: string; text: string }[] = [];
    for (const name of names) {
      const { wishes } = groups[name];
      if (!Object.hasOwn(wishes, dataplane)) continue;
      texts.push({ name: `group ${name}`, text: await readWish(store, keys, wishes[dataplane]) });
    }
    merged[dataplane] = await writeWish(store, keys, mergeWishes(texts));
  }
  return merged;
}
