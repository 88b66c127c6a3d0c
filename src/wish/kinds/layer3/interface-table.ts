/**
 * The IP tables that interfaces are in, where it is not table 0: `interfaces` of a table. VPP changes it only for an interface without
 * addresses, so addresses say in which table they are, and are made anew with it.
 */

import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { boundTables } from './bound-tables.js';
import { type BoundTables, TABLES_KEY, UNBOUND, wishedBindings } from './wished-tables.js';

const halves = [
  { half: 'ipv4', is_ipv6: false },
  { half: 'ipv6', is_ipv6: true },
] as const;

/** Messages that bring an interface from one pair of tables to another. */
const move = (name: string, before: BoundTables, after: BoundTables, refs: References) =>
  halves
    .filter(({ half }) => before[half] !== after[half])
    .map(({ half, is_ipv6 }) => ({
      name: 'sw_interface_set_table',
      fields: { sw_if_index: refs.interface(name), is_ipv6, vrf_id: after[half] },
    }));

export const interfaceTableKind = defineKind<BoundTables>({
  name: 'interface-table',
  ownership: 'all',
  messages: ['sw_interface_set_table', 'sw_interface_get_table', 'ip_table_dump'],
  *wanted(wish) {
    for (const [name, value] of wishedBindings(wish)) yield { name, value, path: ['x-vppmux', TABLES_KEY] };
  },
  read: async (vpp) => [...(await boundTables(vpp))].map(([name, value]): Found<BoundTables> => ({ name, value })),
  needs: ({ name, value: { ipv4, ipv6 } }: KindObject<BoundTables>) => [
    `interface/${name}`,
    ...[...new Set([ipv4, ipv6])].filter((id) => id !== 0).map((id) => `table/${id}`),
  ],
  create: ({ name, value }, refs) => move(name, UNBOUND, value, refs),
  change: (found, { name, value }, refs) => move(name, found.value, value, refs),
  remove: ({ name, value }, refs) => move(name, value, UNBOUND, refs),
  describe(found, draft) {
    const tables = Object.entries((draft.extra[TABLES_KEY] ?? {}) as Record<string, DescribedTable>);
    for (const { name, value } of found) {
      for (const [key, table] of tables) {
        const id = table.id ?? Number(key);
        const isOf = { ipv4: value.ipv4 === id, ipv6: value.ipv6 === id };
        // A table puts an interface's halves in all of its own.
        if ((isOf.ipv4 || isOf.ipv6) && isOf.ipv4 === (table.ipv4 ?? true) && isOf.ipv6 === (table.ipv6 ?? true)) {
          table.interfaces = [...(table.interfaces ?? []), name];
        }
      }
    }
  },
});

interface DescribedTable {
  readonly id?: number;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  interfaces?: string[];
}
