/** Runs work in slices of the event loop, so that a large read holds nobody up. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Share of a slice after which others may run: the step under way, and a garbage collection, come on top. */
const SHARE = 0.5;

/** Runs `steps`, each of which takes far less than `slice` milliseconds, to their end. Others run at least so often. */
export async function inSlices<T>(steps: Generator<void, T>, slice: number): Promise<T> {
  for (;;) {
    const end = performance.now() + slice * SHARE;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTurn();
  }
}
