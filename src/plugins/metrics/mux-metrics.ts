/** Metrics of the connection to VPP: what the mux counts anyway. */

import type { ChannelStats, ConnectionState, ConnectionStats, MessageStats } from '../../mux/index.js';
import { counter, gauge, type HistogramSample, type Metric, type MetricSample, type Mux } from '../../sdk/index.js';
import { fresh } from './fresh.js';

/** Messages, and owners of channels, that have series of their own: those with the most requests. The others are `other`. */
const MOST = 100;

const STATES: readonly ConnectionState[] = [
  ...(['connecting', 'ready', 'degraded', 'not-responding', 'backoff', 'closed'] as const),
];

export function muxMetrics(mux: Pick<Mux, 'stats' | 'status'>): readonly Metric[] {
  const stats = fresh(() => mux.stats());
  const messages = fresh(() => bounded(stats().perMessage, requestsOf));
  const owners = fresh(() => byOwner(stats().perChannel));
  const total = (name: string, help: string, key: keyof ConnectionStats) =>
    counter(`vppmux_${name}_total`, help, () => stats()[key] as number);
  const perOwner = (name: string, help: string, of: (channel: ChannelStats) => number, isMost = false) =>
    gauge(name, help, () =>
      [...owners()].map(([owner, channels]) => ({
        labels: { owner },
        value: channels.reduce((sum, channel) => (isMost ? Math.max(sum, of(channel)) : sum + of(channel)), 0),
      })),
    );
  return [
    gauge('vppmux_connection_state', 'State of the connection to VPP: 1 for the present one', () =>
      STATES.map((state) => ({ labels: { state }, value: state === mux.status.state ? 1 : 0 })),
    ),
    gauge('vppmux_vpp_info', 'The VPP that is connected', () => {
      const { version = '', socket } = mux.status;
      return [{ labels: { version, socket }, value: 1 }];
    }),
    counter('vppmux_reconnects_total', 'Times the connection came back', () => mux.status.reconnects),
    counter('vppmux_failovers_total', 'Changes between primary and backup VPP', () => mux.status.redundancy?.switches),
    counter('vppmux_requests_total', 'Requests by message and outcome', () => messages().flatMap(outcomesOf)),
    {
      name: 'vppmux_vpp_service_seconds',
      help: 'Time that VPP took for an answer that was waited for',
      type: 'histogram',
      bounds: SERVICE_BOUNDS,
      read: () => messages().map(serviceOf),
    },
    perOwner('vppmux_channels', 'Open channels', () => 1),
    perOwner('vppmux_requests_in_flight', 'Requests at VPP', ({ inFlight }) => inFlight),
    perOwner('vppmux_requests_waiting', 'Requests that wait for their turn', ({ waiting }) => waiting),
    perOwner(
      'vppmux_oldest_request_seconds',
      'Age of the oldest request at VPP',
      ({ oldestMs }) => oldestMs / 1000,
      true,
    ),
    perOwner('vppmux_buffered_bytes', 'Bytes that wait for slow readers', ({ bufferedBytes }) => bufferedBytes),
    total('replies', 'Answers of VPP, details included', 'replies'),
    total('details', 'Details of dumps', 'details'),
    total('events', 'Events of VPP', 'events'),
    total('event_gaps', 'Events that did not fit the buffer of their reader', 'gaps'),
    total('late_replies', 'Answers to requests that had been given up', 'lateReplies'),
    total('stray_replies', 'Answers to requests that were never ours', 'strayReplies'),
    total('unknown_messages', 'Messages without a definition', 'unknownMessages'),
    total('bytes_in', 'Bytes from VPP', 'bytesIn'),
    total('bytes_out', 'Bytes to VPP', 'bytesOut'),
  ];
}

const MILLISECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];
const SERVICE_BOUNDS = MILLISECONDS.map((ms) => ms / 1000);

const requestsOf = ({ answered, failed }: MessageStats) =>
  Object.values(failed).reduce((sum, count) => sum + count, answered);

/** The messages with the most requests, and all others as one. */
function bounded(all: readonly MessageStats[], size: (each: MessageStats) => number): readonly MessageStats[] {
  if (all.length <= MOST) return all;
  const sorted = [...all].sort((a, b) => size(b) - size(a));
  return [...sorted.slice(0, MOST - 1), sorted.slice(MOST - 1).reduce(together)];
}

function together(a: MessageStats, b: MessageStats): MessageStats {
  const failed = { ...a.failed };
  for (const [code, count] of Object.entries(b.failed)) failed[code] = (failed[code] ?? 0) + count;
  const { boundsMs, counts, totalMs } = a.service;
  return {
    name: 'other',
    answered: a.answered + b.answered,
    failed,
    service: {
      boundsMs,
      counts: counts.map((count, i) => count + b.service.counts[i]),
      totalMs: totalMs + b.service.totalMs,
    },
  };
}

/** Codes of errors → outcomes; every other code is `error`. */
const OUTCOMES: Readonly<Record<string, string>> = {
  RETVAL: 'refused',
  REPLY_TIMEOUT: 'timeout',
  CONNECTION_LOST: 'lost',
  CLOSED: 'lost',
  ABORTED: 'given_up',
  CHANNEL_CLOSED: 'given_up',
  'not-sent': 'not_sent',
};

function outcomesOf({ name: message, answered, failed }: MessageStats): MetricSample[] {
  const counts = new Map([['ok', answered]]);
  for (const [code, count] of Object.entries(failed)) {
    const outcome = OUTCOMES[code] ?? 'error';
    counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  }
  return [...counts].map(([outcome, value]) => ({ labels: { message, outcome }, value }));
}

const serviceOf = ({ name: message, service: { counts, totalMs } }: MessageStats): HistogramSample => ({
  labels: { message },
  counts,
  sum: totalMs / 1000,
});

/** Channels by the plugin that owns them; the mux's own are its own. */
function byOwner(channels: readonly ChannelStats[]): ReadonlyMap<string, readonly ChannelStats[]> {
  const owners = new Map<string, ChannelStats[]>();
  for (const channel of channels) {
    const named = channel.owner ?? 'mux';
    const owner = owners.has(named) || owners.size < MOST ? named : 'other';
    owners.set(owner, [...(owners.get(owner) ?? []), channel]);
  }
  return owners;
}
