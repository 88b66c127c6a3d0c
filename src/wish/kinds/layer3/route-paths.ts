/** The texts that stand for the paths of routes, as messages have them. Routes by the hundred thousand have the same few texts. */

import type { Fields } from '../../../mux/index.js';
import { PATH_TYPES, type RoutePath, readRouteLine } from '../../../vpp/for-wish.js';
import type { References } from '../kind.js';
import { NONE } from '../snapshot.js';

export interface Paths {
  readonly list: readonly RoutePath[];
  /** Keys of interfaces and tables that they lead to. */
  readonly needs: readonly string[];
}

/** Texts that are remembered. */
const MOST = 16_384;
const known = new Map<string, Paths | null>();

/** Undefined for paths that no line can say: with labels, or of rarer types. */
export function readPaths(text: string): Paths | undefined {
  const before = known.get(text);
  if (before !== undefined) return before ?? undefined;
  if (known.size >= MOST) known.clear();
  const route = readRouteLine(`0.0.0.0/0 ${text}`);
  const paths = typeof route === 'string' ? null : { list: route.paths, needs: needsOf(route.paths) };
  known.set(text, paths);
  return paths ?? undefined;
}

function needsOf(paths: readonly RoutePath[]): string[] {
  const all = paths.flatMap(({ interface: itf, table = 0 }) => [
    ...(itf === undefined ? [] : [`interface/${itf}`]),
    ...(table === 0 ? [] : [`table/${table}`]),
  ]);
  return [...new Set(all)];
}

/** `paths` of a message that adds a route. */
export function pathFields({ list }: Paths, isV6: boolean, refs: References): Fields[] {
  return list.map(({ type = 'via', nextHop, interface: itf, table, weight, preference }) => {
    const isV6Hop = nextHop === undefined ? isV6 : nextHop.includes(':');
    return {
      sw_if_index: itf === undefined ? NONE : refs.interface(String(itf)),
      table_id: table,
      weight,
      preference,
      type: PATH_TYPES[type],
      // It says which arm of the next hop's address counts.
      proto: isV6Hop ? 1 : 0,
      nh: nextHop === undefined ? {} : { address: isV6Hop ? { ip6: nextHop } : { ip4: nextHop } },
    };
  });
}
