/** Judges a wish that was read in its form: do its parts fit each other? */

import type { Steps } from '../slices.js';
import { checkAcls } from './checks/acls.js';
import { AddressBook } from './checks/address-book.js';
import { checkBonds } from './checks/bonds.js';
import { checkInterfaces } from './checks/interfaces.js';
import { checkBridgeDomains, checkLoopbacks, checkPrefixLists, checkTaps, checkTunnels } from './checks/others.js';
import type { WishForm } from './form.js';
import type { Kind } from './kinds/kind.js';
import type { Problem } from './problem.js';
import type { Place } from './read-yaml.js';
import { formsOf, readSection, wishOf } from './sections.js';
import type { Wish } from './wish.js';

export interface Judgement {
  /** In the order of the checks; those without a place have to be looked for in the text. */
  readonly problems: readonly (Problem & { readonly place?: Place })[];
  /** Undefined where it does not have its form. */
  readonly wish: Wish | undefined;
}

export function* judge({ file, sections: read, problems: wrong }: WishForm, kinds: readonly Kind[]): Steps<Judgement> {
  const forms = formsOf(kinds);
  const sections: Record<string, unknown> = {};
  const problems: Judgement['problems'][number][] = [...wrong];
  for (const each of read) {
    const form = each.is === 'unread' ? forms.get(each.key) : undefined;
    const section = each.is === 'unread' && form !== undefined ? readSection(each.key, each.value, form) : each;
    if (section.is === 'formed') sections[section.key] = section.data;
    else if (section.is === 'wrong') for (const problem of section.problems) problems.push(problem);
    yield;
  }
  if (file === undefined || problems.length > 0) return { problems, wish: undefined };
  const wish = wishOf(file, sections, kinds);
  return { problems: yield* contradictions(wish, kinds), wish };
}

function* contradictions(wish: Wish, kinds: readonly Kind[]): Steps<Problem[]> {
  const problems: Problem[] = [];
  const book = yield* AddressBook.of(wish);
  checkBonds(wish, problems);
  yield* checkInterfaces(wish, book, problems);
  yield* checkLoopbacks(wish, book, problems);
  yield* checkBridgeDomains(wish, problems);
  yield* checkTunnels(wish, problems);
  yield* checkTaps(wish, problems);
  checkPrefixLists(wish, problems);
  yield* checkAcls(wish, problems);
  for (const kind of kinds) {
    for (const problem of kind.check?.(wish) ?? []) {
      if (problem !== undefined) problems.push(problem);
      yield;
    }
    yield;
  }
  return problems;
}
