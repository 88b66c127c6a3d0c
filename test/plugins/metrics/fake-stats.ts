/** VPP's counters as a test sets them. */

import {
  NameMatcher,
  type StatsDump,
  type StatsEntry,
  type StatsPatterns,
  type StatsState,
} from '../../../src/stats/index.js';

export class FakeStats {
  entries: readonly StatsEntry[] = [
    { name: '/sys/heartbeat', type: 'scalar', value: 7n },
    { name: '/if/names', type: 'names', names: ['local0', 'loop0'] },
    { name: '/if/drops', type: 'simple', counters: [BigUint64Array.of(0n, 5n)] },
    {
      name: '/interfaces/loop0/drops',
      type: 'symlink',
      target: '/if/drops',
      index: 1,
      counters: BigUint64Array.of(5n),
    },
  ];
  state: StatsState = { socket: '/run/vpp/stats.sock', state: 'reading', since: 0 };
  error: Error | undefined;
  /** Patterns of each read. */
  readonly reads: StatsPatterns[] = [];

  prepare(patterns: StatsPatterns) {
    return {
      read: async (): Promise<StatsDump> => {
        this.reads.push(patterns);
        if (this.error) throw this.error;
        const matcher = new NameMatcher(patterns);
        const entries = this.entries.filter(({ name }) => matcher.matches(name));
        return { at: 1_800_000_000_000, monotonic: 0, epoch: 1n, entries, skipped: [] };
      },
    };
  }
}
