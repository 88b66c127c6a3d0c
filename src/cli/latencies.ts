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
  readonly #answered: number[] = [];
  #lost = 0;

  /** Milliseconds of one round trip. */
  answered(ms: number): void {
    this.#answered.push(ms);
  }

  lost(): void {
    this.#lost += 1;
  }

  summary(): LatencySummary {
    const answered = this.#answered.length;
    const counts = { sent: answered + this.#lost, answered, lost: this.#lost };
    if (answered === 0) return counts;
    const sorted = [...this.#answered].sort((a, b) => a - b);
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
