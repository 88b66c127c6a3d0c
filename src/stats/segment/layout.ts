/**
 * The layout of the segment, version 2, which VPP has had from 22.06 to 26.06. Numbers are in the byte order of the machine.
 * Pointers are addresses in VPP: what they point at is at `pointer - base` in the file.
 *
 *   header   u64 version, base, epoch, in_progress, directory_vector
 *   entry    u32 type, u32 -, u64 value | pointer | (u32 entry, u32 column), char name[128]
 *   vector   …, u32 length, u32 -, and 8 bytes on, where pointers lead, the elements
 */

/** Bytes of the header. */
export const HEADER = 40;
export const VERSION = 2;
export const ENTRY = 144;
export const ENTRY_WORDS = ENTRY / 4;
/** Bytes from the beginning of an entry. */
export const ENTRY_VALUE = 8;
export const ENTRY_NAME = 16;
export const NAME_BYTES = 128;
/** Bytes before the elements of a vector at which its length is. */
export const VECTOR_HEADER = 8;
export const POINTER = 8;

/** Types of entries by number. Of those up to 25.10, 7 to 9 are missing. */
export const TYPES = [
  'illegal',
  'scalar',
  'simple',
  'combined',
  'names',
  'empty',
  'symlink',
  'histogram',
  'ring',
  'gauge',
] as const;

export const TYPE_EMPTY = TYPES.indexOf('empty');

/** Threads that a VPP may have: more are no VPP's. */
export const MOST_THREADS = 4096;

const HIGH = 2 ** 32;

/** Two words as a number. Exact up to 2^53; beyond that it is no offset of a segment anyway. */
export const wide = (low: number, high: number) => (high >>> 0) * HIGH + (low >>> 0);

export const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** Index of the low and the high word of a 64-bit number. */
export const [LOW, HIGH_WORD] = isLittleEndian ? [0, 1] : [1, 0];
