/** Decides who filters packets: VPP, where its plugin for BPF is loaded, else the agent. */

import { type Channel, RetvalError } from '../../mux/index.js';
import { fault } from '../../sdk/index.js';
import { bpfOf, isEmpty, type PacketFilter } from './packet-filter.js';
import { bpfMessage } from './undo.js';

/** Function of VPP that looks at packets with the BPF filter. */
export const BPF_FUNCTION = 'bpf_trace_filter';
/** Function that VPP has selected from its start: it looks them up in classify tables. */
export const DEFAULT_FUNCTION = 'vnet_is_packet_traced';

export interface WantedFilter extends PacketFilter {
  /** An expression of libpcap; VPP takes it as it is. */
  readonly filter?: string;
}

export interface Filtering {
  /** `vpp`: only packets that pass are traced. `agent`: VPP traces all, and the agent leaves out what does not pass. */
  readonly by: 'vpp' | 'agent' | 'none';
  /** The expression that VPP has. */
  readonly expression?: string;
  readonly test?: PacketFilter;
}

/** Throws ENOTSUP and EINVAL. `setFunction` is the message that selects the function. */
export function filteringFor(channel: Channel, { filter, ...wanted }: WantedFilter, setFunction: string): Filtering {
  if (filter !== undefined && !isEmpty(wanted)) {
    throw fault('EINVAL', 'give either a filter, or src, dst, proto and port', { path: 'filter' });
  }
  const expression = filter ?? bpfOf(wanted);
  if (expression === undefined) return { by: 'none' };
  if (channel.has(bpfMessage(channel)) && channel.has(setFunction)) return { by: 'vpp', expression };
  if (filter === undefined) return { by: 'agent', test: wanted };
  throw fault(
    'ENOTSUP',
    'this VPP has no BPF filter: it lacks bpf_trace_filter_plugin.so; src, dst, proto and port work without',
    { path: 'filter' },
  );
}

/** Gives VPP the expression. Rejects with EINVAL where VPP refuses it. */
export async function setBpf(channel: Channel, expression: string): Promise<void> {
  const name = bpfMessage(channel);
  const optimize = name === 'bpf_trace_filter_set_v2' ? { optimize: true } : {};
  try {
    await channel.request(name, { is_add: true, ...optimize, filter: expression });
  } catch (error) {
    if (!(error instanceof RetvalError)) throw error;
    throw fault('EINVAL', `VPP refuses the filter "${expression}": libpcap does not understand it`, { path: 'filter' });
  }
}
