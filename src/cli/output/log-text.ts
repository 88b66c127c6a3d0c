/** Lines of the agent's log on a terminal, whose colours are kept where a line wraps. */

import { wrappedWhole } from './wrap.js';

/** Indentation of wrapped lines. */
const HANG = 4;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of pino-pretty
const COLOUR = /\u001b\[[\d;]*m/g;

/** Breaks it between words alone: addresses and commands in a log are there to be copied. */
export function logText(text: string, width: number): string {
  const lines = wrappedWhole(text.replace(COLOUR, ''), width, HANG).join('\n');
  return coloured(lines, coloursOf(text));
}

interface Colour {
  /** Characters before it that are no white space: only white space changes where a line is broken. */
  readonly after: number;
  /** White space is between those and it. */
  readonly isBehindSpace: boolean;
  readonly code: string;
}

function coloursOf(text: string): Colour[] {
  const found: Colour[] = [];
  let after = 0;
  let from = 0;
  for (const { 0: code, index } of text.matchAll(COLOUR)) {
    after += inkIn(text.slice(from, index));
    found.push({ after, isBehindSpace: /\s/.test(text[index - 1] ?? ''), code });
    from = index + code.length;
  }
  return found;
}

const inkIn = (text: string) => text.replace(/\s+/g, '').length;

function coloured(text: string, colours: readonly Colour[]): string {
  const pieces: string[] = [];
  let ink = 0;
  let from = 0;
  let at = 0;
  for (const { after, isBehindSpace, code } of colours) {
    for (; at < text.length && ink < after; at++) if (/\S/.test(text[at])) ink++;
    while (isBehindSpace && at < text.length && /\s/.test(text[at])) at++;
    pieces.push(text.slice(from, at), code);
    from = at;
  }
  return pieces.join('') + text.slice(from);
}
