/** Counters of errors and other reasons, by node: `/err/NODE/REASON`. */
import type { ErrorStats, StatsEntry } from '../types.js';

export const ERROR_PATTERNS = ['^/err/'];

const PREFIX = '/err/';
const PIECE = 64;

export function* errorCounters(entries: readonly StatsEntry[]): Generator<void, readonly ErrorStats[]> {
  const errors: ErrorStats[] = [];
  for (const entry of entries) {
    if (entry.type !== 'symlink' || entry.counters === undefined) continue;
    // VPP writes _ for a / in either name.
    const [node, ...error] = entry.name.slice(PREFIX.length).split('/');
    const threads = [...entry.counters];
    errors.push({ node, error: error.join('/'), count: threads.reduce((a, b) => a + b, 0n), threads });
    if (errors.length % PIECE === 0) yield;
  }
  return errors;
}
