/** VPP changes its directory, is started anew, or dies: what reads, sets and watches make of it. */
import { closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type NamesEntry, openStats, type StatsUpdate } from '../../src/stats/index.js';
import { SegmentBuilder, segmentFile, segmentOfAllTypes } from '../support/segment-builder.js';

function opened(segment: SegmentBuilder, patience = 20) {
  const file = segmentFile(segment.bytes);
  const stats = openStats({ file, patience });
  onTestFinished(() => stats.close());
  /** Writes into the file, as VPP writes into its memory. */
  const write = (bytes: Uint8Array, at = 0) => {
    const fd = openSync(file, 'r+');
    writeSync(fd, bytes, 0, bytes.length, at);
    closeSync(fd);
  };
  const number = (value: bigint, at: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    write(bytes, at);
  };
  return { file, stats, write, number };
}

const IN_PROGRESS = 24;

describe('a directory that is being changed', () => {
  it('for ever, as a VPP leaves it that was killed: refused after a while, with what to do', async () => {
    const segment = segmentOfAllTypes();
    segment.finish({ inProgress: 1 });
    const { stats } = opened(segment);
    await expect(stats.dump()).rejects.toMatchObject({
      code: 'STATS_BUSY',
      message: expect.stringMatching(
        /^VPP has been changing its directory for 20 ms: .*; look whether it runs, or give it more time$/,
      ),
    });
    expect(stats.state).toMatchObject({ state: 'stale' });
  });

  it('for a while: read when it is done', async () => {
    const segment = segmentOfAllTypes();
    segment.finish({ inProgress: 1 });
    const { stats, number } = opened(segment, 60_000);
    const reading = stats.get('/sys/heartbeat');
    setImmediate(() => number(0n, IN_PROGRESS));
    expect(await reading).toMatchObject({ value: 7n });
  });

  it('a set: finds what was added, renamed and removed, also without a change of the epoch', async () => {
    const segment = segmentOfAllTypes();
    const { stats, write } = opened(segment);
    const set = stats.prepare('^/interfaces/');
    const names = async () => (await set.read()).entries.map(({ name }) => name);
    expect(await names()).toEqual(['/interfaces/loop0/drops', '/interfaces/loop0/rx']);
    segment.symlink('/interfaces/loop1/drops', 3, 1);
    write(segment.finish());
    expect(await names()).toContain('/interfaces/loop1/drops');
    const renamed = Buffer.from('/interfaces/other/drops\0');
    write(renamed, segment.entryAt(6) + 16);
    expect(await names()).toContain('/interfaces/other/drops');
    write(Buffer.alloc(144), segment.entryAt(6));
    expect(await names()).toEqual(['/interfaces/loop0/rx', '/interfaces/loop1/drops']);
  });

  it('names: read again with another epoch only', async () => {
    const segment = segmentOfAllTypes();
    const { stats, write } = opened(segment);
    const names = async () => ((await stats.get('/if/names')) as NamesEntry).names;
    const at = segment.bytes.indexOf('loop0\0');
    await names();
    write(Buffer.from('eth00'), at);
    expect(await names()).toEqual(['local0', undefined, 'loop0']);
    write(Buffer.from([2]), 16);
    expect(await names()).toEqual(['local0', undefined, 'eth00']);
  });
});

function counting(values: readonly number[], { boot = 100n, heartbeat = 1n } = {}) {
  const segment = new SegmentBuilder();
  segment.scalar('/sys/boottime', boot);
  segment.scalar('/sys/heartbeat', heartbeat);
  segment.simple('/if/drops', [values, [1000, 1000]]);
  segment.combined('/if/rx', [values.map((value) => [value, value * 100] as const)]);
  segment.symlink('/interfaces/loop0/rx', 3, 1);
  segment.finish();
  return segment;
}

async function next(updates: AsyncIterator<StatsUpdate>): Promise<StatsUpdate> {
  const { value, done } = await updates.next();
  if (done) throw new Error('the watch has ended');
  return value;
}

