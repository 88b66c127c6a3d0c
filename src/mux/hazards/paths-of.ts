/** Paths of some kind among the fields of a request: routes of IP and MPLS, ABF policies and cross-connects have such. */

import type { Fields } from '../codec/codec.js';
import type { Condition } from './hazard.js';

export interface PathsOf extends Pick<Condition, 'holds' | 'mayHold'> {
  /** The paths that match, as on the wire. */
  in(fields: Fields): readonly Fields[];
}

/** `matches`: a path as on the wire. */
export function pathsOf(matches: (path: Fields) => boolean): PathsOf {
  const found = (fields: Fields) => pathsIn(fields).filter(matches);
  return { in: found, holds: (fields) => found(fields).length > 0, mayHold };
}

/** Numbers of `fib_path_type` and of `fib_path_nh_proto` that harm somewhere. */
export const Type = { LOCAL: 1, UDP_ENCAP: 3, BIER_IMP: 4, DVR: 8, INTERFACE_RX: 9 } as const;
export const MPLS = 2;

const TYPES: ReadonlySet<unknown> = new Set(Object.values(Type));
const TYPE_NAMES = /local|encap|bier|dvr|interface_rx/i;
const MPLS_NAME = /mpls/i;

/** A quick look at routes, which come by the million, for all of these at once; a path of any other message is always looked at. */
function mayHold({ paths, route }: Fields): boolean {
  return mayHarm(paths) || (isStruct(route) && mayHarm(route.paths)) || (!paths && !route);
}

function mayHarm(paths: unknown): boolean {
  if (!Array.isArray(paths)) return false;
  for (const each of paths) {
    // A path of a multicast route stands in a struct of its own.
    const { path = each } = (each ?? {}) as { readonly path?: unknown };
    const { type, proto } = (path ?? {}) as { readonly type?: unknown; readonly proto?: unknown };
    if (typeof type === 'string' ? TYPE_NAMES.test(type) : TYPES.has(type)) return true;
    if (typeof proto === 'string' ? MPLS_NAME.test(proto) : proto === MPLS) return true;
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
