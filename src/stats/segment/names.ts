/** Reads name vectors. VPP changes a name only with a change of the epoch, so names of the same epoch are not read again. */
import { Damage } from './damage.js';
import { isLittleEndian, VECTOR_HEADER } from './layout.js';
import type { SegmentMemory } from './memory.js';

/** Names that are decoded before others may run. */
const PIECE = 256;
/** Bytes of a name; VPP's are shorter. */
const LONGEST = 512;
/** Names of an entry that may be damaged before it is skipped. */
const MOST_DAMAGED = 100;

export type Names = readonly (string | undefined)[];

interface Known {
  readonly epoch: bigint;
  readonly pointers: Uint32Array;
  readonly names: Names;
}

export class NameReader {
  private readonly known = new Map<number, Known>();

  constructor(private readonly memory: SegmentMemory) {}

  /** Names of entry `index`, whose vector is at `offset`. `onDamage` gets the index of each name that cannot be read. */
  *read(
    index: number,
    offset: number | undefined,
    { epoch, onDamage }: { readonly epoch: bigint; onDamage(index: number, reason: string): void },
  ): Generator<void, Names> {
    if (offset === undefined) return [];
    const pointers = this.memory.pointers(offset, Number.POSITIVE_INFINITY);
    const known = this.known.get(index);
    if (known?.epoch === epoch && isSame(known.pointers, pointers)) return known.names;
    const names: (string | undefined)[] = [];
    let damaged = 0;
    for (let each = 0; each < pointers.length / 2; each++) {
      try {
        names.push(this.name(this.memory.target(pointers, each)));
      } catch (error) {
        if (!(error instanceof Damage) || ++damaged > MOST_DAMAGED) throw error;
        names.push(undefined);
        onDamage(each, error.message);
      }
      if (each % PIECE === PIECE - 1) yield;
    }
    if (damaged === 0) this.known.set(index, { epoch, pointers, names });
    return names;
  }

  /** Forgets all names. */
  forget(): void {
    this.known.clear();
  }

  /** The length of a name counts its NUL. */
  private name(offset: number | undefined): string | undefined {
    if (offset === undefined) return undefined;
    const bytes = this.memory.peek(offset - VECTOR_HEADER, VECTOR_HEADER + LONGEST);
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < VECTOR_HEADER) throw new Damage('it reaches beyond the end of the segment');
    const length = words.getUint32(0, isLittleEndian);
    if (length === 0) return undefined;
    if (length > bytes.length - VECTOR_HEADER) throw new Damage(`a name of ${length} bytes`);
    const end = bytes.indexOf(0, VECTOR_HEADER);
    const limit = VECTOR_HEADER + length;
    this.memory.spend(limit);
    return bytes.toString('utf8', VECTOR_HEADER, end < 0 ? limit : Math.min(end, limit));
  }
}

const isSame = (a: Uint32Array, b: Uint32Array) => a.length === b.length && a.every((word, at) => word === b[at]);
