/** The functions that compiled readers call, for values that are more than a few shifts. All of them trust their caller's bounds check. */

const words = new Uint32Array(2);
const bytes8 = new Uint8Array(words.buffer);
const doubles = new Float64Array(words.buffer);
const unsigned = new BigUint64Array(words.buffer);
const signed = new BigInt64Array(words.buffer);
/** This machine's order of a 64-bit value's halves and bytes. */
const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const LOW = LITTLE ? 0 : 1;

function loadWords(b: Uint8Array, o: number): void {
  words[1 - LOW] = (b[o] << 24) | (b[o + 1] << 16) | (b[o + 2] << 8) | b[o + 3];
  words[LOW] = (b[o + 4] << 24) | (b[o + 5] << 16) | (b[o + 6] << 8) | b[o + 7];
}

export function readU64(b: Uint8Array, o: number): bigint {
  loadWords(b, o);
  return unsigned[0];
}

export function readI64(b: Uint8Array, o: number): bigint {
  loadWords(b, o);
  return signed[0];
}

/** VPP does not swap doubles: they are little-endian on every machine it runs on (WIRE 3.5). */
export function readF64(b: Uint8Array, o: number): number {
  if (LITTLE) for (let i = 0; i < 8; i++) bytes8[i] = b[o + i];
  else for (let i = 0; i < 8; i++) bytes8[7 - i] = b[o + i];
  return doubles[0];
}

/** Below this, a loop is faster than a call into the runtime. */
const SMALL = 48;

/** An own copy: nothing decoded points into the receive buffer. */
export function copyBytes(b: Uint8Array, o: number, length: number): Uint8Array {
  const copy = new Uint8Array(length);
  if (length <= SMALL) for (let i = 0; i < length; i++) copy[i] = b[o + i];
  else copy.set(b.subarray(o, o + length));
  return copy;
}

/**
 * The text of a `string[N]`: up to its first NUL (VPP leaves garbage behind it). Bytes that are not UTF-8
 * become U+FFFD.
 */
export function fixedText(b: Buffer, o: number, length: number): string {
  const limit = o + length;
  let end = o;
  let high = 0;
  for (; end < limit; end++) {
    const c = b[end];
    if (c === 0) break;
    high |= c;
  }
  if (end === o) return '';
  return high < 0x80 ? b.toString('latin1', o, end) : b.toString('utf8', o, end);
}

/** The text of a `string[]`: all its bytes but the NULs that some senders count at its end. */
export function countedText(b: Buffer, o: number, length: number): string {
  let end = o + length;
  while (end > o && b[end - 1] === 0) end--;
  return end === o ? '' : b.toString('utf8', o, end);
}
