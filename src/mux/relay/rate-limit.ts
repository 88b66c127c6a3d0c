/** Messages a second of one client: a bucket that holds those of one second. */
export class RateLimit {
  private tokens: number;
  private at: number;

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = perSecond;
    this.at = now();
  }

  /** True when one more may go. */
  take(): boolean {
    if (this.tokens < 1) {
      const now = this.now();
      this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.at) * this.perSecond) / 1000);
      this.at = now;
      if (this.tokens < 1) return false;
    }
    this.tokens--;
    return true;
  }
}
