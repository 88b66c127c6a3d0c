/** How much room a text takes on a terminal: wide characters take two columns, combining marks none. */

import stringWidth from 'string-width';

const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** UTF-16 units in which a column is looked for: marks may be piled up without end. */
const MOST_UNITS = 16;

/** Columns of one line of text. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Whether one line of text is no wider than `width`; it looks no further than that. */
export function fits(text: string, width: number): boolean {
  return width === Number.POSITIVE_INFINITY || splitAt(text, width)[1] === '';
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The beginning of `text` that takes at most `width` columns, never less than one character; and what is behind it. */
export function splitAt(text: string, width: number): readonly [string, string] {
  const room = Math.max(1, width);
  // Not the whole of it: a long word is taken apart line by line. What follows may combine with the last character.
  if (PLAIN.test(text.slice(0, room + 1))) return [text.slice(0, room), text.slice(room)];
  const near = text.slice(0, room * MOST_UNITS);
  let used = 0;
  for (const { segment, index } of graphemes.segment(near)) {
    used += characterWidth(segment);
    if (used > room && index > 0) return [text.slice(0, index), text.slice(index)];
  }
  return [near, text.slice(near.length)];
}

const KNOWN = 4096;
const known = new Map<string, number>();

/** Width of a character with its marks, which is slow to find. */
function characterWidth(character: string): number {
  let width = known.get(character);
  if (width === undefined) {
    width = widthOf(character);
    if (known.size < KNOWN) known.set(character, width);
  }
  return width;
}

/** `text` in at most `width` columns, the end of what is longer replaced by `…`. */
export function cut(text: string, width: number): string {
  return fits(text, width) ? text : `${width > 1 ? splitAt(text, width - 1)[0] : ''}…`;
}

/** The same, cut between two words where one of them is not longer than the line. */
export function cutAtWord(text: string, width: number): string {
  if (fits(text, width)) return text;
  const [head, rest] = splitAt(text, width - 2);
  const end = rest.startsWith(' ') ? head.length : head.lastIndexOf(' ');
  return end > 0 ? `${head.slice(0, end).trimEnd()} …` : cut(text, width);
}
