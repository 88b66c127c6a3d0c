/**
 * The first byte of an item (RFC 8949, section 3): three bits of major type, five of argument.
 *
 *   argument   0 … 23   is the value            27   8 bytes follow
 *              24       1 byte follows          28 … 30   nothing
 *              25       2 bytes follow          31   of unknown length, up to a byte 0xff
 *              26       4 bytes follow
 *
 * How JavaScript's numbers and bigints are told apart: an integer with 8 bytes is a bigint, whatever its size; all others are numbers.
 * A number that is whole and needs more than 4 bytes goes as a float. Decoders of other languages see integers and floats.
 */

export const MAJOR = { UNSIGNED: 0, NEGATIVE: 1, BYTES: 2, TEXT: 3, LIST: 4, MAP: 5, TAG: 6, OTHER: 7 } as const;

export const ARGUMENT = { ONE: 24, TWO: 25, FOUR: 26, EIGHT: 27, UNTIL_BREAK: 31 } as const;

/** Whole first bytes. */
export const BYTE = {
  FALSE: 0xf4,
  TRUE: 0xf5,
  NULL: 0xf6,
  UNDEFINED: 0xf7,
  FLOAT16: 0xf9,
  FLOAT32: 0xfa,
  FLOAT64: 0xfb,
  BREAK: 0xff,
  LIST_UNTIL_BREAK: 0x9f,
  BIG_UNSIGNED: 0x1b,
  BIG_NEGATIVE: 0x3b,
} as const;

/** Tags of integers of more than 64 bits: the bytes behind them are the magnitude, most significant first. */
export const TAG = { BIG_UNSIGNED: 2, BIG_NEGATIVE: 3 } as const;

/** Bytes of the longest such integer. */
export const BIGNUM_BYTES = 1024;
/** Depth of lists and maps within each other. */
export const MAX_DEPTH = 64;
