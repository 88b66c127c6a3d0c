/** Steps of a roll-out: something to write, or waiting. */

import { bounded } from '../../printable.js';
import type { Assignment, RolloutState } from '../records.js';

/** One transaction, or one for each hundred assignments; each has the state. */
export interface Write {
  /** By label; undefined: the assignment is removed. */
  readonly assignments: ReadonlyMap<string, Assignment | undefined>;
  readonly state?: RolloutState;
  /** The time of the wave, or of the way back, begins when all of it is written. */
  readonly isTimed?: boolean;
  /** The groups of the plan take effect. */
  readonly groups?: boolean;
}

export type Step =
  | { readonly kind: 'write'; readonly write: Write }
  /** Until something is different, or this time (milliseconds of the driver's own clock). */
  | { readonly kind: 'wait'; readonly until?: number; readonly failed: readonly FailedAgent[] }
  | { readonly kind: 'over' };

export interface FailedAgent {
  readonly label: string;
  readonly reason: string;
}

/** Agents that a text names. */
const NAMED = 4;

/** `2 of 10 agents: edge3 (refused: …), edge4 (is away)` */
export function failedText(failed: readonly FailedAgent[], total: number): string {
  const named = failed.map(({ label, reason }) => `${label} (${bounded(reason, 300)})`);
  return `${failed.length} of ${total} ${total === 1 ? 'agent' : 'agents'}: ${listText(named)}`;
}

export function listText(texts: readonly string[]): string {
  const more = texts.length - NAMED;
  return more > 0 ? `${texts.slice(0, NAMED).join(', ')} and ${more} more` : texts.join(', ');
}
