/** IP tables (VRFs) in a wish: `x-vppmux.tables`, and which interface is in which. */

import { z } from 'zod';
import { MAX_INDEX } from '../../../vpp/index.js';
import { bool, form, named } from '../../form-parts.js';
import type { Wish } from '../../wish.js';

export const TABLES_KEY = 'tables';

const NAME = /^[A-Za-z0-9][\w.:-]{0,62}$/;
const id = z.int().min(1).max(MAX_INDEX);

export const tablesSection = named(
  NAME,
  'must be the name of a table, of up to 63 letters, digits and . : _ -, or its number',
  z.preprocess((value) => value ?? {}, form({}, { id, ipv4: bool, ipv6: bool, interfaces: z.array(z.string()) })),
);

/** A table as it is wished. */
export interface WishedTable {
  readonly id: number;
  /** Its number as a string where it was given no name. */
  readonly name: string;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly interfaces: readonly string[];
}

/** Tables of one interface; 0 is the one that all are in at first. */
export interface BoundTables {
  readonly ipv4: number;
  readonly ipv6: number;
}

export const UNBOUND: BoundTables = { ipv4: 0, ipv6: 0 };

const isNumber = (name: string) => /^[1-9]\d*$/.test(name);

/** The tables of a wish; of one without a number the `id` is NaN, which a check refuses. */
export function wishedTables({ extra }: Wish): WishedTable[] {
  const section = (extra[TABLES_KEY] ?? {}) as z.output<typeof tablesSection>;
  return Object.entries(section).map(([name, table]) => ({
    id: table.id ?? (isNumber(name) ? Number(name) : Number.NaN),
    name,
    ipv4: table.ipv4 ?? true,
    ipv6: table.ipv6 ?? true,
    interfaces: table.interfaces ?? [],
  }));
}

/** Tables by the interfaces that a wish puts into one. */
export function wishedBindings(wish: Wish): Map<string, BoundTables> {
  const bindings = new Map<string, BoundTables>();
  for (const { id, ipv4, ipv6, interfaces } of wishedTables(wish)) {
    for (const itf of interfaces) {
      const before = bindings.get(itf) ?? UNBOUND;
      bindings.set(itf, { ipv4: ipv4 ? id : before.ipv4, ipv6: ipv6 ? id : before.ipv6 });
    }
  }
  return bindings;
}

const numbersBefore = new WeakMap<Wish, ReadonlyMap<string, number>>();

/** Reads the numbers of tables from their names, in one wish; a number stands for itself. */
export function tableNumbers(wish: Wish): (name: string | number) => number | undefined {
  const byName = numbersBefore.get(wish) ?? new Map(wishedTables(wish).map(({ name, id }) => [name, id]));
  numbersBefore.set(wish, byName);
  return (name) => byName.get(String(name)) ?? (/^\d+$/.test(String(name)) ? Number(name) : undefined);
}
