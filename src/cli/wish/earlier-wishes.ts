/** The wishes of the history that can be gone back to. */

import type { WishCalls } from '../../plugins/protocol.js';
import { UsageError } from '../errors.js';

export type PastWish = WishCalls['wish.history']['output']['wishes'][number];

/** Number of steps to each wish, as `rollback` takes it: 0 the present one. Those that were taken back have none. */
export function stepsTo(wishes: readonly PastWish[]): ReadonlyMap<PastWish, number> {
  const present = wishes.findIndex(isPresent);
  const kept = present < 0 ? [] : wishes.slice(present).filter(({ state }) => state !== 'taken-back');
  return new Map(kept.map((wish, at) => [wish, at]));
}

export interface Earlier {
  readonly revision: number;
  /** Whether it takes the place of one that waits to be confirmed. */
  readonly isUnconfirmed: boolean;
}

/** `steps`, default: the one before; where one waits to be confirmed, the one that it would be. Throws UsageError. */
export function earlierWish(
  wishes: readonly PastWish[],
  { steps, revision }: { readonly steps?: number; readonly revision?: number },
): Earlier {
  if (revision !== undefined) return { revision, isUnconfirmed: false };
  const waiting = wishes.some(({ state }) => state === 'unconfirmed');
  const confirmed = wishes.find(({ state }) => state === 'confirmed');
  if (steps === undefined && waiting && confirmed !== undefined) {
    return { revision: confirmed.revision, isUnconfirmed: true };
  }
  const back = stepsTo(wishes);
  const found = [...back].find(([, each]) => each === (steps ?? 1))?.[0];
  if (found === undefined) {
    const most = Math.max(0, back.size - 1);
    throw new UsageError(`there is no such wish: one can go back by ${most} (vppmux history)`);
  }
  return { revision: found.revision, isUnconfirmed: false };
}

export const isPresent = ({ state }: PastWish): boolean => state === 'present' || state === 'unconfirmed';
