/** Paths of some kind among the fields of a request: routes of IP and MPLS, ABF policies and cross-connects have such. */

import type { Fields } from '../codec/codec.js';
import type { Condition } from './hazard.js';

export interface PathsOf extends Pick<Condition, 'holds' | 'mayHold'> {
  /** The paths that match, as on the wire. */
  in(fields: Fields): readonly Fields[];
}

/** A path as its caller gave it. */
interface GivenPath {
  readonly type?: unknown;
  readonly proto?: unknown;
}

/** `matches`: a path as on the wire; `mayMatch`: a quick look at one as its caller gave it, false only where it cannot match. */
export function pathsOf(matches: (path: Fields) => boolean, mayMatch: (path: GivenPath) => boolean): PathsOf {
  const found = (fields: Fields) => pathsIn(fields).filter(matches);
  const mayBeIn = (paths: unknown) => Array.isArray(paths) && hasOne(paths, mayMatch);
  return {
    in: found,
    holds: (fields) => found(fields).length > 0,
    mayHold: ({ paths, route }) => mayBeIn(paths) || (isStruct(route) && mayBeIn(route.paths)) || (!paths && !route),
  };
}

/** Whether what a caller gave for an enum is `value`, by number or by name. */
export const means = (given: unknown, value: number, name: RegExp): boolean =>
  given === value || (typeof given === 'string' && name.test(given));

/** A quick look at routes, which come by the million; a path of any other message is always looked at. */
function hasOne(paths: readonly unknown[], mayMatch: (path: GivenPath) => boolean): boolean {
  for (const each of paths) {
    // A path of a multicast route stands in a struct of its own.
    const { path = each } = (each ?? {}) as { readonly path?: unknown };
    if (mayMatch((path ?? {}) as GivenPath)) return true;
  }
  return false;
}

/** Paths stand at most three structs deep: `paths`, `l3xc.paths`, `route.paths[].path`. */
function pathsIn(fields: Fields, depth = 3): Fields[] {
  if (isStruct(fields.nh) && 'type' in fields) return [fields];
  if (depth === 0) return [];
  return Object.values(fields).flatMap((value) => {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
    return parts.filter(isStruct).flatMap((part) => pathsIn(part, depth - 1));
  });
}

const isStruct = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
