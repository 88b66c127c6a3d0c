/** Plans a roll-out: which agents get another wish, and in which wave. */

import type { Batch } from '../files/fleet-file.js';
import type { Assignment, PlannedAgent } from '../records.js';

/** Hashes by dataplane. */
export type Hashes = Readonly<Record<string, string>>;

export interface Planning {
  /** Wishes that each agent is to have; undefined: none. */
  readonly wanted: ReadonlyMap<string, Hashes | undefined>;
  /** Its present assignment. */
  readonly assigned: ReadonlyMap<string, Assignment | undefined>;
  /** Default: all agents in one wave. */
  readonly batch?: Batch;
  /** Whether agents that have the wish already, and are confirmed, get this generation as well. Default false. */
  readonly isAll?: boolean;
}

/** In the order of their labels, which is that of the waves. */
export function planAgents({ wanted, assigned, batch, isAll = false }: Planning): PlannedAgent[] {
  const hasIt = (label: string) => {
    const one = assigned.get(label);
    return !isGivenUp(one) && isSame(wanted.get(label), one?.wishes);
  };
  const labels = [...wanted.keys()].filter((label) => isAll || !hasIt(label));
  const size = sizeOf(batch, labels.length);
  return labels.sort(byName).map((label, at) => {
    const wishes = someOf(wanted.get(label));
    const before = assigned.get(label);
    return {
      label,
      wave: Math.floor(at / size) + 1,
      ...(wishes && { wishes }),
      ...(before && { before: beforeOf(before) }),
    };
  });
}

/** Its roll-out is over and has not confirmed it, since none is under way when one is planned: the agent goes back by itself. */
const isGivenUp = (one: Assignment | undefined) => one?.confirmSeconds !== undefined && one.confirmed !== true;

function beforeOf(one: Assignment): PlannedAgent['before'] {
  const { generation, wishes, confirmSeconds } = one;
  return { generation, wishes, ...(isGivenUp(one) && { confirmSeconds }) };
}

/** Agents of a wave. */
function sizeOf(batch: Batch | undefined, total: number): number {
  if (batch === undefined) return Math.max(1, total);
  return 'count' in batch ? batch.count : Math.max(1, Math.ceil((total * batch.percent) / 100));
}

/** `edge2` before `edge10`. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

/** Undefined for none at all. */
export const someOf = (hashes: Hashes | undefined): Hashes | undefined =>
  hashes === undefined || Object.keys(hashes).length === 0 ? undefined : hashes;

function isSame(wantedOrNone: Hashes | undefined, hasOrNone: Hashes | undefined): boolean {
  const [wanted, has] = [someOf(wantedOrNone), someOf(hasOrNone)];
  if (wanted === undefined || has === undefined) return wanted === has;
  const names = Object.keys(wanted);
  return names.length === Object.keys(has).length && names.every((name) => wanted[name] === has[name]);
}
