/** A record that cannot be read, and what becomes of it. */

import type { Comparison, Operation } from '../store/store.js';

export interface Damage {
  readonly key: string;
  /** For people: what is wrong, and what mends it. */
  readonly text: string;
  /** Undefined where something else mends it: the text says what. */
  readonly mending?: Mending;
}

/** One transaction. */
export interface Mending {
  /** Holds as long as the damage is the one that was found. */
  readonly compare: readonly Comparison[];
  readonly success: readonly Operation[];
}
