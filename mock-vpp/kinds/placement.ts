/** Transmit queues and their threads. VPP without hardware has none; the mock has those that a test adds. */
import type { Fields } from '../../src/mux/internal.js';
import { detailsThen } from '../answers.js';
import { pageOfVector } from '../cursor.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { GARBAGE } from '../garbage.js';
import { defineKind } from '../kind.js';
import { Retval } from '../retvals.js';

/** A transmit queue, for sw_interface_tx_placement_get. */
export interface TxQueue {
  readonly swIfIndex: number;
  readonly queueId: number;
  readonly shared: boolean;
  readonly threads: readonly number[];
}

export const placement = defineKind({
  name: 'placement',
  title: 'placement of queues',
  state: () => ({ txQueues: [] as TxQueue[] }),
  handlers: {
    sw_interface_tx_placement_get: (fields, { dataplane, vpp: { pageSize } }, { txQueues }) => {
      const swIfIndex = Number(fields.sw_if_index);
      const refused = (retval: number) => detailsThen([], { retval, cursor: GARBAGE });
      if (txQueues.length === 0) return refused(Retval.NO_SUCH_ENTRY);
      if (swIfIndex !== NO_INTERFACE && !dataplane.hasInterface(swIfIndex)) return refused(Retval.INVALID_SW_IF_INDEX);
      const queues = txQueues.filter((queue) => swIfIndex === NO_INTERFACE || queue.swIfIndex === swIfIndex);
      return pageOfVector(queues, Number(fields.cursor), pageSize, details);
    },
  },
});

function details({ swIfIndex, queueId, shared, threads }: TxQueue): Fields {
  return { sw_if_index: swIfIndex, queue_id: queueId, shared: shared ? 1 : 0, threads: [...threads] };
}
