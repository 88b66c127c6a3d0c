/** Metrics that plugins contribute, and those of vppmux itself, on a page: one that is wrong is skipped, and the log says why. */

import { type Contribution, type Contributions, type Log, type Metric, reasonOf } from '../../sdk/index.js';
import { groupsOf, metricOf } from './by-dataplane.js';
import { metricText } from './metric-text.js';
import type { PageText } from './page-text.js';

/** Characters of all of them. */
const MOST_TEXT = 32 * 1024 * 1024;
/** Names of what the page has besides: twice the same name, and Prometheus refuses the whole page. */
const RESERVED = /^(?:vpp|process|nodejs|vppmux_collector|vppmux_metrics)_/;

/** A metric of vppmux itself about one of several dataplanes. */
export type OwnMetric = Pick<Contribution<Metric>, 'value' | 'dataplane'>;

export class MetricsPage {
  /** Reasons why metrics were skipped in the last page, by plugin and name: each is logged once, not for every request. */
  private faults = new Map<string, string>();
  private readonly own: readonly Contribution<Metric>[];

  constructor(
    private readonly metrics: Contributions<Metric>,
    private readonly log: Pick<Log, 'warn'>,
    own: readonly (Metric | OwnMetric)[] = [],
  ) {
    this.own = own.map((each) => ('value' in each ? { plugin: OWN, ...each } : { plugin: OWN, value: each }));
  }

  /** Writes all. A metric that is wrong, or whose `read` throws, is skipped and logged. */
  async write(page: PageText): Promise<void> {
    const faults = new Map<string, string>();
    const owners = new Map<string, string>();
    let size = 0;
    const fault = (plugin: string, name: string, error: unknown) =>
      faults.set(`${plugin}: metric "${name.slice(0, 100)}"`, reasonOf(error));
    for (const group of groupsOf([...this.own, ...this.metrics.list])) {
      const turn = page.turn();
      if (turn) await turn;
      // A plugin may have ended meanwhile.
      const parts = group.parts.filter((part) => this.own.includes(part) || this.metrics.list.includes(part));
      if (parts.length === 0) continue;
      const { name } = group;
      const [{ plugin }] = parts;
      const metric = metricOf({ name, parts }, (part, error) => fault(part.plugin, name, error));
      try {
        const owner = owners.get(name);
        if (owner !== undefined) throw new Error(`plugin ${owner} has a metric of this name`);
        const reserved = plugin === OWN ? null : RESERVED.exec(name);
        if (reserved) throw new Error(`names that begin with ${reserved[0]} are those of vppmux's own page`);
        const { text, samples } = metricText(metric);
        if (size + text.length > MOST_TEXT) throw new Error(`the page would have more than ${MOST_TEXT} characters`);
        size += text.length;
        page.whole(name, text, samples);
        owners.set(name, plugin);
      } catch (error) {
        fault(plugin, name, error);
      }
    }
    this.report(faults);
  }

  private report(faults: Map<string, string>): void {
    for (const [which, why] of faults) {
      if (this.faults.get(which) !== why) this.log.warn(`plugin ${which} is not in /metrics: ${why}`);
    }
    this.faults = faults;
  }
}

const OWN = 'metrics';
