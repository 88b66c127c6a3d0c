import { expect, it } from 'vitest';
import type { ChannelStats, ConnectionStats } from '../../../src/mux/index.js';
import { trafficOf } from '../../../src/plugins/govpp/traffic.js';
import { FakeConnection } from './fake-connection.js';

const nothing = new FakeConnection({}).stats();
const channel = (id: number, more: Partial<ChannelStats>): ChannelStats => ({
  ...{ id, access: 'write', inFlight: 0, waiting: 0, oldestMs: 0, requests: 0, gaps: 0, bufferedBytes: 0 },
  ...more,
});

it('thousands of channels: the 20 that matter, the longest wait first', () => {
  const idle = Array.from({ length: 5000 }, (_, id) => channel(id, { requests: 1 }));
  const perChannel = [
    ...idle,
    channel(6001, { requests: 1000 }),
    channel(6002, { waiting: 7 }),
    channel(6003, { inFlight: 1, oldestMs: 1234.56789 }),
  ];
  const { busiest } = trafficOf({ ...nothing, channels: perChannel.length, perChannel });
  expect(busiest).toHaveLength(20);
  expect(busiest.slice(0, 4).map(({ id }) => id)).toEqual([6003, 6002, 6001, 0]);
  expect(busiest[0].oldestMs).toBe(1234.568);
});

it('counters: as they are, but for lists without end', () => {
  const slowest = Array.from({ length: 30 }, (_, i) => ({
    name: `m${i}`,
    count: 1,
    meanMs: 1 / 3,
    maxMs: 1,
    totalMs: 1,
  }));
  const stats: ConnectionStats = { ...nothing, requests: 7, slowest };
  const shown = trafficOf(stats);
  expect(shown).toMatchObject({ requests: 7, lateReplies: 0 });
  expect(shown.slowest).toHaveLength(10);
  expect(shown.slowest[0]).toEqual({ name: 'm0', count: 1, meanMs: 0.333, maxMs: 1, totalMs: 1 });
  expect(shown).not.toHaveProperty('perChannel');
});
