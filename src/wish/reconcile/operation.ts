/** One step of a reconciliation: an object is created, changed or deleted. */

import { isDeepStrictEqual } from 'node:util';
import { Slices } from '../../slices.js';
import { type Found, type Kind, keyOf, type Wanted } from '../kinds/kind.js';
import type { Wish } from '../wish.js';

export interface WantedObject extends Wanted {
  readonly kind: Kind;
  readonly key: string;
}

/** Every property, so that the compiler finds one that is left out of a copy. */
export type Whole<T> = { [Key in keyof Required<T>]: T[Key] };

export type Action = 'create' | 'change' | 'delete';

export interface Operation {
  readonly action: Action;
  readonly kind: Kind;
  readonly key: string;
  readonly name: string;
  /** Undefined for `create`. */
  readonly before?: Found;
  /** Undefined for `delete`. */
  readonly after?: WantedObject;
  /** Why, for people: `is not in the wish`. */
  readonly reason: string;
}

/** An object that cannot be as it is wanted, and why. */
export interface Pending {
  readonly key: string;
  readonly reason: string;
}

/** All that a wish asks for. */
export interface Listing {
  /** By key. Of two objects with one key the first counts: the checks of a wish refuse such files. */
  readonly all: ReadonlyMap<string, WantedObject>;
  /** Kinds of which it asks for something. */
  readonly kinds: ReadonlySet<Kind>;
}

/** Wishes that were listed before, with the kinds that they were listed for: a wish is compared many times, and never changes. */
const listings = new WeakMap<Wish, { readonly of: readonly Kind[]; readonly listing: Listing }>();

/** The listing of a wish, if it was made before for these kinds. */
export function listedBefore(kinds: readonly Kind[], wish: Wish): Listing | undefined {
  const before = listings.get(wish);
  return before?.of === kinds ? before.listing : undefined;
}

/** Lists what a wish asks for. */
export async function wantedObjects(kinds: readonly Kind[], wish: Wish): Promise<Listing> {
  const before = listedBefore(kinds, wish);
  if (before !== undefined) return before;
  const all = new Map<string, WantedObject>();
  const its = new Set<Kind>();
  const slices = new Slices();
  for (const kind of kinds) {
    for (const { name, value, path, comesWith } of kind.wanted(wish)) {
      const key = keyOf(kind, name);
      // Written out, since a spread takes several times as long, and there may be hundreds of thousands.
      const object: Whole<WantedObject> = { name, value, path, comesWith, kind, key };
      if (!all.has(key)) all.set(key, object);
      its.add(kind);
      if (slices.isOver) await slices.next();
    }
  }
  const listing = { all, kinds: its };
  listings.set(wish, { of: kinds, listing });
  return listing;
}

export function isAsWanted(wanted: WantedObject, found: Found): boolean {
  const { same } = wanted.kind;
  return same === undefined ? isDeepStrictEqual(wanted.value, found.value) : same(wanted, found);
}
