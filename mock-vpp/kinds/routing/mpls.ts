/** MPLS: tables, routes by label, and the interfaces that take labelled packets. */
import type { Fields } from '../../../src/mux/internal.js';
import { type LabelPath, MPLS_PROTO, Mpls, type MplsTable } from '../../dataplane/routing/mpls.js';
import {
  NO_INTERFACE,
  normalPath,
  type Path,
  PathType,
  pathList,
  refusalOf,
  withoutPaths,
  withPaths,
} from '../../dataplane/routing/paths.js';
import type { Tables } from '../../dataplane/routing/tables.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const mpls = defineKind({
  name: 'mpls',
  title: 'MPLS',
  state: ({ counters }) => new Mpls(counters),
  commands: {
    'show mpls interface': {
      help: 'Show MPLS interfaces',
      run: (mpls, { dataplane }) =>
        [...dataplane.interfaces.values()]
          .filter(({ swIfIndex }) => mpls.isEnabled(swIfIndex))
          .map(({ name }) => `${name}\n  MPLS enabled\n`)
          .join(''),
    },
  },
  handlers: {
    sw_interface_set_mpls_enable: onInterface((itf, fields, { dataplane }, mpls) => {
      const base = mpls.table(0);
      if (base === undefined) return Retval.NO_SUCH_FIB;
      mpls.count(itf.swIfIndex, fields.enable ? 1 : -1);
      letGo(mpls, base, dataplane.tables);
      return Retval.OK;
    }),

    mpls_interface_dump: (fields, { dataplane }, mpls) => {
      const asked = Number(fields.sw_if_index);
      return [...dataplane.interfaces.values()]
        .filter(({ swIfIndex }) => [NO_INTERFACE, swIfIndex].includes(asked) && mpls.isEnabled(swIfIndex))
        .map(({ swIfIndex }) => ({ sw_if_index: swIfIndex }));
    },

    mpls_table_add_del: (fields, { dataplane }, mpls) => {
      const { mt_table_id, mt_name } = fields.mt_table as Fields;
      const tableId = Number(mt_table_id);
      const table = mpls.table(tableId);
      if (fields.mt_is_add) mpls.add(tableId, String(mt_name));
      else if (table !== undefined) {
        table.isAsked = false;
        letGo(mpls, table, dataplane.tables);
      }
      return Retval.OK;
    },

    mpls_table_dump: (_, _call, { tables }) =>
      [...tables.values()].map(({ tableId, name }): Fields => ({ mt_table: { mt_table_id: tableId, mt_name: name } })),

    mpls_route_add_del: (fields, { dataplane }, mpls) => {
      const refused = (retval: number) => ({ retval, stats_index: NO_INTERFACE });
      const { mr_table_id, mr_label, mr_eos, mr_eos_proto, mr_paths } = fields.mr_route as Fields;
      const table = mpls.table(Number(mr_table_id));
      if (table === undefined) return refused(Retval.NO_SUCH_FIB);
      const asked = (mr_paths as Fields[]).map(pathOf);
      const unreadable = asked.find((path) => typeof path === 'number');
      if (unreadable !== undefined) return refused(unreadable as number);
      const given = asked as Path[];
      const refusal = refusalOf(given, dataplane);
      if (refusal !== Retval.OK) return refused(refusal);
      const { mr_is_add: isAdd, mr_is_multipath: isMultipath } = fields;
      if (given.length === 0 && (isAdd || isMultipath)) return refused(Retval.NO_PATHS_IN_ROUTE);
      const [label, eos, paths] = [Number(mr_label), Number(mr_eos), pathList(given)];
      const known = table.find(label, eos)?.paths;
      const left = isMultipath && known !== undefined ? withoutPaths(known, paths) : undefined;
      const wanted = isAdd ? (isMultipath ? withPaths(known, paths) : paths) : left;
      if (wanted !== undefined) dataplane.tables.acquire(wanted);
      if (known !== undefined) dataplane.tables.release(known);
      if (wanted === undefined) table.remove(label, eos);
      else {
        const statsIndex = table.set(label, eos, Number(mr_eos_proto), wanted);
        if (isAdd) return { stats_index: statsIndex };
      }
      return refused(Retval.OK);
    },

    mpls_route_dump: (fields, _, mpls) => {
      const table = mpls.table(Number((fields.table as Fields).mt_table_id));
      return (table?.values() ?? []).map(
        ({ label, eos, eosProto, paths: { paths } }): Fields => ({
          mr_route: {
            ...{ mr_table_id: table?.tableId, mr_label: label, mr_eos: eos, mr_eos_proto: eosProto },
            ...{ mr_n_paths: paths.length, mr_paths: paths.map((path) => path.fields) },
          },
        }),
      );
    },
  },
});

/** A path to a label is through no interface, and VPP does not give the label back. */
function pathOf(given: Fields): Path | number {
  if (Number(given.proto) !== MPLS_PROTO || Number(given.type) !== PathType.NORMAL) return normalPath(given);
  const path = normalPath({ ...given, sw_if_index: NO_INTERFACE });
  if (typeof path === 'number') return path;
  const viaLabel = Number((given.nh as Fields | undefined)?.via_label ?? 0);
  const labelled: LabelPath = { ...path, sort: `${path.sort} ${viaLabel}`, viaLabel };
  return labelled;
}

/** Removes a table that nobody has asked for, or uses any longer. */
function letGo(mpls: Mpls, table: MplsTable, tables: Tables): void {
  if (mpls.isUsed(table)) return;
  for (const paths of table.clear()) tables.release(paths);
  mpls.tables.remove(table.index);
}
