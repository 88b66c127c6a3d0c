/** Figures as tables for people. */
import type { Change } from './against.js';
import { barOf } from './bars.js';
import { digits, type Figure, shown } from './figures.js';

const WIDTHS = [47, 13, 21, 13, 6, 11, 0];

export const HEADINGS = row(['', 'median', 'lowest … highest', 'yardstick', 'ratio', 'bar', '']);

/** `isMissed`: its bar was not reached. */
export function line(figure: Figure, isMissed: boolean): string {
  const { name, unit, value, yardstick, ratio, note } = figure;
  return row([
    name,
    shown(value, unit),
    range(figure),
    yardstick === undefined ? '' : shown(yardstick, unit),
    ratio === undefined ? '' : ratio.toFixed(2),
    barOf(figure),
    [isMissed ? 'MISSED' : '', note ?? ''].filter(Boolean).join('  '),
  ]);
}

/** Lists the changes since an earlier run. */
export function changesTable(all: readonly Change[]): string[] {
  const widths = [47, 13, 13, 8, 13, 0];
  return [
    cells(['', 'before', 'now', 'ratio', 'by yardstick', ''], widths),
    ...all.map(({ name, before, now, absolute, beside, fell }) =>
      cells([name, before, now, absolute.toFixed(2), beside?.toFixed(2) ?? '', fell ? 'FELL' : ''], widths),
    ),
  ];
}

/** A table of `decode x` and `encode x`, a message a line. */
export function codecTable(figures: readonly Figure[]): string[] {
  const widths = [32, 6, 10, 17, 11, 10, 17, 15];
  const half = (direction: string, json: string) => [`${direction} ns`, 'lowest … highest', `of ${json}`];
  const lines = [cells(['', 'bytes', ...half('decode', 'parse'), ...half('encode', 'stringify')], widths)];
  for (const decode of figures.filter(({ name }) => name.startsWith('decode '))) {
    const message = decode.name.slice('decode '.length);
    const encode = figures.find(({ name }) => name === `encode ${message}`);
    const both = [decode, encode].flatMap((each) =>
      each ? [digits(each.value), range(each), each.ratio?.toFixed(2) ?? ''] : [],
    );
    lines.push(cells([message, decode.note ?? '', ...both], widths));
  }
  return lines;
}

/** Empty when there was one run. */
function range({ low, high }: Figure): string {
  return low === high ? '' : `${digits(low)} … ${digits(high)}`;
}

function row(texts: readonly string[]): string {
  return cells(texts, WIDTHS);
}

/** The first column starts at the left, the others end at the right; the last is as long as it is. */
function cells(texts: readonly string[], widths: readonly number[]): string {
  return texts
    .map((text, i) => (i === 0 || widths[i] === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])))
    .join('  ')
    .trimEnd();
}
