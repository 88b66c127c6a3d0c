/** IP tables. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Handler } from '../../handlers/call.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const ANY_ID = 0xffffffff;

/** Adding and deleting always succeed; table 0 is never touched. */
const addDel: Handler = (fields, { dataplane }) => {
  const { table_id, is_ip6, name } = fields.table as Fields;
  if (fields.is_add) dataplane.tables.add(Number(table_id), Boolean(is_ip6), String(name));
  else dataplane.deleteTable(Number(table_id), Boolean(is_ip6));
  return Retval.OK;
};

export const tables = defineKind({
  name: 'tables',
  title: 'IP tables',
  handlers: {
    ip_table_add_del: addDel,
    ip_table_add_del_v2: addDel,

    ip_table_allocate: (fields, { dataplane }) => {
      const table = fields.table as Fields;
      const v6 = Boolean(table.is_ip6);
      const asked = Number(table.table_id);
      const tableId = asked === ANY_ID ? dataplane.tables.unusedId(v6) : asked;
      dataplane.tables.add(tableId, v6, String(table.name));
      return { table: { ...table, table_id: tableId } };
    },

    ip_table_dump: (_, { dataplane }) =>
      [...dataplane.tables.values()].map(({ tableId, v6, name }) => ({
        table: { table_id: tableId, is_ip6: v6, name },
      })),
  },
});
