/**
 * Counters under the names of ligato's vpp-agent (its plugin telemetry, `/metrics/vpp`): all are gauges, summed over threads, with
 * the label `agent`; the thread is "ALL", as where that agent reads the stats segment.
 */

import type { StatsEntry } from '../../../stats/index.js';
import { label } from '../label.js';
import type { PageText } from '../page-text.js';
import { summed } from './columns.js';
import { countOf, countText, type Halves } from './count-text.js';
import { Entries } from './entries.js';
import { slashedNames, splitError } from './errors.js';

export const LIGATO_PATTERNS: readonly string[] = ['^/if/', '^/sys/node/', '^/err/', '^/buffer-pools/'];

/** `agent`: value of the label of that name. */
export async function writeLigato(page: PageText, all: readonly StatsEntry[], agent: string): Promise<void> {
  const entries = new Entries(all);
  const own = label('agent', agent);
  await writeRuntime(page, entries, own);
  writeBuffers(page, entries, own);
  await writeNodeCounters(page, entries, own);
  await writeInterfaces(page, entries, own);
}

async function writeRuntime(page: PageText, entries: Entries, own: string): Promise<void> {
  const names = entries.names('/sys/node/names') ?? [];
  const labels = names.map((name) => `{${own},${label('item', name ?? '')},thread="ALL",threadID="0"}`);
  const sums = Object.fromEntries(
    RUNTIME.map(([what]) => [what, entries.counters(`/sys/node/${what}`)] as const).flatMap(([what, counters]) =>
      counters ? [[what, summed(counters)]] : [],
    ),
  ) as Readonly<Record<string, Halves | undefined>>;
  for (const [what, help] of RUNTIME) {
    const halves = sums[what];
    if (halves) await writeIndexes(page, `vpp_runtime_${what}`, help, names, (i) => [labels[i], countText(halves, i)]);
  }
  const { calls, vectors } = sums;
  if (calls === undefined || vectors === undefined) return;
  await writeIndexes(page, 'vpp_runtime_vectors_per_call', 'Number of vectors per call', names, (i) => [
    labels[i],
    String(countOf(calls, i) > 0 ? countOf(vectors, i) / countOf(calls, i) : 0),
  ]);
}

const RUNTIME = [
  ['calls', 'Number of calls'],
  ['vectors', 'Number of vectors'],
  ['suspends', 'Number of suspends'],
  ['clocks', 'Number of clocks'],
] as const;

function writeBuffers(page: PageText, entries: Entries, own: string): void {
  const pools = [
    ...new Set(entries.all.flatMap(({ name }) => (name.startsWith('/buffer-pools/') ? [name.split('/')[2]] : []))),
  ];
  for (const [name, help, entry] of [
    ['alloc', 'Allocated', 'used'],
    ['free', 'Free', 'available'],
  ]) {
    page.family(`vpp_buffers_${name}`, 'gauge', help);
    for (const pool of pools) {
      const value = entries.number(`/buffer-pools/${pool}/${entry}`);
      if (value !== undefined) page.add(`{${own},index="0",${label('item', pool)},threadID="0"}`, String(value));
    }
  }
}

async function writeNodeCounters(page: PageText, entries: Entries, own: string): Promise<void> {
  const slashed = slashedNames(entries.names('/if/names') ?? []);
  page.family('vpp_node_counter_count', 'gauge', 'Count');
  for (const entry of entries.all) {
    if (entry.type !== 'symlink' || entry.counters === undefined || !entry.name.startsWith('/err/')) continue;
    const { node, error } = splitError(entry.name.slice('/err/'.length), slashed);
    const sum = entry.counters.reduce((total, each) => total + each, 0n);
    page.add(`{${own},${label('item', node)},${label('reason', error)}}`, String(sum));
    const turn = page.turn();
    if (turn) await turn;
  }
}

/** Metric behind `vpp_interfaces_`, its text, and the entry; `packets` or `bytes` of it where that has both. */
const INTERFACES = [
  ['rx_packets', 'RX packets', 'rx', 'packets'],
  ['rx_bytes', 'RX bytes', 'rx', 'bytes'],
  ['rx_errors', 'RX errors', 'rx-error', undefined],
  ['tx_packets', 'TX packets', 'tx', 'packets'],
  ['tx_bytes', 'TX bytes', 'tx', 'bytes'],
  ['tx_errors', 'TX errors', 'tx-error', undefined],
  ['drops', 'Drops', 'drops', undefined],
  ['punts', 'Punts', 'punt', undefined],
  ['ip4', 'IP4', 'ip4', undefined],
  ['ip6', 'IP6', 'ip6', undefined],
  ['rx_no_buf', 'RX nobuf', 'rx-no-buf', undefined],
  ['rx_miss', 'RX miss', 'rx-miss', undefined],
] as const;

async function writeInterfaces(page: PageText, entries: Entries, own: string): Promise<void> {
  const names = entries.names('/if/names') ?? [];
  const labels = names.map((name, index) => `{${own},index="${index}",${label('name', name ?? '')}}`);
  for (const [name, help, entry, part] of INTERFACES) {
    const counters = part ? entries.combined(`/if/${entry}`)?.[part] : entries.counters(`/if/${entry}`);
    if (counters === undefined) continue;
    const halves = summed(counters);
    await writeIndexes(page, `vpp_interfaces_${name}`, help, names, (i) => [labels[i], countText(halves, i)]);
  }
}

async function writeIndexes(
  page: PageText,
  name: string,
  help: string,
  names: readonly (string | undefined)[],
  series: (index: number) => readonly [labels: string, value: string],
): Promise<void> {
  page.family(name, 'gauge', help);
  for (const [index, each] of names.entries()) {
    if (each) page.add(...series(index));
    const turn = index % 64 === 63 ? page.turn() : undefined;
    if (turn) await turn;
  }
}
