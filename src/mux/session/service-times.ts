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

/** Sums over all requests of a name, milliseconds. */
export interface ServiceSum {
  readonly totalMs: number;
  readonly maxMs: number;
}

export class ServiceTimes {
  private waitedBefore = 0;
  /** The request being answered: an answer of many messages is one. */
  private context = -1;
  private name = '';
  private ms = 0;
  private readonly byName = new Map<string, ServiceSum>();

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
    const { totalMs, maxMs } = this.byName.get(this.name) ?? { totalMs: 0, maxMs: 0 };
    this.byName.set(this.name, { totalMs: totalMs + ms, maxMs: Math.max(maxMs, ms) });
    this.context = -1;
    this.ms = 0;
  }
}
