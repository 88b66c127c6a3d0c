/**
 * A polled health probe: asks at intervals, never while the last question is still open, and turns whatever
 * comes (an answer, a throw, silence) into a report.
 */

import { reasonOf } from './errors.js';
import type { Report } from './part.js';

/** Asks how a part is. Nothing returned means well; a throw means error. `signal` aborts when its time is up. */
export type Probe = (signal: AbortSignal) => Report | void | Promise<Report | undefined> | Promise<void>;

export interface ProbeOptions {
  /** Milliseconds between the end of one probe and the start of the next. Default 5000. */
  readonly everyMs?: number;
  /** Milliseconds until silence counts as an error. Default 1000. */
  readonly timeoutMs?: number;
}

/** Starts probing at once; gives the function that stops it. */
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
      tell({ state: 'error', reason: `its probe has not answered for ${timeoutMs} ms` });
    }, timeoutMs);
    let found: Report;
    try {
      found = (await probe(signal)) ?? { state: 'ok', reason: 'probed' };
    } catch (error) {
      found = { state: 'error', reason: reasonOf(error) };
    }
    clearTimeout(timer);
    // An answer after its time is no sign of health; the next probe, in time, is.
    if (!overdue) tell(found);
    if (!stopped) next = setTimeout(once, everyMs);
  };
  const tell = (found: Report) => {
    if (!stopped) report(found);
  };

  void once();
  return () => {
    stopped = true;
    asking.abort();
    clearTimeout(next);
  };
}
