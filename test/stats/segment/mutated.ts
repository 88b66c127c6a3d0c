/** Segments with something changed, read one after another: what holds for each of them. */
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { StatsError } from '../../../src/stats/errors.js';
import type { Directory } from '../../../src/stats/segment/directory.js';
import { SegmentMemory } from '../../../src/stats/segment/memory.js';
import { Segment } from '../../../src/stats/segment/segment.js';
import type { StatsEntry } from '../../../src/stats/types.js';
import { randomFrom } from '../../support/scale.js';
import { BASE, type SegmentBuilder } from '../../support/segment-builder.js';

/** A memory that fails the test where more is read than the file has. */
class WatchedMemory extends SegmentMemory {
  override read(into: NodeJS.ArrayBufferView, at: number, length: number, offset: number): void {
    super.read(into, at, length, offset);
    const isInside = offset >= 0 && offset + length <= this.size && at >= 0 && at + length <= into.byteLength;
    if (!isInside) throw new Error(`${length} bytes at ${offset} are read into ${at} of ${into.byteLength}`);
  }
}

export interface Outcomes {
  /** Reads that were whole, that skipped something, and that were refused. */
  whole: number;
  skipped: number;
  refused: number;
}

/** Reads `count` mutations of `segment`, whose file is at `path`. Rejects at the first that does not hold what has to. */
export async function readMutations(
  segment: SegmentBuilder,
  path: string,
  { count, seed }: { count: number; seed: number },
): Promise<Outcomes> {
  const { bytes, places } = segment;
  const random = randomFrom(seed);
  const whole = (below: number) => Math.floor(random() * below);
  const oddNumber = () => {
    const odd = [0n, 1n, 2n, 7n, 8n, 255n, 0x7fff_ffffn, 0xffff_ffffn, 1n << 40n, 1n << 63n, (1n << 64n) - 1n];
    const inside = BASE + BigInt(whole(bytes.length));
    return [odd[whole(odd.length)], inside, BASE + BigInt(bytes.length - whole(64)), BigInt(whole(100))][whole(4)];
  };
  const fd = openSync(path, 'r+');
  const outcomes: Outcomes = { whole: 0, skipped: 0, refused: 0 };
  const number = Buffer.alloc(8);
  let reader: Segment | undefined;
  try {
    for (let n = 0; n < count; n++) {
      const changed: number[] = [];
      for (let times = 1 + whole(4); times > 0; times--) {
        const at = random() < 0.8 ? places[whole(places.length)] : whole(bytes.length - 8);
        number.writeBigUInt64LE(oddNumber());
        const length = random() < 0.5 ? 8 : random() < 0.7 ? 4 : 1;
        writeSync(fd, number, 0, length, at);
        changed.push(at);
      }
      const cut = random() < 0.02 ? whole(bytes.length) : undefined;
      if (cut !== undefined) ftruncateSync(fd, cut);
      // Some reads know of those before, others do not.
      if (reader === undefined || n % 50 === 0) {
        reader?.close();
        const own = openSync(path, 'r');
        reader = new Segment(new WatchedMemory(own, Math.max(fstatSync(own).size, random() < 0.5 ? bytes.length : 0)));
      }
      await readOne(reader, bytes.length, outcomes);
      if (cut !== undefined) ftruncateSync(fd, bytes.length);
      if (cut !== undefined) writeSync(fd, bytes, 0, bytes.length, 0);
      for (const at of changed) writeSync(fd, bytes, at, Math.min(8, bytes.length - at), at);
    }
    return outcomes;
  } finally {
    reader?.close();
    closeSync(fd);
  }
}

async function readOne(reader: Segment, size: number, outcomes: Outcomes): Promise<void> {
  try {
    const { entries, skipped } = await reader.read(all, { patience: 0.001, slice: 1000 });
    const taken = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (taken > 4 * size) throw new Error(`${taken} bytes were made of a segment of ${size}`);
    if (skipped.length > 0) outcomes.skipped++;
    else outcomes.whole++;
  } catch (error) {
    const isRefusal = error instanceof StatsError && ['STATS_INVALID', 'STATS_BUSY'].includes(error.code);
    if (!isRefusal) throw error;
    outcomes.refused++;
  }
}

function* all(directory: Directory): Generator<void, readonly number[]> {
  const named = Array.from({ length: directory.length }, (_, index) => index);
  yield;
  return named.filter((index) => directory.nameOf(index) !== undefined);
}

/** Bytes of an entry's numbers; those of a symlink are looked at as well. */
function sizeOf(entry: StatsEntry): number {
  const sum = (vectors: readonly { readonly byteLength: number }[]) =>
    vectors.reduce((all, { byteLength }) => all + byteLength, 0);
  switch (entry.type) {
    case 'simple':
      return sum(entry.counters);
    case 'combined':
      return sum(entry.packets) + sum(entry.bytes);
    case 'names':
      return entry.names.reduce((all, name = '') => all + name.length, 0);
    case 'symlink':
      return [entry.counters, entry.packets, entry.bytes].some((values) => values && values.length > 4096)
        ? Number.POSITIVE_INFINITY
        : 0;
    case 'histogram':
      return sum(entry.threads.map(({ bins }) => bins));
    case 'ring':
      return sum([entry.schema, ...entry.threads.flatMap(({ records }) => records)]);
    default:
      return 0;
  }
}
