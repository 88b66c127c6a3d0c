/**
 * Builds stats segments with every type of entry, at will and byte by byte, without the code that reads them. `places` are where a
 * wrong number does most harm: headers, pointers, lengths.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const PAGE = 4096;
const ENTRY = 144;
export const BASE = 0x7f12_3456_7000n;
export const TYPE = {
  illegal: 0,
  scalar: 1,
  simple: 2,
  combined: 3,
  names: 4,
  empty: 5,
  symlink: 6,
  histogram: 7,
  ring: 8,
  gauge: 9,
} as const;

type Pair = readonly [packets: number, bytes: number];

export interface Ring {
  readonly entrySize: number;
  readonly ringSize: number;
  /** The number of records that were ever written, by thread; record n has n in its first byte. */
  readonly sequences: readonly number[];
  readonly schema?: string;
  /** Bytes of a cache line of the machine. */
  readonly line?: number;
}

export class SegmentBuilder {
  readonly bytes: Buffer;
  readonly places: number[] = [0, 8, 16, 24, 32];
  private top = PAGE;
  private readonly entries: Buffer[] = [];
  private directory = 0;

  constructor(size = 64 * 1024) {
    this.bytes = Buffer.alloc(size);
  }

  /** Bytes at a multiple of 64. */
  alloc(size: number): number {
    const at = Math.ceil(this.top / 64) * 64;
    this.top = at + size;
    if (this.top > this.bytes.length) throw new Error('the segment that is built is too small');
    return at;
  }

  /** A vector: `length` elements of `width` bytes, behind a header with their number. */
  vector(length: number, width: number): number {
    const at = this.alloc(64 + length * width) + 64;
    this.bytes.writeUInt32LE(length, at - 8);
    this.places.push(at - 8);
    return at;
  }

  pointer(at: number, target: number): void {
    this.bytes.writeBigUInt64LE(target === 0 ? 0n : BASE + BigInt(target), at);
    this.places.push(at);
  }

  /** Adds an entry; returns its index. */
  add(type: number, name: string, value: bigint): number {
    const entry = Buffer.alloc(ENTRY);
    entry.writeUInt32LE(type);
    entry.writeBigUInt64LE(value, 8);
    entry.write(name, 16, 128, 'utf8');
    return this.entries.push(entry) - 1;
  }

  scalar(name: string, value: bigint): number {
    return this.add(TYPE.scalar, name, value);
  }

  gauge(name: string, value: bigint): number {
    return this.add(TYPE.gauge, name, value);
  }

  symlink(name: string, target: number, column: number): number {
    return this.add(TYPE.symlink, name, (BigInt(column) << 32n) | BigInt(target));
  }

  simple(name: string, threads: readonly (readonly (number | bigint)[])[], type: number = TYPE.simple): number {
    const vectors = threads.map((values) => {
      const at = this.vector(values.length, 8);
      for (const [index, value] of values.entries()) this.bytes.writeBigUInt64LE(BigInt(value), at + index * 8);
      return at;
    });
    return this.add(type, name, BASE + BigInt(this.pointers(vectors)));
  }

  histogram(name: string, threads: readonly (readonly number[])[]): number {
    return this.simple(name, threads, TYPE.histogram);
  }

  combined(name: string, threads: readonly (readonly Pair[])[]): number {
    const vectors = threads.map((pairs) => {
      const at = this.vector(pairs.length, 16);
      for (const [index, pair] of pairs.entries()) {
        this.bytes.writeBigUInt64LE(BigInt(pair[0]), at + index * 16);
        this.bytes.writeBigUInt64LE(BigInt(pair[1]), at + index * 16 + 8);
      }
      return at;
    });
    return this.add(TYPE.combined, name, BASE + BigInt(this.pointers(vectors)));
  }

  names(name: string, names: readonly (string | undefined)[]): number {
    const vectors = names.map((each) => {
      if (each === undefined) return 0;
      const text = Buffer.from(`${each}\0`);
      const at = this.vector(text.length, 1);
      text.copy(this.bytes, at);
      return at;
    });
    return this.add(TYPE.names, name, BASE + BigInt(this.pointers(vectors)));
  }

