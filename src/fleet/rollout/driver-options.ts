/** Options of a driver, and what it tells. */

import type { FleetKeys } from '../keys.js';
import type { GenerationPlan, RolloutState } from '../records.js';
import type { FleetStore } from '../store/store.js';

export type DriverEvent =
  /** It has the lock, and has read what there is to drive. */
  | { readonly kind: 'leading' }
  /** It has lost it, or given it back. */
  | { readonly kind: 'left' }
  | { readonly kind: 'state'; readonly plan: GenerationPlan; readonly state: RolloutState }
  /** An agent of a roll-out that goes on past failures. */
  | { readonly kind: 'failed'; readonly plan: GenerationPlan; readonly label: string; readonly reason: string }
  /** Something was found that nothing can be done about. */
  | { readonly kind: 'noted'; readonly text: string }
  /** The store failed; it is tried again. */
  | { readonly kind: 'trouble'; readonly reason: string };

export interface DriverClock {
  /** The time of day in milliseconds, which goes into records for people. */
  readonly now: () => number;
  /** Milliseconds since any moment, by a clock that nobody sets: what times run out by. */
  readonly elapsed: () => number;
}

export const SYSTEM_CLOCK: DriverClock = { now: () => Date.now(), elapsed: () => performance.now() };

export interface DriverOptions {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  /** Its name as others see it: `edge1`, `vppmux fleet apply of root at edge1`. */
  readonly name: string;
  /** Seconds after which a driver that does not answer loses the lock. Default 15. */
  readonly ttlSeconds?: number;
  /** Milliseconds for which an agent that had begun may be away before it counts as lost. Default 10,000. */
  readonly lostAfterMs?: number;
  /** Ends when this generation is done or taken back. Default: goes on until the signal. */
  readonly until?: number;
  readonly onEvent?: (event: DriverEvent) => void;
  readonly clock?: DriverClock;
}
