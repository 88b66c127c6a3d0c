/** The order of operations: what is deleted comes first, the dependants before what they need; then what is created, the other way round. */

import { Slices } from '../../slices.js';
import type { Kind } from '../kinds/kind.js';
import { keysOf } from './inventory.js';
import type { Operation } from './operation.js';
import { NONE, type Ordered, OrderedOperation, sorted, type Waits } from './sorted.js';

export type { Ordered };

/** Operations in two lists; those of `first` are done, or have failed, before `second` begins. */
export interface Order {
  readonly first: readonly Ordered[];
  readonly second: readonly Ordered[];
}

/** Operations of one kind. What the kind does not have is looked up once for all of them: there may be hundreds of thousands. */
interface Group {
  readonly kind: Kind;
  readonly list: readonly OrderedOperation[];
}

/** `rank`: the order of kinds among what does not depend on each other. */
export async function inOrder(operations: readonly Operation[], rank: ReadonlyMap<Kind, number>): Promise<Order> {
  const slices = new Slices();
  const setBack = new Set<string>();
  const resetting = new Set([...rank.keys()].filter((kind) => kind.resets));
  for (const each of operations) {
    if (slices.isOver) await slices.next();
    if (resetting.has(each.kind) && !isEarly(each)) for (const key of resetBy(each)) setBack.add(key);
  }
  const firsts = new Map<Kind, OrderedOperation[]>();
  const seconds = new Map<Kind, OrderedOperation[]>();
  for (const each of operations) {
    if (slices.isOver) await slices.next();
    const isFirst = isEarly(each) && (each.action === 'delete' || !setBack.has(each.key));
    listed(isFirst ? firsts : seconds, each.kind, new OrderedOperation(each));
  }
  const first = byRank(firsts, rank).reverse();
  const second = byRank(seconds, rank);
  const [needs, dependants] = [await needed(second, slices), await dependent(first, slices)];
  return {
    first: await sorted(all(first), { needs: dependants, precede: await preceding(first, slices) }, slices),
    second: await sorted(all(second), { needs, precede: await preceding(second, slices) }, slices),
  };
}

const resetBy = ({ kind, before, after }: Operation) => kind.resets?.(before, after) ?? NONE;

function isEarly({ action, kind, before, after }: Operation): boolean {
  return action === 'delete' || (action === 'change' && before && after && kind.isEarly?.(before, after)) === true;
}

function byRank(groups: ReadonlyMap<Kind, OrderedOperation[]>, rank: ReadonlyMap<Kind, number>): Group[] {
  const sortedGroups = [...groups].sort(([a], [b]) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  return sortedGroups.map(([kind, list]) => ({ kind, list }));
}

const all = (groups: readonly Group[]) => groups.flatMap(({ list }) => list);

/** Adds to the list of a key. */
function listed<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** For each operation: those that it waits for, without a need of them. */
async function preceding(groups: readonly Group[], slices: Slices): Promise<Waits['precede']> {
  const preceded = new Map<string, OrderedOperation[]>();
  const followed = new Set<string>();
  for (const { kind, list } of groups) {
    if (kind.precedes === undefined && kind.resets === undefined && kind.follows === undefined) continue;
    for (const each of list) {
      if (slices.isOver) await slices.next();
      const { before, after } = each.operation;
      for (const other of kind.precedes?.(before, after) ?? NONE) listed(preceded, other, each);
      for (const other of resetBy(each.operation)) listed(preceded, other, each);
      for (const other of kind.follows?.(before, after) ?? NONE) followed.add(other);
    }
  }
  const byKey = await withKeys(groups, followed, ({ key }) => [key], slices);
  if (preceded.size === 0 && byKey.size === 0) return () => NONE;
  return ({ operation: { kind, key, before, after } }) => {
    const first = preceded.get(key) ?? NONE;
    if (byKey.size === 0 || kind.follows === undefined) return first;
    return [...first, ...kind.follows(before, after).flatMap((other) => byKey.get(other) ?? [])];
  };
}

/** The operations with one of these keys, by it. */
async function withKeys(
  groups: readonly Group[],
  keys: ReadonlySet<string>,
  keysOfOne: (operation: Operation) => readonly string[],
  slices: Slices,
): Promise<ReadonlyMap<string, OrderedOperation>> {
  const found = new Map<string, OrderedOperation>();
  if (keys.size === 0) return found;
  for (const { list } of groups) {
    for (const each of list) {
      if (slices.isOver) await slices.next();
      for (const key of keysOfOne(each.operation)) if (keys.has(key)) found.set(key, each);
    }
  }
  return found;
}

/** For each of what is created or changed: the operations that make what it needs. */
async function needed(groups: readonly Group[], slices: Slices): Promise<Waits['needs']> {
  const keys = new Set<string>();
  for (const { kind, list } of groups) {
    for (const { operation } of list) {
      if (slices.isOver) await slices.next();
      for (const key of kind.needs(operation.after as NonNullable<Operation['after']>)) keys.add(key);
    }
  }
  const makers = await withKeys(groups, keys, keysOf, slices);
  if (makers.size === 0) return () => NONE;
  return ({ operation: { kind, after } }) => {
    const needs = kind.needs(after as NonNullable<typeof after>);
    return needs.some((key) => makers.has(key)) ? needs.flatMap((key) => makers.get(key) ?? []) : NONE;
  };
}

/** For each of what is deleted: the operations that delete what needs it. */
async function dependent(groups: readonly Group[], slices: Slices): Promise<Waits['needs']> {
  const users = new Map<string, OrderedOperation[]>();
  for (const { kind, list } of groups) {
    for (const each of list) {
      if (slices.isOver) await slices.next();
      const needs = kind.needs(each.operation.before as NonNullable<Operation['before']>);
      for (const key of needs) listed(users, key, each);
    }
  }
  return ({ operation }) =>
    operation.action === 'delete' ? keysOf(operation).flatMap((key) => users.get(key) ?? []) : NONE;
}
