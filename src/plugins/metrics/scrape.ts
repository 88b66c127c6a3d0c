/** Pages of metrics, by profile. Requests for one that is being made get the same page. */

import type { Collectors } from './collectors.js';
import type { Profile } from './config.js';
import { label } from './label.js';
import type { MetricsPage } from './metrics-page.js';
import { PageText } from './page-text.js';
import { processMetrics } from './process-metrics.js';
import type { VppCounters } from './vpp-counters.js';

export interface ScrapeParts {
  readonly contributed: MetricsPage;
  readonly collectors: Collectors;
  readonly vpp: VppCounters;
  /** Whether the agent's own process is on the page. */
  readonly withProcess: boolean;
  /** Series that a page has at most. */
  readonly maxSeries: () => number;
}

export class Scrape {
  private readonly underWay = new Map<Profile, Promise<Buffer>>();

  constructor(private readonly parts: ScrapeParts) {}

  page(profile: Profile): Promise<Buffer> {
    let page = this.underWay.get(profile);
    if (page === undefined) {
      page = this.make(profile).finally(() => this.underWay.delete(profile));
      this.underWay.set(profile, page);
    }
    return page;
  }

  private async make(profile: Profile): Promise<Buffer> {
    const { contributed, collectors, vpp, withProcess, maxSeries } = this.parts;
    const page = new PageText(maxSeries());
    if (profile === 'vppmux') {
      await collectors.run('plugins', () => contributed.write(page));
      if (withProcess) page.text((await collectors.run('process', processMetrics)) ?? '');
      await vpp.write(page, profile);
      collectors.write(page);
    } else await vpp.write(page, profile);
    writeLeftOut(page, profile === 'vppmux');
    return page.bytes();
  }
}

/** Metrics that the page names when it leaves out series of more. */
const MOST_NAMED = 20;

/** Says what is not on the page: in a comment, and on vppmux's own page in a metric. */
function writeLeftOut(page: PageText, withMetrics: boolean): void {
  const { series } = page;
  const sorted = [...page.leftOut].sort(([, a], [, b]) => b - a);
  const others = sorted.slice(MOST_NAMED).reduce((sum, [, count]) => sum + count, 0);
  const leftOut = others === 0 ? sorted : [...sorted.slice(0, MOST_NAMED), ['other', others] as const];
  let text = '';
  if (withMetrics) {
    text += `# HELP vppmux_page_series Series on this page\n# TYPE vppmux_page_series gauge\nvppmux_page_series ${series}\n`;
    text += '# HELP vppmux_left_out_series Series left out by max-series, and nodes by top-nodes\n';
    text += '# TYPE vppmux_left_out_series gauge\n';
    for (const [metric, count] of leftOut) text += `vppmux_left_out_series{${label('metric', metric)}} ${count}\n`;
    if (leftOut.length === 0) text += 'vppmux_left_out_series{metric=""} 0\n';
  }
  for (const [metric, count] of leftOut) {
    text += `# vppmux left out ${count} of ${metric}: see max-series and top-nodes in metrics.conf\n`;
  }
  page.text(text);
}
