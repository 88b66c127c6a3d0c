/** Entries of each type, as they are read from a file. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStats, type StatsEntry } from '../../../src/stats/index.js';
import { SegmentBuilder, segmentFile, segmentOfAllTypes, TYPE } from '../../support/segment-builder.js';

function opened(segment: SegmentBuilder) {
  const stats = openStats({ file: segmentFile(segment.bytes), patience: 20 });
  onTestFinished(() => stats.close());
  return stats;
}

const u64 = (...values: (number | bigint)[]) => BigUint64Array.from(values, BigInt);

/** Fields of an entry, whether as fields or by getters. */
const plain = (entry: StatsEntry | undefined) =>
  entry?.type === 'symlink'
    ? { target: entry.target, index: entry.index, counters: entry.counters, packets: entry.packets, bytes: entry.bytes }
    : entry;

describe('entries', () => {
  it('scalars and gauges: all 64 bits', async () => {
    const stats = opened(segmentOfAllTypes());
    expect(await stats.get('/sys/heartbeat')).toEqual({ name: '/sys/heartbeat', type: 'scalar', value: 7n });
    expect(await stats.get('/sys/vector_rate')).toMatchObject({ type: 'gauge', value: 2n ** 64n - 1n });
  });

  it('simple and combined counters: by thread and index', async () => {
    const stats = opened(segmentOfAllTypes());
    expect(await stats.get('/if/drops')).toEqual({
      name: '/if/drops',
      type: 'simple',
      counters: [u64(1, 2, 3), u64(10, 20, 30)],
    });
    expect(await stats.get('/if/rx')).toEqual({
      name: '/if/rx',
      type: 'combined',
      packets: [u64(1, 2, 3), u64(4, 5, 2 ** 40)],
      bytes: [u64(100, 200, 300), u64(400, 500, 2 ** 50)],
    });
  });

  it('names: undefined where there is none', async () => {
    const stats = opened(segmentOfAllTypes());
    expect(await stats.get('/if/names')).toMatchObject({ names: ['local0', undefined, 'loop0'] });
  });

  it('symlinks: a column of each thread', async () => {
    const stats = opened(segmentOfAllTypes());
    expect(plain(await stats.get('/interfaces/loop0/drops'))).toEqual({
      target: '/if/drops',
      index: 2,
      counters: u64(3, 30),
    });
    expect(plain(await stats.get('/interfaces/loop0/rx'))).toEqual({
      target: '/if/rx',
      index: 2,
      packets: u64(3, 2 ** 40),
      bytes: u64(300, 2 ** 50),
    });
  });

  it('histograms: the exponent of the first bin, and the bins', async () => {
    const stats = opened(segmentOfAllTypes());
    expect(await stats.get('/latency')).toEqual({
      name: '/latency',
      type: 'histogram',
      threads: [
        { minimum: 3, bins: u64(5, 0, 1) },
        { minimum: 3, bins: u64(0, 2, 0) },
      ],
    });
  });

  it('empty ones and free places: by their names, and not at all', async () => {
    const segment = new SegmentBuilder();
    segment.add(TYPE.empty, '', 0n);
    segment.add(TYPE.empty, '/given-up', 0n);
    segment.add(TYPE.illegal, '', 0n);
    segment.finish();
    const { entries, skipped } = await opened(segment).dump();
    expect({ entries, skipped }).toEqual({ entries: [{ name: '/given-up', type: 'empty' }], skipped: [] });
  });

  it('counters that have no memory yet: none', async () => {
    const segment = new SegmentBuilder();
    segment.add(TYPE.simple, '/a', 0n);
    segment.add(TYPE.combined, '/b', 0n);
    segment.add(TYPE.names, '/c', 0n);
    segment.add(TYPE.histogram, '/d', 0n);
    segment.finish();
    expect((await opened(segment).dump()).entries).toMatchObject([
      { counters: [] },
      { packets: [], bytes: [] },
      { names: [] },
      { threads: [] },
    ]);
  });

  it('vectors of more than a piece: whole, the first time and with the length known', async () => {
    const segment = new SegmentBuilder(4 * 1024 * 1024);
    const length = 20_000;
    segment.simple('/simple', [Array.from({ length }, (_, index) => index)]);
    segment.combined('/combined', [Array.from({ length }, (_, index) => [index, 2 * index] as const)]);
    segment.finish();
    const set = opened(segment).prepare([]);
    for (const { entries } of [await set.read(), await set.read()]) {
      const [simple, combined] = entries as unknown as [
        { counters: BigUint64Array[] },
        Record<'packets' | 'bytes', BigUint64Array[]>,
      ];
      expect(simple.counters[0].every((value, index) => value === BigInt(index))).toBe(true);
      expect(combined.packets[0].every((value, index) => value === BigInt(index))).toBe(true);
      expect(combined.bytes[0].every((value, index) => value === BigInt(2 * index))).toBe(true);
    }
  });

  it('ls: names and types of those that match', async () => {
    const stats = opened(segmentOfAllTypes());
    expect(await stats.ls('^/if/')).toEqual([
      { name: '/if/drops', type: 'simple' },
      { name: '/if/rx', type: 'combined' },
      { name: '/if/names', type: 'names' },
    ]);
    expect(await stats.ls()).toHaveLength(11);
  });

  it('a name that is not there: undefined', async () => {
    expect(await opened(segmentOfAllTypes()).get('/if/dropss')).toBeUndefined();
  });
});

