/** Paths of one type among the fields of a request: routes of IP and MPLS, ABF policies and cross-connects have such. */

import type { Fields } from '../codec/codec.js';
import type { Condition } from './hazard.js';

export interface PathsOf extends Pick<Condition, 'holds' | 'mayHold'> {
  /** The `nh.obj_id` of each such path. */
  ids(fields: Fields): readonly unknown[];
}

/** `type`: its number (fib_path_type); `name`: in what callers write for it. */
export function pathsOf(type: number, name: RegExp): PathsOf {
  const ids = (fields: Fields) => idsOf(fields, type);
  const mayBeIn = (paths: unknown) => Array.isArray(paths) && hasOne(paths, type, name);
  return {
    ids,
    holds: (fields) => ids(fields).length > 0,
    mayHold: ({ paths, route }) => mayBeIn(paths) || (isStruct(route) && mayBeIn(route.paths)) || (!paths && !route),
  };
}

/** A quick look at routes, which come by the million; a path of any other message is always looked at. */
function hasOne(paths: readonly unknown[], wanted: number, name: RegExp): boolean {
  for (const each of paths) {
    // A path of a multicast route stands in a struct of its own.
    const { path = each } = (each ?? {}) as { readonly path?: unknown };
    const { type } = (path ?? {}) as { readonly type?: unknown };
    if (type === wanted || (typeof type === 'string' && name.test(type))) return true;
  }
  return false;
}

/** Paths stand at most three structs deep: `paths`, `l3xc.paths`, `route.paths[].path`. */
function idsOf(fields: Fields, type: number, depth = 3): unknown[] {
  if (fields.type === type && isStruct(fields.nh)) return [fields.nh.obj_id];
  if (depth === 0) return [];
  return Object.values(fields).flatMap((value) => {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
    return parts.filter(isStruct).flatMap((part) => idsOf(part, type, depth - 1));
  });
}

const isStruct = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
