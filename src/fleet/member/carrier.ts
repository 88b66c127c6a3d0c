/** The other side of a member: whatever makes a dataplane what a wish says. An agent has VPP there, a simulation nothing. */

/** Identity of a wish of the fleet. The carrier keeps it with the wish, so that an agent that starts again knows what it has. */
export interface Mark {
  readonly generation: number;
  /** SHA-256 of the wish's text. */
  readonly sha256: string;
}

/** State of a dataplane. */
export interface Carried {
  /** The wish of the fleet that it was given last; undefined where there was none, or it was withdrawn. */
  readonly mark?: Mark;
  /** Why that wish is not in effect any more: it was not confirmed in time, or a wish of this host's own took its place. */
  readonly end?: 'taken-back' | 'replaced';
  readonly state: 'none' | 'waiting' | 'working' | 'applied' | 'incomplete';
  /** For people. */
  readonly reason: string;
  readonly isUnconfirmed: boolean;
  /** Objects that others have changed since. */
  readonly drift: number;
}

export interface Order {
  readonly mark: Mark;
  /** Seconds within which `confirm` has to come, or the wish before takes its place again. */
  readonly confirmSeconds?: number;
  readonly allowDeletions?: number | true;
}

/** `refused`: the same will be refused again. `later`: it may succeed when it is tried again. In both cases nothing was changed. */
export type Answer =
  | { readonly kind: 'carried' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string; readonly isAway: boolean };

export interface WishCarrier {
  /** Names of the agent's dataplanes. */
  readonly dataplanes: readonly string[];
  /** Resolves when it is known what each dataplane was given before this start. */
  ready(): Promise<void>;
  status(dataplane: string): Carried;
  /** Resolves when VPP was told everything, whatever became of single objects. Never rejects. */
  apply(dataplane: string, text: string, order: Order): Promise<Answer>;
  /** Keeps the wish that waits to be confirmed. */
  confirm(dataplane: string): Promise<void>;
  /** Puts the wish from before the fleet's first one in place again; false where there was none, and the dataplane is left as it is. */
  withdraw(dataplane: string): Promise<boolean>;
  /** Calls `listener` whenever a status may be another one; returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

export const isSameMark = (a: Mark | undefined, b: Mark | undefined): boolean =>
  a?.generation === b?.generation && a?.sha256 === b?.sha256;
