/** How often a wish says the names of interfaces. */

import type { WishFile } from './schema.js';

/** Names with how often each is there. */
export class Counted {
  private readonly counts = new Map<string, number>();

  add(name: string | undefined): void {
    if (name !== undefined) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  has(name: string): boolean {
    return this.counts.has(name);
  }

  isMoreThanOnce(name: string): boolean {
    return (this.counts.get(name) ?? 0) > 1;
  }
}

export interface NameCounts {
  /** Members of bridge domains. */
  readonly bridged: Counted;
  /** Targets of cross connects. */
  readonly targets: Counted;
  /** Names of Linux interfaces. */
  readonly lcps: Counted;
}

export function countNames({ bridgedomains = {}, interfaces = {}, loopbacks = {} }: WishFile): NameCounts {
  const counts = { bridged: new Counted(), targets: new Counted(), lcps: new Counted() };
  for (const { interfaces: members = [] } of Object.values(bridgedomains)) {
    for (const name of members) counts.bridged.add(name);
  }
  for (const itf of Object.values(interfaces)) {
    for (const { l2xc, lcp } of [itf, ...Object.values(itf['sub-interfaces'] ?? {})]) {
      counts.targets.add(l2xc);
      counts.lcps.add(lcp);
    }
  }
  for (const { lcp } of Object.values(loopbacks)) counts.lcps.add(lcp);
  return counts;
}
