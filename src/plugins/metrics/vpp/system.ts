/** VPP as a whole: its age, its workers, buffers, heaps and NAT. */

import { label } from '../label.js';
import type { PageText } from '../page-text.js';
import { type Extent, summed, writeColumn } from './columns.js';
import { countOf, countText, halvesOf } from './count-text.js';
import type { Entries } from './entries.js';

export const SYSTEM = ['^/sys/[a-z_]*$', '^/buffer-pools/', '^/mem/', '^/nat44-ed/'];

const NUMBERS: readonly (readonly [entry: string, name: string, type: 'gauge' | 'counter', help: string])[] = [
  ['/sys/boottime', 'vpp_boot_time_seconds', 'gauge', 'Start of VPP, seconds since 1970'],
  [
    '/sys/last_stats_clear',
    'vpp_last_clear_time_seconds',
    'gauge',
    'When counters were cleared, seconds since 1970; 0: never',
  ],
  ['/sys/heartbeat', 'vpp_heartbeat_total', 'counter', 'Updates of the counters by VPP'],
  ['/sys/num_worker_threads', 'vpp_workers', 'gauge', 'Worker threads'],
  ['/sys/vector_rate', 'vpp_vector_rate', 'gauge', 'Packets in a vector, of all workers'],
  ['/sys/input_rate', 'vpp_input_rate', 'gauge', 'Packets received in a second'],
];

export function writeSystem(page: PageText, entries: Entries, now: number): void {
  for (const [entry, name, type, help] of NUMBERS) {
    const value = entries.number(entry);
    if (value === undefined) continue;
    page.family(name, type, help);
    page.add('', String(value));
  }
  const boot = entries.number('/sys/boottime');
  if (boot !== undefined) {
    page.family('vpp_uptime_seconds', 'gauge', 'Time since VPP started');
    page.add('', Math.max(0, Math.round(now / 1000 - Number(boot))));
  }
  writePerWorker(page, entries, '/sys/vector_rate_per_worker', 'vpp_worker_vector_rate', 'Packets in a vector');
  writePerWorker(page, entries, '/sys/loops_per_worker', 'vpp_worker_loops_per_second', 'Turns of the main loop');
}

function writePerWorker(page: PageText, entries: Entries, entry: string, name: string, help: string): void {
  const values = entries.counters(entry)?.[0];
  if (values === undefined) return;
  page.family(name, 'gauge', help);
  const halves = halvesOf(values);
  for (let worker = 0; worker < values.length; worker++) page.add(`{worker="${worker}"}`, countText(halves, worker));
}

const POOLS = '/buffer-pools/';
const POOL_COUNTS = ['used', 'cached', 'available'] as const;

export function writeBuffers(page: PageText, entries: Entries): void {
  const names = entries.all.flatMap(({ name }) => (name.startsWith(POOLS) ? [name.split('/')[2]] : []));
  const pools = [...new Set(names)].map((pool) => ({
    labels: `{${label('pool', pool)}}`,
    counts: POOL_COUNTS.map((count) => entries.number(`${POOLS}${pool}/${count}`)),
  }));
  for (const [i, count] of POOL_COUNTS.entries()) {
    page.family(`vpp_buffers_${count}`, 'gauge', BUFFERS[count]);
    for (const { labels, counts } of pools) if (counts[i] !== undefined) page.add(labels, String(counts[i]));
  }
  page.family('vpp_buffers_used_ratio', 'gauge', 'Share of the pool that is in use, 0 to 1');
  for (const { labels, counts } of pools) {
    if (counts.some((count) => count === undefined)) continue;
    const [used, cached, available] = counts.map(Number);
    if (used + cached + available > 0) page.add(labels, used / (used + cached + available));
  }
}

const BUFFERS = {
  used: 'Buffers in use',
  cached: 'Free buffers that workers keep for themselves',
  available: 'Free buffers of the pool',
};

