/** The fields of a packet that choose its path among several. The choice shows in VPP's CLI alone. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Call } from '../../handlers/call.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const flowHash = defineKind({
  name: 'flowHash',
  title: 'flow hash',
  handlers: {
    set_ip_flow_hash: ({ vrf_id, is_ipv6 }, { dataplane }) =>
      dataplane.hasTable(Number(vrf_id), Boolean(is_ipv6)) ? Retval.OK : Retval.NO_SUCH_FIB,
    set_ip_flow_hash_v2: set,
    set_ip_flow_hash_v3: set,
    set_ip_flow_hash_router_id: () => Retval.OK,
  },
});

function set({ table_id, af }: Fields, { dataplane }: Call): number {
  if (af !== 0 && af !== 1) return Retval.INVALID_ADDRESS_FAMILY;
  return dataplane.hasTable(Number(table_id), af === 1) ? Retval.OK : Retval.NO_SUCH_FIB;
}
