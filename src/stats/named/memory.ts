/** Bytes of VPP's heaps: `/mem/HEAP`, a counter with a column for each number. */
import type { MemoryStats, StatsEntry } from '../types.js';
import { present } from './by-name.js';

export const MEMORY_PATTERNS = ['^/mem/'];

const PREFIX = '/mem/';
/** In the order of the columns. */
const FIELDS = ['total', 'used', 'free', 'usedMmap', 'totalAlloc', 'freeChunks', 'releasable'];

export function heaps(entries: readonly StatsEntry[]): readonly MemoryStats[] {
  return entries.flatMap((entry) => {
    if (entry.type !== 'simple') return [];
    const values = entry.counters[0] ?? [];
    const numbers = Object.fromEntries(FIELDS.map((field, column) => [field, values[column]]));
    return [{ heap: entry.name.slice(PREFIX.length), ...present(numbers) }];
  });
}