const HEAP = /^\/mem\/([^/]+)$/;
/** Values of a heap in the order in which VPP has them. */
const HEAP_VALUES: readonly (readonly [name: string, help: string])[] = [
  ['vpp_memory_total_bytes', 'Size of the heap'],
  ['vpp_memory_used_bytes', 'Bytes of the heap in use'],
  ['vpp_memory_free_bytes', 'Bytes of the heap that are free'],
  ['vpp_memory_mmap_bytes', 'Bytes in mappings of their own'],
  ['vpp_memory_allocated_bytes', 'Bytes that the heap has taken from the system'],
  ['vpp_memory_free_chunks', 'Free pieces of the heap'],
  ['vpp_memory_releasable_bytes', 'Bytes that the heap could give back to the system'],
];

export function writeMemory(page: PageText, entries: Entries): void {
  const heaps = entries.all.flatMap((entry) => {
    const heap = HEAP.exec(entry.name)?.[1];
    return heap === undefined || entry.type !== 'simple' || entry.counters.length === 0
      ? []
      : [{ labels: `{${label('heap', heap)}}`, values: entry.counters[0] }];
  });
  for (const [i, [name, help]] of HEAP_VALUES.entries()) {
    page.family(name, 'gauge', help);
    for (const { labels, values } of heaps) if (i < values.length) page.add(labels, String(values[i]));
  }
  page.family('vpp_memory_used_ratio', 'gauge', 'Share of the heap that is in use, 0 to 1');
  for (const { labels, values } of heaps) {
    if (values.length > 1 && values[0] > 0n) page.add(labels, Number(values[1]) / Number(values[0]));
  }
}

const NAT_PATH = /^\/nat44-ed\/(in2out|out2in)\/(fastpath|slowpath)\/([a-z]+)$/;

/** NAT44 (endpoint-dependent): sessions, and packets by direction, path and protocol. */
export async function writeNat(page: PageText, entries: Entries, extent: Extent): Promise<void> {
  const total = entries.counters('/nat44-ed/total-sessions');
  const most = entries.number('/nat44-ed/max-cfg-sessions');
  const sessions = total && total.length > 0 ? countOf(summed(total), 0) : undefined;
  const gauges: readonly (readonly [name: string, help: string, value: number | undefined])[] = [
    ['vpp_nat44_ed_sessions', 'Sessions', sessions],
    ['vpp_nat44_ed_max_sessions', 'Sessions that there may be', most === undefined ? undefined : Number(most)],
    [
      'vpp_nat44_ed_sessions_ratio',
      'Sessions of those that there may be, 0 to 1',
      sessions === undefined || !most ? undefined : sessions / Number(most),
    ],
  ];
  for (const [name, help, value] of gauges) {
    if (value === undefined || !most) continue;
    page.family(name, 'gauge', help);
    page.add('', value);
  }
  // The table is there before NAT is enabled, with nothing in it.
  const paths = entries.all.flatMap((entry) => {
    const [, direction, path, protocol] = NAT_PATH.exec(entry.name) ?? [];
    if (direction === undefined || entry.type !== 'simple') return [];
    const labels = `${label('direction', direction)},${label('path', path)},${label('protocol', protocol)}`;
    const counters = entry.counters.map((column) => BigUint64Array.of(column.reduce((sum, each) => sum + each, 0n)));
    return [{ labels, counters }];
  });
  if (paths.length === 0) return;
  const threads = Math.max(...paths.map(({ counters }) => counters.length));
  const counters = Array.from({ length: threads }, (_, thread) =>
    BigUint64Array.from(paths, (path) => path.counters[thread]?.[0] ?? 0n),
  );
  const name = 'vpp_nat44_ed_packets_total';
  const help = 'Packets of NAT44-ED; protocol="drops": those dropped';
  await writeColumn(page, { name, help, counters, labels: paths.map((path) => path.labels) }, extent);
}
