/** The objects of a wish and of VPP as a graph: each with its state and the reason, and what it needs. */

import { inOneGo, Slices, type Steps } from '../../slices.js';
import { type FoundObject, keysOf } from './inventory.js';
import type { WantedObject } from './operation.js';
import type { Reconciliation } from './reconciliation.js';

/**
 * `as-wanted`; `differs`: it is changed, or created anew; `missing`: it is created; `pending`: it cannot be as it should be, see `reason`;
 * `unwanted`: it is deleted; `unmanaged`: it is VPP's, and nothing of this wish; `absent`: something needs it, and nobody makes it.
 */
export type GraphState = 'as-wanted' | 'differs' | 'missing' | 'pending' | 'unwanted' | 'unmanaged' | 'absent';

export interface GraphObject {
  /** `address/loop0 192.0.2.1/24` */
  readonly key: string;
  /** `interface` for one that no kind makes, such as a card. */
  readonly kind: string;
  readonly state: GraphState;
  /** Why it is changed, or is not. */
  readonly reason?: string;
}

export interface GraphEdge {
  /** Key of the object that needs the other one. */
  readonly from: string;
  readonly to: string;
}

export interface WishGraph {
  readonly objects: readonly GraphObject[];
  /** Edges between `objects`. */
  readonly edges: readonly GraphEdge[];
  /** Number of further objects, which `most` has cut off. */
  readonly omitted: number;
}

export interface GraphOptions {
  /** Most objects; those that are as wanted or unmanaged are cut off first. Default 2,000. */
  readonly most?: number;
}

const MOST = 2000;
/** States by what people look for first. */
const PRECEDENCE: readonly GraphState[] = [
  'pending',
  'differs',
  'missing',
  'unwanted',
  'absent',
  'as-wanted',
  'unmanaged',
];

export const graphOf = (reconciliation: Reconciliation, options?: GraphOptions): WishGraph =>
  inOneGo(graphed(reconciliation, options));

/** The same, without holding the event loop. */
export const graphOfAsync = (reconciliation: Reconciliation, options?: GraphOptions): Promise<WishGraph> =>
  new Slices().take(graphed(reconciliation, options));

function* graphed(reconciliation: Reconciliation, { most = MOST }: GraphOptions = {}): Steps<WishGraph> {
  const byState = new Map(PRECEDENCE.map((state) => [state, [] as GraphObject[]]));
  const known = new Set<string>();
  for (const object of statesOf(reconciliation)) {
    yield;
    if (object === undefined) continue;
    byState.get(object.state)?.push(object);
    known.add(object.key);
  }
  const needs = new Map<string, readonly string[]>();
  const names = new Map<string, string>();
  const needed = new Set<string>();
  const { inventory, wanted } = reconciliation;
  for (const objects of [inventory.objects, wanted]) {
    for (const object of objects.values()) {
      yield;
      if (!known.has(object.key)) continue;
      needs.set(object.key, object.kind.needs(object));
      for (const key of keysOf(object)) names.set(key, object.key);
    }
  }
  for (const keys of needs.values()) {
    for (const key of keys) needed.add(key);
    yield;
  }
  for (const key of needed) {
    if (names.has(key)) continue;
    const object = otherObject(key, reconciliation);
    byState.get(object.state)?.push(object);
  }
  const objects = [...byState.values()].flat();
  const shown = objects.slice(0, Math.max(0, most));
  const keys = new Set(shown.map(({ key }) => key));
  const edges = shown.flatMap(({ key: from }) =>
    (needs.get(from) ?? []).flatMap((need) => {
      const to = names.get(need) ?? need;
      return keys.has(to) ? [{ from, to }] : [];
    }),
  );
  return { objects: shown, edges, omitted: objects.length - shown.length };
}

/** Each object that is wanted or there, once; without settings that every interface has, where no wish asks for them. */
function* statesOf({ wanted, inventory, order, pending }: Reconciliation): Generator<GraphObject | undefined> {
  // An object that is created anew has two operations: its creation counts.
  const due = new Map([...order.first, ...order.second].map(({ operation }) => [operation.key, operation]));
  const reasons = new Map(pending.map(({ key, reason }) => [key, reason]));
  const stateOf = ({ key, kind }: WantedObject | FoundObject): GraphObject => {
    const known = { key, kind: kind.name };
    const operation = due.get(key);
    const reason = reasons.get(key);
    if (operation !== undefined) {
      const isThere = inventory.objects.has(key);
      const state = operation.action === 'delete' ? 'unwanted' : isThere ? 'differs' : 'missing';
      return { ...known, state, reason: operation.reason };
    }
    if (reason !== undefined) return { ...known, state: 'pending', reason };
    return { ...known, state: wanted.has(key) ? 'as-wanted' : 'unmanaged' };
  };
  for (const object of wanted.values()) yield stateOf(object);
  for (const object of inventory.objects.values()) {
    yield wanted.has(object.key) || object.kind.remove === undefined ? undefined : stateOf(object);
  }
}

/** Something that no object is: a card, or an interface that is not there. */
function otherObject(key: string, { inventory }: Reconciliation): GraphObject {
  return { key, kind: key.slice(0, key.indexOf('/')), state: inventory.has(key) ? 'unmanaged' : 'absent' };
}
