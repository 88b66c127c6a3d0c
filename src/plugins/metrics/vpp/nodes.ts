/** Counters of the graph's nodes, where VPP has them (`statseg { per-node-counters on }`): those of the nodes with the most clocks. */

import { label } from '../label.js';
import type { PageText } from '../page-text.js';
import { type Extent, summed, writeColumn } from './columns.js';
import { countOf } from './count-text.js';
import type { Entries } from './entries.js';

export const NODES = ['^/sys/node/'];

const COUNTERS: readonly (readonly [entry: string, name: string, help: string])[] = [
  ['clocks', 'vpp_node_clocks_total', 'CPU clocks spent in the node'],
  ['vectors', 'vpp_node_vectors_total', 'Packets that the node has handled'],
  ['calls', 'vpp_node_calls_total', 'Calls of the node'],
  ['suspends', 'vpp_node_suspends_total', 'Suspensions of a process node'],
];

export async function writeNodes(page: PageText, entries: Entries, extent: Extent): Promise<void> {
  const names = entries.names('/sys/node/names');
  const clocks = entries.counters('/sys/node/clocks');
  if (names === undefined || clocks === undefined) return;
  const ranks = summed(clocks);
  const used = names.flatMap((name, index) => (name && countOf(ranks, index) > 0 ? [index] : []));
  const all = extent.usedOnly ? used : names.flatMap((name, index) => (name ? [index] : []));
  const top = all.sort((a, b) => countOf(ranks, b) - countOf(ranks, a)).slice(0, extent.topNodes);
  if (all.length > top.length) page.leftOut.set('vpp_node_*', all.length - top.length);
  const labels: (string | undefined)[] = new Array(names.length).fill(undefined);
  for (const index of top) labels[index] = label('node', names[index] as string);
  for (const [entry, name, help] of COUNTERS) {
    const counters = entries.counters(`/sys/node/${entry}`);
    if (counters) await writeColumn(page, { name, help, counters, labels }, extent);
  }
  const calls = entries.counters('/sys/node/calls');
  const vectors = entries.counters('/sys/node/vectors');
  if (calls === undefined || vectors === undefined) return;
  const [ofCalls, ofVectors] = [summed(calls), summed(vectors)];
  const ratio = (name: string, help: string, of: (index: number) => number) => {
    page.family(name, 'gauge', help);
    for (const index of top) {
      const value = of(index);
      if (Number.isFinite(value)) page.add(`{${labels[index]}}`, value);
    }
  };
  ratio('vpp_node_vectors_per_call', 'Packets in a call, since the counters were cleared', (index) => {
    return countOf(ofVectors, index) / countOf(ofCalls, index);
  });
  ratio('vpp_node_clocks_per_vector', 'CPU clocks for a packet, since the counters were cleared', (index) => {
    return countOf(ranks, index) / countOf(ofVectors, index);
  });
}
