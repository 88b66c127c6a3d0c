/**
 * The state of each object of the present wish at the VPP that is connected, and when an operation may be tried again:
 *
 *   pending ──▶ applied ──▶ drifted (changed by others)
 *      │           ▲
 *      ├──▶ failed ┘ again after a while, or not before the wish or VPP changes
 *      └──▶ uncertain (no answer came): read back, then applied, or tried again
 */

import { reasonOf } from '../../sdk/index.js';
import type { Operation, Pending, Reconciliation, Result, WantedObject } from '../../wish/index.js';
import { mayPass, retryDelay } from './prospects.js';

export type Trouble = 'failed' | 'uncertain' | 'pending' | 'drifted';

export interface ObjectProblem {
  readonly key: string;
  readonly state: Trouble;
  readonly reason: string;
  /** How often it was tried in vain. */
  readonly attempts: number;
  /** When it may be tried again, in the clock's milliseconds; undefined: when something changes. */
  readonly retryAt?: number;
}

export type ObjectCounts = Readonly<Record<Trouble | 'applied', number>>;

/** Findings of one look at VPP, and what was done about them. */
export interface Round {
  readonly reconciliation: Pick<Reconciliation, 'pending' | 'wanted' | 'order'>;
  /** Operations that were not carried out, and why. */
  readonly withheld: readonly Pending[];
  /** Keys of withheld operations that others' doings have made necessary. */
  readonly isDrift: (key: string) => boolean;
  readonly results: readonly Result[];
}

export class ObjectStates {
  private wanted: ReadonlyMap<string, WantedObject> = new Map();
  private troubled: ReadonlyMap<string, ObjectProblem> = new Map();

  /** Another wish, or another VPP: nothing is known of its objects. */
  reset(): void {
    this.troubled = new Map();
    this.wanted = new Map();
  }

  get objects(): ReadonlyMap<string, WantedObject> {
    return this.wanted;
  }

  get problems(): Iterable<ObjectProblem> {
    return this.troubled.values();
  }

  find(key: string): ObjectProblem | undefined {
    return this.troubled.get(key);
  }

  get counts(): ObjectCounts {
    const counts = { applied: this.wanted.size, failed: 0, uncertain: 0, pending: 0, drifted: 0 };
    for (const { key, state } of this.troubled.values()) {
      counts[state] += 1;
      if (this.wanted.has(key)) counts.applied -= 1;
    }
    return counts;
  }

  /** When something that has failed may be tried again; undefined where nothing may. */
  get retryAt(): number | undefined {
    let first: number | undefined;
    for (const { retryAt } of this.troubled.values()) {
      if (retryAt !== undefined && (first === undefined || retryAt < first)) first = retryAt;
    }
    return first;
  }

  /** Why an operation that has failed before is not tried now; undefined where it may be. */
  obstacle({ key }: Operation, now: number): string | undefined {
    const known = this.troubled.get(key);
    if (known?.state !== 'failed') return undefined;
    if (known.retryAt === undefined) return known.reason;
    return known.retryAt > now ? known.reason : undefined;
  }

  /** Whether an operation is due since the wish was never carried out whole, and not because somebody else has changed something. */
  isUnfinished({ key }: Pick<Operation, 'key'>): boolean {
    const state = this.troubled.get(key)?.state;
    return state !== undefined && state !== 'drifted';
  }

  /** Takes over what a round has found. `now`: the clock's milliseconds. */
  update({ reconciliation, withheld, isDrift, results }: Round, now: number): void {
    const before = this.troubled;
    const after = new Map<string, ObjectProblem>();
    const put = (key: string, state: Trouble, reason: string) => {
      after.set(key, { key, state, reason, attempts: before.get(key)?.attempts ?? 0 });
    };
    for (const { key, reason } of reconciliation.pending) put(key, 'pending', reason);
    for (const { key, reason } of withheld) {
      const known = before.get(key);
      if (known !== undefined && known.state !== 'drifted' && known.state !== 'pending') after.set(key, known);
      else put(key, isDrift(key) ? 'drifted' : 'pending', reason);
    }
    // An object that is created anew has two results: the last one counts, unless it only says that the first has failed.
    for (const result of results) {
      const trouble = troubleOf(result, before.get(result.operation.key), now);
      const { key } = result.operation;
      if (trouble !== undefined && (trouble.state !== 'pending' || !after.has(key))) after.set(key, trouble);
    }
    this.wanted = reconciliation.wanted;
    this.troubled = after;
  }
}

function troubleOf(
  { operation: { key }, outcome, error, reason }: Result,
  before: ObjectProblem | undefined,
  now: number,
): ObjectProblem | undefined {
  const attempts = (before?.attempts ?? 0) + 1;
  const why = reason ?? (error === undefined ? 'no reason is known' : reasonOf(error));
  switch (outcome) {
    case 'applied':
      return undefined;
    case 'pending':
      return { key, state: 'pending', reason: why, attempts: before?.attempts ?? 0 };
    case 'uncertain':
      return { key, state: 'uncertain', reason: why, attempts };
    case 'failed':
      return {
        ...{ key, state: 'failed', reason: why, attempts },
        ...(mayPass(error) && { retryAt: now + retryDelay(attempts) }),
      };
  }
}