describe('a watch', () => {
  it('rates: by index, summed over threads; a counter that was cleared counts from 0', async () => {
    const { stats, write } = opened(counting([10, 500]));
    const updates = stats.watch([], { interval: 10 })[Symbol.asyncIterator]();
    const first = await next(updates);
    expect([first.seconds, first.rates.size]).toEqual([undefined, 0]);
    write(counting([30, 40]).bytes);
    const { seconds = 0, rates } = await next(updates);
    const per = (name: string, what: 'perSecond' | 'packetsPerSecond' | 'bytesPerSecond') =>
      Array.from(rates.get(name)?.[what] ?? [], (rate) => Math.round(rate * seconds));
    expect(per('/if/drops', 'perSecond')).toEqual([20, 40]);
    expect(per('/if/rx', 'packetsPerSecond')).toEqual([20, 40]);
    expect(per('/if/rx', 'bytesPerSecond')).toEqual([2000, 4000]);
    expect(per('/interfaces/loop0/rx', 'packetsPerSecond')).toEqual([40]);
    expect(rates.get('/sys/heartbeat')).toBeUndefined();
    await updates.return?.();
  });

  it('another boot time, or another file: restarted, and no rates', async () => {
    const { stats, file, write } = opened(counting([10, 500]));
    const updates = stats.watch([], { interval: 10 })[Symbol.asyncIterator]();
    await next(updates);
    write(counting([1, 1], { boot: 200n }).bytes);
    expect(await next(updates)).toMatchObject({ restarted: true, rates: new Map() });
    writeFileSync(`${file}.new`, counting([2, 2], { boot: 200n }).bytes);
    renameSync(`${file}.new`, file);
    expect(await next(updates)).toMatchObject({ restarted: true });
    expect((await next(updates)).restarted).toBeUndefined();
    await updates.return?.();
  });

  it('a boot time that comes only now: no restart', async () => {
    const { stats, write } = opened(counting([10, 500], { boot: 0n }));
    const updates = stats.watch([], { interval: 10 })[Symbol.asyncIterator]();
    await next(updates);
    write(counting([1, 1], { boot: 200n }).bytes);
    expect((await next(updates)).restarted).toBeUndefined();
    await updates.return?.();
  });

  it('a VPP that goes: waited for; one that was never there: an error', async () => {
    const { stats, file } = opened(counting([10, 500]));
    const updates = stats.watch([], { interval: 10 })[Symbol.asyncIterator]();
    await next(updates);
    rmSync(file);
    const coming = next(updates);
    await expect.poll(() => stats.state.state).toBe('away');
    writeFileSync(file, counting([2, 2]).bytes);
    expect(await coming).toMatchObject({ restarted: true });
    const nowhere = openStats({ file: `${file}.none` });
    await expect(nowhere.watch([])[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'STATS_AWAY' });
    await nowhere.close();
    await updates.return?.();
  });

  it('its end: by a signal, by close(), and by leaving the Observable', async () => {
    const { stats } = opened(counting([1, 1]));
    const leaving = new AbortController();
    const updates = stats.watch([], { interval: 60_000, signal: leaving.signal })[Symbol.asyncIterator]();
    await next(updates);
    const ended = updates.next();
    leaving.abort();
    expect(await ended).toEqual({ value: undefined, done: true });
    const seen: StatsUpdate[] = [];
    const subscription = stats.watch([], { interval: 10 }).$.subscribe((update) => void seen.push(update));
    await expect.poll(() => seen.length).toBeGreaterThan(1);
    subscription.unsubscribe();
    const others = stats.watch([], { interval: 60_000 })[Symbol.asyncIterator]();
    await next(others);
    const closed = others.next();
    await stats.close();
    expect(await closed).toEqual({ value: undefined, done: true });
    await expect(stats.dump()).rejects.toMatchObject({ code: 'STATS_CLOSED' });
  });
});

describe('options', () => {
  it.each([
    [{ file: 'a', socket: 'b' }, 'give openStats a socket or a file, not both'],
    [{ patience: 0 }, 'patience is a number of milliseconds greater than 0, not 0'],
    [{ slice: Number.NaN }, 'slice is a number of milliseconds greater than 0, not NaN'],
    [{ ways: ['telepathy' as never] }, 'ways: telepathy is not one of node:ffi, koffi, proc, python3'],
    [{ ways: [] }, 'ways: none is not one of node:ffi, koffi, proc, python3'],
  ])('%j: refused', (options, message) => {
    expect(() => openStats(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message }));
  });

  it('an interval that is none: refused', () => {
    expect(() => openStats().watch([], { interval: 1 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
