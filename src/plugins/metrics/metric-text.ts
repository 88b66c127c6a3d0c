/** A metric in Prometheus's text format, within bounds: a page is made between other work, and in memory. */

import type { HistogramMetric, HistogramSample, Metric, MetricLabels, MetricSample } from '../../sdk/index.js';
import { propertyOf, textAt } from '../../thrown.js';

const MOST_SAMPLES = 10_000;
const MOST_DISTRIBUTIONS = 1000;
const MOST_BOUNDS = 50;
/** Characters of a label's name, and of its value. */
const LONGEST_LABEL = 1024;
/** Characters of all lines of a metric. */
const MOST_TEXT = 2 * 1024 * 1024;

/** A colon is for the rules of a Prometheus server. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TYPES: ReadonlySet<unknown> = new Set(['counter', 'gauge', 'histogram']);

export interface MetricText {
  /** `# HELP …`, `# TYPE …`, and a line for each sample; empty while no value is known. */
  readonly text: string;
  readonly samples: number;
}

/** Reads a metric. Throws whatever is wrong with it; the message has no numbers that change from one read to the next. */
export function metricText(metric: Metric): MetricText {
  const name = textAt(metric, 'name') ?? '';
  if (!NAME.test(name)) throw new Error(`its name must be ${NAME.source}`);
  const type = propertyOf(metric, 'type');
  if (!TYPES.has(type)) throw new Error('its type must be counter, gauge or histogram');
  const help = textAt(metric, 'help');
  if (help === undefined) throw new Error('its help must be a string');
  const found = foundBy(metric);
  const lines = new Lines();
  if (metric.type === 'histogram') addDistributions(lines, metric, found);
  else addValues(lines, name, found);
  if (lines.count === 0) return { text: '', samples: 0 };
  const head = `# HELP ${name} ${escaped(help, HELP_SIGNS)}\n# TYPE ${name} ${type}\n`;
  return { text: head + lines.text, samples: lines.count };
}

/** The result of its `read`. Throws where that is a promise. */
export function foundBy(metric: Metric): unknown {
  const found: unknown = metric.read();
  if (!(found instanceof Promise)) return found;
  found.catch(() => {}); // uncaught, its failure would end the agent
  throw new Error('its read must not be async: it returned a promise');
}

/** The lines of a metric, within the bound. */
class Lines {
  readonly parts: string[] = [];
  private readonly series = new Set<string>();
  private size = 0;

  get count(): number {
    return this.parts.length;
  }

  get text(): string {
    return this.parts.join('');
  }

  /** Throws where there is a series with these labels already. */
  begin(labels: string): void {
    if (this.series.has(labels)) throw new Error(`it has two samples with the labels {${labels.slice(0, 200)}}`);
    this.series.add(labels);
  }

  add(name: string, labels: string, value: string): void {
    const line = `${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`;
    this.size += line.length;
    if (this.size > MOST_TEXT) throw new Error(`its lines have more than ${MOST_TEXT} characters`);
    this.parts.push(line);
  }
}

function addValues(lines: Lines, name: string, found: unknown): void {
  if (found === undefined) return;
  if (!Array.isArray(found)) {
    lines.add(name, '', valueText(found));
    return;
  }
  if (found.length > MOST_SAMPLES) throw new Error(`it has more than ${MOST_SAMPLES} samples`);
  for (const sample of found as readonly MetricSample[]) {
    const labels = labelsOf(sample.labels);
    lines.begin(labels);
    lines.add(name, labels, valueText(sample.value));
  }
}

function addDistributions(lines: Lines, { name, bounds }: HistogramMetric, found: unknown): void {
  const isRising = (bound: unknown, i: number) =>
    typeof bound === 'number' && Number.isFinite(bound) && (i === 0 || bound > bounds[i - 1]);
  if (!Array.isArray(bounds) || bounds.length > MOST_BOUNDS || !bounds.every(isRising)) {
    throw new Error(`its bounds must be at most ${MOST_BOUNDS} rising numbers`);
  }
  if (found === undefined) return;
  if (!Array.isArray(found)) throw new Error('its read must return a list');
  if (found.length > MOST_DISTRIBUTIONS) throw new Error(`it has more than ${MOST_DISTRIBUTIONS} samples`);
  for (const { labels: given, counts, sum } of found as readonly HistogramSample[]) {
    if (Object.hasOwn(given, 'le')) throw new Error('its label "le" is that of the buckets');
    const labels = labelsOf(given);
    lines.begin(labels);
    if (!Array.isArray(counts) || counts.length !== bounds.length + 1) {
      throw new Error('its samples must have one count more than it has bounds');
    }
    const before = labels === '' ? '' : `${labels},`;
    let total = 0n;
    for (const [i, count] of counts.entries()) {
      if (!(count >= 0)) throw new Error('its counts must be numbers or bigints, not below 0');
      total += BigInt(count);
      const le = i < bounds.length ? String(bounds[i]) : '+Inf';
      lines.add(`${name}_bucket`, `${before}le="${le}"`, String(total));
    }
    lines.add(`${name}_sum`, labels, valueText(sum));
    lines.add(`${name}_count`, labels, String(total));
  }
}

/** `vrf="0",interface="loop0"`, in the order of the names: the same labels are the same series in any order. */
function labelsOf(labels: MetricLabels): string {
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries
    .map(([name, value]) => {
      if (!NAME.test(name) || name.startsWith('__')) {
        throw new Error(`its label "${name.slice(0, 100)}" must be ${NAME.source}, without __ at the beginning`);
      }
      if (name.length > LONGEST_LABEL) throw new Error(`a label's name has more than ${LONGEST_LABEL} characters`);
      if (typeof value !== 'string') throw new Error(`its label ${name} must be a string`);
      if (value.length > LONGEST_LABEL) throw new Error(`its label ${name} has more than ${LONGEST_LABEL} characters`);
      return `${name}="${escaped(value, LABEL_SIGNS)}"`;
    })
    .join(',');
}

function valueText(value: unknown): string {
  if (typeof value === 'bigint') {
    // Prometheus refuses the whole page for a number that no double can hold.
    if (!Number.isFinite(Number(value))) throw new Error('its value is beyond the range of a double');
    return String(value);
  }
  if (typeof value !== 'number') throw new Error('its value must be a number or a bigint');
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

const HELP_SIGNS = /[\\\n]/g;
const LABEL_SIGNS = /[\\\n"]/g;
const escaped = (text: string, signs: RegExp) => text.replace(signs, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));
