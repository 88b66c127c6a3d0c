/**
 * Finds out which objects can be made: those whose needs are there, or come with others that can be made. There may be hundreds of
 * thousands that need the same few keys, so it is decided for keys first, and an object costs no more than a look at its needs.
 */

import type { Slices } from '../../slices.js';
import { type Inventory, keysOf } from './inventory.js';
import type { Pending, WantedObject } from './operation.js';

export interface Reachable {
  /** In the order in which they were given. */
  readonly possible: readonly WantedObject[];
  readonly impossible: readonly Pending[];
}

/** `here`: whether something of a key is there already. */
export async function reachable(
  missing: readonly WantedObject[],
  here: (key: string) => boolean,
  { unread }: Pick<Inventory, 'unread'>,
  slices: Slices,
): Promise<Reachable> {
  const possible: WantedObject[] = [];
  const impossible: Pending[] = [];
  const known = unread.size === 0 ? missing : missing.filter(({ kind }) => !unread.has(kind));
  const coming = await keysThatCome(known, here, slices);
  for (const want of missing) {
    if (slices.isOver) await slices.next();
    const reason = unread.get(want.kind);
    if (reason !== undefined) {
      impossible.push({ key: want.key, reason });
      continue;
    }
    const needs = want.kind.needs(want);
    if (needs.every((key) => coming.has(key) || here(key))) possible.push(want);
    else {
      const lacks = needs.filter((key) => !here(key) && !coming.has(key));
      impossible.push({ key: want.key, reason: `needs ${lacks.join(' and ')}, which is not there` });
    }
  }
  return { possible, impossible };
}

/** Keys that are needed, are not there, and come with an object that can be made. */
async function keysThatCome(wanted: readonly WantedObject[], here: (key: string) => boolean, slices: Slices) {
  const lacking = new Set<string>();
  for (const want of wanted) {
    if (slices.isOver) await slices.next();
    for (const key of want.kind.needs(want)) if (!lacking.has(key) && !here(key)) lacking.add(key);
  }
  const makers = new Set<WantedObject>();
  for (const want of lacking.size === 0 ? [] : wanted) {
    if (slices.isOver) await slices.next();
    if (keysOf(want).some((key) => lacking.has(key))) makers.add(want);
  }
  const coming = new Set<string>();
  const waiting = new Map<string, Maker[]>();
  for (const want of makers) {
    if (slices.isOver) await slices.next();
    const open = want.kind.needs(want).filter((key) => !here(key) && !coming.has(key));
    const maker = { want, open: open.length };
    for (const key of open) {
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [maker]);
      else others.push(maker);
    }
    if (open.length === 0) come(want);
  }
  return coming;

  /** Follows what comes with an object to all that waited for it. */
  function come(first: WantedObject): void {
    const stack = [first];
    for (let want = stack.pop(); want !== undefined; want = stack.pop()) {
      for (const key of keysOf(want)) {
        if (coming.has(key)) continue;
        coming.add(key);
        for (const maker of waiting.get(key) ?? []) if (--maker.open === 0) stack.push(maker.want);
      }
    }
  }
}

/** An object that others need, with the number of its own needs that have not come. */
interface Maker {
  readonly want: WantedObject;
  open: number;
}
