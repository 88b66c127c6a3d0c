/** Receive and transmit queues of hardware interfaces: their threads, and the mode that is received in. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Device } from '../../dataplane/interfaces/interface.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { detailsThen } from '../../handlers/answers.js';
import { pageOfVector } from '../../handlers/cursor.js';
import { GARBAGE } from '../../handlers/garbage.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { traffic } from './traffic.js';

/** `mode` of a receive queue. */
export const RxMode = { POLLING: 1, INTERRUPT: 2, ADAPTIVE: 3, DEFAULT: 4 } as const;

/** A receive queue, for sw_interface_rx_placement_dump. */
export interface RxQueue {
  readonly swIfIndex: number;
  readonly queueId: number;
  threadId: number;
  mode: number;
}

/** A transmit queue, for sw_interface_tx_placement_get. */
export interface TxQueue {
  readonly swIfIndex: number;
  readonly queueId: number;
  shared: boolean;
  threads: readonly number[];
}

class Placement {
  rxQueues: RxQueue[] = [];
  txQueues: TxQueue[] = [];
  defaultMode: number = RxMode.POLLING;

  add(swIfIndex: number, { queues = 0, txQueues = queues, rxModes }: Device): void {
    for (let queueId = 0; queueId < queues; queueId++) {
      this.rxQueues.push({ swIfIndex, queueId, threadId: 0, mode: rxModes?.[0] ?? this.defaultMode });
    }
    for (let queueId = 0; queueId < txQueues; queueId++) {
      this.txQueues.push({ swIfIndex, queueId, shared: false, threads: [0] });
    }
  }

  forget(swIfIndex: number): void {
    this.rxQueues = this.rxQueues.filter((queue) => queue.swIfIndex !== swIfIndex);
    this.txQueues = this.txQueues.filter((queue) => queue.swIfIndex !== swIfIndex);
  }
}

export const placement = defineKind({
  name: 'placement',
  title: 'placement of queues',
  state: () => new Placement(),
  interfaceAdded: (placement, { swIfIndex, sub, device }) => {
    if (sub === undefined) placement.add(swIfIndex, device);
  },
  interfaceDeleted: (placement, { swIfIndex }) => placement.forget(swIfIndex),
  handlers: {
    sw_interface_set_rx_mode: onInterface((itf, fields, _, { rxQueues, defaultMode }: Placement) => {
      if (itf.sub !== undefined) return Retval.INVALID_VALUE;
      const isMeant = (queue: RxQueue) => !fields.queue_id_valid || queue.queueId === Number(fields.queue_id);
      const queues = rxQueues.filter((queue) => queue.swIfIndex === itf.swIfIndex && isMeant(queue));
      const asked = Number(fields.mode);
      const mode = asked === RxMode.DEFAULT ? defaultMode : asked;
      if (queues.length === 0) return fields.queue_id_valid ? Retval.UNIMPLEMENTED : Retval.OK;
      if (!(itf.device.rxModes ?? [RxMode.POLLING]).includes(mode)) return Retval.UNIMPLEMENTED;
      for (const queue of queues) queue.mode = mode;
      return Retval.OK;
    }),

    sw_interface_set_rx_placement: onInterface((itf, fields, { dataplane }, { rxQueues }: Placement) => {
      if (itf.sub !== undefined) return Retval.INVALID_VALUE;
      const { threads } = dataplane.of(traffic);
      // Without workers, worker 0 is the main thread.
      const thread = fields.is_main ? 0 : Number(fields.worker_id) + (threads > 1 ? 1 : 0);
      const isMeant = (each: RxQueue) => each.swIfIndex === itf.swIfIndex && each.queueId === Number(fields.queue_id);
      const queue = rxQueues.find(isMeant);
      if (queue === undefined || thread >= threads) return Retval.UNIMPLEMENTED;
      queue.threadId = thread;
      return Retval.OK;
    }),

    sw_interface_rx_placement_dump: (fields, { dataplane }, { rxQueues }) => {
      const swIfIndex = Number(fields.sw_if_index);
      const sub = dataplane.interfaces.get(swIfIndex)?.sub;
      if (sub !== undefined) return [];
      return rxQueues
        .filter((queue) => swIfIndex === NO_INTERFACE || queue.swIfIndex === swIfIndex)
        .map(({ queueId, threadId, mode, ...at }): Fields => {
          return { sw_if_index: at.swIfIndex, queue_id: queueId, worker_id: threadId, mode };
        });
    },

    sw_interface_set_tx_placement: onInterface((itf, fields, { dataplane }, { txQueues }: Placement) => {
      if (itf.sub !== undefined) return Retval.INVALID_VALUE;
      const threads = (fields.threads as number[]).map(Number);
      if (threads.some((thread) => thread >= dataplane.of(traffic).threads)) return Retval.INVALID_VALUE;
      const isMeant = (each: TxQueue) => each.swIfIndex === itf.swIfIndex && each.queueId === Number(fields.queue_id);
      const queue = txQueues.find(isMeant);
      if (queue === undefined) return Retval.INVALID_QUEUE;
      queue.threads = threads;
      queue.shared = threads.length > 1;
      return Retval.OK;
    }),

    sw_interface_tx_placement_get: (fields, { dataplane, vpp: { pageSize } }, { txQueues }) => {
      const swIfIndex = Number(fields.sw_if_index);
      const refused = (retval: number) => detailsThen([], { retval, cursor: GARBAGE });
      if (txQueues.length === 0) return refused(Retval.NO_SUCH_ENTRY);
      const itf = dataplane.interfaces.get(swIfIndex);
      if (swIfIndex !== NO_INTERFACE && itf === undefined) return refused(Retval.INVALID_SW_IF_INDEX);
      if (itf?.sub !== undefined) return refused(Retval.INVALID_INTERFACE);
      const queues = txQueues.filter((queue) => swIfIndex === NO_INTERFACE || queue.swIfIndex === swIfIndex);
      return pageOfVector(queues, Number(fields.cursor), pageSize, details);
    },

    sw_interface_set_default_rx_mode: (fields, _, placement) => {
      const mode = Number(fields.mode);
      if (mode < RxMode.POLLING || mode > RxMode.ADAPTIVE) return Retval.INVALID_VALUE;
      placement.defaultMode = mode;
      return Retval.OK;
    },

    sw_interface_get_default_rx_mode: (_, _call, { defaultMode }) => ({ mode: defaultMode }),
  },
});

function details({ swIfIndex, queueId, shared, threads }: TxQueue): Fields {
  return { sw_if_index: swIfIndex, queue_id: queueId, shared: shared ? 1 : 0, threads: [...threads] };
}
