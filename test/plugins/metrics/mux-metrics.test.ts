/** Metrics of the connection: requests by message and outcome, bounded, and channels by their owner. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ChannelStats, ConnectionStats, ConnectionStatus, MessageStats } from '../../../src/mux/index.js';
import { metricText } from '../../../src/plugins/metrics/metric-text.js';
import { muxMetrics } from '../../../src/plugins/metrics/mux-metrics.js';
import { readExposition } from '../../support/exposition.js';
import { FakeConnection } from '../govpp/fake-connection.js';

const nothing = new FakeConnection({}).stats();

const message = (name: string, answered: number, failed: Readonly<Record<string, number>> = {}): MessageStats => ({
  ...{ name, answered, failed },
  service: { boundsMs: [], counts: Array.from({ length: 17 }, (_, i) => (i === 0 ? answered : 0)), totalMs: 1500 },
});

const channel = (id: number, rest: Partial<ChannelStats>): ChannelStats => ({
  ...{ id, access: 'write', inFlight: 0, waiting: 0, oldestMs: 0, requests: 0, gaps: 0, bufferedBytes: 0 },
  ...rest,
});

function shown(stats: Partial<ConnectionStats>, status: Partial<ConnectionStatus> = {}) {
  const { status: own } = new FakeConnection({});
  const metrics = muxMetrics({ stats: () => ({ ...nothing, ...stats }), status: { ...own, ...status } });
  const found = readExposition(metrics.map((metric) => metricText(metric).text).join(''));
  return (name: string) =>
    Object.fromEntries(
      (found.get(name)?.samples ?? []).map(({ labels, value }) => [Object.values(labels).join(' '), value]),
    );
}

describe('requests', () => {
  it('by outcome: each code of an error is one of few', () => {
    const failed = {
      RETVAL: 1,
      REPLY_TIMEOUT: 2,
      CONNECTION_LOST: 3,
      CLOSED: 4,
      ABORTED: 5,
      'not-sent': 6,
      TRUNCATED: 7,
    };
    expect(shown({ perMessage: [message('show_version', 8, failed)] })('vppmux_requests_total')).toEqual({
      'show_version ok': 8,
      'show_version refused': 1,
      'show_version timeout': 2,
      'show_version lost': 7,
      'show_version given_up': 5,
      'show_version not_sent': 6,
      'show_version error': 7,
    });
  });

  it('of many messages: the busiest by name, all others as one', () => {
    const perMessage = Array.from({ length: 250 }, (_, i) => message(`m${i}`, i + 1, { RETVAL: 1 }));
    const of = shown({ perMessage });
    const counts = of('vppmux_requests_total');
    expect(Object.keys(counts)).toHaveLength(200);
    expect(counts).toMatchObject({ 'm249 ok': 250, 'm151 ok': 152, 'other ok': (151 * 152) / 2, 'other refused': 151 });
    expect(counts).not.toHaveProperty('m150 ok');
  });
});

it('time of VPP: a histogram in seconds', () => {
  const perMessage = [message('show_version', 4)];
  const metric = muxMetrics({ stats: () => ({ ...nothing, perMessage }), status: new FakeConnection({}).status }).find(
    ({ name }) => name === 'vppmux_vpp_service_seconds',
  );
  const text = (metric && metricText(metric).text) ?? '';
  expect(text).toContain('\nvppmux_vpp_service_seconds_bucket{message="show_version",le="0.0001"} 4\n');
  expect(text).toContain('\nvppmux_vpp_service_seconds_sum{message="show_version"} 1.5\n');
});

it('channels: summed by their owner, the oldest request of any', () => {
  const perChannel = [
    channel(0, {}),
    channel(1, { owner: 'a', inFlight: 2, oldestMs: 100 }),
    channel(2, { owner: 'a', inFlight: 3, oldestMs: 2500 }),
  ];
  const of = shown({ perChannel });
  expect(of('vppmux_channels')).toEqual({ mux: 1, a: 2 });
  expect(of('vppmux_requests_in_flight')).toEqual({ mux: 0, a: 5 });
  expect(of('vppmux_oldest_request_seconds')).toEqual({ mux: 0, a: 2.5 });
});

it('the state: 1 for the present one', () => {
  const states = shown({}, { state: 'backoff' })('vppmux_connection_state');
  expect(states).toEqual({ connecting: 0, ready: 0, degraded: 0, 'not-responding': 0, backoff: 1, closed: 0 });
});

it('the statistics: are put together once for a page', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  onTestFinished(() => clock.mockRestore());
  const stats = vi.fn(() => nothing);
  for (const metric of muxMetrics({ stats, status: new FakeConnection({}).status })) metricText(metric);
  expect(stats).toHaveBeenCalledTimes(1);
});
