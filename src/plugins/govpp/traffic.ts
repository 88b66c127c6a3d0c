/** The connection's counters as `/status` shows them: the busiest channels, not all ten thousand. */

import type { ChannelStats, ConnectionStats } from '../../mux/index.js';

const CHANNELS = 20;
const SLOWEST = 10;

export type Traffic = Omit<ConnectionStats, 'perChannel' | 'slowest' | 'perMessage'> & {
  /** The channels that have waited longest, then those with the most in flight and waiting. */
  readonly busiest: readonly ChannelStats[];
  readonly slowest: ConnectionStats['slowest'];
};

export function trafficOf({ perChannel, slowest, perMessage: _, oldestMs, ...counters }: ConnectionStats): Traffic {
  const busiest = [...perChannel].sort(
    (a, b) => b.oldestMs - a.oldestMs || load(b) - load(a) || b.requests - a.requests,
  );
  return {
    ...counters,
    oldestMs: rounded(oldestMs),
    busiest: busiest.slice(0, CHANNELS).map((each) => ({ ...each, oldestMs: rounded(each.oldestMs) })),
    slowest: slowest.slice(0, SLOWEST).map(({ name, count, meanMs, maxMs, totalMs }) => ({
      name,
      count,
      meanMs: rounded(meanMs),
      maxMs: rounded(maxMs),
      totalMs: rounded(totalMs),
    })),
  };
}

const load = ({ inFlight, waiting }: ChannelStats) => inFlight + waiting;

/** Rounded to microseconds. */
const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
