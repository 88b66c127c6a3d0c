/** Waits between attempts to connect: twice as long each time, up to a limit, and never all pages at the same moment. */

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

export class Backoff {
  private wait = FIRST_MS;

  /** `random` gives numbers from 0 to 1. */
  constructor(private readonly random: () => number = Math.random) {}

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { wait } = this;
    this.wait = Math.min(2 * wait, LONGEST_MS);
    return Math.round(wait * (0.75 + this.random() / 2));
  }

  reset(): void {
    this.wait = FIRST_MS;
  }
}
