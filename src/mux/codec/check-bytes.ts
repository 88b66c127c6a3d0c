/** Finds what is wrong with the bytes given for a u8 array: part of check-fields. */

import { shown } from '../schema/shown.js';
import type { Problem } from './check-scalar.js';
import { toBytes } from './wire-write.js';

/** `length`: of the array; `count`: what a count next to it says. `whole`: fewer than `length` are refused. */
export function checkBytes(
  value: unknown,
  path: string,
  length: number | undefined,
  count: number | undefined,
  whole: boolean,
): Problem | undefined {
  const bytes = toBytes(value, length ?? count);
  const expected = length === undefined ? 'bytes are' : `${whole ? '' : 'at most '}${length} bytes are`;
  if (bytes === undefined) {
    const forms = "Uint8Array, list of numbers, '0x…' hex, or 'text:…'";
    const help = typeof value === 'string' ? stringHint(value) : '';
    return { path, text: `${expected} expected (${forms}), not ${shown(value)}${help}` };
  }
  const isFit = length === undefined || (whole ? bytes.length === length : bytes.length <= length);
  return isFit ? undefined : { path, text: `${expected} expected, not ${bytes.length}` };
}

/** Advice for a string that does not say what it is. */
function stringHint(value: string): string {
  if (value === '') return ': the text of an empty variable?; no bytes are written "0x"';
  if (!value.isWellFormed()) return '; half a surrogate pair has no UTF-8';
  if (/^(?:0x|hex:|text:)/.test(value)) return '';
  const isHex = value.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(value);
  const text = shown(`text:${value}`);
  return isHex ? `: it can be text or hex; write ${text} or ${shown(`0x${value}`)}` : `; text is written ${text}`;
}
