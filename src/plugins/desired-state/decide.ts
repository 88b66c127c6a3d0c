/** Decides which of the operations that are due are carried out in a round, and why the others are not. */

import { type Operation, type Order, type Pending, planOf, withhold } from '../../wish/index.js';
import type { Comparison } from './comparison.js';
import type { AutoCorrect } from './config.js';
import type { ObjectStates } from './object-states.js';

export interface Rules {
  /** `whole`: the wish, or VPP, is new, and all of it is carried out. `check`: what was as wished and is not any more is drift. */
  readonly extent: 'whole' | 'check';
  readonly autoCorrect: AutoCorrect;
  /** How many objects may be deleted; true: any number. */
  readonly maxDeletions: number | true;
  readonly states: ObjectStates;
  /** The clock's milliseconds. */
  readonly now: number;
}

export interface Decision {
  readonly order: Order;
  readonly withheld: readonly Pending[];
  /** Whether a withheld operation is due to others' doings. */
  readonly isDrift: (key: string) => boolean;
  /** Operations due to others' doings, mended or not: reasons by key. */
  readonly drift: ReadonlyMap<string, string>;
  /** Whether operations are withheld since too much would be deleted. */
  readonly isBounded: boolean;
}

export function decide(comparison: Comparison, rules: Rules): Decision {
  const { extent, states, now, maxDeletions } = rules;
  const drift = new Map<string, string>();
  if (extent === 'check') {
    for (const each of comparison.operations) {
      if (!states.isUnfinished(each) && !comparison.isForeign(each)) drift.set(each.key, each.reason);
    }
  }
  const isMended = menderOf(comparison, rules.autoCorrect);
  const firstPass = withhold(comparison.reconciliation.order, (operation) => {
    if (comparison.isForeign(operation)) return 'is listed as unmanaged';
    if (drift.has(operation.key) && !isMended(operation)) return driftReason(operation);
    return states.obstacle(operation, now);
  });
  const isDrift = (key: string) => drift.has(key);
  const deletions = firstPass.order.first.filter(({ operation }) => operation.action === 'delete').length;
  if (maxDeletions === true || deletions <= maxDeletions) return { ...firstPass, isDrift, drift, isBounded: false };
  const refusal = tooManyDeletions(deletions, maxDeletions);
  const secondPass = withhold(firstPass.order, ({ action }) => (action === 'delete' ? refusal : undefined));
  return {
    order: secondPass.order,
    withheld: [...firstPass.withheld, ...secondPass.withheld],
    isDrift,
    drift,
    isBounded: true,
  };
}

/** Text for people who want it done. */
export function tooManyDeletions(count: number, most: number): string {
  return `would delete ${count} objects, and max-deletions allows ${most}: apply the wish with deletions allowed to have it done`;
}

function driftReason({ action, reason }: Operation): string {
  const was = { create: 'was deleted by others', change: 'was changed by others', delete: 'was made by others' }[
    action
  ];
  return reason === 'differs, and cannot be changed in place'
    ? 'was changed by others, and has to be created anew'
    : was;
}

/** Whether drift is mended: `safe` deletes nothing, and stops no worker of VPP. */
function menderOf(comparison: Comparison, autoCorrect: AutoCorrect): (operation: Operation) => boolean {
  if (autoCorrect !== 'safe') return () => autoCorrect === 'all';
  let gentle: ReadonlySet<string> | undefined;
  return ({ action, key }) => {
    if (action === 'delete') return false;
    gentle ??= gentleKeys(comparison);
    return gentle.has(key);
  };
}

/** Keys of objects whose messages leave VPP's workers running. */
function gentleKeys({ reconciliation }: Comparison): ReadonlySet<string> {
  const { changes } = planOf(reconciliation);
  const stopping = new Set(
    changes.flatMap(({ key, messages }) => (messages.some((each) => each.stopsWorkers) ? [key] : [])),
  );
  return new Set(changes.flatMap(({ key }) => (stopping.has(key) ? [] : [key])));
}
