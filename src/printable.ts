/**
 * Text from outside, as a terminal, a log or an error may show it. Names, comments and versions of a VPP are anyone's
 * text: an escape sequence in them would move the cursor, colour or rename the terminal, and a bidi control would show
 * a line in another order than it has.
 *
 * Escapes are written as in JSON (`\u001b`), so that a line of JSON stays one and keeps its value.
 */

/** C0 but line feed and tab, DEL, C1, bidi controls, and the line separators of Unicode. */
const UNSAFE = '[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]';
const ANY_UNSAFE = new RegExp(UNSAFE);
const ALL_UNSAFE = new RegExp(UNSAFE, 'g');

/** `text` with everything escaped that acts on a terminal. Line feeds and tabs stay; `\r\n` becomes a line feed. */
export function printable(text: string): string {
  if (!ANY_UNSAFE.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replace(ALL_UNSAFE, escaped);
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Cuts `text` to `max` characters, and says how many were cut off. */
export function bounded(text: string, max: number): string {
  if (text.length <= max) return text;
  // Not between the halves of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text[max - 1]) ? max - 1 : max;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

/** `text` in one line that can be printed, of about `max` characters: for messages of errors and of the log. */
export function printableLine(text: string, max = 4000): string {
  return printable(bounded(text, max)).replace(/[\n\t]+/g, ' ');
}
