/**
 * Time that VPP spends on messages of each name. VPP serves one message after the other, so the time that passes between two
 * answers is the second one's; for a request alone in flight it is its round trip.
 *
 * Measured is the time in which this program's event loop waited for input (libuv counts it): time in which the
 * loop was busy itself is not charged to VPP. Of all that comes in one read of the socket, only the first answer was
 * waited for, so it is charged with the wait.
 *
 * Costs a reading of 20 ns for each read of the socket, and for each request that finds nothing in flight;
 * held by the benchmark `pings`.
 */

/** Upper bounds of the buckets, milliseconds; one more bucket has what is above. */
export const SERVICE_BOUNDS_MS: readonly number[] = [
  ...[0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
  ...[50, 100, 250, 500, 1000, 2500, 5000, 10_000],
];

/** Sums over all requests of a name, milliseconds. */
export interface ServiceSum {
  readonly totalMs: number;
  readonly maxMs: number;
  /** Answers that were waited for, by bucket. */
  readonly counts: readonly number[];
}

interface Sum extends ServiceSum {
  totalMs: number;
  maxMs: number;
  readonly counts: number[];
}

/** The sum of none. */
export const noService = (): Sum => ({
  totalMs: 0,
  maxMs: 0,
  counts: new Array(SERVICE_BOUNDS_MS.length + 1).fill(0),
});

export class ServiceTimes {
  private waitedBefore = 0;
  /** The request being answered: an answer of many messages is one. */
  private context = -1;
  private name = '';
  private ms = 0;
  private readonly byName = new Map<string, Sum>();

  /** `waited`: milliseconds that the event loop has waited so far. */
  constructor(private readonly waited: () => number = () => performance.nodeTiming.idleTime) {}

  /** Called when VPP had nothing to do for us until now. */
  begin(): void {
    this.waitedBefore = this.waited();
  }

  /** Called when the first answer of a read is for the request `name` with this context. */
  answer(context: number, name: string): void {
    const now = this.waited();
    if (context !== this.context) {
      this.settle();
      this.context = context;
      this.name = name;
    }
    this.ms += now - this.waitedBefore;
    this.waitedBefore = now;
  }

  sums(): ReadonlyMap<string, ServiceSum> {
    this.settle();
    return this.byName;
  }

  private settle(): void {
    if (this.context === -1) return;
    const { ms } = this;
    let sum = this.byName.get(this.name);
    if (sum === undefined) {
      sum = noService();
      this.byName.set(this.name, sum);
    }
    sum.totalMs += ms;
    sum.maxMs = Math.max(sum.maxMs, ms);
    let bucket = 0;
    while (ms > SERVICE_BOUNDS_MS[bucket]) bucket++;
    sum.counts[bucket]++;
    this.context = -1;
    this.ms = 0;
  }
}
