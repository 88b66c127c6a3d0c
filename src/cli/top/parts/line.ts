/** A line of the screen: pieces of text, each with a style. */

import { printable } from '../../../printable.js';
import { cut, padEnd, widthOf } from '../../output/display-width.js';

/** `title` and `selected` are shown without colours, too. */
export type Style = 'title' | 'selected' | 'faint' | 'good' | 'busy' | 'bad';

export interface Span {
  readonly text: string;
  readonly style?: Style;
}

export type Line = readonly Span[];

/** SGR parameters of the styles: attributes, which every terminal has, and colours. */
const ATTRIBUTES: Partial<Record<Style, string>> = { title: '1', selected: '7' };
const COLOURS: Partial<Record<Style, string>> = { faint: '2', good: '32', busy: '33', bad: '31' };

export const plain = (line: Line): string => line.map(({ text }) => text).join('');

/** The line as a terminal gets it; nothing in its texts acts on it. */
export function painted(line: Line, hasColours: boolean): string {
  return line
    .map(({ text: own, style }) => {
      const text = printable(own);
      const code = style && (ATTRIBUTES[style] ?? (hasColours ? COLOURS[style] : undefined));
      return code === undefined ? text : `\u001b[${code}m${text}\u001b[0m`;
    })
    .join('');
}

/** The line in at most `width` columns. */
export function fitted(line: Line, width: number): Line {
  const spans: Span[] = [];
  let room = width;
  for (const span of line) {
    if (room <= 0) break;
    const text = cut(span.text, room);
    spans.push({ ...span, text });
    room -= widthOf(text);
  }
  return spans;
}

/** `left`, then `right` at the end of the line; what of `right` has no room is not there. */
export function justified(left: Line, right: Line, width: number): Line {
  const gap = width - widthOf(plain(left)) - widthOf(plain(right));
  return gap < 1 ? left : [...left, { text: ' '.repeat(gap) }, ...right];
}

const LABEL = 12;

export const labelled = (label: string, ...spans: readonly Span[]): Line => [
  { text: padEnd(label, LABEL), style: 'title' },
  ...spans,
];
