/** `GET /metrics`: the contributed metrics in Prometheus's text format (version 0.0.4). */

import { type Contributions, type Log, type Metric, type MetricSample, reasonOf } from '../../sdk/index.js';
import { propertyOf, textAt } from '../../thrown.js';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A colon is for the rules of a Prometheus server. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TYPES: ReadonlySet<unknown> = new Set(['counter', 'gauge']);

export class MetricsPage {
  private readonly metrics: Contributions<Metric>;
  private readonly log: Pick<Log, 'warn'>;
  /** Reasons why metrics were skipped in the last page, by plugin and name: each is logged once, not for every request. */
  private faults = new Map<string, string>();

  constructor(metrics: Contributions<Metric>, log: Pick<Log, 'warn'>) {
    this.metrics = metrics;
    this.log = log;
  }

  /** The page. A metric that is wrong, or whose `read` throws, is skipped and logged. */
  text(): string {
    const faults = new Map<string, string>();
    const owners = new Map<string, string>();
    let text = '';
    for (const { plugin, value: metric } of this.metrics.list) {
      const name = textAt(metric, 'name') ?? '';
      try {
        const owner = owners.get(name);
        if (owner !== undefined) throw new Error(`plugin ${owner} has a metric of this name`);
        text += family(name, metric);
        owners.set(name, plugin);
      } catch (error) {
        faults.set(`${plugin}: metric "${name.slice(0, 100)}"`, reasonOf(error));
      }
    }
    for (const [which, why] of faults) {
      if (this.faults.get(which) !== why) this.log.warn(`plugin ${which} is not in /metrics: ${why}`);
    }
    this.faults = faults;
    return text;
  }
}

/** `# HELP …`, `# TYPE …`, and a line for each sample; empty while no value is known. Throws whatever is wrong with the metric. */
function family(name: string, metric: Metric): string {
  if (!NAME.test(name)) throw new Error(`its name must be ${NAME.source}`);
  const type = propertyOf(metric, 'type');
  if (!TYPES.has(type)) throw new Error('its type must be counter or gauge');
  const help = textAt(metric, 'help');
  if (help === undefined) throw new Error('its help must be a string');
  const found: unknown = metric.read();
  if (found === undefined) return '';
  if (found instanceof Promise) {
    found.catch(() => {}); // uncaught, its failure would end the agent
    throw new Error('its read must not be async: it returned a promise');
  }
  const samples = Array.isArray(found) ? found : [{ labels: {}, value: found }];
  const series = new Map<string, string>();
  for (const sample of samples as readonly MetricSample[]) {
    const labels = labelsOf(sample);
    if (series.has(labels)) throw new Error(`it has two samples with the labels {${labels}}`);
    series.set(labels, valueText(sample));
  }
  const lines = [...series].map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`);
  return lines.length === 0
    ? ''
    : `# HELP ${name} ${escaped(help, HELP_SIGNS)}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

/** `vrf="0",interface="loop0"`, in the order of the names: the same labels are the same series in any order. */
function labelsOf({ labels }: MetricSample): string {
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries
    .map(([name, value]) => {
      if (!NAME.test(name) || name.startsWith('__')) {
        throw new Error(`its label "${name.slice(0, 100)}" must be ${NAME.source}, without __ at the beginning`);
      }
      if (typeof value !== 'string') throw new Error(`its label ${name} must be a string`);
      return `${name}="${escaped(value, LABEL_SIGNS)}"`;
    })
    .join(',');
}

function valueText({ value }: MetricSample): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'number') throw new Error('its value must be a number or a bigint');
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

const HELP_SIGNS = /[\\\n]/g;
const LABEL_SIGNS = /[\\\n"]/g;
const escaped = (text: string, signs: RegExp) => text.replace(signs, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));
