/**
 * MPLS: interfaces that take labelled packets, `mpls: true`, and the table that VPP looks labels up in, without which it enables none.
 * The table counts as the wish's own only where the wish brought it: whoever has labels in it made it.
 */

import { interfacesOf } from './interfaces-of.js';
import { defineKind, type Found, type References } from './kind.js';
import { NONE } from './snapshot.js';

/** The table that interfaces use. */
const BASE = '0';

const enabledIn = (wish: Parameters<typeof interfacesOf>[0]) =>
  [...interfacesOf(wish)].filter(({ itf }) => itf.mpls === true);

const changeTable = (mt_is_add: boolean) => [
  { name: 'mpls_table_add_del', fields: { mt_is_add, mt_table: { mt_table_id: Number(BASE), mt_name: '' } } },
];

export const mplsTableKind = defineKind<Record<string, never>>({
  name: 'mpls-table',
  ownership: 'wished',
  messages: ['mpls_table_add_del', 'mpls_table_dump'],
  *wanted(wish) {
    const [first] = enabledIn(wish);
    if (first !== undefined) yield { name: BASE, value: {}, path: [...first.path, 'mpls'] };
  },
  async read(vpp) {
    const tables = await vpp.dump('mpls_table_dump');
    const ids = tables.map(({ mt_table }) => String((mt_table as { mt_table_id: number }).mt_table_id));
    return ids.filter((id) => id === BASE).map((name) => ({ name, value: {} }));
  },
  needs: () => [],
  create: () => changeTable(true),
  remove: () => changeTable(false),
  cli: (_before, after) => [
    after === undefined
      ? { block: 'prune', line: `mpls table del ${BASE}` }
      : { block: 'create', line: `mpls table add ${BASE}` },
  ],
});

/** VPP counts how often MPLS is enabled, and forgets nothing with a deleted interface. */
const enable = (name: string, refs: References, isEnabled: boolean) => [
  { name: 'sw_interface_set_mpls_enable', fields: { sw_if_index: refs.interface(name), enable: isEnabled } },
];

export const mplsKind = defineKind<Record<string, never>>({
  name: 'mpls',
  ownership: 'all',
  messages: ['sw_interface_set_mpls_enable', 'mpls_interface_dump'],
  *wanted(wish) {
    for (const { name, path } of enabledIn(wish)) yield { name, value: {}, path: [...path, 'mpls'] };
  },
  async read(vpp) {
    const list = await vpp.dump('mpls_interface_dump', { sw_if_index: NONE });
    return list.flatMap(({ sw_if_index }): Found<Record<string, never>>[] => {
      const name = vpp.nameOf(sw_if_index);
      return name === undefined ? [] : [{ name, value: {} }];
    });
  },
  needs: ({ name }) => [`interface/${name}`, `mpls-table/${BASE}`],
  create: ({ name }, refs) => enable(name, refs, true),
  remove: ({ name }, refs) => enable(name, refs, false),
  describe(found, draft) {
    for (const { name } of found) draft.layer3(name).mpls = true;
  },
  cli: (before, after) => [
    after === undefined
      ? { block: 'prune', line: `set interface mpls ${before?.name} disable` }
      : { block: 'sync', line: `set interface mpls ${after.name} enable` },
  ],
});
