/** Compares what is wanted with what VPP has: the operations that make one of the other, unordered, and what cannot be done. */

import { Slices } from '../../slices.js';
import { HIDDEN } from '../secret.js';
import { type FoundObject, type Inventory, keysOf } from './inventory.js';
import { isAsWanted, type Operation, type Pending, type WantedObject } from './operation.js';
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
  const created = new Set([...possible].flatMap((want) => (changes.has(want) ? [] : [want.key])));
  for (const want of possible) {
    if (want.comesWith !== undefined && created.has(want.comesWith)) continue;
    const before = changes.get(want);
    if (before !== undefined) {
      operations.push({ ...identity(want), action: 'change', before, after: want, reason: 'differs' });
      continue;
    }
    const reason = deleted.get(want.key) ?? (vanished.has(want.key) ? 'is created anew' : 'is not there');
    operations.push({ ...identity(want), action: 'create', after: want, reason });
  }
  for (const again of [...setAnew(operations, inventory, rules)]) operations.push(again);
  const waiting = blocked.filter(({ key }) => !deleted.has(key) && !vanished.has(key));
  return { operations, pending: [...kept, ...waiting, ...impossible] };
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

/** Divides objects into those whose needs are there, or come with them, and the others, with what they lack. */
async function reachable(
  missing: readonly WantedObject[],
  here: (key: string) => boolean,
  { unread }: Inventory,
  slices: Slices,
) {
  const possible: WantedObject[] = [];
  const comes = new Set<string>();
  const impossible: Pending[] = [];
  const known = missing.filter(({ kind, key }) => {
    const reason = unread.get(kind);
    if (reason !== undefined) impossible.push({ key, reason });
    return reason === undefined;
  });
  let waiting = known;
  for (;;) {
    const still: WantedObject[] = [];
    for (const want of waiting) {
      if (want.kind.needs(want).every((key) => here(key) || comes.has(key))) {
        possible.push(want);
        for (const key of keysOf(want)) comes.add(key);
      } else still.push(want);
      if (slices.isOver) await slices.next();
    }
    if (still.length === waiting.length) break;
    waiting = still;
  }
  for (const want of waiting) {
    const lacks = want.kind.needs(want).filter((key) => !here(key) && !comes.has(key));
    impossible.push({ key: want.key, reason: `needs ${lacks.join(' and ')}, which is not there` });
  }
  return { possible, impossible };
}
