/**
 * Starts the calls of one session: some at a time, and none while its client does not take what it was sent. How large the output of an
 * operation is shows only when it is there.
 */

import { Places } from '../places.js';
import type { Link } from './link.js';

/** Calls under way at a time; the others wait, in order. */
const MOST_CALLS = 64;

export class CallTurns {
  private readonly places = new Places(MOST_CALLS);

  /** Calls `start` in its turn, with the milliseconds that it has waited, and gives its answer; never calls it when `signal` is aborted before. */
  run<T>(
    link: Pick<Link, 'isFull' | 'whenRoom'>,
    signal: AbortSignal,
    start: (waitedMs: number) => Promise<T>,
  ): Promise<T> {
    const since = performance.now();
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        if (signal.aborted) return;
        if (link.isFull) link.whenRoom(begin);
        else
          void answer()
            .then(resolve, reject)
            .finally(() => free());
      };
      // Settles later, when `free` is there, also where `start` throws.
      const answer = async (): Promise<T> => start(performance.now() - since);
      const free = this.places.take(begin);
      signal.addEventListener('abort', free, { once: true });
    });
  }
}
