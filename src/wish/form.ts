/** Reads the text of a wish in its form: YAML, vppcfg's keys, the sections of `x-vppmux`. Whether its parts fit each other is not asked here. */

import { formProblems } from './form-problems.js';
import type { Problem } from './problem.js';
import { type Place, readYaml } from './read-yaml.js';
import { type WishFile, wishForm } from './schema.js';
import { dividedWish, type ReadSection, readSections, type SectionForms } from './sections.js';

export interface LocatedProblem extends Problem {
  readonly place: Place;
}

/** Plain data, so that a thread can hand it to another one. */
export interface WishForm {
  /** vppcfg's part; undefined where `problems` has one. */
  readonly file: WishFile | undefined;
  readonly sections: readonly ReadSection<LocatedProblem>[];
  /** Mistakes outside of the sections. */
  readonly problems: readonly LocatedProblem[];
  /** Likely mistakes. */
  readonly warnings: readonly LocatedProblem[];
}

export interface ReadForm {
  readonly form: WishForm;
  /** The line of the value that the path leads to, or of the nearest one around it. */
  placeOf(path: Problem['path']): Place;
}

export function readForm(text: string, forms: SectionForms): ReadForm {
  const { value, extra, problems, repeated, placeOf } = readYaml(text);
  const located = (all: readonly (Problem & { readonly place?: Place })[]): LocatedProblem[] =>
    all.map(({ path, message, place }) => ({ path, message, place: place ?? placeOf(path) }));
  if (problems.length > 0) {
    return { form: { file: undefined, sections: [], problems: located(problems), warnings: [] }, placeOf };
  }
  const parts = dividedWish(value ?? {}, extra);
  const formed = wishForm.safeParse(parts.file);
  const root = parts.file;
  const wrong = (formed.error?.issues ?? []).flatMap((issue) => formProblems(issue, { root, schema: wishForm }));
  const sections = readSections(parts.own, forms).map((section) =>
    section.is === 'wrong' ? { ...section, problems: located(section.problems) } : section,
  );
  const form = {
    file: formed.success && parts.problems.length === 0 ? (formed.data as WishFile) : undefined,
    sections,
    problems: located([...parts.problems, ...wrong]),
    warnings: located(repeated),
  };
  return { form, placeOf };
}
