/** VPP's heartbeat: one more at each update of its counters, every 10 seconds by default (`statseg { update-interval }`). */

/** Milliseconds without a beat after which VPP hangs, as long as its interval is not known; and at least. */
const LONGEST = 30_000;
const SHORTEST = 1000;
/** Changes after which the interval is known. */
const KNOWN = 3;
/** Intervals without a beat after which VPP hangs. */
const MISSED = 3;

export class Heartbeat {
  private value: bigint | undefined;
  /** When the value was first seen. */
  private since = 0;
  /** The longest between two changes: reads see them late, and sometimes one right after another. */
  private interval = 0;
  private changes = 0;

  /** Returns since how many milliseconds it stands still; undefined where it moves, or may move yet. */
  see(value: bigint | undefined, now: number): number | undefined {
    if (value === undefined) return undefined;
    if (value !== this.value) {
      this.changed(value, now);
      return undefined;
    }
    const limit = this.changes > KNOWN ? Math.max(SHORTEST, this.interval * MISSED) : LONGEST;
    const still = now - this.since;
    return still > limit ? still : undefined;
  }

  forget(): void {
    this.value = undefined;
    this.interval = 0;
    this.changes = 0;
  }

  private changed(value: bigint, now: number): void {
    const before = this.value;
    if (before !== undefined && value > before && this.changes++ > 0) {
      this.interval = Math.max(this.interval, (now - this.since) / Number(value - before));
    }
    this.value = value;
    this.since = now;
  }
}
