/** One at a time, in the order in which they came: rounds, applies and roll-backs do not mix. */

import { onAbort } from './abort.js';

export class Sequence {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `run` when everything before has ended; settles as it does. Aborted before its turn: rejects with the reason, and runs nothing. */
  async take<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    let forget = () => {};
    const givenUp = new Promise<never>((_, reject) => {
      if (signal !== undefined) forget = onAbort(signal, () => reject(signal.reason));
    });
    const turn = this.last.then(() => {
      forget();
      signal?.throwIfAborted();
      return run();
    });
    this.last = turn.catch(() => {});
    return Promise.race([turn, givenUp]);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    let seen: unknown;
    while (seen !== this.last) {
      seen = this.last;
      await seen;
    }
  }
}
