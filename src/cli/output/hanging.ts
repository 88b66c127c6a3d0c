/** Rows as aligned columns; the last column takes the rest of the line, and wraps. */

import { printable } from '../../printable.js';
import { cutAtWord, padEnd, widthOf } from './display-width.js';
import { GAP } from './fit-columns.js';
import { wrapped } from './wrap.js';

/** Least width of the last column; with less room it goes below the others, since words would stand one below the other. */
const LEAST_ROOM = 30;
const BELOW = 4;

/** Wraps a row that does not fit, indented to the last column; on a narrow terminal all columns, indented a little. */
export function hanging(given: readonly (readonly string[])[], width: number, gap = GAP): string[] {
  const rows = given.map((row) => row.map(printable));
  const widths = widthsOf(rows);
  return rows.flatMap((row) => {
    const lead = leading(row, widths, gap);
    const last = row.at(-1) ?? '';
    const room = width - widthOf(lead);
    if (widthOf(last) <= room) return [`${lead}${last}`.trimEnd()];
    if (room >= Math.min(LEAST_ROOM, width * 0.6)) return withLead(lead, wrapped(last, room));
    const indent = ' '.repeat((/^ */.exec(lead)?.[0].length ?? 0) + BELOW);
    const head = lead.trim() === '' ? [] : wrapped(shortened(row, widths, width), width, BELOW);
    return last === '' ? head : [...head, ...wrapped(indent + last, width)];
  });
}

/** A row that does not fit is cut off between two words, but never in a column before the last. */
export function fitted(given: readonly (readonly string[])[], width: number): string[] {
  const rows = given.map((row) => row.map(printable));
  const widths = widthsOf(rows);
  return rows.flatMap((row) => {
    const lead = leading(row, widths);
    const room = width - widthOf(lead);
    const last = room < 4 ? '' : cutAtWord(row.at(-1) ?? '', room);
    return wrapped(`${lead}${last}`.trimEnd(), width, BELOW);
  });
}

function withLead(lead: string, [first = '', ...rest]: readonly string[]): string[] {
  return [`${lead}${first}`.trimEnd(), ...rest.map((line) => ' '.repeat(widthOf(lead)) + line)];
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return (rows[0] ?? []).map((_, at) => rows.reduce((width, row) => Math.max(width, widthOf(row[at])), 0));
}

/** All columns but the last, padded. */
function leading(row: readonly string[], widths: readonly number[], gap = GAP): string {
  return row
    .slice(0, -1)
    .map((text, at) => padEnd(text, widths[at]) + gap)
    .join('');
}

/** Pads as the others, but not where that would be too wide. */
function shortened(row: readonly string[], widths: readonly number[], width: number): string {
  const aligned = leading(row, widths).trimEnd();
  if (widthOf(aligned) <= width) return aligned;
  const [first = '', ...rest] = row.slice(0, -1);
  return [first, ...rest.filter((text) => text !== '')].join(GAP).trimEnd();
}
