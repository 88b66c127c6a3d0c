/** Measurements of one minute of the soak, how they are shown, and how a run of them is judged. */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { slope } from './figures.js';

const MiB = 2 ** 20;
/** Minutes from the start that say nothing of a slope: code is compiled, buffers find their size. */
const WARM_UP = 1;
/** Minutes that a slope needs. */
const ENOUGH = 3;
/** By so much memory may rise over the run, MiB; RSS is also what the system has not taken back yet. */
const RISE = { heap: 2, rss: 32 };

export interface Minute {
  readonly requests: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly restarts: number;
  /** Memory of objects and buffers that are still referenced, MiB. */
  readonly heap: number;
  readonly rss: number;
}

/** Counts until the minute is over, then begins anew; takes the same memory however much there is to count. */
export class MinuteCount {
  restarts = 0;
  private requests = 0;
  private errors: Record<string, number> = {};
  /** Microseconds. */
  private readonly times: RecordableHistogram = createHistogram({ figures: 3 });

  answered(ms: number): void {
    this.requests++;
    this.times.record(Math.max(1, Math.round(ms * 1000)));
  }

  failed(code: string): void {
    this.errors[code] = (this.errors[code] ?? 0) + 1;
  }

  take(heapBytes: number): Minute {
    const at = (percent: number) => (this.requests > 0 ? this.times.percentile(percent) / 1000 : 0);
    const { requests, errors, restarts } = this;
    const [p50, p99, p999] = [at(50), at(99), at(99.9)];
    const minute = {
      requests,
      p50,
      p99,
      p999,
      errors,
      restarts,
      heap: heapBytes / MiB,
      rss: process.memoryUsage.rss() / MiB,
    };
    this.requests = 0;
    this.restarts = 0;
    this.errors = {};
    this.times.reset();
    return minute;
  }
}

/** One line. */
export function shownMinute(number: number, minute: Minute): string {
  const { requests, p50, p99, p999, errors, restarts, heap, rss } = minute;
  const times = [p50, p99, p999].map((ms) => ms.toFixed(2)).join(' / ');
  const byCode = Object.entries(errors)
    .sort()
    .map(([code, count]) => `${code} ${count}`);
  return (
    `minute ${number}: ${requests} requests, p50 / p99 / p99.9 ${times} ms, RSS ${rss.toFixed(1)} MiB, ` +
    `heap ${heap.toFixed(2)} MiB, ${restarts} restarts; errors: ${byCode.join(', ') || 'none'}`
  );
}

/** Objections to the run; empty when there are none. */
export function complaints(minutes: readonly Minute[]): string[] {
  const found = minutes.flatMap(({ requests }, i) =>
    requests > 0 ? [] : [`minute ${i + 1}: no request was answered`],
  );
  const steady = minutes.slice(WARM_UP);
  if (steady.length < ENOUGH) return found;
  for (const what of ['heap', 'rss'] as const) {
    const each = slope(steady.map((minute) => minute[what]));
    const rise = each * (steady.length - 1);
    if (rise > RISE[what]) {
      found.push(
        `${what} rises by ${each.toFixed(2)} MiB a minute, ${rise.toFixed(1)} MiB in all (limit ${RISE[what]})`,
      );
    }
  }
  return found;
}

/** Why there is no verdict on the slope. */
export function tooShort(minutes: number): string | undefined {
  const least = WARM_UP + ENOUGH;
  return minutes < least ? `${minutes} minutes are too few for a slope; it takes ${least}` : undefined;
}
