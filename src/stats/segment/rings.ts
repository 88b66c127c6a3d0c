/**
 * Reads ring buffers (VPP 26.02): a ring of records for each thread, which its writer never waits for. A record is whole if its
 * place was not being written anew when it had been copied; others are discarded.
 *
 *   ring      u32 entry_size, ring_size, n_threads, schema_size, schema_version, metadata_offset, data_offset
 *   metadata  u32 head, schema_version, u64 sequence, u32 schema_offset, schema_size, and room up to a cache line
 */
import type { RingEntry, RingOfThread } from '../types.js';
import { Damage } from './damage.js';
import { HIGH_WORD, LOW, MOST_THREADS, wide } from './layout.js';
import type { SegmentMemory } from './memory.js';

const RING_BYTES = 28;
const METADATA_BYTES = 24;
/** Bytes of a cache line. */
const LINES = [64, 128, 256];
/** Records that are copied before others may run. */
const PIECE = 512;
/** Newest records of a thread that are read at most; the others count as lost. */
const MOST_RECORDS = 65_536;
/** Bytes that a record takes here besides its own. */
const RECORD_COST = 128;

/** Number of the record that is read next, by thread. */
export type RingPositions = readonly number[];

interface Ring {
  readonly offset: number;
  readonly entrySize: number;
  readonly ringSize: number;
  readonly threads: number;
  readonly schemaVersion: number;
  readonly schema: Uint8Array;
  readonly metadata: number;
  readonly data: number;
  /** Bytes from one thread's metadata to the next one's. */
  readonly line: number;
}

/** The ring at `offset`: the records from `positions` on, all of them without. Throws Damage. */
export function* readRing(
  memory: SegmentMemory,
  offset: number | undefined,
  positions?: RingPositions,
): Generator<void, Omit<RingEntry, 'name' | 'type'>> {
  if (offset === undefined) throw new Damage('it has no ring yet');
  const ring = ringAt(memory, offset);
  const threads: RingOfThread[] = [];
  for (let thread = 0; thread < ring.threads; thread++) {
    threads.push(yield* readThread(memory, ring, { thread, position: positions?.[thread] }));
    yield;
  }
  const { entrySize, ringSize, schema, schemaVersion } = ring;
  return { entrySize, ringSize, schema, schemaVersion, threads };
}

function ringAt(memory: SegmentMemory, offset: number): Ring {
  const words = new Uint32Array(RING_BYTES / 4);
  memory.read(words, 0, RING_BYTES, offset);
  const [entrySize, ringSize, threads, schemaSize, schemaVersion, metadata, data] = words;
  if (entrySize === 0 || ringSize === 0) throw new Damage('its ring has no room');
  if (threads > MOST_THREADS) throw new Damage(`it has ${threads} threads`);
  memory.check(offset + data, threads * ringSize * entrySize);
  memory.check(offset + metadata, threads * LINES[0]);
  const first = new Uint32Array(METADATA_BYTES / 4);
  if (threads > 0) memory.read(first, 0, METADATA_BYTES, offset + metadata);
  const schemaOffset = first[4];
  const line = LINES.find((each) => metadata + threads * each === schemaOffset) ?? LINES[0];
  memory.check(offset + metadata, threads * line);
  const schema = new Uint8Array(schemaOffset === 0 ? 0 : boundedSchema(memory, offset + schemaOffset, schemaSize));
  memory.read(schema, 0, schema.length, offset + schemaOffset);
  return { offset, entrySize, ringSize, threads, schemaVersion, schema, metadata, data, line };
}

function boundedSchema(memory: SegmentMemory, offset: number, size: number): number {
  memory.check(offset, size);
  memory.spend(size);
  return size;
}

function* readThread(
  memory: SegmentMemory,
  ring: Ring,
  { thread, position }: { readonly thread: number; readonly position: number | undefined },
): Generator<void, RingOfThread> {
  const { entrySize, ringSize } = ring;
  const sequence = sequenceOf(memory, ring, thread);
  const oldest = Math.max(0, sequence - ringSize);
  // A ring that begins anew is read from its beginning.
  const wanted = position === undefined || position > sequence ? oldest : position;
  const start = Math.max(wanted, oldest, sequence - MOST_RECORDS);
  const count = sequence - start;
  memory.spend(count * (entrySize + RECORD_COST));
  const bytes = new Uint8Array(count * entrySize);
  const records: Uint8Array[] = [];
  const first = ring.offset + ring.data + thread * ringSize * entrySize;
  while (records.length < count) {
    const slot = (start + records.length) % ringSize;
    const run = Math.min(PIECE, count - records.length, ringSize - slot);
    memory.read(bytes, records.length * entrySize, run * entrySize, first + slot * entrySize);
    for (let each = 0; each < run; each++) {
      const at = records.length * entrySize;
      records.push(bytes.subarray(at, at + entrySize));
    }
    yield;
  }
  // The place of record n is written anew as soon as the sequence is n + ringSize.
  const torn = Math.max(0, Math.min(count, sequenceOf(memory, ring, thread) - ringSize - start + 1));
  const lost = start + torn - wanted;
  return { sequence: BigInt(sequence), records: records.slice(torn), lost: position === undefined ? 0n : BigInt(lost) };
}

function sequenceOf(memory: SegmentMemory, ring: Ring, thread: number): number {
  const words = new Uint32Array(2);
  memory.read(words, 0, 8, ring.offset + ring.metadata + thread * ring.line + 8);
  const sequence = wide(words[LOW], words[HIGH_WORD]);
  if (sequence > Number.MAX_SAFE_INTEGER) throw new Damage('its sequence is no number of records');
  return sequence;
}
