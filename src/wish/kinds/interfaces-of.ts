/** The interfaces that a wish names, in one form: those of `interfaces`, their sub-interfaces, and loopbacks. */

import type { WishedInterface, WishedLoopback, WishedSubInterface } from '../schema.js';
import { subName, type Wish } from '../wish.js';

export interface NamedInterface {
  readonly name: string;
  readonly itf: WishedInterface | WishedSubInterface | WishedLoopback;
  /** Its place in the file. */
  readonly path: readonly (string | number)[];
}

export function* interfacesOf(wish: Wish): Generator<NamedInterface> {
  for (const [name, itf] of Object.entries(wish.file.loopbacks ?? {})) yield { name, itf, path: ['loopbacks', name] };
  for (const [name, itf] of wish.all()) {
    const sub = subName(name);
    const path = sub === undefined ? ['interfaces', name] : ['interfaces', sub.parent, 'sub-interfaces', sub.id];
    yield { name, itf, path };
  }
}

/** The number in a name: `loop0` → 0. */
export const instanceOf = (name: string): number => Number(name.replace(/^[^0-9]*/, ''));

/** Names of the interfaces that a sub-interface is on: its parent, and with two tags that of the outer tag. None for any other. */
export const aboveOf = (wish: Wish, name: string): string[] =>
  [subName(name)?.parent, wish.outerOf(name)].filter((above) => above !== undefined);
