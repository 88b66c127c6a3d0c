/** The objects of a wish and of VPP as a graph: each with its state and the reason, and what it needs. */

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

export function graphOf(reconciliation: Reconciliation, { most = MOST }: GraphOptions = {}): WishGraph {
  const objects = [...statesOf(reconciliation)];
  const needs = new Map<string, readonly string[]>();
  const names = new Map<string, string>();
  const known = new Set(objects.map(({ key }) => key));
  for (const object of [...reconciliation.inventory.objects.values(), ...reconciliation.wanted.values()]) {
    if (!known.has(object.key)) continue;
    needs.set(object.key, object.kind.needs(object));
    for (const key of keysOf(object)) names.set(key, object.key);
  }
  const others = [...new Set([...needs.values()].flat())].filter((key) => !names.has(key));
  for (const key of others) objects.push(otherObject(key, reconciliation));
  const shown = objects
    .sort((a, b) => PRECEDENCE.indexOf(a.state) - PRECEDENCE.indexOf(b.state))
    .slice(0, Math.max(0, most));
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
function* statesOf({ wanted, inventory, order, pending }: Reconciliation): Generator<GraphObject> {
  const operations = [...order.first, ...order.second].map(({ operation }) => operation);
  // An object that is created anew has two operations: its creation counts.
  const due = new Map(operations.map((operation) => [operation.key, operation]));
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
    if (!wanted.has(object.key) && object.kind.remove !== undefined) yield stateOf(object);
  }
}

/** Something that no object is: a card, or an interface that is not there. */
function otherObject(key: string, { inventory }: Reconciliation): GraphObject {
  return { key, kind: key.slice(0, key.indexOf('/')), state: inventory.has(key) ? 'unmanaged' : 'absent' };
}
