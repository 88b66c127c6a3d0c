/** Finds entries of a read by their name and type. */
import type { StatsEntry } from '../types.js';

type OfType<T extends StatsEntry['type']> = Extract<StatsEntry, { readonly type: T }>;

export class ByName {
  private readonly entries: ReadonlyMap<string, StatsEntry>;

  constructor(entries: readonly StatsEntry[]) {
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** The number of a scalar or gauge. */
  value(name: string): bigint | undefined {
    const entry = this.entries.get(name);
    return entry?.type === 'scalar' || entry?.type === 'gauge' ? entry.value : undefined;
  }

  of<T extends StatsEntry['type']>(name: string, type: T): OfType<T> | undefined {
    const entry = this.entries.get(name);
    return entry?.type === type ? (entry as OfType<T>) : undefined;
  }
}

/** `fields` without those that are undefined. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** The sum of what is there; undefined where nothing is. */
export function sum(values: readonly (bigint | undefined)[]): bigint | undefined {
  let total: bigint | undefined;
  for (const value of values) if (value !== undefined) total = (total ?? 0n) + value;
  return total;
}
