/** Compares what is wanted with what VPP has: the operations that make one of the other, unordered, and what cannot be done. */

import { Slices } from '../../slices.js';
import { HIDDEN } from '../secret.js';
import { type FoundObject, type Inventory, keysOf } from './inventory.js';
import { isAsWanted, type Operation, type Pending, type WantedObject } from './operation.js';
import { reachable } from './reachable.js';
import { type RemovalRules, removals } from './removals.js';

export interface Differences {
  readonly operations: readonly Operation[];
  readonly pending: readonly Pending[];
}

export async function differences(inventory: Inventory, rules: RemovalRules): Promise<Differences> {
  const { wanted } = rules;
  const slices = new Slices();
  const candidates = new Map<string, string>();
  const blocked: Pending[] = [];
  const changed: { readonly found: FoundObject; readonly want: WantedObject }[] = [];
  for (const found of inventory.objects.values()) {
    const { kind, key } = found;
    const want = wanted.get(key);
    if (want === undefined) {
      const isDeletable = kind.remove !== undefined && found.comesWith === undefined && !found.isUsual;
      if (isDeletable && rules.owns(found, inventory)) candidates.set(key, 'is not in the wish');
    } else if (!isAsWanted(want, found)) {
      const obstacle = kind.obstacle?.(found, want);
      if (obstacle !== undefined) blocked.push({ key, reason: obstacle });
      else if (canChange(found, want)) changed.push({ found, want });
      else candidates.set(key, 'differs, and cannot be changed in place');
    }
    if (slices.isOver) await slices.next();
  }
  const { deleted, vanished, kept } = await removals(inventory, candidates, rules);
  const operations: Operation[] = [];
  for (const [key, reason] of deleted) {
    const found = inventory.objects.get(key) as FoundObject;
    operations.push({ action: 'delete', kind: found.kind, key, name: found.name, before: found, reason });
  }
  const missing: WantedObject[] = [];
  for (const want of wanted.values()) {
    const { key } = want;
    if (!inventory.objects.has(key) || deleted.has(key) || vanished.has(key)) missing.push(want);
    if (slices.isOver) await slices.next();
  }
  const gone = new Set([...deleted.keys()].flatMap((key) => keysOf(inventory.objects.get(key) as FoundObject)));
  const here = (key: string) => inventory.has(key) && !gone.has(key);
  const changes = new Map(
    changed.flatMap((each) =>
      gone.has(each.found.key) || vanished.has(each.found.key) ? [] : [[each.want, each.found]],
    ),
  );
  for (const want of changes.keys()) missing.push(want);
  const { possible, impossible } = await reachable(missing, here, inventory, slices);
  const bringing = broughtBy(possible, changes);
  for (const want of possible) {
    if (slices.isOver) await slices.next();
    if (want.comesWith !== undefined && bringing.has(want.comesWith)) continue;
    // Written out, since a spread takes several times as long, and there may be hundreds of thousands.
    const { kind, key, name } = want;
    const before = changes.get(want);
    if (before !== undefined) {
      operations.push({ action: 'change', kind, key, name, before, after: want, reason: 'differs' });
      continue;
    }
    const reason = deleted.get(key) ?? (vanished.has(key) ? 'is created anew' : 'is not there');
    operations.push({ action: 'create', kind, key, name, before: undefined, after: want, reason });
  }
  for (const again of [...setAnew(operations, inventory, rules)]) operations.push(again);
  const waiting = blocked.filter(({ key }) => !deleted.has(key) && !vanished.has(key));
  return { operations, pending: [...kept, ...waiting, ...impossible] };
}

/** Keys of what is created and brings others along. */
function broughtBy(possible: readonly WantedObject[], changes: ReadonlyMap<WantedObject, FoundObject>): Set<string> {
  const bringing = new Set<string>();
  for (const { comesWith } of possible) if (comesWith !== undefined) bringing.add(comesWith);
  if (bringing.size === 0) return bringing;
  const created = possible.filter((want) => bringing.has(want.key) && !changes.has(want));
  return new Set(created.map(({ key }) => key));
}

/** Operations for objects that are as wanted, and that other operations set back. */
function* setAnew(operations: readonly Operation[], { objects }: Inventory, { wanted }: RemovalRules) {
  const causes = operations.filter(({ kind }) => kind.resets);
  const busy = new Set(causes.length === 0 ? [] : operations.map(({ key }) => key));
  for (const { kind, key: by, before, after } of causes) {
    for (const key of kind.resets?.(before, after) ?? []) {
      const want = wanted.get(key);
      const found = objects.get(key);
      if (want === undefined || found === undefined || busy.has(key)) continue;
      busy.add(key);
      const action = canChange(found, want) ? 'change' : 'create';
      const reason = `is set back by ${by}`;
      yield { ...identity(want), action, before: found, after: want, reason } satisfies Operation;
    }
  }
}

/** Asked with names instead of numbers: only whether it can be done counts. One that throws fails when it is carried out, and deletes nothing. */
function canChange(found: FoundObject, want: WantedObject): boolean {
  try {
    return want.kind.change?.(found, want, NAMES) !== undefined;
  } catch {
    return true;
  }
}

const NAMES = {
  index: (key: string) => key,
  interface: (name: string) => name,
  newest: (name: string) => name,
  definition: () => undefined,
  secret: () => HIDDEN,
};

const identity = ({ kind, key, name }: WantedObject) => ({ kind, key, name });
