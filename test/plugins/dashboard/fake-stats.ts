/** Counters that a test sets. */

import type {
  ErrorStats,
  InterfaceCounters,
  InterfaceStats,
  NodeCounters,
  NodeStats,
  Stats,
  StatsState,
  SystemStats,
} from '../../../src/stats/index.js';

export class FakeStats {
  list: InterfaceStats[] = [];
  systemNow: SystemStats = {};
  errorList: ErrorStats[] = [];
  nodeList: NodeStats[] = [];
  /** The reason for which nothing can be read. */
  away: string | undefined;
  reads = 0;

  get state(): StatsState {
    const common = { socket: '/run/vpp/stats.sock', since: 1 };
    if (this.away !== undefined) return { ...common, state: 'away', reason: this.away };
    return { ...common, state: 'reading', way: 'proc' };
  }

  async interfaces(): Promise<readonly InterfaceStats[]> {
    this.reads += 1;
    return this.answer(this.list);
  }

  system = async () => this.answer(this.systemNow);
  buffers = async () => this.answer([{ pool: 'default-numa-0', cached: 10n, used: 90n, available: 100n }]);
  memory = async () => this.answer([{ heap: 'main heap', total: 1000n, used: 400n }]);
  errors = async () => this.answer(this.errorList);
  nodes = async () => this.answer(this.nodeList);
  get = async () => this.answer(undefined);

  /** Itself, as topics take it. */
  get asStats(): Stats {
    return this as unknown as Stats;
  }

  private answer<T>(value: T): T {
    if (this.away !== undefined) throw new Error(this.away);
    return value;
  }
}

/** An interface with the same counters on each of `threads` threads. */
export function interfaceStats(index: number, name: string, counters: InterfaceCounters, threads = 1): InterfaceStats {
  return { index, name, ...counters, threads: Array.from({ length: threads }, () => counters) };
}

export const errorStats = (node: string, error: string, count: number): ErrorStats => ({
  ...{ node, error },
  count: BigInt(count),
  threads: [BigInt(count)],
});

/** A node with these counters on each of two threads. */
export function nodeStats(
  index: number,
  name: string,
  counts: Readonly<Record<keyof NodeCounters, number>>,
): NodeStats {
  const times = (by: number): NodeCounters =>
    Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, BigInt(by * value)]));
  return { index, name, ...times(2), threads: [times(1), times(1)] };
}

/** Traffic of packets with 100 bytes each. */
export const traffic = (packets: number) => ({ packets: BigInt(packets), bytes: BigInt(100 * packets) });
