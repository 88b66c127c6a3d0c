/** The part of a wish that vppcfg's format cannot say: `x-vppmux`, or a second document. Each of its keys belongs to a kind of objects. */

import type { z } from 'zod';
import { closest } from '../nearest.js';
import { formProblems } from './form-problems.js';
import type { Kind } from './kinds/kind.js';
import type { Problem } from './problem.js';
import { OWN_KEY } from './read-yaml.js';
import type { WishFile } from './schema.js';
import { Wish } from './wish.js';

/** Forms by the keys of sections, in the order of the kinds; undefined: the form is known to somebody else. */
export type SectionForms = ReadonlyMap<string, z.ZodType | undefined>;

/** A section as it was read. */
export type ReadSection<P extends Problem = Problem> =
  | { readonly is: 'formed'; readonly key: string; readonly data: unknown }
  | { readonly is: 'wrong'; readonly problems: readonly P[] }
  /** Its form is known to somebody else. */
  | { readonly is: 'unread'; readonly key: string; readonly value: unknown };

export function formsOf(kinds: readonly Kind[]): SectionForms {
  return new Map(kinds.flatMap(({ section }) => (section === undefined ? [] : [[section.key, section.schema]])));
}

/** Takes `x-vppmux` out of a file's value; `extra`: its second document. */
export function dividedWish(value: unknown, extra: unknown): { file: unknown; own: unknown; problems: Problem[] } {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, OWN_KEY)) {
    return { file: value, own: extra ?? {}, problems: [] };
  }
  const { [OWN_KEY]: own, ...file } = value as Record<string, unknown>;
  const isTwice = { path: [OWN_KEY], message: `${OWN_KEY} is there twice: as a key, and as the second document` };
  return { file, own: own ?? {}, problems: extra === undefined ? [] : [isTwice] };
}

/** Reads each section in its form, in the order of the file. */
export function readSections(own: unknown, forms: SectionForms): ReadSection[] {
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    return [{ is: 'wrong', problems: [{ path: [OWN_KEY], message: `${OWN_KEY}: is not a mapping of keys` }] }];
  }
  const given = Object.entries(own).filter(([, value]) => value !== null);
  return given.map(([key, value]): ReadSection => {
    const form = forms.get(key);
    if (form !== undefined) return readSection(key, value, form);
    if (forms.has(key)) return { is: 'unread', key, value };
    const hint = closest(key, [...forms.keys()]).text;
    const message = `${OWN_KEY}.${key}: no kind of objects has this key${hint}`;
    return { is: 'wrong', problems: [{ path: [OWN_KEY, key], message }] };
  });
}

export function readSection(key: string, value: unknown, schema: z.ZodType): ReadSection {
  const formed = schema.safeParse(value);
  if (formed.success) return { is: 'formed', key, data: formed.data };
  const file = { root: { [OWN_KEY]: { [key]: value } }, schema, at: [OWN_KEY, key] };
  return { is: 'wrong', problems: formed.error.issues.flatMap((issue) => formProblems(issue, file)) };
}

/** A wish that knows the interfaces that its sections make. */
export function wishOf(file: WishFile, sections: Record<string, unknown>, kinds: readonly Kind[]): Wish {
  const bare = new Wish(file, sections);
  const makers = kinds.filter(({ family, section }) => family !== undefined && section !== undefined);
  return bare.making(makers.flatMap((kind) => [...kind.wanted(bare)].map(({ name }) => name)));
}
