/**
 * IP tables, as which VPP has VRFs: `x-vppmux.tables`. A table is named by its number, with an IPv4 and an IPv6 half. Its name is given when
 * it is made: VPP cannot change it later, and a new name is no reason to take all routes away.
 */

import { defineKind, type Found, type References, type Wanted } from '../kind.js';
import { checkTables } from './check-tables.js';
import { TABLES_KEY, tablesSection, wishedTables } from './wished-tables.js';

interface Table {
  readonly id: number;
  /** Empty where VPP makes one up. */
  readonly name: string;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

/** The name that VPP makes up: `ipv4-VRF:10`. */
const OWN_NAME = /^ipv[46]-VRF:\d+$/;

const half = ({ id, name }: Table, isV6: boolean, isAdd: boolean) => ({
  name: 'ip_table_add_del',
  fields: { is_add: isAdd, table: { table_id: id, is_ip6: isV6, name } },
});

/** Messages that make a table with the halves of `before` one with those of `after`. */
function halves(before: Pick<Table, 'ipv4' | 'ipv6'>, after: Pick<Table, 'ipv4' | 'ipv6'>, table: Table) {
  return [
    ...(before.ipv4 === after.ipv4 ? [] : [half(table, false, after.ipv4)]),
    ...(before.ipv6 === after.ipv6 ? [] : [half(table, true, after.ipv6)]),
  ];
}

const NEITHER = { ipv4: false, ipv6: false };

export const tableKind = defineKind<Table>({
  name: 'table',
  ownership: 'wished',
  messages: ['ip_table_add_del', 'ip_table_dump'],
  section: { key: TABLES_KEY, schema: tablesSection },
  check: checkTables,
  *wanted(wish) {
    for (const { id, name, ipv4, ipv6 } of wishedTables(wish)) {
      const value = { id, name: name === String(id) ? '' : name, ipv4, ipv6 };
      yield { name: String(id), value, path: ['x-vppmux', TABLES_KEY, name] };
    }
  },
  async read(vpp) {
    const tables = new Map<number, Table>();
    for (const { table } of await vpp.dump('ip_table_dump')) {
      const { table_id: id, is_ip6: isV6, name } = table as { table_id: number; is_ip6: boolean; name: string };
      if (id === 0) continue;
      const known = tables.get(id) ?? { id, name: '', ...NEITHER };
      const isNamed = known.name === '' && !OWN_NAME.test(name);
      tables.set(id, { ...known, ...(isNamed && { name }), [isV6 ? 'ipv6' : 'ipv4']: true });
    }
    return [...tables.values()].map((value): Found<Table> => ({ name: String(value.id), value }));
  },
  needs: () => [],
  same: ({ value: a }: Wanted<Table>, { value: b }: Found<Table>) => a.ipv4 === b.ipv4 && a.ipv6 === b.ipv6,
  create: ({ value }) => halves(NEITHER, value, value),
  change: (found, { value }) => halves(found.value, value, value),
  remove: ({ value }: Found<Table>, _refs: References) => halves(value, NEITHER, value),
  describe(found, draft) {
    if (found.length === 0) return;
    draft.extra[TABLES_KEY] = Object.fromEntries(
      found.map(({ value: { id, name, ipv4, ipv6 } }) => [
        name === '' ? String(id) : name,
        { ...(name !== '' && { id }), ...(!ipv4 && { ipv4 }), ...(!ipv6 && { ipv6 }) },
      ]),
    );
  },
});
