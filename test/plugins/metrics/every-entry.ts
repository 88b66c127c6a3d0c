/** Entries of VPP's stats segment: one of each kind that has a metric. */

import type { StatsEntry } from '../../../src/stats/index.js';

const two = () => [BigUint64Array.of(10n, 20n), BigUint64Array.of(30n, 40n)];
const simple = (name: string, counters = two()): StatsEntry => ({ name, type: 'simple', counters });
const combined = (name: string): StatsEntry => ({ name, type: 'combined', packets: two(), bytes: two() });
const gauge = (name: string, value: bigint): StatsEntry => ({ name, type: 'gauge', value });

export const everyEntry: readonly StatsEntry[] = [
  ...['heartbeat', 'last_stats_clear', 'boottime'].map((name) => gauge(`/sys/${name}`, 1_800_000_000n)),
  ...['num_worker_threads', 'vector_rate', 'input_rate'].map((name) => gauge(`/sys/${name}`, 1n)),
  ...['vector_rate_per_worker', 'loops_per_worker'].map((name) => simple(`/sys/${name}`)),
  ...['cached', 'used', 'available'].map((name) => gauge(`/buffer-pools/default-numa-0/${name}`, 5n)),
  simple('/mem/main heap', [BigUint64Array.of(100n, 50n, 50n, 0n, 100n, 3n, 40n)]),
  { name: '/if/names', type: 'names', names: ['local0', 'loop0'] },
  ...['rx', 'tx'].flatMap((way) =>
    ['', '-unicast', '-multicast', '-broadcast'].map((to) => combined(`/if/${way}${to}`)),
  ),
  ...['drops', 'punt', 'ip4', 'ip6', 'mpls', 'rx-no-buf', 'rx-miss', 'rx-error', 'tx-error'].map((name) =>
    simple(`/if/${name}`),
  ),
  simple('/nat44-ed/total-sessions', [BigUint64Array.of(7n)]),
  gauge('/nat44-ed/max-cfg-sessions', 64n),
  simple('/nat44-ed/in2out/fastpath/tcp'),
  { name: '/sys/node/names', type: 'names', names: ['null-node', 'ip4-input'] },
  ...['clocks', 'vectors', 'calls', 'suspends'].map((name) => simple(`/sys/node/${name}`)),
  {
    ...{ name: '/err/ip4-input/ip4 ttl <= 1', type: 'symlink', target: '/node/errors', index: 1 },
    counters: BigUint64Array.of(1n, 2n),
  },
];
