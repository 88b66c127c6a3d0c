/** Measures a text as a terminal does: wide characters take two columns, combining marks none. */

import stringWidth from 'string-width';

const PLAIN = /^[\x20-\x7e]*$/;
/** Two columns each: kana, CJK ideographs, Hangul syllables. */
const WIDE = String.raw`\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3`;
/** Characters of one column or two that combine with nothing: all others go to the segmenter, a hundred times as slow. */
const SIMPLE = new RegExp(
  String.raw`^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203b\u2190-\u2199\u2713\u2717${WIDE}]*$`,
);
const ALL_WIDE = new RegExp(`[${WIDE}]`, 'g');
/** No character before it is wide. */
const FIRST_WIDE = '\u3041';
/** Made when first needed: making one takes milliseconds. */
let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** UTF-16 units in which a column is looked for: marks may be piled up without end. */
const MOST_UNITS = 16;

/** Columns of one line of text. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  if (SIMPLE.test(text)) return text.length + (text.match(ALL_WIDE)?.length ?? 0);
  let width = 0;
  for (const { segment } of graphemes(text)) width += characterWidth(segment);
  return width;
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
  if (SIMPLE.test(text.slice(0, room + 1))) {
    for (let index = 0; index < text.length; index++) {
      used += text[index] >= FIRST_WIDE ? 2 : 1;
      if (used > room && index > 0) return [text.slice(0, index), text.slice(index)];
    }
    return [text, ''];
  }
  for (const { segment, index } of graphemes(near)) {
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
    width = stringWidth(character);
    if (known.size < KNOWN) known.set(character, width);
  }
  return width;
}

/** `text` in at most `width` columns, the end of what is longer replaced by `…`. */
export function cut(text: string, width: number): string {
  return fits(text, width) ? text : `${width > 1 ? splitAt(text, width - 1)[0] : ''}…`;
}

/** Cuts text like `cut`, but between two words where one of them is not longer than the line. */
export function cutAtWord(text: string, width: number): string {
  if (fits(text, width)) return text;
  const [head, rest] = splitAt(text, width - 2);
  const end = rest.startsWith(' ') ? head.length : head.lastIndexOf(' ');
  return end > 0 ? `${head.slice(0, end).trimEnd()} …` : cut(text, width);
}
