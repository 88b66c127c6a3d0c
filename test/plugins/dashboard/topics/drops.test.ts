/** The topics `drops` and `nodes`, of counters that the test sets. */

import { describe, expect, it } from 'vitest';
import { interfaceReads } from '../../../../src/plugins/dashboard/counters/interface-counters.js';
import { dropsTopic } from '../../../../src/plugins/dashboard/topics/drops.js';
import { nodesTopic } from '../../../../src/plugins/dashboard/topics/nodes.js';
import { errorStats, FakeStats, interfaceStats, nodeStats } from '../fake-stats.js';

function world() {
  const stats = new FakeStats();
  const sources = { stats: stats.asStats, interfaceReads: interfaceReads(stats), ageMs: () => 0 };
  return { stats, sources };
}

describe('drops', () => {
  it('what has counted at all: with rates from the second read on, new reasons included', async () => {
    const { stats, sources } = world();
    stats.errorList = [errorStats('ip4-input', 'time_expired', 3), errorStats('ip4-input', 'bad_checksum', 0)];
    stats.list = [interfaceStats(1, 'loop0', { drops: 3n }), interfaceStats(2, 'loop1', { drops: 0n })];
    const topic = dropsTopic(sources)('');
    expect(await topic.read()).toEqual({
      reasons: { 'ip4-input time_expired': { node: 'ip4-input', reason: 'time_expired', count: 3 } },
      interfaces: { 1: { name: 'loop0', count: 3 } },
    });
    stats.errorList = [errorStats('ip4-input', 'time_expired', 3), errorStats('null-node', 'blackholed packets', 9)];
    const { reasons } = await topic.read();
    expect(reasons['ip4-input time_expired'].perSecond).toBe(0);
    expect(reasons['null-node blackholed packets'].perSecond).toBeGreaterThan(0);
  });

  it('counters away: says why', async () => {
    const { stats, sources } = world();
    stats.away = 'there is no stats socket';
    await expect(dropsTopic(sources)('').read()).rejects.toThrow('there is no stats socket');
  });
});

describe('nodes', () => {
  it('clocks for a packet, packets in a call, and shares: of all threads, or of one', async () => {
    const { stats, sources } = world();
    const nodes = (by: number) => [
      nodeStats(0, 'ip4-input', { calls: 10 * by, vectors: 100 * by, clocks: 3000 * by, suspends: 0 }),
      nodeStats(1, 'ip4-lookup', { calls: 10 * by, vectors: 100 * by, clocks: 9000 * by, suspends: 0 }),
      nodeStats(2, 'ip6-input', { calls: 0, vectors: 0, clocks: 0, suspends: 0 }),
    ];
    stats.nodeList = nodes(1);
    const open = nodesTopic(sources);
    const [all, one] = [open(''), open('1')];
    expect(await all.read()).toMatchObject({ hasCounters: true, threads: 2, nodes: { 'ip4-input': {} } });
    stats.nodeList = nodes(1000);
    for (const topic of [all, one]) {
      const { nodes: shown } = await topic.read();
      expect(Object.keys(shown)).toEqual(['ip4-lookup', 'ip4-input']);
      expect(shown['ip4-lookup'].share).toBe(0.75);
      expect(shown['ip4-lookup'].clocksPerPacket).toBeCloseTo(90, 0);
      expect(shown['ip4-lookup'].vectorsPerCall).toBeCloseTo(10, 0);
      stats.nodeList = nodes(2000);
    }
  });

  it('a VPP that does not count by node: says so', async () => {
    const { sources } = world();
    expect(await nodesTopic(sources)('').read()).toEqual({ hasCounters: false, threads: 0, nodes: {} });
  });

  it('a thread that is none: refused', () => {
    expect(() => nodesTopic(world().sources)('x')).toThrow('there is no thread x');
  });
});
