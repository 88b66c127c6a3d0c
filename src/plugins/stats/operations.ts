/** Carries out the operations stats.*. */

import { fault, type Implementation, implement, type Stats } from '../../sdk/index.js';
import { entryToJson, type StatsEntry, StatsError, type StatsErrorCode } from '../../stats/index.js';
import {
  MOST_NUMBERS,
  statsBuffers,
  statsDump,
  statsErrors,
  statsGet,
  statsInterfaces,
  statsLs,
  statsMemory,
  statsNodes,
  statsSystem,
} from './definitions.js';

const FAULTS = {
  STATS_AWAY: 'ENOTCONN',
  STATS_PERMISSION: 'ENOTSUP',
  STATS_UNREACHABLE: 'ENOTSUP',
  STATS_BUSY: 'EAGAIN',
  STATS_INVALID: 'EPROTO',
  STATS_CLOSED: 'EAGAIN',
  BAD_PATTERN: 'EINVAL',
  BAD_OPTION: 'EINVAL',
} as const satisfies Record<StatsErrorCode, string>;

export function statsOperations(stats: Stats): readonly Implementation[] {
  return [
    implement(statsLs, async (_, { patterns }) => ({ entries: [...(await read(stats.ls(patterns)))] })),

    implement(statsGet, async (_, { name }) => {
      const entry = await read(stats.get(name));
      if (entry === undefined) throw fault('ENOENT', `VPP has no counters of the name ${JSON.stringify(name)}`);
      return entryToJson(entry);
    }),

    implement(statsDump, async (_, { patterns }) => {
      const { at, entries, skipped } = await read(stats.dump(patterns));
      const numbers = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
      if (numbers > MOST_NUMBERS) {
        throw fault('ERANGE', `these are ${numbers} numbers, more than ${MOST_NUMBERS}: ask for fewer`);
      }
      return { at, entries: entries.map(entryToJson), skipped: [...skipped] };
    }),

    implement(statsSystem, async () => decimal(await read(stats.system()))),
    implement(statsInterfaces, async () => ({ interfaces: decimal(await read(stats.interfaces())) })),
    implement(statsNodes, async () => ({ nodes: decimal(await read(stats.nodes())) })),

    implement(statsErrors, async (_, { zero }) => {
      const errors = await read(stats.errors());
      return { errors: decimal(errors.filter(({ count }) => zero || count > 0n)) };
    }),

    implement(statsBuffers, async () => ({ pools: decimal(await read(stats.buffers())) })),
    implement(statsMemory, async () => ({ heaps: decimal(await read(stats.memory())) })),
  ];
}

async function read<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StatsError) throw fault(FAULTS[error.code], error.message);
    throw error;
  }
}

type Decimal<T> = T extends bigint
  ? string
  : T extends readonly (infer E)[]
    ? Decimal<E>[]
    : T extends object
      ? { [K in keyof T]: Decimal<T[K]> }
      : T;

/** `value` with decimal digits for each bigint. */
function decimal<T>(value: T): Decimal<T> {
  if (typeof value === 'bigint') return String(value) as Decimal<T>;
  if (Array.isArray(value)) return value.map(decimal) as Decimal<T>;
  if (typeof value !== 'object' || value === null) return value as Decimal<T>;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decimal(each)])) as Decimal<T>;
}

/** How many numbers or names an entry has. */
function sizeOf(entry: StatsEntry): number {
  const sum = (threads: readonly { readonly length: number }[]) => threads.reduce((all, { length }) => all + length, 0);
  switch (entry.type) {
    case 'simple':
      return sum(entry.counters);
    case 'combined':
      return 2 * sum(entry.packets);
    case 'names':
      return entry.names.length;
    case 'histogram':
      return sum(entry.threads.map(({ bins }) => bins));
    case 'ring':
      return entry.threads.reduce((all, { records }) => all + records.length * entry.entrySize, 0);
    default:
      return 1;
  }
}
