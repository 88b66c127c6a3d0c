/** Nodes of VPP's graph that have done something, with what they cost. */

import type { NodeCounters, NodeStats } from '../../../stats/index.js';
import { growth, quotient, rate, sum } from './growth.js';
import type { Times } from './interface-rows.js';

export interface NodeRow {
  readonly name: string;
  readonly index: number;
  readonly callsPerSecond?: number;
  readonly vectorsPerSecond?: number;
  readonly suspendsPerSecond?: number;
  /** Packets that it handles in one call. */
  readonly vectorsPerCall?: number;
  readonly clocksPerVector?: number;
  /** Share of the clocks of all nodes, 0 to 1. */
  readonly share?: number;
  readonly calls?: number;
  readonly vectors?: number;
  readonly clocks?: number;
  readonly suspends?: number;
}

const COUNTS = ['calls', 'vectors', 'clocks', 'suspends'] as const;
type Counted = Partial<Record<(typeof COUNTS)[number], number>>;

/** Averages are of the time between the two reads where there are two, else of all that was counted. */
export function nodeRows({ now, before, seconds, base = [] }: Times<NodeStats>): NodeRow[] {
  const [earlier, first] = [byName(before ?? []), byName(base)];
  const rows = now.flatMap((each) => {
    const counted = difference(each, first.get(each.name));
    if (COUNTS.every((key) => !counted[key])) return [];
    const old = earlier.get(each.name);
    const lately = before === undefined ? counted : difference(each, old ?? {});
    return [{ row: rowOf(each, { counted, lately, old, seconds }), clocks: lately.clocks }];
  });
  const all = sum(rows.map(({ clocks }) => clocks));
  return rows.map(({ row, clocks }) => ({ ...row, ...defined({ share: quotient(clocks, all) }) }));
}

interface Measured {
  readonly counted: Counted;
  readonly lately: Counted;
  readonly old: NodeCounters | undefined;
  readonly seconds: number | undefined;
}

function rowOf(node: NodeStats, { counted, lately, old, seconds }: Measured): NodeRow {
  return {
    name: node.name,
    index: node.index,
    ...defined({
      callsPerSecond: rate(node.calls, old?.calls, seconds),
      vectorsPerSecond: rate(node.vectors, old?.vectors, seconds),
      suspendsPerSecond: rate(node.suspends, old?.suspends, seconds),
      vectorsPerCall: quotient(lately.vectors, lately.calls),
      clocksPerVector: quotient(lately.clocks, lately.vectors),
      ...counted,
    }),
  };
}

const difference = (now: NodeCounters, before: NodeCounters | undefined): Counted =>
  Object.fromEntries(COUNTS.map((key) => [key, growth(now[key], before?.[key])]));

const byName = (all: readonly NodeStats[]) => new Map(all.map((each) => [each.name, each]));

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
