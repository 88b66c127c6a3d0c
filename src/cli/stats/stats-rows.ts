/** Rows of `vppmux stats`: a row for each number that is not 0. */
import type { StatsEntry, StatsRates } from '../../stats/index.js';
import type { IndexNames } from './index-names.js';

export const IMPORTANT = ['name', 'value', 'packets', 'bytes', 'of'];

type Row = Readonly<Record<string, string | number>>;

export interface RowOptions {
  /** Also what is 0. */
  readonly zero?: boolean;
  /** Each thread for itself, instead of their sum. */
  readonly threads?: boolean;
}

export function* valueRows(entry: StatsEntry, names: IndexNames, options: RowOptions): Generator<Row> {
  const { name } = entry;
  const place = (index: number) => ({ index, of: names.of(name, index) ?? '' });
  switch (entry.type) {
    case 'scalar':
    case 'gauge':
      yield { name, value: String(entry.value) };
      return;
    case 'simple':
      yield* numbers(name, [entry.counters], options, place);
      return;
    case 'combined':
      yield* numbers(name, [entry.packets, entry.bytes], options, place);
      return;
    case 'symlink': {
      const [first = new BigUint64Array(), second] = [entry.counters ?? entry.packets, entry.bytes];
      const vectors = [first, second].filter((each) => each !== undefined).map(columns);
      yield* numbers(name, vectors, options, () => ({}));
      return;
    }
    case 'names':
      for (const [index, each] of entry.names.entries()) if (each !== undefined) yield { name, index, value: each };
      return;
    case 'histogram':
      for (const [thread, { minimum, bins }] of entry.threads.entries()) {
        for (const [at, count] of bins.entries()) {
          if (count > 0n || options.zero) yield { name, thread, of: `<= 2^${minimum + at}`, value: String(count) };
        }
      }
      return;
    case 'ring':
      for (const [thread, { sequence, records }] of entry.threads.entries()) {
        yield { name, thread, of: `${records.length} records`, value: String(sequence) };
      }
  }
}

export function* rateRows(rates: StatsRates, names: IndexNames): Generator<Row> {
  const { name, perSecond, packetsPerSecond, bytesPerSecond } = rates;
  const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
  for (const [index, rate] of (perSecond ?? packetsPerSecond ?? new Float64Array()).entries()) {
    const bytes = bytesPerSecond?.[index];
    if (rate === 0 && (bytes ?? 0) === 0) continue;
    const place = { name, index, of: names.of(name, index) ?? '' };
    if (bytes === undefined) yield { ...place, 'value/s': shown(rate) };
    else yield { ...place, 'packets/s': shown(rate), 'bytes/s': shown(bytes) };
  }
}

/** A column, by thread, as rows of one. */
const columns = (values: BigUint64Array) => Array.from(values, (_, thread) => values.subarray(thread, thread + 1));

/** `vectors`: one of counters, or one of packets and one of bytes. */
function* numbers(
  name: string,
  vectors: readonly (readonly BigUint64Array[])[],
  { zero = false, threads = false }: RowOptions,
  place: (index: number) => Row,
): Generator<Row> {
  const [first] = vectors;
  const length = Math.max(0, ...first.map((values) => values.length));
  for (let index = 0; index < length; index++) {
    const at = vectors.map((vector) => vector.map((values) => values[index] ?? 0n));
    const rows = threads ? at[0].map((_, thread) => at.map((values) => values[thread])) : [at.map(total)];
    for (const [thread, values] of rows.entries()) {
      if (!zero && values.every((value) => value === 0n)) continue;
      const [value, bytes] = values.map(String);
      const known = { name, ...place(index), ...(threads && { thread }) };
      yield bytes === undefined ? { ...known, value } : { ...known, packets: value, bytes };
    }
  }
}

const total = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n);
