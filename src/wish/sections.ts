/** The part of a wish that vppcfg's format cannot say: `x-vppmux`, or a second document. Each of its keys belongs to a kind of objects. */

import { closest } from '../nearest.js';
import { formProblems } from './form-problems.js';
import type { Kind } from './kinds/kind.js';
import type { Problem } from './problem.js';
import { OWN_KEY } from './read-yaml.js';
import type { WishFile } from './schema.js';
import { Wish } from './wish.js';

/** Takes `x-vppmux` out of a file's value; `extra`: its second document. */
export function dividedWish(value: unknown, extra: unknown): { file: unknown; own: unknown; problems: Problem[] } {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, OWN_KEY)) {
    return { file: value, own: extra ?? {}, problems: [] };
  }
  const { [OWN_KEY]: own, ...file } = value as Record<string, unknown>;
  const isTwice = { path: [OWN_KEY], message: `${OWN_KEY} is there twice: as a key, and as the second document` };
  return { file, own: own ?? {}, problems: extra === undefined ? [] : [isTwice] };
}

/** Reads each section in the form that its kind gives it. */
export function readSections(
  own: unknown,
  kinds: readonly Kind[],
): { sections: Record<string, unknown>; problems: Problem[] } {
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    return { sections: {}, problems: [{ path: [OWN_KEY], message: `${OWN_KEY}: is not a mapping of keys` }] };
  }
  const known = new Map(kinds.flatMap(({ section }) => (section === undefined ? [] : [[section.key, section.schema]])));
  const sections: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(own)) {
    const path = [OWN_KEY, key];
    const schema = known.get(key);
    if (value === null) continue;
    if (schema === undefined) {
      const hint = closest(key, [...known.keys()]).text;
      problems.push({ path, message: `${OWN_KEY}.${key}: no kind of objects has this key${hint}` });
      continue;
    }
    const formed = schema.safeParse(value);
    if (formed.success) sections[key] = formed.data;
    else {
      const file = { root: { [OWN_KEY]: own }, schema, at: path };
      problems.push(...formed.error.issues.flatMap((issue) => formProblems(issue, file)));
    }
  }
  return { sections, problems };
}

/** A wish that knows the interfaces that its sections make. */
export function wishOf(file: WishFile, sections: Record<string, unknown>, kinds: readonly Kind[]): Wish {
  const bare = new Wish(file, sections);
  const makers = kinds.filter(({ family, section }) => family !== undefined && section !== undefined);
  const made = makers.flatMap((kind) => [...kind.wanted(bare)].map(({ name }) => name));
  return new Wish(file, sections, new Set(made));
}