describe('damage', () => {
  const damaged = async (change: (segment: SegmentBuilder) => void) => {
    const segment = segmentOfAllTypes();
    change(segment);
    segment.scalar('/after', 1n);
    segment.finish({ epoch: 2 });
    const { entries, skipped } = await opened(segment).dump();
    expect(entries.at(-1)).toMatchObject({ name: '/after' });
    return skipped;
  };

  it.each<[string, (segment: SegmentBuilder) => void, string]>([
    [
      'a pointer before the segment',
      (s) => s.add(TYPE.simple, '/x', 0x1000n),
      'a pointer leads outside of the segment',
    ],
    ['a pointer behind it', (s) => s.add(TYPE.simple, '/x', 2n ** 63n), 'a pointer leads outside of the segment'],
    ['a type of the future', (s) => s.add(77, '/x', 0n), 'an entry of type 77, which is unknown'],
    ['a type that is none', (s) => s.add(TYPE.illegal, '/x', 0n), 'an entry of type 0, which is unknown'],
    ['a symlink to nothing', (s) => s.symlink('/x', 4000, 0), 'it leads to entry 4000, which is not there'],
    ['a symlink to names', (s) => s.symlink('/x', 5, 0), 'it leads to /if/names, which is no counter'],
    [
      'a symlink to a symlink',
      (s) => s.symlink('/x', 6, 0),
      'it leads to /interfaces/loop0/drops, which is no counter',
    ],
    ['a column that is not there', (s) => s.symlink('/x', 3, 3), 'it leads to /if/drops[3], which is not there'],
    ['a histogram of huge values', (s) => s.histogram('/x', [[65, 1]]), 'its bins begin at 2^65'],
    ['a ring without a ring', (s) => s.add(TYPE.ring, '/x', 0n), 'it has no ring yet'],
    ['a ring without room', (s) => s.ring('/x', { entrySize: 0, ringSize: 8, sequences: [] }), 'its ring has no room'],
  ])('%s: that entry is skipped, with the reason', async (_, change, reason) => {
    expect(await damaged(change)).toEqual([{ name: '/x', reason }]);
  });

  it('a vector with a length that the segment has no room for: nothing is allocated for it', async () => {
    const skipped = await damaged((segment) => {
      const at = segment.vector(1, 8);
      segment.bytes.writeUInt32LE(0xffff_ffff, at - 8);
      segment.add(TYPE.simple, '/x', 0x7f12_3456_7000n + BigInt(at));
    });
    expect(skipped).toEqual([{ name: '/x', reason: 'it reaches beyond the end of the segment' }]);
  });

  it('threads without number: skipped', async () => {
    const skipped = await damaged((segment) => {
      segment.add(TYPE.simple, '/x', 0x7f12_3456_7000n + BigInt(segment.vector(4097, 8)));
    });
    expect(skipped).toEqual([{ name: '/x', reason: 'it has 4097 parts' }]);
  });

  it('a name that leads nowhere: that name is missing, the others are read', async () => {
    const segment = segmentOfAllTypes();
    const at = segment.vector(2, 8);
    segment.pointer(at, segment.vector(3, 1));
    segment.bytes.writeBigUInt64LE(5n, at + 8);
    const index = segment.add(TYPE.names, '/x', 0x7f12_3456_7000n + BigInt(at));
    segment.finish({ epoch: 2 });
    const { entries, skipped } = await opened(segment).dump('^/x$');
    expect(index).toBeGreaterThan(0);
    expect(entries).toEqual([{ name: '/x', type: 'names', names: ['', undefined] }]);
    expect(skipped).toEqual([{ name: '/x[1]', reason: 'a pointer leads outside of the segment' }]);
  });

  it('entries that all lead to one large vector: read until they are more than the segment can hold', async () => {
    const segment = new SegmentBuilder(256 * 1024);
    const large = segment.simple('/large', [new Array(10_000).fill(1)]);
    segment.finish();
    const pointer = segment.bytes.readBigUInt64LE(segment.entryAt(large) + 8);
    for (let each = 0; each < 500; each++) segment.add(TYPE.simple, `/again/${each}`, pointer);
    segment.finish({ epoch: 2 });
    const { entries, skipped } = await opened(segment).dump();
    expect(entries.length).toBeLessThan(10);
    expect(skipped.at(-1)?.reason).toBe('its parts overlap: they are larger than the segment');
  });

  it.each<[string, (bytes: Buffer) => void, string]>([
    ['nothing at all', (bytes) => void bytes.fill(0), 'VPP has not made it yet, or it is empty'],
    ['another version', (bytes) => void bytes.writeBigUInt64LE(3n, 0), 'its layout is version 3, and 2 is known'],
    ['no directory', (bytes) => void bytes.writeBigUInt64LE(0n, 32), 'it has no directory'],
    [
      'a directory elsewhere',
      (bytes) => void bytes.writeBigUInt64LE(77n, 32),
      'a pointer leads outside of the segment',
    ],
  ])('%s: STATS_INVALID', async (_, change, reason) => {
    const segment = segmentOfAllTypes();
    change(segment.bytes);
    await expect(opened(segment).dump()).rejects.toMatchObject({
      code: 'STATS_INVALID',
      message: `it is no stats segment, or a damaged one: ${reason}`,
    });
  });

  it('a file of a few bytes: STATS_INVALID', async () => {
    const stats = openStats({ file: segmentFile(Buffer.from('no segment')) });
    await expect(stats.dump()).rejects.toMatchObject({ code: 'STATS_INVALID' });
    await stats.close();
  });
});
