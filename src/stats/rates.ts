/** How counters moved between two reads. Counters are compared as words of 32 bits: a difference is exact up to 2^53. */
import { HIGH_WORD, LOW } from './segment/layout.js';
import type { StatsEntry, StatsRates } from './types.js';

const HIGH = 2 ** 32;

/** Rates of the entries that are in both, by name. */
export function* ratesOf(
  before: readonly StatsEntry[],
  now: readonly StatsEntry[],
  seconds: number,
): Generator<void, ReadonlyMap<string, StatsRates>> {
  const known = new Map(before.map((entry) => [entry.name, entry]));
  const rates = new Map<string, StatsRates>();
  for (const entry of now) {
    const earlier = known.get(entry.name);
    const moved = earlier === undefined ? undefined : ratesBetween(earlier, entry, seconds);
    if (moved !== undefined) rates.set(entry.name, moved);
    yield;
  }
  return rates;
}

function ratesBetween(before: StatsEntry, now: StatsEntry, seconds: number): StatsRates | undefined {
  const { name } = now;
  if (now.type === 'simple' && before.type === 'simple') {
    return { name, perSecond: perSecond(before.counters, now.counters, seconds) };
  }
  if (now.type === 'combined' && before.type === 'combined') {
    return {
      name,
      packetsPerSecond: perSecond(before.packets, now.packets, seconds),
      bytesPerSecond: perSecond(before.bytes, now.bytes, seconds),
    };
  }
  if (now.type !== 'symlink' || before.type !== 'symlink') return undefined;
  const of = (a?: BigUint64Array, b?: BigUint64Array) => a && b && perSecond(columns(a), columns(b), seconds);
  const simple = of(before.counters, now.counters);
  const packets = of(before.packets, now.packets);
  const bytes = of(before.bytes, now.bytes);
  return {
    name,
    ...(simple && { perSecond: simple }),
    ...(packets && { packetsPerSecond: packets }),
    ...(bytes && { bytesPerSecond: bytes }),
  };
}

/** The values of a column, by thread, as rows of one. */
const columns = (values: BigUint64Array) => Array.from(values, (_, thread) => values.subarray(thread, thread + 1));

function perSecond(before: readonly BigUint64Array[], now: readonly BigUint64Array[], seconds: number): Float64Array {
  const sums = new Float64Array(Math.max(0, ...now.map(({ length }) => length)));
  for (const [thread, values] of now.entries()) add(sums, wordsOf(before[thread]), wordsOf(values));
  for (let index = 0; index < sums.length; index++) sums[index] /= seconds;
  return sums;
}

/** Adds differences. A counter that is less than it was has been cleared, and counts from 0. */
function add(sums: Float64Array, before: Uint32Array, now: Uint32Array): void {
  for (let index = 0, at = 0; at < now.length; index++, at += 2) {
    const [low, high] = [now[at + LOW], now[at + HIGH_WORD]];
    const difference =
      at < before.length ? (high - before[at + HIGH_WORD]) * HIGH + (low - before[at + LOW]) : high * HIGH + low;
    sums[index] += difference < 0 ? high * HIGH + low : difference;
  }
}

const NONE = new Uint32Array(0);

const wordsOf = (values: BigUint64Array | undefined) =>
  values === undefined ? NONE : new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
