/** Ring buffers: records that are whole, once each. */
import { openSync, writeSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStats, type RingEntry, type StatsDump } from '../../../src/stats/index.js';
import { SegmentMemory } from '../../../src/stats/segment/memory.js';
import { readRing } from '../../../src/stats/segment/rings.js';
import { type Ring, SegmentBuilder, segmentFile } from '../../support/segment-builder.js';

const NAME = '/records';

function ringed(ring: Ring) {
  const segment = new SegmentBuilder();
  const index = segment.ring(NAME, ring);
  segment.finish();
  const at = Number(segment.bytes.readBigUInt64LE(segment.entryAt(index) + 8) - segment.bytes.readBigUInt64LE(8));
  const metadata = at + segment.bytes.readUInt32LE(at + 20);
  const file = segmentFile(segment.bytes);
  /** Writes records up to `sequence`, as their writer does. */
  const write = (thread: number, from: number, sequence: number) => {
    const fd = openSync(file, 'r+');
    for (let n = from; n < sequence; n++) {
      const slot = at + 28 + (thread * ring.ringSize + (n % ring.ringSize)) * ring.entrySize;
      writeSync(fd, Buffer.from([n]), 0, 1, slot);
    }
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(BigInt(sequence));
    writeSync(fd, number, 0, 8, metadata + thread * (ring.line ?? 64) + 8);
  };
  return { file, write, at, size: segment.bytes.length };
}

function opened(file: string) {
  const stats = openStats({ file });
  onTestFinished(() => stats.close());
  return stats;
}

/** First byte of each record, by thread. */
const numbers = ({ threads }: Pick<RingEntry, 'threads'>) =>
  threads.map(({ records }) => records.map(([first]) => first));
const ringIn = ({ entries }: StatsDump) => entries[0] as RingEntry;

describe('a ring', () => {
  it('everything that it has: from the oldest record that is not being written anew', async () => {
    const { file } = ringed({ entrySize: 16, ringSize: 8, sequences: [3, 20], schema: 'what is in it' });
    const entry = (await opened(file).get(NAME)) as RingEntry;
    expect(numbers(entry)).toEqual([
      [0, 1, 2],
      [13, 14, 15, 16, 17, 18, 19],
    ]);
    expect(entry).toMatchObject({ entrySize: 16, ringSize: 8, schemaVersion: 3 });
    expect(Buffer.from(entry.schema).toString()).toBe('what is in it');
    expect(entry.threads.map(({ sequence, lost }) => [sequence, lost])).toEqual([
      [3n, 0n],
      [20n, 0n],
    ]);
  });

  it('a set: gets each record once, and how many were lost in between', async () => {
    const { file, write } = ringed({ entrySize: 16, ringSize: 8, sequences: [3] });
    const set = opened(file).prepare(NAME);
    expect(numbers(ringIn(await set.read()))).toEqual([[0, 1, 2]]);
    expect(numbers(ringIn(await set.read()))).toEqual([[]]);
    write(0, 3, 6);
    expect(numbers(ringIn(await set.read()))).toEqual([[3, 4, 5]]);
    write(0, 6, 30);
    const entry = ringIn(await set.read());
    expect(numbers(entry)).toEqual([[23, 24, 25, 26, 27, 28, 29]]);
    expect(entry.threads[0].lost).toBe(17n);
  });

  it('one that begins anew: is read from its beginning', async () => {
    const { file, write } = ringed({ entrySize: 16, ringSize: 8, sequences: [6] });
    const set = opened(file).prepare(NAME);
    await set.read();
    write(0, 0, 2);
    expect(numbers(ringIn(await set.read()))).toEqual([[0, 1]]);
  });

  it('records that are overwritten while they are copied: discarded, and counted as lost', () => {
    const { file, write, at, size } = ringed({ entrySize: 16, ringSize: 8, sequences: [6] });
    const fd = openSync(file, 'r');
    class Moving extends SegmentMemory {
      private reads = 0;
      override read(...read: Parameters<SegmentMemory['read']>): void {
        super.read(...read);
        // Header, metadata, sequence, records: then the writer goes on.
        if (++this.reads === 4) write(0, 6, 12);
      }
    }
    const memory = new Moving(fd, size);
    onTestFinished(() => memory.close());
    memory.begin(0, 0);
    const steps = readRing(memory, at, [1]);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(numbers(step.value)).toEqual([[5]]);
    expect(step.value.threads[0].lost).toBe(4n);
  });

  it('cache lines of 128 bytes: metadata are where they are', async () => {
    const { file } = ringed({ entrySize: 4, ringSize: 4, sequences: [1, 2, 3], schema: 'x', line: 128 });
    const entry = (await opened(file).get(NAME)) as RingEntry;
    expect(numbers(entry)).toEqual([[0], [0, 1], [0, 1, 2]]);
  });
});
