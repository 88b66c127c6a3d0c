import type { RolloutState } from '../records.js';
import type { KnownState } from './read-records.js';

/**
 * The state of a roll-out as its driver knows it, and since when it is in it: by a clock of the driver's own that nobody sets. The time in
 * the record is that of the driver before, whose host may be hours ahead or behind, and is for people only. So a wave whose driver
 * was lost has its whole time again with the next one; agents that are not confirmed go back by themselves all the same.
 */
export class ObservedState {
  known: KnownState | undefined;
  /** Milliseconds of `elapsed`. */
  since = 0;

  constructor(private readonly elapsed: () => number) {}

  /** A watch may tell of a state after this program has written the next one. */
  know(state: KnownState): void {
    if (this.known !== undefined && state.revision <= this.known.revision) return;
    if (this.known === undefined || !isSamePhase(this.known.state, state.state)) this.since = this.elapsed();
    this.known = state;
  }

  /** Gives the phase its time anew: it takes several transactions, and has it from the last one on. */
  restart(): void {
    this.since = this.elapsed();
  }
}

/** Whether only a person's wish differs. */
const isSamePhase = (a: RolloutState, b: RolloutState) =>
  a.state === b.state && a.wave === b.wave && a.since === b.since;
