/** One read of everything that the views show from the stats segment. */

import type {
  BufferPoolStats,
  ErrorStats,
  InterfaceStats,
  MemoryStats,
  NodeStats,
  Stats,
  SystemStats,
} from '../../../stats/index.js';

export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds of `performance.now()`. */
  readonly monotonic: number;
  readonly system: SystemStats;
  readonly interfaces: readonly InterfaceStats[];
  readonly nodes: readonly NodeStats[];
  readonly errors: readonly ErrorStats[];
  readonly buffers: readonly BufferPoolStats[];
  readonly memory: readonly MemoryStats[];
}

/** Rejects with StatsError. */
export async function readCounters(stats: Stats): Promise<Reading> {
  const interfaces = await stats.interfaces();
  const [at, monotonic] = [Date.now(), performance.now()];
  const errors = await stats.errors();
  const nodes = await stats.nodes();
  const [system, buffers, memory] = [await stats.system(), await stats.buffers(), await stats.memory()];
  return { at, monotonic, system, interfaces, nodes, errors, buffers, memory };
}
