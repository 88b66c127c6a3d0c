import { describe, expect, it } from 'vitest';
import { CounterVector, NameVector } from '../../../mock-vpp/stats/entries.js';
import { SegmentFull, SegmentMemory } from '../../../mock-vpp/stats/memory.js';
import { EntryType, StatsSegment } from '../../../mock-vpp/stats/segment.js';
import { readSegment } from '../../support/stats-segment.js';

const MiB = 1024 * 1024;
const read = (segment: StatsSegment) => readSegment(segment.memory.bytes);

describe('StatsSegment', () => {
  it('an entry: has its name and value, beyond 32 bits as well', () => {
    const segment = new StatsSegment(MiB);
    segment.setValue(segment.add(EntryType.SCALAR, '/sys/a'), 2 ** 40 + 7);
    expect(Object.fromEntries(read(segment).entries)).toEqual({ '/sys/a': 2 ** 40 + 7 });
  });

  it('more entries than there was room for: all are kept', () => {
    const segment = new StatsSegment(MiB);
    const names = Array.from({ length: 1000 }, (_, index) => `/sys/${index}`);
    for (const [value, name] of names.entries()) segment.setValue(segment.add(EntryType.GAUGE, name), value);
    expect([...read(segment).entries]).toEqual(names.map((name, value) => [name, value]));
  });

  it('a removed entry: is empty, and used again', () => {
    const segment = new StatsSegment(MiB);
    const [first, second] = ['/a', '/b'].map((name) => segment.add(EntryType.SCALAR, name));
    segment.remove(first);
    expect([...read(segment).entries.keys()]).toEqual(['/b']);
    expect(read(segment).length).toBe(2);
    expect(segment.add(EntryType.SCALAR, '/c')).toBe(first);
    expect(second).toBe(1);
    expect(read(segment).length).toBe(2);
  });

  it('a change: is in progress until it is over, and then another epoch', () => {
    const segment = new StatsSegment(MiB);
    const { epoch } = read(segment);
    segment.lock();
    expect(read(segment)).toMatchObject({ inProgress: 1, epoch });
    segment.unlock();
    expect(read(segment)).toMatchObject({ inProgress: 0, epoch: epoch + 1 });
  });

  it('a name that is too long: is cut off, with its NUL', () => {
    const segment = new StatsSegment(MiB);
    segment.setValue(segment.add(EntryType.SCALAR, `/${'x'.repeat(200)}`), 1);
    segment.setValue(segment.add(EntryType.SCALAR, '/next'), 2);
    expect([...read(segment).entries]).toEqual([
      [`/${'x'.repeat(126)}`, 1],
      ['/next', 2],
    ]);
  });

  it('no room left: SegmentFull, and what was there stays', () => {
    const segment = new StatsSegment(128 * 1024);
    const add = () => {
      for (let index = 0; ; index++) segment.setValue(segment.add(EntryType.SCALAR, `/${index}`), index);
    };
    expect(add).toThrow(SegmentFull);
    const { entries } = read(segment);
    expect([...entries.values()]).toEqual(Array.from({ length: entries.size }, (_, index) => index));
    expect(entries.size).toBeGreaterThan(200);
  });
});

describe('counters and names', () => {
  it('counters: by thread and column, one number or two', () => {
    const segment = new StatsSegment(MiB);
    const simple = new CounterVector(segment, '/if/drops', { threads: 2 });
    const combined = new CounterVector(segment, '/if/rx', { threads: 2, size: 2 });
    for (const vector of [simple, combined]) vector.reserve(3);
    simple.set(1, 2, 5);
    combined.set(0, 1, 7, 700);
    segment.addSymlink('/interfaces/a/rx', combined.index, 1);
    const none = { packets: 0, bytes: 0 };
    expect(Object.fromEntries(read(segment).entries)).toEqual({
      '/if/drops': [
        [0, 0, 0],
        [0, 0, 5],
      ],
      '/if/rx': [
        [none, { packets: 7, bytes: 700 }, none],
        [none, none, none],
      ],
      '/interfaces/a/rx': [{ packets: 7, bytes: 700 }, none],
    });
  });

  it('more columns: keep what was counted; the others are 0, also in memory that was used before', () => {
    const segment = new StatsSegment(MiB);
    const vector = new CounterVector(segment, '/if/rx', { threads: 1, size: 2 });
    const other = new CounterVector(segment, '/if/tx', { threads: 1, size: 2 });
    for (let columns = 1; columns <= 200; columns++) {
      vector.reserve(columns);
      vector.set(0, columns - 1, columns, columns);
    }
    other.reserve(200);
    const { entries } = read(segment);
    expect(entries.get('/if/rx')).toEqual([
      Array.from({ length: 200 }, (_, index) => ({ packets: index + 1, bytes: index + 1 })),
    ]);
    expect(entries.get('/if/tx')).toEqual([new Array(200).fill({ packets: 0, bytes: 0 })]);
  });

  it('names: by index, with holes', () => {
    const segment = new StatsSegment(MiB);
    const names = new NameVector(segment, '/if/names');
    names.set(0, 'local0');
    names.set(40, 'loop0');
    names.set(40, 'deleted');
    const all = read(segment).entries.get('/if/names') as (string | undefined)[];
    expect(all).toHaveLength(41);
    expect([all[0], all[1], all[40]]).toEqual(['local0', undefined, 'deleted']);
  });
});

describe('SegmentMemory', () => {
  it('changes: the pages that were written to, in as few ranges as they make, once', () => {
    const memory = new SegmentMemory(MiB);
    for (const range of memory.changes()) memory.written(range);
    memory.u64(4096, 1);
    memory.text(3 * 4096 - 4, 'over two pages', 64);
    expect(memory.changes()).toEqual([{ start: 4096, end: 4 * 4096 }]);
    memory.written({ start: 4096, end: 2 * 4096 });
    expect(memory.changes()).toEqual([{ start: 2 * 4096, end: 4 * 4096 }]);
  });
});
