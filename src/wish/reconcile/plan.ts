/** A plan, for people and programs: each change that would be made, with the messages that make it. */

import { type Fields, stopsWorkers } from '../../mux/index.js';
import { inOneGo, Slices, type Steps } from '../../slices.js';
import { reasonOf } from '../../thrown.js';
import type { KindObject, References } from '../kinds/kind.js';
import { fieldsOf, messagesOf } from './messages-of.js';
import type { Action, Operation, Pending } from './operation.js';
import type { Reconciliation } from './reconciliation.js';

export interface PlannedMessage {
  readonly name: string;
  /** As it would be sent; the number of what does not exist yet is its name, `<loop0>`. */
  readonly fields: Fields;
  /** Its cost: whether VPP's workers forward no packets while VPP handles it. */
  readonly stopsWorkers: boolean;
}

export interface PlannedChange {
  readonly action: Action;
  /** `address/loop0 192.0.2.1/24` */
  readonly key: string;
  readonly reason: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly messages: readonly PlannedMessage[];
}

export interface Plan {
  /** In the order in which they are done. */
  readonly changes: readonly PlannedChange[];
  /** Objects that cannot be as they are wanted. */
  readonly pending: readonly Pending[];
}

/** `most`: only so many of the changes, the first ones. */
export const planOf = (reconciliation: Reconciliation, most?: number): Plan => inOneGo(planned(reconciliation, most));

/** The same, without holding the event loop. */
export const planOfAsync = (reconciliation: Reconciliation, most?: number): Promise<Plan> =>
  new Slices().take(planned(reconciliation, most));

function* planned(reconciliation: Reconciliation, most = Number.POSITIVE_INFINITY): Steps<Plan> {
  const refs = yield* reconciliation.shownReferences();
  const { first, second } = reconciliation.order;
  const changes: PlannedChange[] = [];
  for (const list of [first, second]) {
    for (const { operation } of list.slice(0, Math.max(0, most - changes.length))) {
      changes.push(changeOf(operation, refs));
      yield;
    }
  }
  return { changes, pending: reconciliation.pending };
}

function changeOf(operation: Operation, refs: References): PlannedChange {
  const { action, kind, key, before, after } = operation;
  const shown = ({ value }: KindObject) => (kind.show === undefined ? value : kind.show(value));
  const values = { ...(before && { before: shown(before) }), ...(after && { after: shown(after) }) };
  return { action, key, ...values, ...messagesFor(operation, refs) };
}

/** The messages of an operation; none, and why, where its kind throws. */
function messagesFor(operation: Operation, refs: References): Pick<PlannedChange, 'reason' | 'messages'> {
  const { reason } = operation;
  try {
    const messages = messagesOf(operation, refs).map((each): PlannedMessage => {
      return { name: each.name, fields: fieldsOf(each, refs), stopsWorkers: stopsWorkers(each.name) };
    });
    return { reason, messages };
  } catch (error) {
    return { reason: `${reason}; it will fail: ${reasonOf(error)}`, messages: [] };
  }
}
