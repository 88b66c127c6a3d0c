/** The topic `nodes`: the counters of the graph's nodes, of all threads or of one. */

import type { NodeCounters, NodeStats } from '../../../stats/index.js';
import { perSecond } from '../counters/per-second.js';
import { SharedRead } from '../counters/shared-read.js';
import type { NodeRow, NodesTopic } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';

/** Nodes of a message. */
const MOST = 400;

type Nodes = ReadonlyMap<string, NodeStats>;

interface Grown {
  readonly name: string;
  readonly calls?: number;
  readonly vectors?: number;
  readonly suspends?: number;
  readonly clocks?: number;
}

export function nodesTopic({ stats, ageMs }: Pick<Sources, 'stats' | 'ageMs'>): TopicSource<NodesTopic> {
  const reads = new SharedRead<Nodes>(async () => new Map((await stats.nodes()).map((node) => [node.name, node])));
  return (argument) => {
    if (!/^\d{0,3}$/.test(argument)) throw new Error(`there is no thread ${argument}`);
    const thread = argument === '' ? undefined : Number(argument);
    const countersOf = (node: NodeStats | undefined) => (thread === undefined ? node : node?.threads[thread]);
    return {
      async read() {
        const { now, before, seconds } = await reads.get(ageMs());
        const all = [...now.values()];
        const threads = Math.max(0, ...all.map((node) => node.threads.length));
        const grown = all
          .filter((node) => (countersOf(node)?.calls ?? 0n) > 0n)
          .map((node) => grownOf(node.name, countersOf(node), countersOf(before?.get(node.name)), seconds))
          .sort((a, b) => (b.clocks ?? 0) - (a.clocks ?? 0));
        const total = grown.reduce((sum, { clocks = 0 }) => sum + clocks, 0);
        const nodes = Object.fromEntries(grown.slice(0, MOST).map((node) => [node.name, rowOf(node, total)]));
        return { hasCounters: all.some(({ calls }) => calls !== undefined), threads, nodes };
      },
    };
  };
}

function grownOf(name: string, now?: NodeCounters, before?: NodeCounters, seconds?: number): Grown {
  const rate = (key: keyof NodeCounters) => perSecond(now?.[key], before?.[key], seconds);
  return { name, calls: rate('calls'), vectors: rate('vectors'), suspends: rate('suspends'), clocks: rate('clocks') };
}

function rowOf({ calls, vectors, suspends, clocks }: Grown, total: number): NodeRow {
  return {
    calls,
    vectors,
    suspends,
    vectorsPerCall: ratio(vectors, calls),
    clocksPerPacket: ratio(clocks, vectors),
    share: clocks === undefined || total === 0 ? undefined : Math.round((1000 * clocks) / total) / 1000,
  };
}

/** One digit behind the point; undefined where nothing was counted. */
function ratio(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || !by ? undefined : Math.round((10 * value) / by) / 10;
}
