/** Reads counters: for each thread a vector of u64, or of pairs of u64. */
import { MOST_THREADS, VECTOR_HEADER } from './layout.js';
import type { SegmentMemory } from './memory.js';
import type { Slab } from './slab.js';

/** Counters that are read before others may run. */
const PIECE = 8 * 1024;

/** Counters of an entry, by thread. `bytes` of combined ones only. */
export interface Counters {
  readonly type: 'simple' | 'combined' | 'histogram';
  readonly first: BigUint64Array[];
  readonly second: BigUint64Array[];
}

export class CounterReader {
  private readonly pairs = new Uint32Array(PIECE * 4 + 2);
  /** Length that the vector at an offset had the last time: it is read with its header at once. */
  private lengths = new Map<number, number>();

  constructor(private readonly memory: SegmentMemory) {}

  /** The counters of the vector of vectors at `offset`. Throws Damage. */
  *read(type: Counters['type'], offset: number | undefined, slab: Slab): Generator<void, Counters> {
    const counters: Counters = { type, first: [], second: [] };
    if (offset === undefined) return counters;
    const words = this.memory.pointers(offset, MOST_THREADS);
    for (let thread = 0; thread < words.length / 2; thread++) {
      const inner = this.memory.target(words, thread);
      if (type === 'combined') yield* this.pairsAt(inner, slab, counters);
      else yield* this.vectorAt(inner, slab, counters);
      yield;
    }
    return counters;
  }

  private *vectorAt(offset: number | undefined, slab: Slab, { first }: Counters): Generator<void, void> {
    if (offset === undefined) {
      first.push(new BigUint64Array(0));
      return;
    }
    const { memory } = this;
    // The header is read into the counter before the first one.
    const expected = Math.min(this.expected(offset), PIECE);
    let at = slab.take(expected + 1);
    memory.read(slab.words, at * 8, (expected + 1) * 8, offset - VECTOR_HEADER);
    const length = slab.words[at * 2];
    memory.check(offset, length * 8);
    memory.spend((length + 1) * 8);
    this.lengths.set(offset, length);
    if (length <= expected) {
      slab.giveBack(expected - length);
      first.push(slab.counters(at + 1, length));
      return;
    }
    slab.giveBack(expected + 1);
    at = slab.take(length);
    const { words } = slab;
    first.push(slab.counters(at, length));
    for (let done = 0; done < length; done += PIECE) {
      const count = Math.min(PIECE, length - done);
      memory.read(words, (at + done) * 8, count * 8, offset + done * 8);
      yield;
    }
  }

  private *pairsAt(offset: number | undefined, slab: Slab, { first, second }: Counters): Generator<void, void> {
    if (offset === undefined) {
      first.push(new BigUint64Array(0));
      second.push(new BigUint64Array(0));
      return;
    }
    const { memory, pairs } = this;
    const expected = Math.min(this.expected(offset, 16), PIECE);
    memory.read(pairs, 0, expected * 16 + 8, offset - VECTOR_HEADER);
    const [length] = pairs;
    memory.check(offset, length * 16);
    memory.spend(length * 16 + 8);
    this.lengths.set(offset, length);
    const at = slab.take(length * 2);
    const { words } = slab;
    first.push(slab.counters(at, length));
    second.push(slab.counters(at + length, length));
    let count = Math.min(expected, length);
    separate(pairs, words, { packets: at, bytes: at + length, count });
    for (let done = count; done < length; done += count) {
      count = Math.min(PIECE, length - done);
      memory.read(pairs, 8, count * 16, offset + done * 16);
      separate(pairs, words, { packets: at + done, bytes: at + length + done, count });
      yield;
    }
  }

  private expected(offset: number, width = 8): number {
    const expected = this.lengths.get(offset) ?? 0;
    return Math.min(expected, Math.floor((this.memory.size - offset) / width));
  }

  /** Forgets lengths of vectors that are gone. */
  forget(): void {
    this.lengths = new Map();
  }
}

interface Halves {
  readonly packets: number;
  readonly bytes: number;
  readonly count: number;
}

/** Moves pairs, which begin behind two words, to where their halves belong. */
function separate(pairs: Uint32Array, words: Uint32Array, { packets, bytes, count }: Halves): void {
  let first = packets * 2;
  let second = bytes * 2;
  for (let from = 2, end = 2 + count * 4; from < end; from += 4) {
    words[first++] = pairs[from];
    words[first++] = pairs[from + 1];
    words[second++] = pairs[from + 2];
    words[second++] = pairs[from + 3];
  }
}
