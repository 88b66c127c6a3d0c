/** Path MTUs: a pool, and with it the dump of many pages. */
import type { Fields } from '../../../src/mux/internal.js';
import { PathMtus } from '../../dataplane/l3/path-mtus.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const pathMtus = defineKind({
  name: 'pathMtus',
  title: 'path MTUs',
  state: ({ tables }) => new PathMtus(tables),
  handlers: {
    ip_path_mtu_update: (fields, _, pathMtus) => {
      const { table_id, nh, path_mtu } = fields.pmtu as Fields;
      if (typeof nh !== 'string') return Retval.INVALID_VALUE;
      return pathMtus.update(Number(table_id), nh, Number(path_mtu));
    },

    ip_path_mtu_get: (fields, { vpp: { pageSize } }, { pool }) =>
      pageOfPool(pool, Number(fields.cursor), pageSize, ({ tableId, nextHop, mtu }) => ({
        pmtu: { table_id: tableId, nh: nextHop, path_mtu: mtu },
      })),

    ip_path_mtu_replace_begin: (_, _call, pathMtus) => {
      pathMtus.mark();
      return Retval.OK;
    },

    ip_path_mtu_replace_end: (_, _call, pathMtus) => {
      pathMtus.sweep();
      return Retval.OK;
    },
  },
});
