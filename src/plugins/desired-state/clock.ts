/** Time, for whatever waits; a test has a clock of its own. */

export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** The time of day. */
  date(): Date;
  /** Calls `run` after `ms`; the function that is returned takes that back. */
  after(ms: number, run: () => void): () => void;
}

/** Node's timers end at 2^31 ms. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_MS)).unref();
    return () => clearTimeout(timer);
  },
};
