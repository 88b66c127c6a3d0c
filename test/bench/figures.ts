/** The figures of one run, and the medians of several. */

export type Unit = '/s' | 'ms' | 'µs' | 'ns' | 'B' | 'MiB' | '×';

/** One figure of one run. Of `/s` more is better, of all else less. */
export interface Sample {
  /** Unique among all benchmarks: what bars, and comparisons with earlier runs, go by. */
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
  /** The same figure of the yardstick, measured right before. */
  readonly yardstick?: number;
  /** Details that a reader needs next to the figure, such as the length of its message. */
  readonly note?: string;
}

/** Several runs' samples of one name: the median is what counts, lowest and highest show the noise. */
export interface Figure extends Sample {
  readonly low: number;
  readonly high: number;
  /** Median of the runs' ratios to the yardstick. */
  readonly ratio?: number;
}

/** The runs give the same names in the same order. */
export function combine(runs: readonly (readonly Sample[])[]): Figure[] {
  return runs[0].map((first, at) => {
    const all = runs.map((samples) => samples[at]);
    const values = all.map(({ value }) => value);
    const figure = { ...first, value: median(values), low: Math.min(...values), high: Math.max(...values) };
    if (first.yardstick === undefined) return figure;
    const compared = all.flatMap(({ value, yardstick }) => (yardstick === undefined ? [] : [{ value, yardstick }]));
    return {
      ...figure,
      yardstick: median(compared.map(({ yardstick }) => yardstick)),
      ratio: median(compared.map(({ value, yardstick }) => value / yardstick)),
    };
  });
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this share of all does not exceed (nearest rank). */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** `812,345 /s`, `1.31 µs`. */
export function shown(value: number, unit: Unit): string {
  return `${digits(value)} ${unit}`;
}

/** Three digits are what such figures are good for. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value >= 10 ? 1 : 2);
}
