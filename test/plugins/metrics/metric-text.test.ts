/** Histograms that plugins contribute, in the text format. */

import { describe, expect, it } from 'vitest';
import { metricText } from '../../../src/plugins/metrics/metric-text.js';
import { type HistogramMetric, type HistogramSample, histogram } from '../../../src/sdk/index.js';

const of = (rest: Partial<HistogramMetric>): HistogramMetric => ({
  ...{ name: 'x', help: 'of a test', type: 'histogram', bounds: [1, 2], read: () => [] },
  ...rest,
});
const sample = (rest: Partial<HistogramSample> = {}): HistogramSample => ({
  ...{ labels: {}, counts: [1, 2, 3], sum: 9 },
  ...rest,
});

describe('a histogram', () => {
  it('observed: buckets add up, with the sum and the count', () => {
    const took = histogram('poll_seconds', 'Time of a poll', [0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 7]) took.observe(value);
    took.observe(2, { table: 'a"b' });
    expect(metricText(took).text).toBe(
      `# HELP poll_seconds Time of a poll
# TYPE poll_seconds histogram
poll_seconds_bucket{le="0.1"} 2
poll_seconds_bucket{le="1"} 3
poll_seconds_bucket{le="+Inf"} 4
poll_seconds_sum 7.65
poll_seconds_count 4
poll_seconds_bucket{table="a\\"b",le="0.1"} 0
poll_seconds_bucket{table="a\\"b",le="1"} 0
poll_seconds_bucket{table="a\\"b",le="+Inf"} 1
poll_seconds_sum{table="a\\"b"} 2
poll_seconds_count{table="a\\"b"} 1
`,
    );
  });

  it('more sets of labels than there may be: the others are one', () => {
    const took = histogram('x', 'of a test');
    for (let i = 0; i < 2000; i++) took.observe(1, { i: String(i) });
    const found = took.read() ?? [];
    expect(found).toHaveLength(1000);
    expect(found.at(-1)).toMatchObject({ labels: { i: 'other' }, sum: 1001 });
  });

  it.each<[string, Partial<HistogramMetric>, string]>([
    ['bounds that fall', { bounds: [2, 1] }, 'its bounds must be at most 50 rising numbers'],
    ['too many bounds', { bounds: Array.from({ length: 51 }, (_, i) => i) }, 'its bounds must be at most 50'],
    ['no list', { read: () => 5 as never }, 'its read must return a list'],
    ['too few counts', { read: () => [sample({ counts: [1] })] }, 'one count more than it has bounds'],
    ['a count below 0', { read: () => [sample({ counts: [1, -1, 1] })] }, 'its counts must be numbers'],
    ['a label le', { read: () => [sample({ labels: { le: '1' } })] }, 'its label "le" is that of the buckets'],
    ['one series twice', { read: () => [sample(), sample()] }, 'it has two samples with the labels {}'],
  ])('%s: is refused', (_, rest, why) => {
    expect(() => metricText(of(rest))).toThrow(why);
  });

  it('nothing known: no text', () => {
    expect(metricText(of({ read: () => undefined }))).toEqual({ text: '', samples: 0 });
  });
});
