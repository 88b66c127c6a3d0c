/** Counters of the graph's nodes: `/sys/node`, which VPP has with `statseg { per-node-counters on }`. */
import type { NodeCounters, NodeStats, StatsEntry } from '../types.js';
import { ByName, present, sum } from './by-name.js';

export const NODE_PATTERNS = ['^/sys/node/(names|calls|vectors|suspends|clocks)$'];
const FIELDS = ['calls', 'vectors', 'suspends', 'clocks'] as const;

export function* nodeCounters(entries: readonly StatsEntry[]): Generator<void, readonly NodeStats[]> {
  const all = new ByName(entries);
  const vectors = FIELDS.map((field) => [field, all.of(`/sys/node/${field}`, 'simple')?.counters ?? []] as const);
  const threads = Math.max(...vectors.map(([, { length }]) => length));
  const nodes: NodeStats[] = [];
  for (const [index, name] of (all.of('/sys/node/names', 'names')?.names ?? []).entries()) {
    if (name === undefined) continue;
    const counters = Array.from(
      { length: threads },
      (_, thread): NodeCounters =>
        present(Object.fromEntries(vectors.map(([field, values]) => [field, values[thread]?.[index]]))),
    );
    const sums = FIELDS.map((field) => [field, sum(counters.map((each) => each[field]))]);
    nodes.push({ index, name, ...present(Object.fromEntries(sums)), threads: counters });
    yield;
  }
  return nodes;
}
