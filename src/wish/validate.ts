/** Says whether a wish is one: first its form, then whether its parts fit each other. No VPP is asked. */

import type { z } from 'zod';
import { checkAcls } from './checks/acls.js';
import { AddressBook } from './checks/address-book.js';
import { checkBonds } from './checks/bonds.js';
import { checkInterfaces } from './checks/interfaces.js';
import { checkBridgeDomains, checkLoopbacks, checkPrefixLists, checkTaps, checkTunnels } from './checks/others.js';
import { formProblems } from './form-problems.js';
import { builtInKinds } from './kinds/index.js';
import type { Kind } from './kinds/kind.js';
import type { Problem } from './problem.js';
import { type Place, readYaml } from './read-yaml.js';
import { type WishFile, wishForm } from './schema.js';
import { dividedWish, readSections, wishOf } from './sections.js';
import type { Wish } from './wish.js';

export interface LocatedProblem extends Problem {
  readonly place: Place;
}

export interface Verdict {
  readonly valid: boolean;
  /** In the order of the checks: a wish that does not have its form is not checked further. */
  readonly errors: readonly LocatedProblem[];
  /** Likely mistakes, which vppcfg does not refuse. */
  readonly warnings: readonly LocatedProblem[];
  /** The wish; undefined where it does not have its form. */
  readonly wish: Wish | undefined;
}

export interface ValidateOptions {
  /** Kinds of objects, which read `x-vppmux`. Default: those of vppmux. */
  readonly kinds?: readonly Kind[];
}

export function validateWish(text: string, { kinds = builtInKinds }: ValidateOptions = {}): Verdict {
  const { value, extra, problems, repeated, placeOf } = readYaml(text);
  const located = (all: readonly (Problem & { readonly place?: Place })[]) =>
    all.map(({ path, message, place }) => ({ path, message, place: place ?? placeOf(path) }));
  if (problems.length > 0) return { valid: false, errors: located(problems), warnings: [], wish: undefined };
  const parts = dividedWish(value ?? {}, extra);
  const formed = wishForm.safeParse(parts.file);
  const own = readSections(parts.own, kinds);
  const warnings = located(repeated);
  if (!formed.success || own.problems.length > 0 || parts.problems.length > 0) {
    const issues = formed.error?.issues ?? [];
    const errors = issues.flatMap((issue: z.core.$ZodIssue) =>
      formProblems(issue, { root: parts.file, schema: wishForm }),
    );
    const all = located([...parts.problems, ...errors, ...own.problems]);
    return { valid: false, errors: all, warnings, wish: undefined };
  }
  const wish = wishOf(formed.data as WishFile, own.sections, kinds);
  const errors = located([...contradictions(wish), ...kinds.flatMap((kind) => [...(kind.check?.(wish) ?? [])])]);
  return { valid: errors.length === 0, errors, warnings, wish };
}

function contradictions(wish: Wish): Problem[] {
  const problems: Problem[] = [];
  const book = new AddressBook(wish);
  checkBonds(wish, problems);
  checkInterfaces(wish, book, problems);
  checkLoopbacks(wish, book, problems);
  checkBridgeDomains(wish, problems);
  checkTunnels(wish, problems);
  checkTaps(wish, problems);
  checkPrefixLists(wish, problems);
  checkAcls(wish, problems);
  return problems;
}
