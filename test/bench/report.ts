/** Figures as a table for people. */
import type { Case } from './cases.js';
import type { Measured } from './client.js';

export interface Result {
  readonly name: string;
  /** The run with the median rate. */
  readonly ours: Measured;
  readonly yardstick?: Measured;
  /** Median of the runs' ratios. */
  readonly ratio?: number;
  /** Bars that were not reached, in words. */
  readonly missed: readonly string[];
}

const WIDTHS = [32, 12, 13, 7, 10, 11, 11, 0];

export const HEADINGS = row(['benchmark', 'ours /s', 'yardstick /s', 'ratio', 'bar', 'CPU µs', 'yardstick', '']);

export function line({ ratio: least, within, heap }: Case, { name, ours, yardstick, ratio, missed }: Result): string {
  const notes = [
    within === undefined ? '' : `${(ours.seconds * 1000).toFixed(0)} ms`,
    ours.heap === undefined || heap === undefined ? '' : `heap +${(ours.heap / 2 ** 20).toFixed(0)} MiB (≤ ${heap})`,
    ...missed.map((bar) => `MISSED: ${bar}`),
  ];
  const bar = least === undefined ? (within === undefined ? '' : `< ${within * 1000} ms`) : `≥ ${least}`;
  return row([
    name,
    within === undefined ? grouped(ours.rate) : '',
    yardstick ? grouped(yardstick.rate) : '',
    ratio?.toFixed(2) ?? '',
    bar,
    cpuOfOne(ours),
    yardstick ? cpuOfOne(yardstick) : '',
    notes.filter(Boolean).join('; '),
  ]);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** The run with the median rate. */
export function byRate(runs: readonly Measured[]): Measured {
  return [...runs].sort((a, b) => a.rate - b.rate)[runs.length >> 1];
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i === 0 || WIDTHS[i] === 0 ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i])))
    .join('  ')
    .trimEnd();
}

function grouped(rate: number): string {
  return Math.round(rate).toLocaleString('en-US');
}

function cpuOfOne({ cpuSeconds, n }: Measured): string {
  return ((cpuSeconds / n) * 1e6).toFixed(2);
}
