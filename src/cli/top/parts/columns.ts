/** A table of the screen: as many columns as there is room for, in the order of their importance, and rows in the order asked for. */

import { printableLine } from '../../../printable.js';
import { cut, padEnd, padStart, widthOf } from '../../output/display-width.js';
import type { Line, Span } from './line.js';

export interface Column<R> {
  /** Name of it, as `--sort` takes it. */
  readonly key: string;
  readonly title: string;
  /** Columns of the terminal; text that is longer is cut. */
  readonly width: number;
  /** Text begins at the left, numbers end at the right. A text takes more where there is room. */
  readonly isText?: true;
  text(row: R): string;
  /** By which it is sorted. Texts: from a to z; numbers: the largest first; what is not known last. */
  value(row: R): string | number | undefined;
}

export interface Sorting {
  readonly key: string;
  readonly isReversed: boolean;
}

const GAP = 2;
/** A text column grows no further. */
const WIDEST = 64;

export const number = <R>(
  key: string,
  title: string,
  value: (row: R) => number | undefined,
  text: (value: number | undefined) => string,
  width = 9,
): Column<R> => ({ key, title, width: Math.max(width, title.length), value, text: (row) => text(value(row)) });

export const text = <R>(
  key: string,
  title: string,
  width: number,
  value: (row: R) => string | undefined,
): Column<R> => ({
  key,
  title,
  width,
  isText: true,
  value,
  text: (row) => printableLine(value(row) ?? '', 500),
});

export function sorted<R>(rows: readonly R[], columns: readonly Column<R>[], { key, isReversed }: Sorting): R[] {
  const column = columns.find((each) => each.key === key) ?? columns[0];
  const sign = isReversed ? -1 : 1;
  const [first] = columns;
  const order = (a: R, b: R) =>
    sign * compared(column.value(a), column.value(b)) || compared(first.value(a), first.value(b));
  const isKnown = (row: R) => column.value(row) !== undefined;
  return [...rows.filter(isKnown).sort(order), ...rows.filter((row) => !isKnown(row)).sort(order)];
}

function compared(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return b - a;
  return a === b ? 0 : String(a ?? '') < String(b ?? '') ? -1 : 1;
}

/** The title line, then a line for each row. `sorting` marks a column. */
export function tableLines<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  width: number,
  sorting?: Sorting,
): Line[] {
  const shown = fitting(rows, columns, width, sorting?.key);
  const cells = (texts: readonly string[], styleOf: (at: number) => Span['style']): Line =>
    shown.flatMap(({ column, width: room }, at) => {
      const value = cut(texts[at], room);
      const cell = { text: column.isText ? padEnd(value, room) : padStart(value, room), style: styleOf(at) };
      return at === 0 ? [cell] : [{ text: ' '.repeat(GAP) }, cell];
    });
  const titles = shown.map(({ column }) => column.title);
  const head = cells(titles, (at) => (shown[at].column.key === sorting?.key ? 'selected' : 'title'));
  return [
    head,
    ...rows.map((row) =>
      cells(
        shown.map(({ column }) => column.text(row)),
        () => undefined,
      ),
    ),
  ];
}

/** The columns for which there is room, the first and the sorted one before all others; what is left goes to texts that need it. */
function fitting<R>(rows: readonly R[], columns: readonly Column<R>[], width: number, sortKey: string | undefined) {
  const ranked = columns.filter(({ key }, at) => at === 0 || key === sortKey);
  const widths = new Map<Column<R>, number>();
  let room = width + GAP;
  for (const column of [...ranked, ...columns.filter((each) => !ranked.includes(each))]) {
    const least = leastWidth(rows, column);
    if (widths.size > 0 && room < least + GAP) break;
    widths.set(column, Math.min(least, width));
    room -= least + GAP;
  }
  for (const [column, least] of widths) {
    if (!column.isText || room <= 0) continue;
    const more = Math.min(room, Math.max(0, Math.min(WIDEST, natural(rows, column)) - least));
    widths.set(column, least + more);
    room -= more;
  }
  return columns.flatMap((column) => {
    const found = widths.get(column);
    return found === undefined ? [] : [{ column, width: found }];
  });
}

const leastWidth = <R>(rows: readonly R[], column: Column<R>) =>
  column.isText ? Math.min(column.width, Math.max(natural(rows, column), column.title.length)) : column.width;

const natural = <R>(rows: readonly R[], column: Column<R>) =>
  rows.reduce((widest, row) => Math.max(widest, widthOf(column.text(row))), 0);
