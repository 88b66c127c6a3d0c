/** Round-trip times, and what they come to. */
export interface LatencySummary {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  /** Milliseconds; absent when nothing was answered. */
  readonly min?: number;
  readonly median?: number;
  readonly p99?: number;
  readonly max?: number;
}

export class Latencies {
  private readonly times: number[] = [];
  private lostCount = 0;

  /** Milliseconds of one round trip. */
  answered(ms: number): void {
    this.times.push(ms);
  }

  lost(): void {
    this.lostCount += 1;
  }

  summary(): LatencySummary {
    const answered = this.times.length;
    const counts = { sent: answered + this.lostCount, answered, lost: this.lostCount };
    if (answered === 0) return counts;
    const sorted = [...this.times].sort((a, b) => a - b);
    return {
      ...counts,
      min: sorted[0],
      median: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      max: sorted[answered - 1],
    };
  }
}

/** The smallest value that at least this share of all does not exceed (nearest rank). */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
