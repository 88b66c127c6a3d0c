/** The collection `Metrics`: values that plugins contribute, served as `GET /metrics` in Prometheus's text format. */

import { collection } from '../agent/plugin/collection.js';

/** Labels of a series. Names: `[a-zA-Z_][a-zA-Z0-9_]*`, not beginning with `__`. Values: any text. Both: at most 1024 characters. */
export type MetricLabels = Readonly<Record<string, string>>;

/** One of several values of a metric, told apart by its labels. */
export interface MetricSample {
  readonly labels: MetricLabels;
  readonly value: number | bigint;
}

/** One of several distributions of a histogram, told apart by its labels; `le` is no label of these. */
export interface HistogramSample {
  readonly labels: MetricLabels;
  /** Number of values in each bucket, those of smaller buckets not included; one more than there are `bounds`: of all above them. */
  readonly counts: readonly (number | bigint)[];
  /** Sum of all values. */
  readonly sum: number;
}

interface Described {
  /** `[a-zA-Z_][a-zA-Z0-9_]*`, beginning with the plugin's name: `my_plugin_interfaces`; that of a counter ends in `_total`. */
  readonly name: string;
  /** Its meaning and unit, in a line. */
  readonly help: string;
}

export interface ValueMetric extends Described {
  /** `counter`: only grows, and begins again at 0. `gauge`: goes up and down. */
  readonly type: 'counter' | 'gauge';
  /**
   * Returns the present value, or a sample for each set of labels, at most 10,000; undefined while the value is not known. Called
   * for each `GET /metrics`, once for those that come at the same time: it reads memory, since everything else waits meanwhile.
   * When it throws, or returns more, this metric is skipped and the log says why; all others are served.
   */
  read(): number | bigint | readonly MetricSample[] | undefined;
}

export interface HistogramMetric extends Described {
  readonly type: 'histogram';
  /** Upper bounds of the buckets, rising, in the unit of the values; at most 50. */
  readonly bounds: readonly number[];
  /** Returns the distributions, at most 1,000; as `read` of the others otherwise. */
  read(): readonly HistogramSample[] | undefined;
}

export type Metric = ValueMetric | HistogramMetric;

export const Metrics = collection<Metric>('metrics');

/** A value that goes up and down: `gauge('my_plugin_interfaces', 'Interfaces of VPP', () => known)`. */
export function gauge(name: string, help: string, read: ValueMetric['read']): ValueMetric {
  return { name, help, type: 'gauge', read };
}

/** A value that only grows, and begins again at 0: `counter('my_plugin_routes_total', 'Routes added', () => added)`. */
export function counter(name: string, help: string, read: ValueMetric['read']): ValueMetric {
  return { name, help, type: 'counter', read };
}
