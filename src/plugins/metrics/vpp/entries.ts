/** The entries of one read of VPP's counters, by name. What is not there, or of another type, is undefined. */

import type { CombinedEntry, StatsEntry } from '../../../stats/index.js';

export class Entries {
  private readonly byName: ReadonlyMap<string, StatsEntry>;

  constructor(readonly all: readonly StatsEntry[]) {
    this.byName = new Map(all.map((entry) => [entry.name, entry]));
  }

  number(name: string): bigint | undefined {
    const entry = this.byName.get(name);
    return entry?.type === 'scalar' || entry?.type === 'gauge' ? entry.value : undefined;
  }

  /** Counters by thread, then by index. */
  counters(name: string): readonly BigUint64Array[] | undefined {
    const entry = this.byName.get(name);
    return entry?.type === 'simple' ? entry.counters : undefined;
  }

  combined(name: string): CombinedEntry | undefined {
    const entry = this.byName.get(name);
    return entry?.type === 'combined' ? entry : undefined;
  }

  names(name: string): readonly (string | undefined)[] | undefined {
    const entry = this.byName.get(name);
    return entry?.type === 'names' ? entry.names : undefined;
  }
}
