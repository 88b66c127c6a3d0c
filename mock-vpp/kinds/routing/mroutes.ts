/** Multicast routes of the IP tables. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { FibTable } from '../../dataplane/routing/fib.js';
import {
  type MulticastPath,
  type MulticastRoute,
  MulticastTable,
  multicastPath,
  normalPrefix,
} from '../../dataplane/routing/mroutes.js';
import { NO_INTERFACE, normalPath, type Path, refusalOf } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** The multicast side of each IP table, which goes with it. */
export class MulticastTables {
  private readonly tables = new WeakMap<FibTable, MulticastTable>();

  constructor(private readonly dataplane: Dataplane) {}

  find(tableId: number, v6: boolean): MulticastTable | undefined {
    const fib = this.dataplane.tables.find(tableId, v6);
    if (fib === undefined) return undefined;
    const table = this.tables.get(fib) ?? new MulticastTable(v6);
    this.tables.set(fib, table);
    return table;
  }
}

export const mroutes = defineKind({
  name: 'mroutes',
  title: 'multicast routes',
  state: (dataplane) => new MulticastTables(dataplane),
  // The loss of any IPv4 address ends the membership, whatever other addresses there are.
  addressAdded: (tables, itf, { v6 }) => {
    if (!v6) tables.find(itf.table4, false)?.join(itf.swIfIndex, true);
  },
  addressRemoved: (tables, itf, { v6 }) => {
    if (!v6) tables.find(itf.table4, false)?.join(itf.swIfIndex, false);
  },
  ip6Changed: (tables, itf, isOn) => tables.find(itf.table6, true)?.join(itf.swIfIndex, isOn),
  handlers: {
    ip_mroute_add_del: (fields, { dataplane }, tables) => {
      const route = fields.route as Fields;
      const done = change(route, Boolean(fields.is_add), dataplane, tables);
      // Nothing counts here: the stats index is that of nothing.
      return typeof done === 'number'
        ? { retval: done, stats_index: NO_INTERFACE }
        : { stats_index: done ? 0 : NO_INTERFACE };
    },

    ip_mroute_dump: (fields, _, tables) => {
      const { table_id, is_ip6 } = fields.table as Fields;
      const table = tables.find(Number(table_id), Boolean(is_ip6));
      return table?.values().map((route) => detailsOf(route, Number(table_id))) ?? [];
    },

    ip_mtable_dump: (_, { dataplane }) =>
      [...dataplane.tables.values()].map(({ tableId, v6 }): Fields => ({ table: { table_id: tableId, is_ip6: v6 } })),

    // No packets, no signals.
    mfib_signal_dump: () => [],
  },
});

/** Tells whether the route is there afterwards; the number of a refusal otherwise. VPP does not look at `is_multipath`. */
function change(route: Fields, isAdd: boolean, dataplane: Dataplane, tables: MulticastTables): boolean | number {
  const prefix = normalPrefix(route.prefix as Fields);
  const table = tables.find(Number(route.table_id), prefix.af === 1);
  if (table === undefined) return Retval.NO_SUCH_FIB;
  const paths: MulticastPath[] = [];
  for (const { itf_flags, path } of route.paths as Fields[]) {
    const normal = normalPath(path as Fields);
    const refusal = typeof normal === 'number' ? normal : refusalOf([normal], dataplane);
    if (refusal !== Retval.OK) return refusal;
    paths.push(multicastPath(itf_flags, normal as Path));
  }
  if (paths.length === 0) return table.setFlags(prefix, Number(route.entry_flags));
  if (isAdd) table.add(prefix, Number(route.entry_flags), paths);
  else table.remove(prefix, paths);
  return isAdd;
}

function detailsOf({ prefix, own, api }: MulticastRoute, table_id: number): Fields {
  const paths = [...((own ?? api)?.paths.values() ?? [])];
  const fields = { table_id, prefix, n_paths: paths.length };
  return { route: { ...fields, paths: paths.map(({ flags, path }) => ({ itf_flags: flags, path: path.fields })) } };
}
