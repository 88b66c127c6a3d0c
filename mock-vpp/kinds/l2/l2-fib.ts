/** MAC addresses of bridge domains: provisioned, dumped, flushed. */
import type { Fields } from '../../../src/mux/internal.js';
import { L2Fib } from '../../dataplane/l2/l2-fib.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { bridges } from './bridges.js';

const ANY_ID = 0xffffffff;

export const l2Fib = defineKind({
  name: 'l2Fib',
  title: 'L2 FIB',
  state: (dataplane) => new L2Fib(dataplane, dataplane.of(bridges)),
  handlers: {
    l2fib_add_del: (fields, { dataplane }, fib) => {
      const bdIndex = dataplane.of(bridges).find(Number(fields.bd_id))?.index;
      if (bdIndex === undefined) return Retval.NO_SUCH_ENTRY;
      const mac = String(fields.mac);
      const swIfIndex = Number(fields.sw_if_index);
      if (!fields.is_add) return fib.delete(bdIndex, mac, swIfIndex) ? Retval.OK : Retval.NO_SUCH_ENTRY;
      if (fields.filter_mac) {
        fib.set({ bdIndex, mac, swIfIndex: NO_INTERFACE, isStatic: true, isFilter: true, isBvi: false });
        return Retval.OK;
      }
      // Any domain will do.
      if (dataplane.of(bridges).bridgeOf(swIfIndex) === undefined) return Retval.INVALID_SW_IF_INDEX;
      const isStatic = Boolean(fields.static_mac);
      fib.set({ bdIndex, mac, swIfIndex, isStatic, isFilter: false, isBvi: Boolean(fields.bvi_mac) });
      return Retval.OK;
    },

    l2_fib_table_dump: (fields, { dataplane }, fib) => {
      const id = Number(fields.bd_id);
      const domains = dataplane.of(bridges);
      const domain = domains.find(id);
      if (id !== ANY_ID && domain === undefined) return [];
      return fib.values(domain?.index).map(
        (entry): Fields => ({
          bd_id: domains.at(entry.bdIndex)?.id ?? ANY_ID,
          mac: entry.mac,
          sw_if_index: entry.swIfIndex,
          static_mac: entry.isStatic,
          filter_mac: entry.isFilter,
          bvi_mac: entry.isBvi,
        }),
      );
    },

    l2_fib_clear_table: (_, __, fib) => {
      fib.clear();
      return Retval.OK;
    },
    l2fib_flush_all: (_, __, fib) => {
      fib.flush();
      return Retval.OK;
    },
    l2fib_flush_bd: (fields, { dataplane }, fib) => {
      const domain = dataplane.of(bridges).find(Number(fields.bd_id));
      if (domain === undefined) return Retval.NO_SUCH_ENTRY;
      fib.flush(({ bdIndex }) => bdIndex === domain.index);
      return Retval.OK;
    },
    l2fib_flush_int: onInterface(({ swIfIndex }, _, { dataplane }, fib: L2Fib) => {
      dataplane.of(bridges).flushed(swIfIndex);
      fib.flush((entry) => entry.swIfIndex === swIfIndex);
      return Retval.OK;
    }),

    l2fib_set_scan_delay: (fields, _, fib) => {
      if (Number(fields.scan_delay) === 0) return Retval.INVALID_VALUE;
      fib.flush();
      return Retval.OK;
    },
  },
});
