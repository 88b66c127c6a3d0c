/** Undoes what a trace or a capture has set in VPP. All of it can be undone twice. */

import { type Channel, RetvalError } from '../../mux/index.js';

/** Everything that a capture leaves in VPP, as it is kept in its record. */
export interface Traces {
  /** Packets are traced. */
  readonly trace?: boolean;
  /** Packets are captured to files of VPP's /tmp whose names begin so. */
  readonly pcap?: string;
  /** The filter of traces was one of nodes. */
  readonly nodeFilter?: boolean;
  /** The BPF filter is set; `of` are the functions that were selected before, for traces and for captures. */
  readonly bpf?: boolean;
  readonly traceFunction?: string;
  readonly pcapFunction?: string;
}

/** Sends everything even where VPP refuses a part. Rejects with what VPP could not be asked. */
export async function undo(channel: Channel, traces: Traces): Promise<void> {
  const steps: (readonly [name: string, fields: Record<string, unknown>])[] = [];
  if (traces.trace) steps.push(['trace_clear_capture', {}], ['trace_clear_cache', {}]);
  if (traces.nodeFilter) steps.push(['trace_set_filters', { flag: 0, count: 0 }]);
  if (traces.pcap !== undefined) steps.push(['pcap_trace_off', {}]);
  if (traces.traceFunction !== undefined) {
    steps.push(['trace_set_filter_function', { filter_function_name: traces.traceFunction }]);
  }
  if (traces.pcapFunction !== undefined) {
    steps.push(['pcap_set_filter_function', { filter_function_name: traces.pcapFunction }]);
  }
  if (traces.bpf) steps.push([bpfMessage(channel), { is_add: false, filter: '' }]);
  for (const [name, fields] of steps) await ignoringRefusals(channel.request(name, fields));
}

export const bpfMessage = (channel: Channel) =>
  channel.has('bpf_trace_filter_set_v2') === false ? 'bpf_trace_filter_set' : 'bpf_trace_filter_set_v2';

/** VPP refuses to end what has ended already. */
async function ignoringRefusals(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof RetvalError)) throw error;
  }
}
