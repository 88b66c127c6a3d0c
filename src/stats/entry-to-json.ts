/** Entries as JSON: counters as strings of decimal digits, as all 64-bit integers of vppmux. */
import type { StatsEntry } from './types.js';

/** An entry that JSON can carry. Of which type it is says what it has; counters are by thread, then by index. */
export interface StatsEntryJson {
  readonly name: string;
  readonly type: StatsEntry['type'];
  readonly value?: string;
  readonly counters?: string[][];
  readonly packets?: string[][];
  readonly bytes?: string[][];
  readonly names?: (string | null)[];
  readonly target?: string;
  readonly index?: number;
  readonly bins?: { minimum: number; bins: string[] }[];
  /** Hexadecimal digits of each record, by thread. */
  readonly records?: string[][];
}

export function entryToJson(entry: StatsEntry): StatsEntryJson {
  const { name, type } = entry;
  switch (entry.type) {
    case 'scalar':
    case 'gauge':
      return { name, type, value: String(entry.value) };
    case 'simple':
      return { name, type, counters: entry.counters.map(texts) };
    case 'combined':
      return { name, type, packets: entry.packets.map(texts), bytes: entry.bytes.map(texts) };
    case 'names':
      return { name, type, names: entry.names.map((each) => each ?? null) };
    case 'symlink': {
      const { target, index, counters, packets, bytes } = entry;
      return {
        ...{ name, type, target, index },
        ...(counters && { counters: columns(counters) }),
        ...(packets && { packets: columns(packets) }),
        ...(bytes && { bytes: columns(bytes) }),
      };
    }
    case 'histogram':
      return { name, type, bins: entry.threads.map(({ minimum, bins }) => ({ minimum, bins: texts(bins) })) };
    case 'ring':
      return { name, type, records: entry.threads.map(({ records }) => records.map(hexText)) };
    case 'empty':
      return { name, type };
  }
}

const texts = (values: Iterable<bigint>) => Array.from(values, String);
const columns = (values: BigUint64Array) => Array.from(values, (value) => [String(value)]);
const hexText = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
