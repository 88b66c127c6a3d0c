import type { Assignment } from '../records.js';

/** The wishes to carry out: those of an assignment, or of groups. */
export type Target = Assignment;

/** SHA-256 of a dataplane's wish; undefined where it is to have none. */
export const wishOf = (target: Target | undefined, dataplane: string): string | undefined =>
  target !== undefined && Object.hasOwn(target.wishes, dataplane) ? target.wishes[dataplane] : undefined;

/** Failure of one dataplane, until there is another assignment or it is tried again. */
export interface Obstacle {
  readonly outcome: 'refused' | 'waiting' | 'incomplete';
  readonly reason: string;
  /** Time at which it is tried again, on `performance.now()`; never where it is not given. */
  readonly againAt?: number;
}
