/**
 * Bytes of u8 arrays as strings, both ways. A string is never guessed at: `text:…`, `hex:…` and `0x…` say what they are;
 * without a prefix it is text only where it cannot be a notation of bytes, and hex only where text of that length would
 * not fit. What is left stays as it is: the codec refuses it, and says how to write it.
 */

import { toBytes } from '../codec/wire-write.js';
import { hexOf } from './json-value.js';

/** Hex, numbers, addresses, MACs: whatever consists of these alone can be meant as bytes. */
const NOTATION = /^[0-9a-fA-FxX\s:.,/_-]*$/;
/** Shorter text is shown as hex: a few bytes are printable by chance. */
const SHORTEST_TEXT = 3;

/**
 * The bytes that `value` stands for, or `value` where it does not say which. `length`: of a fixed array. `file`: the
 * bytes that `@name` stands for, where such names are taken.
 */
export function readBytes(
  value: string,
  length: number | undefined,
  file: ((name: string) => Uint8Array) | undefined,
): Uint8Array | string {
  if (value.startsWith('@')) return file === undefined ? value : file(value.slice(1));
  const bytes = toBytes(value.startsWith('0X') ? `0x${value.slice(2)}` : value, length);
  if (bytes !== undefined) return Uint8Array.from(bytes);
  const isText = value.isWellFormed() && !isAmbiguous(value);
  return isText ? new TextEncoder().encode(value) : value;
}

/** Text that could be meant as something else: a prefix, a list, a notation of bytes. */
const isAmbiguous = (value: string) => /^(?:text:|hex:|0x|@|\[)/i.test(value) || NOTATION.test(value);

/**
 * Bytes for people: as text where they are text (of a fixed array, up to its closing zeros), else in hex digits. Text
 * that could be taken for something else has its prefix; what is shown of a text can be given as it is.
 */
export function bytesText(bytes: Uint8Array, isFixed: boolean): string {
  const text = isFixed ? textOf(withoutEnd(bytes)) : textOf(bytes);
  if (text === undefined) return hexOf(bytes);
  return isAmbiguous(text) ? `text:${text}` : text;
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < SHORTEST_TEXT) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
