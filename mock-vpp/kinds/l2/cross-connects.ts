/** Cross-connects of layer 2: all that one interface receives goes out of another. */
import type { Fields } from '../../../src/mux/internal.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { bridges, leave } from './bridges.js';

export const crossConnects = defineKind({
  name: 'crossConnects',
  title: 'cross-connects',
  handlers: {
    sw_interface_set_l2_xconnect: (fields, { dataplane }) => {
      const rx = dataplane.interfaces.get(Number(fields.rx_sw_if_index));
      const tx = Number(fields.tx_sw_if_index);
      if (rx === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (!fields.enable) {
        leave(dataplane, rx);
        return Retval.OK;
      }
      if (!dataplane.hasInterface(tx)) return Retval.INVALID_SW_IF_INDEX;
      dataplane.of(bridges).crossConnect(rx, tx);
      return Retval.OK;
    },

    // An interface that frames go to may be deleted.
    l2_xconnect_dump: (_, { dataplane }) =>
      [...dataplane.of(bridges).crossConnects]
        .sort(([a], [b]) => a - b)
        .map(([rx, tx]): Fields => ({ rx_sw_if_index: rx, tx_sw_if_index: tx })),
  },
});
