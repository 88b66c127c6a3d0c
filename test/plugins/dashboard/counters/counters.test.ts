/** Rates of counters, and reads that are shared. */

import { describe, expect, it } from 'vitest';
import {
  countersOf,
  interfaceReads,
  ratesOf,
  readOf,
  together,
} from '../../../../src/plugins/dashboard/counters/interface-counters.js';
import { perSecond, sum } from '../../../../src/plugins/dashboard/counters/per-second.js';
import { SharedRead } from '../../../../src/plugins/dashboard/counters/shared-read.js';
import { FakeStats, interfaceStats, traffic } from '../fake-stats.js';

describe('a rate', () => {
  it.each([
    [300n, 100n, 2, 100],
    [100, 99, 4, 0.25],
    [2n ** 63n + 10n, 2n ** 63n, 1, 10],
    // It was cleared.
    [50n, 100n, 1, 50],
    [1n, undefined, 1, undefined],
    [undefined, 1n, 1, undefined],
    [1n, 1n, undefined, undefined],
    [1n, 1n, 0, undefined],
    [5n, 5n, 1, 0],
    [126, 0, 10, 13],
  ])('%s after %s, %s s later: %s', (now, before, seconds, rate) => {
    expect(perSecond(now, before, seconds)).toBe(rate);
  });

  it('sums: of what is known; undefined where nothing is', () => {
    expect([sum([1, undefined, 2]), sum([1n, 2n]), sum([undefined]), sum([])]).toEqual([3, 3n, undefined, undefined]);
  });
});

describe('a shared read', () => {
  it('those of one moment: share it; the next one has the one before and the time between', async () => {
    let [now, count] = [0, -1];
    const reads = new SharedRead(
      async () => ++count,
      () => now,
    );
    expect(await Promise.all([reads.get(500), reads.get(500)])).toEqual([{ now: 1 }, { now: 1 }]);
    now = 499;
    expect(await reads.get(500)).toEqual({ now: 1 });
    now = 2000;
    expect(await reads.get(500)).toEqual({ now: 2, before: 1, seconds: 2 });
    // One more than the two: the first one is not used.
    expect(count).toBe(2);
    // A rate of a long time would say nothing of now.
    now = 60_000;
    expect(await reads.get(500)).toEqual({ now: 3 });
  });

  it('one that fails: rejects, and the next one begins anew', async () => {
    let fails = true;
    const reads = new SharedRead(async () => {
      if (fails) throw new Error('away');
      return 1;
    });
    await expect(reads.get(0)).rejects.toThrow('away');
    fails = false;
    expect(await reads.get(0)).toEqual({ now: 1 });
  });
});

describe('counters of interfaces', () => {
  async function twice(before: FakeStats['list'], after: FakeStats['list']) {
    const stats = new FakeStats();
    const reads = interfaceReads(stats.asStats);
    stats.list = before;
    await reads.get(0);
    stats.list = after;
    return { ...(await reads.get(0)), seconds: 2 };
  }

  it('rates: packets, bits, drops and errors; what VPP does not have is undefined', async () => {
    const before = interfaceStats(1, 'eth0', { rx: traffic(100), drops: 1n, rxError: 1n, rxMiss: 1n });
    const after = interfaceStats(1, 'eth0', { rx: traffic(300), drops: 5n, rxError: 2n, rxMiss: 4n });
    const read = readOf(await twice([before], [after]), 1);
    expect(read && ratesOf(read.now, read.before, read.seconds)).toEqual({
      rxPps: 100,
      rxBps: 80_000,
      txPps: undefined,
      txBps: undefined,
      drops: 2,
      errors: 2,
    });
  });

  it('another interface with the index: has no rates yet', async () => {
    const read = readOf(
      await twice([interfaceStats(1, 'loop0', { rx: traffic(1) })], [interfaceStats(1, 'tap0', { rx: traffic(5) })]),
      1,
    );
    expect(read?.before).toBeUndefined();
    expect(read && ratesOf(read.now, read.before, read.seconds).rxPps).toBeUndefined();
  });

  it('all counters of one: those that VPP has', async () => {
    const list = (packets: number) => [interfaceStats(1, 'eth0', { rx: traffic(packets), punts: 7n })];
    const read = readOf(await twice(list(0), list(20)), 1);
    expect(read && countersOf(read)).toEqual({
      rx: { packets: 20, bytes: 2000, packetsPerSecond: 10, bitsPerSecond: 8000 },
      punts: { packets: 7, packetsPerSecond: 0 },
    });
  });

  it('together: sums of what is known', () => {
    expect(together([{ rxPps: 1, drops: 2 }, { rxPps: 3 }, {}])).toMatchObject({ rxPps: 4, drops: 2 });
    expect(together([{}]).rxPps).toBeUndefined();
  });
});
