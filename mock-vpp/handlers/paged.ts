/** The dumps that page: path MTUs (a pool) and transmit queue placement (a vector). */
import type { Fields } from '../../src/mux/internal.js';
import { detailsThen } from '../answers.js';
import type { Handlers } from '../call.js';
import type { TxQueue } from '../dataplane/dataplane.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { Retval } from '../retvals.js';
import { pageOfPool, pageOfVector } from './cursor.js';
import { GARBAGE } from './memclnt.js';

export const paged: Handlers = {
  ip_path_mtu_update: (fields, { vpp: { dataplane } }) => {
    const { table_id, nh, path_mtu } = fields.pmtu as Fields;
    if (typeof nh !== 'string') return Retval.INVALID_VALUE;
    return dataplane.pathMtus.update(Number(table_id), nh, Number(path_mtu));
  },

  ip_path_mtu_get: (fields, { vpp: { dataplane, pageSize } }) =>
    pageOfPool(dataplane.pathMtus.pool, Number(fields.cursor), pageSize, ({ tableId, nextHop, mtu }) => ({
      pmtu: { table_id: tableId, nh: nextHop, path_mtu: mtu },
    })),

  ip_path_mtu_replace_begin: (_, { vpp: { dataplane } }) => {
    dataplane.pathMtus.mark();
    return Retval.OK;
  },

  ip_path_mtu_replace_end: (_, { vpp: { dataplane } }) => {
    dataplane.pathMtus.sweep();
    return Retval.OK;
  },

  sw_interface_tx_placement_get: (fields, { vpp: { dataplane, pageSize } }) => {
    const swIfIndex = Number(fields.sw_if_index);
    const refused = (retval: number) => detailsThen([], { retval, cursor: GARBAGE });
    if (dataplane.txQueues.length === 0) return refused(Retval.NO_SUCH_ENTRY);
    if (swIfIndex !== NO_INTERFACE && !dataplane.hasInterface(swIfIndex)) return refused(Retval.INVALID_SW_IF_INDEX);
    const queues = dataplane.txQueues.filter((queue) => swIfIndex === NO_INTERFACE || queue.swIfIndex === swIfIndex);
    return pageOfVector(queues, Number(fields.cursor), pageSize, placement);
  },
};

function placement({ swIfIndex, queueId, shared, threads }: TxQueue): Fields {
  return { sw_if_index: swIfIndex, queue_id: queueId, shared: shared ? 1 : 0, threads: [...threads] };
}
