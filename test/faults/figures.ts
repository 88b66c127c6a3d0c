/** Figures of a run: medians, worst values, slopes. */

export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

/** Rounded to a tenth. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { median: at(0.5), p99: at(0.99), worst: round(sorted.at(-1) ?? 0) };
}

export function shown({ median, p99, worst }: Spread, unit = 'ms'): string {
  return `median ${median}, p99 ${p99}, worst ${worst} ${unit}`;
}

/** By how much `values` rise from one to the next: the least-squares line through them. */
export function slope(values: readonly number[]): number {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  let above = 0;
  let below = 0;
  for (const [x, y] of values.entries()) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 ? 0 : above / below;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
