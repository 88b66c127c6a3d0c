/** The service `Wishes`: what VPP should be, for plugins that get it from elsewhere. Provided by the plugin desired-state. */

import { collection } from '../agent/plugin/collection.js';
import { token } from '../agent/token.js';

export interface WishOptions {
  /** The giver's name, for the history. */
  readonly by: string;
  readonly comment?: string;
  /** Seconds within which `confirm` has to come, or the wish before takes its place again. */
  readonly confirm?: number;
  /** How many objects may be deleted; true: any number. Default: max-deletions of desired-state.conf. */
  readonly allowDeletions?: number | true;
  /**
   * Text of its giver's own, at most 1,000 characters, which is on disk in the same write as the wish: `status.origin` has it, also after a
   * restart of the agent. One giver at a time uses it.
   */
  readonly origin?: string;
}

export interface WishOrigin {
  readonly text: string;
  /** `taken-back`: it was not confirmed in time, or before the agent ended. `replaced`: a wish without origin took its place. */
  readonly end?: 'taken-back' | 'replaced';
}

export interface WishesStatus {
  /**
   * `none`: no wish was applied; `waiting`: VPP is away; `working`: the wish is being carried out; `incomplete`: some objects are not as
   * wanted; `drifted`: others have changed VPP since; `error`: the wish cannot be read, or VPP does not answer.
   */
  readonly state: 'none' | 'waiting' | 'working' | 'applied' | 'incomplete' | 'drifted' | 'error';
  /** For people. */
  readonly reason: string;
  /** Number of the present wish. */
  readonly revision?: number;
  readonly isUnconfirmed: boolean;
  /** Objects of the wish that others have changed. */
  readonly drifted: number;
  /** Origin of the last wish that had one. */
  readonly origin?: WishOrigin;
}

export interface Wishes {
  /** Resolves when what is kept has been read. Rejects with a Fault where that cannot be. */
  ready(): Promise<void>;
  readonly status: WishesStatus;
  /** Calls `listener` whenever the status may be another one; returns the function that ends it. */
  onChange(listener: () => void): () => void;
  /**
   * Saves a wish and carries it out, as the operation wish.apply does. Resolves when that was done, whatever became of single objects.
   * Rejects with a Fault; then nothing has changed.
   */
  apply(text: string, options: WishOptions): Promise<void>;
  /** Keeps the present wish, if it waits to be confirmed. */
  confirm(by: string): Promise<void>;
  /** Puts the wish from before the first one that had an origin in place again; false where there was none, and VPP is left as it is. */
  withdraw(by: string): Promise<boolean>;
}
export const Wishes = token<Wishes>('wishes');

/** The collection `AllWishes`: the service of each dataplane, for plugins that look after all of them. */
export const AllWishes = collection<Wishes>('vppmux/all-wishes');
