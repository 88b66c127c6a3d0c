/** A token bucket: a number per second, and a burst after a quiet time. */
export class Bucket {
  private filledAt: number;
  private tokens: number;

  /** `now`: milliseconds. */
  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number,
  ) {
    this.tokens = burst;
    this.filledAt = now();
  }

  /** Takes a token and returns 0, or returns the milliseconds until there is one. */
  take(): number {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
    const missing = 1 - this.tokens;
    // A sum of fractions falls short of the whole by less than a millionth.
    const wait = Math.ceil((missing / this.perSecond) * 1000 - 1e-6);
    if (wait > 0) return wait;
    this.tokens--;
    return 0;
  }
}
