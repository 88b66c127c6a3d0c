/**
 * A polled health probe: called at intervals, never while the last call still runs. Each result (an answer, an error, no
 * answer in time) becomes a report.
 */

import { reasonOf } from '../errors.js';
import type { Report } from './report.js';

/** Checks a part. Returning nothing means ok; throwing means error. `signal` is aborted when its time is up. */
export type Probe = (signal: AbortSignal) => Report | void | Promise<Report | undefined> | Promise<void>;

export interface ProbeOptions {
  /** Milliseconds between the end of one probe and the start of the next. Default 5000. */
  readonly everyMs?: number;
  /** Milliseconds until a missing answer counts as an error. Default 1000. */
  readonly timeoutMs?: number;
}

/** Starts probing immediately; returns the function that stops it. */
export function startProbe(probe: Probe, options: ProbeOptions, report: (found: Report) => void): () => void {
  const { everyMs = 5000, timeoutMs = 1000 } = options;
  let stopped = false;
  let asking = new AbortController();
  let next: NodeJS.Timeout | undefined;

  const once = async () => {
    let overdue = false;
    asking = new AbortController();
    const { signal } = asking;
    const timer = setTimeout(() => {
      overdue = true;
      asking.abort();
      pass({ state: 'error', reason: `its probe has not answered for ${timeoutMs} ms` });
    }, timeoutMs);
    let found: Report;
    try {
      found = (await probe(signal)) ?? { state: 'ok', reason: 'probed' };
    } catch (error) {
      found = { state: 'error', reason: reasonOf(error) };
    }
    clearTimeout(timer);
    // A late answer is no sign of health; the next probe, in time, is.
    if (!overdue) pass(found);
    if (!stopped) next = setTimeout(once, everyMs);
  };
  const pass = (found: Report) => {
    if (!stopped) report(found);
  };

  void once();
  return () => {
    stopped = true;
    asking.abort();
    clearTimeout(next);
  };
}
