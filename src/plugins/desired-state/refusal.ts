/** Reasons not to apply a wish unless deletions are allowed expressly. For people. */

import type { Wish } from '../../wish/index.js';
import type { Comparison } from './comparison.js';
import { tooManyDeletions } from './decide.js';

/** Cards that are named. */
const NAMED = 3;

/** `allowed`: what whoever applies it allows, above all doubt; `most`: max-deletions. Undefined where nothing is against it. */
export function refusalOf(
  wish: Wish,
  { deletions, reconciliation: { inventory } }: Pick<Comparison, 'deletions' | 'reconciliation'>,
  { allowed, most }: { readonly allowed?: number | true; readonly most: number },
): string | undefined {
  const bound = allowed ?? most;
  if (bound !== true && deletions > bound) return tooManyDeletions(deletions, bound);
  if (allowed !== undefined || deletions === 0) return undefined;
  return anotherHost(wish, (name) => inventory.has(`interface/${name}`), deletions);
}

/** A file of another host, or of one whose cards have not come up, would delete what is there and make nothing of its own. */
function anotherHost(wish: Wish, isThere: (name: string) => boolean, deletions: number): string | undefined {
  const cards = Object.keys(wish.file.interfaces ?? {}).filter((name) => !wish.isVirtual(name));
  if (cards.length === 0 || cards.some(isThere)) return undefined;
  const named = cards.slice(0, NAMED).join(', ');
  const more = cards.length > NAMED ? `, and ${cards.length - NAMED} more` : '';
  const what = cards.length === 1 ? `its card ${named} is` : `none of its cards (${named}${more}) is`;
  return `${what} in VPP, and it would delete ${deletions} object${deletions === 1 ? '' : 's'}: is it the wish of another host? Apply it with deletions allowed if it is not`;
}
