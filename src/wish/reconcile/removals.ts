/**
 * Finds all that has to be deleted: a few objects, and everything that hangs on it: VPP leaves routes and memberships of a deleted interface behind, for the
 * next interface that gets its number. What hangs on it and is not ours keeps it.
 */

import { Slices } from '../../slices.js';
import { type FoundObject, type Inventory, keysOf } from './inventory.js';
import type { Pending, WantedObject } from './operation.js';

export interface Removals {
  /** By key, with the reason. */
  readonly deleted: ReadonlyMap<string, string>;
  /** Keys of settings that VPP takes away with what is deleted. */
  readonly vanished: ReadonlySet<string>;
  /** Objects that would have to be deleted, and cannot. */
  readonly kept: readonly Pending[];
}

export interface RemovalRules {
  readonly wanted: ReadonlyMap<string, WantedObject>;
  /** Whether an object that no wish asks for may be deleted. */
  readonly owns: (found: FoundObject, inventory: Inventory) => boolean;
}

/** `candidates`: keys of what is to be deleted for itself, with the reason. */
export async function removals(
  inventory: Inventory,
  candidates: ReadonlyMap<string, string>,
  { wanted, owns }: RemovalRules,
): Promise<Removals> {
  if (candidates.size === 0) return { deleted: candidates, vanished: new Set(), kept: [] };
  const slices = new Slices();
  const dependents = await dependentsIn(inventory, slices);
  const kept = new Map<string, string>();
  const mayGo = (found: FoundObject) => wanted.has(found.key) || owns(found, inventory);
  for (;;) {
    const starts = [...candidates].filter(([key]) => !kept.has(key));
    const { deleted, vanished, holders } = await closure({ inventory, starts, dependents, mayGo, kept, slices });
    if (holders.size === 0) {
      return { deleted, vanished, kept: [...kept].map(([key, reason]) => ({ key, reason })) };
    }
    for (const [key, reason] of holders) kept.set(key, reason);
  }
}

type Dependents = ReadonlyMap<string, readonly FoundObject[]>;

/** Objects by the keys that they need, or come with. */
async function dependentsIn({ objects }: Inventory, slices: Slices): Promise<Dependents> {
  const all = new Map<string, FoundObject[]>();
  for (const found of objects.values()) {
    const needs = found.kind.needs(found);
    for (const need of found.comesWith === undefined ? needs : [...needs, found.comesWith]) {
      const list = all.get(need);
      if (list === undefined) all.set(need, [found]);
      else list.push(found);
    }
    if (slices.isOver) await slices.next();
  }
  return all;
}

interface Closure {
  readonly inventory: Inventory;
  readonly starts: readonly (readonly [key: string, reason: string])[];
  readonly dependents: Dependents;
  readonly mayGo: (found: FoundObject) => boolean;
  readonly kept: ReadonlyMap<string, string>;
  readonly slices: Slices;
}

/** Follows `starts` to all that goes with them. `holders`: those of them that must stay, since something that stays hangs on them. */
async function closure({ inventory, starts, dependents, mayGo, kept, slices }: Closure) {
  const { objects } = inventory;
  const deleted = new Map(starts);
  const vanished = new Set<string>();
  const holders = new Map<string, string>();
  // A map is iterated in the order of insertion, with what is added meanwhile.
  for (const key of deleted.keys()) {
    const found = objects.get(key) as FoundObject;
    for (const dependent of keysOf(found).flatMap((each) => dependents.get(each) ?? [])) {
      if (dependent.kind.vanishes || dependent.comesWith !== undefined) vanished.add(dependent.key);
      else if (deleted.has(dependent.key)) continue;
      else if (kept.has(dependent.key)) holders.set(key, kept.get(dependent.key) as string);
      else if (!mayGo(dependent))
        holders.set(key, `${dependent.key} stands on it, and is not in the hands of the wish`);
      else deleted.set(dependent.key, `stands on ${key}`);
    }
    if (slices.isOver) await slices.next();
  }
  return { deleted, vanished, holders };
}
