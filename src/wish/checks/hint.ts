/** Names that may have been meant in place of unknown ones, for the first mistakes of a wish: one may have a hundred thousand of them. */

import { closest } from '../../nearest.js';
import type { Wish } from '../wish.js';

const MOST_HINTS = 20;

const given = new WeakMap<Wish, number>();

/** `; did you mean "loop0"?`; empty where nothing is near, and behind the first mistakes. `known`: all names that could be meant. */
export function hint(wish: Wish, name: string, known: () => readonly string[]): string {
  const count = given.get(wish) ?? 0;
  if (count >= MOST_HINTS) return '';
  given.set(wish, count + 1);
  return closest(name, known()).text;
}
