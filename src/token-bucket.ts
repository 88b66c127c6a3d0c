/** A token bucket: a number per second, and a burst after a quiet time. */
export class TokenBucket {
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
    this.fill();
    const wait = this.waitFor(1);
    if (wait === 0) this.tokens--;
    return wait;
  }

  /** Takes `count` tokens, there or not, and returns the milliseconds until the bucket is out of debt. */
  spend(count: number): number {
    this.fill();
    this.tokens -= count;
    return this.waitFor(0);
  }

  /** Whether a quiet time has filled it: a new one would be the same. */
  get isFull(): boolean {
    this.fill();
    return this.tokens >= this.burst;
  }

  private fill(): void {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
  }

  private waitFor(count: number): number {
    const missing = count - this.tokens;
    // A sum of fractions falls short of the whole by less than a millionth.
    return Math.max(0, Math.ceil((missing / this.perSecond) * 1000 - 1e-6));
  }
}
