/** Reads of VPP's counters are shared by all who scrape within a time, and are no numbers of a VPP that is away. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SegmentReads } from '../../../src/plugins/metrics/segment-reads.js';
import type { StatsState } from '../../../src/stats/index.js';
import { FakeStats } from './fake-stats.js';

interface Change {
  readonly stats?: Partial<FakeStats>;
  readonly because?: string;
}

function readsWithClock() {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const stats = new FakeStats();
  const dead: { because?: string } = {};
  const reads = new SegmentReads(stats, { maxAgeMs: () => 1000, deadBecause: () => dead.because });
  const names = async (...patterns: string[]) => (await reads.read(patterns)).entries.map(({ name }) => name);
  const pass = (ms: number) => {
    now += ms;
  };
  return { stats, dead, reads, names, pass };
}

describe('one read', () => {
  it('is for all who ask within its age, also at the same time', async () => {
    const { stats, names, pass } = readsWithClock();
    await Promise.all([names('^/if/'), names('^/if/')]);
    pass(999);
    await names('^/if/');
    expect(stats.reads).toEqual([['^/if/']]);
    pass(1);
    await names('^/if/');
    expect(stats.reads).toHaveLength(2);
  });

  it('has what all profiles ask for, and each gets its own entries', async () => {
    const { stats, names, pass } = readsWithClock();
    expect(await names('^/if/')).toEqual(['/if/names', '/if/drops']);
    expect(await names('^/interfaces')).toEqual(['/interfaces/loop0/drops']);
    pass(1000);
    expect(await names('^/if/')).toEqual(['/if/names', '/if/drops']);
    expect(await names('^/interfaces')).toEqual(['/interfaces/loop0/drops']);
    expect(stats.reads).toEqual([['^/if/'], ['^/if/', '^/interfaces'], ['^/if/', '^/interfaces']]);
  });

  it('has no more what nobody has asked for in minutes', async () => {
    const { stats, names, pass } = readsWithClock();
    await names('^/interfaces');
    pass(300_001);
    await names('^/if/');
    expect(stats.reads.at(-1)).toEqual(['^/if/']);
  });
});

describe('no numbers', () => {
  const state = (rest: Partial<StatsState>): Change => ({ stats: { state: { ...new FakeStats().state, ...rest } } });

  it.each<[string, Change, string]>([
    ['the read fails', { stats: { error: new Error('no segment') } }, 'no segment'],
    ['VPP stands still', state({ state: 'stale' }), 'heartbeat stands still'],
    ['VPP is away', state({ state: 'away', reason: 'it has gone' }), 'it has gone'],
    ['the connection is lost', { because: 'VPP is away: EOF' }, 'VPP is away: EOF'],
  ])('%s: the reason in their place, also of a read that is fresh', async (_, { stats = {}, because }, reason) => {
    const world = readsWithClock();
    await world.names('^/if/');
    Object.assign(world.stats, stats);
    world.dead.because = because;
    if (stats.error) world.pass(1000);
    await expect(world.names('^/if/')).rejects.toThrow(reason);
    await expect(world.names('^/if/')).rejects.toThrow(reason);
  });
});
