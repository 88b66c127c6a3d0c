/**
 * A clock that the test turns, above real sockets: work that takes no time is done between two of its milliseconds, however
 * busy the machine is. Client and mock share one process, so a few turns of the event loop carry any message across.
 */

import { vi } from 'vitest';

/** Turns of the event loop for the work that a millisecond sets off: a request, its answer, and a proxy in between. */
const TURNS = 12;

export interface FakeClock {
  /** Lets `ms` milliseconds pass, one at a time. */
  pass(ms: number): Promise<void>;
}

/**
 * Stops the clock (timers, `Date`, `performance.now()`); `undo` gets the function that starts it again. Call it before
 * anything that has timers. `expect.poll` advances it, too, by its interval; `until` does not.
 */
export function fakeClock(undo: (restore: () => void) => void): FakeClock {
  const begin = performance.now();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  const epoch = Date.now();
  // Faked whole, `performance` would have no `nodeTiming`.
  const now = vi.spyOn(performance, 'now').mockImplementation(() => begin + Date.now() - epoch);
  undo(() => {
    now.mockRestore();
    vi.useRealTimers();
  });
  return {
    async pass(ms) {
      for (let i = 0; i < ms; i++) {
        vi.advanceTimersByTime(1);
        await turns(TURNS);
      }
    },
  };
}

/** Turns the event loop `count` times, so that everything sent within this process arrives. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
