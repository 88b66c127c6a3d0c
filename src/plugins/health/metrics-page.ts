/** `GET /metrics`: the contributed metrics in Prometheus's text format (version 0.0.4). */

import { setImmediate } from 'node:timers/promises';
import { type Contributions, type Log, type Metric, reasonOf } from '../../sdk/index.js';
import { textAt } from '../../thrown.js';
import { metricText } from './metric-text.js';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Milliseconds of reading after which others have their turn. */
const SLICE = 10;
/** Characters of a page. */
const MOST_TEXT = 32 * 1024 * 1024;

export class MetricsPage {
  private readonly metrics: Contributions<Metric>;
  private readonly log: Pick<Log, 'warn'>;
  /** Reasons why metrics were skipped in the last page, by plugin and name: each is logged once, not for every request. */
  private faults = new Map<string, string>();
  /** The page that is being made: requests that come meanwhile get it, too. */
  private underWay: Promise<string> | undefined;

  constructor(metrics: Contributions<Metric>, log: Pick<Log, 'warn'>) {
    this.metrics = metrics;
    this.log = log;
  }

  /** The page. A metric that is wrong, or whose `read` throws, is skipped and logged. */
  text(): Promise<string> {
    this.underWay ??= this.make().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private async make(): Promise<string> {
    const faults = new Map<string, string>();
    const owners = new Map<string, string>();
    let text = '';
    let began = performance.now();
    for (const contribution of this.metrics.list) {
      if (performance.now() - began >= SLICE) {
        await setImmediate();
        began = performance.now();
      }
      // Its plugin may have ended meanwhile.
      if (!this.metrics.list.includes(contribution)) continue;
      const { plugin, value: metric } = contribution;
      const name = textAt(metric, 'name') ?? '';
      try {
        const owner = owners.get(name);
        if (owner !== undefined) throw new Error(`plugin ${owner} has a metric of this name`);
        const { text: own } = metricText(metric);
        if (text.length + own.length > MOST_TEXT)
          throw new Error(`the page would have more than ${MOST_TEXT} characters`);
        text += own;
        owners.set(name, plugin);
      } catch (error) {
        faults.set(`${plugin}: metric "${name.slice(0, 100)}"`, reasonOf(error));
      }
    }
    this.report(faults);
    return text;
  }

  private report(faults: Map<string, string>): void {
    for (const [which, why] of faults) {
      if (this.faults.get(which) !== why) this.log.warn(`plugin ${which} is not in /metrics: ${why}`);
    }
    this.faults = faults;
  }
}
