/** Buffers of each pool: `/buffer-pools/POOL`. */
import type { BufferPoolStats, StatsEntry } from '../types.js';

export const BUFFER_PATTERNS = ['^/buffer-pools/'];

const PREFIX = '/buffer-pools/';
const FIELDS = ['cached', 'used', 'available'];

export function bufferPools(entries: readonly StatsEntry[]): readonly BufferPoolStats[] {
  const pools = new Map<string, Record<string, bigint>>();
  for (const entry of entries) {
    if (entry.type !== 'scalar' && entry.type !== 'gauge') continue;
    const end = entry.name.lastIndexOf('/');
    const field = entry.name.slice(end + 1);
    if (end < PREFIX.length || !FIELDS.includes(field)) continue;
    const pool = entry.name.slice(PREFIX.length, end);
    pools.set(pool, { ...pools.get(pool), [field]: entry.value });
  }
  return [...pools].map(([pool, counters]) => ({ pool, ...counters }));
}
