/** Histograms that VPP keeps (VPP 26.02), under their paths: the rest of them is not known beforehand. */

import type { PageText } from '../page-text.js';
import type { Entries } from './entries.js';
import { identifier } from './export-v1.js';

export function writeHistograms(page: PageText, entries: Entries): void {
  for (const entry of entries.all) {
    if (entry.type !== 'histogram') continue;
    const name = `vpp_${identifier(entry.name).replace(/^_+/, '')}`;
    page.family(name, 'histogram', `Histogram ${entry.name} of VPP; the sum is an estimate`);
    for (const [worker, { minimum, bins }] of entry.threads.entries()) {
      let total = 0n;
      let sum = 0;
      for (const [i, count] of bins.entries()) {
        const bound = 2 ** (minimum + i);
        total += count;
        sum += Number(count) * bound;
        page.line(name, `${name}_bucket{worker="${worker}",le="${bound}"} ${total}\n`);
      }
      page.line(name, `${name}_bucket{worker="${worker}",le="+Inf"} ${total}\n`);
      page.line(name, `${name}_sum{worker="${worker}"} ${sum}\n`);
      page.line(name, `${name}_count{worker="${worker}"} ${total}\n`);
    }
  }
}
