/**
 * u8 arrays on the command line, both ways. A string is never guessed at: `text:…`, `hex:…`, `0x…` and `@FILE` say what
 * they are; without a prefix it is text only where it cannot be a notation of bytes, and hex only where text of that
 * length would not fit. What is left stays as it is: the codec refuses it, and says how to write it.
 */

import { toBytes } from '../../mux/codec/wire-write.js';
import { NAMED_BYTES, readRegularFile } from '../../regular-file.js';
import { toHex } from '../output/plain.js';
import { UsageError } from '../usage-error.js';

/** Where a value comes from. JSON, on stdin or in an argument, may be somebody else's: it names no files. */
export type Source = 'arguments' | 'json';

/** Hex, numbers, addresses, MACs: whatever consists of these alone can be meant as bytes. */
const NOTATION = /^[0-9a-fA-FxX\s:.,/_-]*$/;
/** Text that is shorter is shown as hex: a few bytes are printable by chance. */
const SHORTEST_TEXT = 3;

/** The bytes that `value` says, or `value` where it does not say which. `length`: of a fixed array. */
export function bytesGiven(value: string, length: number | undefined, source: Source): Uint8Array | string {
  if (value.startsWith('@')) return fileContent(value.slice(1), source);
  const bytes = toBytes(value.startsWith('0X') ? `0x${value.slice(2)}` : value, length);
  if (bytes !== undefined) return Uint8Array.from(bytes);
  const isText = value.isWellFormed() && !isPrefixed(value) && !NOTATION.test(value);
  return isText ? Uint8Array.from(Buffer.from(value)) : value;
}

const isPrefixed = (value: string) => /^(?:text:|hex:|0x|@)/i.test(value);

function fileContent(path: string, source: Source): Uint8Array {
  if (source === 'json') {
    throw new UsageError(`@FILE is read in field=@FILE only, not in JSON; for the text itself: "text:@${path}"`);
  }
  try {
    return Uint8Array.from(readRegularFile(path, { max: NAMED_BYTES, pipes: true }));
  } catch (error) {
    throw new UsageError(`the file ${path} cannot be read: ${(error as Error).message}`);
  }
}

/**
 * Bytes for people: as text where they are text (of a fixed array, up to its closing zeros), else as hex. Text that
 * could be taken for something else has its prefix; what is shown of a text can be given as it is.
 */
export function bytesShown(bytes: Uint8Array, isFixed: boolean): string {
  const text = isFixed ? textOf(withoutEnd(bytes)) : textOf(bytes);
  if (text === undefined) return toHex(bytes);
  return isPrefixed(text) || NOTATION.test(text) || text.startsWith('[') ? `text:${text}` : text;
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
