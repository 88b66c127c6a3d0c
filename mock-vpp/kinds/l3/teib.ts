/** TEIB: the addresses behind which the peers of interfaces to many are, each with a route of its own. */
import type { Fields } from '../../../src/mux/internal.js';
import { Teib } from '../../dataplane/l3/teib.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const teib = defineKind({
  name: 'teib',
  title: 'tunnel endpoints (TEIB)',
  state: (dataplane) => new Teib(dataplane),
  commands: {
    'show teib': { help: 'show teib', run: (teib) => teib.text() },
  },
  handlers: {
    teib_entry_add_del: (fields, { dataplane, vpp }, teib) => {
      const { sw_if_index, peer, nh, nh_table_id } = fields.entry as Fields;
      const itf = dataplane.interfaces.get(Number(sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (!fields.is_add) return teib.remove(itf, String(peer));
      if (itf === dataplane.interfaces.local) {
        vpp.warn('teib_entry_add_del of local0 would kill VPP; it is refused');
        return Retval.INVALID_SW_IF_INDEX;
      }
      return teib.add(itf, String(peer), String(nh), Number(nh_table_id));
    },

    teib_dump: (_, _call, teib) =>
      teib.values().map(({ swIfIndex, peer, nh, tableId }): Fields => {
        return { entry: { sw_if_index: swIfIndex, peer, nh, nh_table_id: tableId } };
      }),
  },
});
