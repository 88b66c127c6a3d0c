/** A metric in Prometheus's text format, within bounds: a page is made between other work, and in memory. */

import type { Metric, MetricSample } from '../../sdk/index.js';
import { propertyOf, textAt } from '../../thrown.js';

const MOST_SAMPLES = 10_000;
/** Characters of a label's name, and of its value. */
const LONGEST_LABEL = 1024;
/** Characters of all lines of a metric. */
const MOST_TEXT = 2 * 1024 * 1024;

/** A colon is for the rules of a Prometheus server. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TYPES: ReadonlySet<unknown> = new Set(['counter', 'gauge']);

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
  if (!TYPES.has(type)) throw new Error('its type must be counter or gauge');
  const help = textAt(metric, 'help');
  if (help === undefined) throw new Error('its help must be a string');
  const series = seriesOf(name, samplesOf(metric));
  if (series.size === 0) return { text: '', samples: 0 };
  const head = `# HELP ${name} ${escaped(help, HELP_SIGNS)}\n# TYPE ${name} ${type}\n`;
  return { text: head + [...series.values()].join(''), samples: series.size };
}

function samplesOf(metric: Metric): readonly MetricSample[] {
  const found: unknown = metric.read();
  if (found === undefined) return [];
  if (found instanceof Promise) {
    found.catch(() => {}); // uncaught, its failure would end the agent
    throw new Error('its read must not be async: it returned a promise');
  }
  if (!Array.isArray(found)) return [{ labels: {}, value: found as number | bigint }];
  if (found.length > MOST_SAMPLES) throw new Error(`it has more than ${MOST_SAMPLES} samples`);
  return found;
}

/** Labels → the line with them. */
function seriesOf(name: string, samples: readonly MetricSample[]): ReadonlyMap<string, string> {
  const series = new Map<string, string>();
  let size = 0;
  for (const sample of samples) {
    const labels = labelsOf(sample);
    if (series.has(labels)) throw new Error(`it has two samples with the labels {${labels.slice(0, 200)}}`);
    const line = `${name}${labels === '' ? '' : `{${labels}}`} ${valueText(sample)}\n`;
    size += line.length;
    if (size > MOST_TEXT) throw new Error(`its lines have more than ${MOST_TEXT} characters`);
    series.set(labels, line);
  }
  return series;
}

/** `vrf="0",interface="loop0"`, in the order of the names: the same labels are the same series in any order. */
function labelsOf({ labels }: MetricSample): string {
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

function valueText({ value }: MetricSample): string {
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
