/** Divides a long loop into slices, so that others have their turn on the event loop in between. */

import { setImmediate } from 'node:timers/promises';

/** Milliseconds for which the event loop may be held up. */
const SLICE = 10;
/** Rounds of a loop between two looks at the clock. */
const ROUNDS = 32;

/** One for each loop, or for several in a row: `if (slices.isOver) await slices.next();` in each round. */
export class Slices {
  private began = performance.now();
  private rounds = 0;

  get isOver(): boolean {
    return ++this.rounds % ROUNDS === 0 && this.isLate;
  }

  private get isLate(): boolean {
    return performance.now() - this.began >= SLICE;
  }

  /** Resolves in the next turn. */
  async next(): Promise<void> {
    await setImmediate();
    this.began = performance.now();
  }

  /** Takes steps to their end; others have their turn between two of them. Rejects with the signal's reason once it is aborted. */
  async take<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      // A step may be long.
      if (!this.isLate) continue;
      await this.next();
      signal?.throwIfAborted();
    }
  }
}

/** A long loop that may be interrupted wherever it yields. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Takes steps to their end without a turn of anybody else. */
export function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
