/**
 * Cuts the text of a JSON array into its elements without building a value: the whole of a hostile one would take
 * many times its size in memory, and hold up the event loop while it is built.
 */

import { invalid } from './api-file.js';

/** Bytes looked at between two pauses. */
const PIECE = 1 << 18;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface Element {
  readonly start: number;
  readonly end: number;
}

/**
 * Gives the elements of the array that `json` is; undefined in between is a place for a pause. What an element holds
 * is for JSON.parse to judge. Throws SCHEMA_INVALID when it is no array, or does not end.
 */
export function* jsonElements(name: string, json: Uint8Array): Generator<Element | undefined> {
  let at = skipSpace(json, 0);
  if (json[at] !== OPEN_LIST) throw invalid(name, '', 'an array of API definitions is expected');
  let start = ++at;
  let depth = 1;
  let pause = at + PIECE;
  for (; at < json.length && depth > 0; at++) {
    if (at >= pause) {
      pause = at + PIECE;
      yield undefined;
    }
    const c = json[at];
    if (c === QUOTE) at = endOfString(json, at + 1);
    else if (c === OPEN_LIST || c === OPEN_OBJECT) depth++;
    else if (c === CLOSE_LIST || c === CLOSE_OBJECT) depth--;
    if (depth === 0 || (depth === 1 && c === COMMA)) {
      const isEmpty = skipSpace(json, start) >= at;
      if (!isEmpty || c === COMMA) yield { start, end: at };
      start = at + 1;
    }
  }
  if (depth > 0 || skipSpace(json, at) < json.length)
    throw invalid(name, '', 'not JSON: it does not end as an array does');
}

/** Position of the quote that ends a string. */
function endOfString(json: Uint8Array, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

function skipSpace(json: Uint8Array, from: number): number {
  let at = from;
  while (at < json.length && json[at] <= 0x20) at++;
  return at;
}
