/**
 * The functions that compiled writers of JSON call: each puts one value's text at `o` of `out` and returns where it ends. All of
 * them trust their caller for room and for the bounds of the message.
 *
 * Held by the benchmarks "dump, ndjson". Profile of a route dump: the constant text between the values and the numbers in it
 * are most of the time, each about half.
 */

import { ip6PrefixText, prefixText } from '../codec/text-forms.js';
import { countedText, fixedText, readF64 } from '../codec/wire-read.js';

/** Below this, a loop is faster than a call into the runtime. */
const SMALL = 40;
const QUOTE = 34;
const BACKSLASH = 92;
const HEX_DIGITS = Uint8Array.from(Buffer.from('0123456789abcdef'));

/** Text that is the same in each message. */
export function literal(out: Buffer, o: number, text: Uint8Array): number {
  const { length } = text;
  if (length <= SMALL) for (let i = 0; i < length; i++) out[o + i] = text[i];
  else out.set(text, o);
  return o + length;
}

/** An integer of up to 53 bits, 0 or more. */
export function unsigned(out: Buffer, o: number, value: number): number {
  if (value < 10) {
    out[o] = 48 + value;
    return o + 1;
  }
  if (value > 0xffffffff) return ascii(out, o, String(value));
  let digits = 2;
  for (let limit = 100; value >= limit; limit *= 10) digits++;
  let rest = value;
  for (let i = o + digits - 1; i >= o; i--) {
    const tenth = (rest / 10) >>> 0;
    out[i] = 48 + (rest - tenth * 10);
    rest = tenth;
  }
  return o + digits;
}

export function signed(out: Buffer, o: number, value: number): number {
  if (value >= 0) return unsigned(out, o, value);
  out[o] = 45;
  return unsigned(out, o + 1, -value);
}

/** An unsigned integer of 64 bits, in quotes. */
export function quotedU64(out: Buffer, o: number, b: Buffer, p: number): number {
  const high = b.readUInt32BE(p);
  out[o] = QUOTE;
  const end =
    high < 0x200000
      ? unsigned(out, o + 1, high * 0x100000000 + b.readUInt32BE(p + 4))
      : ascii(out, o + 1, b.readBigUInt64BE(p).toString());
  out[end] = QUOTE;
  return end + 1;
}

export function quotedI64(out: Buffer, o: number, b: Buffer, p: number): number {
  return quoted(out, o, b.readBigInt64BE(p).toString());
}

/** A double: NaN and ±Infinity in quotes, as `jsonValue` has them. */
export function double(out: Buffer, o: number, b: Buffer, p: number): number {
  const value = readF64(b, p);
  return Number.isFinite(value) ? ascii(out, o, String(value)) : quoted(out, o, String(value));
}

/** Text of ASCII characters. */
export function ascii(out: Buffer, o: number, text: string): number {
  const { length } = text;
  for (let i = 0; i < length; i++) out[o + i] = text.charCodeAt(i);
  return o + length;
}

/** Text of ASCII characters that need no escape, in quotes; -1 where there is none. */
export function quoted(out: Buffer, o: number, text: string | undefined): number {
  if (text === undefined) return -1;
  out[o] = QUOTE;
  const end = ascii(out, o + 1, text);
  out[end] = QUOTE;
  return end + 1;
}

/** Bytes as `0x…`, in quotes. */
export function quotedBytes(out: Buffer, o: number, b: Buffer, p: number, length: number): number {
  out[o] = QUOTE;
  out[o + 1] = 48;
  out[o + 2] = 120;
  let end = o + 3;
  for (let i = p; i < p + length; i++) {
    const byte = b[i];
    out[end++] = HEX_DIGITS[byte >> 4];
    out[end++] = HEX_DIGITS[byte & 15];
  }
  out[end] = QUOTE;
  return end + 1;
}

function dotted(out: Buffer, o: number, b: Buffer, p: number): number {
  let end = unsigned(out, o, b[p]);
  for (let i = 1; i < 4; i++) {
    out[end] = 46;
    end = unsigned(out, end + 1, b[p + i]);
  }
  return end;
}

/** The IPv4 address of the 4 bytes at `p`, in quotes. */
export function quotedIp4(out: Buffer, o: number, b: Buffer, p: number): number {
  out[o] = QUOTE;
  const end = dotted(out, o + 1, b, p);
  out[end] = QUOTE;
  return end + 1;
}

/** The prefix of the 18 bytes at `p`, in quotes; -1 where they are no valid one. */
export function quotedPrefix(out: Buffer, o: number, b: Buffer, p: number): number {
  return b[p] === 0 ? quotedIp4Length(out, o, b, p + 1, b[p + 17]) : quoted(out, o, prefixText(b, p));
}

/** The IPv4 prefix of the 5 bytes at `p`, in quotes; -1 where they are no valid one. */
export function quotedIp4Prefix(out: Buffer, o: number, b: Buffer, p: number): number {
  return quotedIp4Length(out, o, b, p, b[p + 4]);
}

function quotedIp4Length(out: Buffer, o: number, b: Buffer, p: number, length: number): number {
  if (length > 32) return -1;
  out[o] = QUOTE;
  let end = dotted(out, o + 1, b, p);
  out[end] = 47;
  end = unsigned(out, end + 1, length);
  out[end] = QUOTE;
  return end + 1;
}

export function quotedIp6Prefix(out: Buffer, o: number, b: Buffer, p: number): number {
  return quoted(out, o, ip6PrefixText(b, p));
}

/** Makes a JSON string of any text. */
export type EncodeText = (text: string) => string;

/** The text of a `string[N]` in quotes. */
export function fixedString(out: Buffer, o: number, b: Buffer, p: number, length: number, encode: EncodeText): number {
  const limit = p + length;
  let last = p;
  while (last < limit && b[last] !== 0) last++;
  const end = plainString(out, o, b, p, last);
  return end >= 0 ? end : o + out.write(encode(fixedText(b, p, length)), o);
}

/** The text of a `string[]` in quotes. */
export function countedString(
  out: Buffer,
  o: number,
  b: Buffer,
  p: number,
  length: number,
  encode: EncodeText,
): number {
  let last = p + length;
  while (last > p && b[last - 1] === 0) last--;
  const end = plainString(out, o, b, p, last);
  return end >= 0 ? end : o + out.write(encode(countedText(b, p, length)), o);
}

/** The text in `b[p, limit)`, in quotes; -1 where it has more than ASCII characters that need no escape. */
function plainString(out: Buffer, o: number, b: Buffer, p: number, limit: number): number {
  out[o] = QUOTE;
  let end = o + 1;
  for (let i = p; i < limit; i++) {
    const c = b[i];
    if (c < 32 || c > 126 || c === QUOTE || c === BACKSLASH) return -1;
    out[end++] = c;
  }
  out[end] = QUOTE;
  return end + 1;
}

/** Whether the bytes in `b[from, to)` are all zero. */
export function isZero(b: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (b[i] !== 0) return false;
  return true;
}
