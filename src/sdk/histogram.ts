/** A histogram that a plugin fills: how long something took, or how large it was, in buckets. */

import type { HistogramMetric, HistogramSample, MetricLabels } from './metrics.js';

/** Seconds, from 100 µs to 10 s. */
export const SECONDS: readonly number[] = [
  ...[0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025],
  ...[0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
];

/** Distributions of one histogram; values with further labels are counted under `other`. */
const MOST_SERIES = 1000;

/** A histogram, which counts a value at each `observe()`. */
export interface Histogram extends HistogramMetric {
  /** Counts a value. The same labels in the same order are one distribution. */
  observe(value: number, labels?: MetricLabels): void;
}

/**
 * A distribution of values: `const took = histogram('my_plugin_poll_seconds', 'Time of a poll')`, then `took.observe(seconds)`.
 * `bounds`: upper bounds of the buckets, rising; default: 100 µs to 10 s, in seconds. With more than 1,000 sets of labels, further
 * ones are counted with `other` as value of each label.
 */
export function histogram(name: string, help: string, bounds: readonly number[] = SECONDS): Histogram {
  const series = new Map<string, { readonly labels: MetricLabels; readonly counts: number[]; sum: number }>();
  const seriesOf = (labels: MetricLabels) => {
    const key = JSON.stringify(labels);
    let found = series.get(key);
    if (found === undefined) {
      found = { labels, counts: new Array(bounds.length + 1).fill(0), sum: 0 };
      series.set(key, found);
    }
    return found;
  };
  const bounded = (labels: MetricLabels): MetricLabels =>
    series.size < MOST_SERIES - 1 || series.has(JSON.stringify(labels))
      ? labels
      : Object.fromEntries(Object.keys(labels).map((label) => [label, 'other']));
  return {
    ...{ name, help, type: 'histogram', bounds },
    observe(value, labels = {}) {
      const found = seriesOf(bounded(labels));
      found.counts[bucketOf(bounds, value)]++;
      found.sum += value;
    },
    read: (): readonly HistogramSample[] => [...series.values()],
  };
}

/** Index of the bucket that a value belongs to: the first whose bound is not below it. */
export function bucketOf(bounds: readonly number[], value: number): number {
  let index = 0;
  while (index < bounds.length && value > bounds[index]) index++;
  return index;
}
