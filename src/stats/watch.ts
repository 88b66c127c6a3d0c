/** Reads again and again, with what moved in between. */
import { setTimeout as sleep } from 'node:timers/promises';
import { firstAbort } from '../abort.js';
import { StatsError } from './errors.js';
import { inSlices } from './in-slices.js';
import { ratesOf } from './rates.js';
import { observableOf } from './rx.js';
import type { GenerationalDump } from './stats-reader.js';
import type { Stats, StatsUpdate, StatsWatchOptions } from './types.js';

const INTERVAL = 1000;
const LEAST_INTERVAL = 10;

interface WatchOptions extends StatsWatchOptions {
  readonly slice: number;
  /** Ends the watch. */
  readonly closed: AbortSignal;
}

/** `begin` returns a function that reads: one for each reader of the watch. */
export function watchStats(
  begin: () => () => Promise<GenerationalDump>,
  options: WatchOptions,
): ReturnType<Stats['watch']> {
  const { interval = INTERVAL, signal, closed } = options;
  if (!(Number.isFinite(interval) && interval >= LEAST_INTERVAL)) {
    throw new StatsError('BAD_OPTION', `interval is at least ${LEAST_INTERVAL} milliseconds, not ${interval}`);
  }
  const iterate = (leaving?: AbortSignal) => {
    const ends = [signal, closed, leaving].filter((each) => each !== undefined);
    return updates(begin(), { interval, slice: options.slice, ends });
  };
  return { [Symbol.asyncIterator]: () => iterate(), $: observableOf(iterate) };
}

interface Pace {
  readonly interval: number;
  readonly slice: number;
  readonly ends: readonly AbortSignal[];
}

async function* updates(
  read: () => Promise<GenerationalDump>,
  { interval, slice, ends }: Pace,
): AsyncGenerator<StatsUpdate, void> {
  let before: GenerationalDump | undefined;
  let due = performance.now();
  const { signal: end, forget } = firstAbort(ends);
  try {
    while (!end.aborted) {
      const dump = await attempt(read, before !== undefined, end);
      if (end.aborted) return;
      if (dump !== undefined) {
        yield await updateOf(before, dump, slice);
        before = dump;
      }
      // Turns that were missed are left out.
      due = Math.max(due + interval, performance.now());
      await sleep(due - performance.now(), undefined, { signal: end }).catch(() => undefined);
    }
  } finally {
    forget();
  }
}

/** A VPP that was there is waited for; one that never was is an error. */
async function attempt(
  read: () => Promise<GenerationalDump>,
  wasThere: boolean,
  end: AbortSignal,
): Promise<GenerationalDump | undefined> {
  try {
    return await read();
  } catch (error) {
    if (end.aborted) return undefined;
    if (wasThere && error instanceof StatsError) return undefined;
    throw error;
  }
}

async function updateOf(
  before: GenerationalDump | undefined,
  dump: GenerationalDump,
  slice: number,
): Promise<StatsUpdate> {
  const { generation, ...rest } = dump;
  if (before === undefined) return { ...rest, rates: new Map() };
  if (before.generation !== generation) return { ...rest, rates: new Map(), restarted: true };
  const seconds = (dump.monotonic - before.monotonic) / 1000;
  return { ...rest, seconds, rates: await inSlices(ratesOf(before.entries, dump.entries, seconds), slice) };
}
