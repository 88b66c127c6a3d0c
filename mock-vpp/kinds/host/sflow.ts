/** sFlow: sampling of packets on hardware interfaces. Facts of VPP 26.06, odd ones included. */
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

const HEADER_BYTES = { step: 32, least: 64, most: 256 } as const;

export class Sflow {
  samplingRate = 10_000;
  /** In seconds. */
  pollingInterval = 20;
  headerBytes = 128;
  /** 1: receive, 2: transmit, 3: both. VPP takes any number. */
  direction = 1;
  dropMonitoring = 0;
  /** Indices of hardware interfaces that are sampled. VPP keeps them when the interface goes. */
  readonly enabled = new Set<number>();
}

export const sflow = defineKind({
  name: 'sflow',
  title: 'sFlow',
  state: () => new Sflow(),
  handlers: {
    sflow_enable_disable: (fields, { dataplane }, { enabled }) => {
      // The request names a hardware interface by its sw_if_index, the details by its hw_if_index.
      const itf = dataplane.interfaces.get(Number(fields.hw_if_index));
      if (itf === undefined || itf.sub !== undefined) return Retval.INVALID_SW_IF_INDEX;
      const { index } = itf.hardware;
      if (enabled.has(index) === Boolean(fields.enable_disable)) return Retval.VALUE_EXIST;
      if (fields.enable_disable) enabled.add(index);
      else enabled.delete(index);
      return Retval.OK;
    },

    sflow_interface_dump: (fields, _, { enabled }) => {
      const asked = Number(fields.hw_if_index);
      return [...enabled]
        .filter((index) => asked === NO_INTERFACE || asked === index)
        .sort((a, b) => a - b)
        .map((index) => ({ hw_if_index: index }));
    },

    sflow_sampling_rate_get: (_, _call, { samplingRate }) => ({ sampling_N: samplingRate }),
    sflow_sampling_rate_set: set((sflow, fields) => {
      sflow.samplingRate = Number(fields.sampling_N);
    }),

    sflow_polling_interval_get: (_, _call, { pollingInterval }) => ({ polling_S: pollingInterval }),
    sflow_polling_interval_set: set((sflow, fields) => {
      sflow.pollingInterval = Number(fields.polling_S);
    }),

    sflow_header_bytes_get: (_, _call, { headerBytes }) => ({ header_B: headerBytes }),
    sflow_header_bytes_set: set((sflow, fields) => {
      const { step, least, most } = HEADER_BYTES;
      sflow.headerBytes = Math.min(most, Math.max(least, Math.ceil(Number(fields.header_B) / step) * step));
    }),

    sflow_direction_get: (_, _call, { direction }) => ({ sampling_D: direction }),
    sflow_direction_set: set((sflow, fields) => {
      sflow.direction = Number(fields.sampling_D);
    }),

    sflow_drop_monitoring_get: (_, _call, { dropMonitoring }) => ({ drop_M: dropMonitoring }),
    sflow_drop_monitoring_set: set((sflow, fields) => {
      sflow.dropMonitoring = fields.drop_M ? 1 : 0;
    }),
  },
});

/** A handler that changes a setting, and never refuses. */
function set(change: (sflow: Sflow, fields: Parameters<KindHandler<Sflow>>[0]) => void): KindHandler<Sflow> {
  return (fields, _, sflow) => {
    change(sflow, fields);
    return Retval.OK;
  };
}
