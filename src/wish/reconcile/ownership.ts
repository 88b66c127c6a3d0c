/**
 * Says which of VPP's objects are in the hands of a wish, and so are deleted when it does not ask for them: no object on an interface that
 * VPP did not make by itself and that no wish names (a card), none that a wish never asked for where other programs have such objects, and
 * nothing that is listed as unmanaged, nor what stands on that.
 */

import { fitsAny } from '../../glob.js';
import { interfacesOf } from '../kinds/interfaces-of.js';
import { type Kind, keyOf } from '../kinds/kind.js';
import type { Wish } from '../wish.js';
import { type FoundObject, type Inventory, keysOf } from './inventory.js';
import { listedBefore, wantedObjects } from './operation.js';

export interface OwnershipOptions {
  readonly kinds: readonly Kind[];
  readonly wish: Wish;
  /** Wishes that were carried out before, and whose objects may still be there. Default: none. */
  readonly former?: readonly Wish[];
  readonly unmanaged?: Unmanaged;
}

/** Objects that others look after. `*` stands for any characters. */
export interface Unmanaged {
  /** Globs over keys: `route/*`, `interface/memif*`. */
  readonly keys?: readonly string[];
  /** Globs over the tags of interfaces and ACLs. */
  readonly tags?: readonly string[];
}

/** An object that was found, or one that is wanted. */
export type Listable = Pick<FoundObject, 'kind' | 'key' | 'name' | 'value' | 'tag'>;

export interface Owner {
  /** Whether an object that no wish asks for may be deleted. */
  owns(found: FoundObject, inventory: Inventory): boolean;
  /** Whether others look after an object, or after what it stands on: it is listed as unmanaged. */
  isUnmanaged(object: Listable, inventory: Inventory): boolean;
  /** Whether VPP may have owned objects of a kind that the wish does not ask for. */
  reads(kind: Kind): boolean;
  /** As it was given. */
  readonly former: readonly Wish[];
}

export function ownership({ kinds, wish, former = [], unmanaged = {} }: OwnershipOptions): Owner {
  const named = new Set([wish, ...former].flatMap((each) => [...interfacesOf(each)].map(({ name }) => name)));
  const shared = new Set(kinds.filter((kind) => kind.ownership === 'wished'));
  const asked = former.map((each) => askedBy(kinds, shared, each));
  const { keys: globs = [], tags = [] } = unmanaged;
  const isListed = (key: string, tag = '') => fitsAny(globs, key) || (tag !== '' && fitsAny(tags, tag));

  const hasRules = globs.length + tags.length > 0;
  function isUnmanaged(found: Listable, inventory: Inventory): boolean {
    if (keysOf(found).some((key) => isListed(key, found.tag))) return true;
    return found.kind.needs(found).some((need) => {
      const base = inventory.get(need);
      return isListed(need, inventory.tags.get(need)) || (base !== undefined && isUnmanaged(base, inventory));
    });
  }

  /** Whether it stands on an interface that no kind makes, and that no wish names. */
  function isOnForeign(found: FoundObject, inventory: Inventory): boolean {
    return found.kind.needs(found).some((need) => {
      if (!need.startsWith(INTERFACE)) return false;
      const base = inventory.get(need);
      if (base !== undefined) return isOnForeign(base, inventory);
      return inventory.indexes.has(need) && !named.has(need.slice(INTERFACE.length));
    });
  }

  return {
    owns(found, inventory) {
      const isForeign = shared.has(found.kind)
        ? !asked.some(({ keys }) => keys.has(found.key))
        : isOnForeign(found, inventory);
      if (isForeign) return false;
      return !(hasRules && isUnmanaged(found, inventory));
    },
    isUnmanaged: (object, inventory) => hasRules && isUnmanaged(object, inventory),
    reads: (kind) => asked.some(({ kinds: its }) => shared.has(kind) && its.has(kind)),
    former,
  };
}

/** The same, without holding the event loop: former wishes are listed in slices, and once for all comparisons. */
export async function ownershipAsync(options: OwnershipOptions): Promise<Owner> {
  for (const wish of options.former ?? []) await wantedObjects(options.kinds, wish);
  return ownership(options);
}

const INTERFACE = 'interface/';

interface AskedBy {
  readonly keys: { has(key: string): boolean };
  readonly kinds: ReadonlySet<Kind>;
}

/** Keys that a wish asks for, of the kinds `shared`: those of a wish that was compared before are known. */
function askedBy(kinds: readonly Kind[], shared: ReadonlySet<Kind>, wish: Wish): AskedBy {
  const before = listedBefore(kinds, wish);
  if (before !== undefined) return { keys: before.all, kinds: before.kinds };
  const asked = { keys: new Set<string>(), kinds: new Set<Kind>() };
  for (const kind of shared) {
    for (const { name } of kind.wanted(wish)) {
      asked.keys.add(keyOf(kind, name));
      asked.kinds.add(kind);
    }
  }
  return asked;
}
