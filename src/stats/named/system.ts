/** Counters of VPP as a whole: `/sys`. */
import type { StatsEntry, SystemStats } from '../types.js';
import { ByName, present } from './by-name.js';

export const SYSTEM_PATTERNS = [
  '^/sys/(boottime|last_stats_clear|heartbeat|num_worker_threads|vector_rate|input_rate)$',
  '^/sys/(vector_rate|loops)_per_worker$',
];

export function systemStats(entries: readonly StatsEntry[]): SystemStats {
  const all = new ByName(entries);
  return present({
    bootTime: all.value('/sys/boottime'),
    lastStatsClear: all.value('/sys/last_stats_clear'),
    heartbeat: all.value('/sys/heartbeat'),
    workers: all.value('/sys/num_worker_threads'),
    vectorRate: all.value('/sys/vector_rate'),
    inputRate: all.value('/sys/input_rate'),
    vectorRatePerWorker: perWorker(all, '/sys/vector_rate_per_worker'),
    loopsPerWorker: perWorker(all, '/sys/loops_per_worker'),
  });
}

/** Threads are the columns of these: `[0][thread]`. */
function perWorker(all: ByName, name: string): readonly bigint[] | undefined {
  const values = all.of(name, 'simple')?.counters[0];
  return values === undefined ? undefined : [...values];
}