  ring(name: string, { entrySize, ringSize, sequences, schema = '', line = 64 }: Ring): number {
    const data = 28;
    const metadata = Math.ceil((data + sequences.length * ringSize * entrySize) / 64) * 64;
    const schemaAt = schema === '' ? 0 : metadata + sequences.length * line;
    const at = this.alloc(metadata + sequences.length * line + schema.length);
    const head = [entrySize, ringSize, sequences.length, schema.length, 3, metadata, data];
    for (const [index, value] of head.entries()) {
      this.bytes.writeUInt32LE(value, at + index * 4);
      this.places.push(at + index * 4);
    }
    for (const [thread, sequence] of sequences.entries()) {
      const of = at + metadata + thread * line;
      this.bytes.writeUInt32LE(sequence % ringSize, of);
      this.bytes.writeBigUInt64LE(BigInt(sequence), of + 8);
      this.bytes.writeUInt32LE(schemaAt, of + 16);
      this.bytes.writeUInt32LE(schema.length, of + 20);
      this.places.push(of, of + 8, of + 16);
      for (let n = Math.max(0, sequence - ringSize); n < sequence; n++) {
        this.bytes[at + data + (thread * ringSize + (n % ringSize)) * entrySize] = n;
      }
    }
    this.bytes.write(schema, at + schemaAt);
    return this.add(TYPE.ring, name, BASE + BigInt(at));
  }

  /** Writes header and directory. May be called again, after more was added: VPP does so without a change of the epoch for symlinks. */
  finish({ epoch = 1, inProgress = 0 } = {}): Buffer {
    this.directory = this.vector(this.entries.length, ENTRY);
    for (const [index, entry] of this.entries.entries()) {
      const at = this.entryAt(index);
      entry.copy(this.bytes, at);
      this.places.push(at, at + 8, at + 12);
    }
    for (const [index, value] of [2n, BASE, BigInt(epoch), BigInt(inProgress)].entries()) {
      this.bytes.writeBigUInt64LE(value, index * 8);
    }
    this.pointer(32, this.directory);
    return this.bytes;
  }

  /** Offset of an entry, once `finish` was called. */
  entryAt(index: number): number {
    return this.directory + index * ENTRY;
  }

  private pointers(targets: readonly number[]): number {
    const at = this.vector(targets.length, 8);
    for (const [index, target] of targets.entries()) this.pointer(at + index * 8, target);
    return at;
  }
}

/** A segment with an entry of each type. */
export function segmentOfAllTypes(size?: number): SegmentBuilder {
  const segment = new SegmentBuilder(size);
  segment.scalar('/sys/heartbeat', 7n);
  segment.scalar('/sys/boottime', 1_700_000_000n);
  segment.gauge('/sys/vector_rate', 2n ** 64n - 1n);
  const drops = segment.simple('/if/drops', [
    [1, 2, 3],
    [10, 20, 30],
  ]);
  const rx = segment.combined('/if/rx', [
    [
      [1, 100],
      [2, 200],
      [3, 300],
    ],
    [
      [4, 400],
      [5, 500],
      [2 ** 40, 2 ** 50],
    ],
  ]);
  segment.names('/if/names', ['local0', undefined, 'loop0']);
  segment.symlink('/interfaces/loop0/drops', drops, 2);
  segment.symlink('/interfaces/loop0/rx', rx, 2);
  segment.histogram('/latency', [
    [3, 5, 0, 1],
    [3, 0, 2, 0],
  ]);
  segment.ring('/records', { entrySize: 16, ringSize: 8, sequences: [3, 20], schema: 'a schema' });
  segment.add(TYPE.empty, '/given-up', 0n);
  segment.finish();
  return segment;
}

/** A file with `bytes`, removed after the test. */
export function segmentFile(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-segment-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'segment.bin');
  writeFileSync(file, bytes);
  return file;
}
