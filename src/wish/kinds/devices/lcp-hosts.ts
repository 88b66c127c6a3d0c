/** Interfaces that linux-cp makes for its pairs, taps and their sub-interfaces: they come and go with their pair, and are nobody else's. */

import type { Fields } from '../../../mux/index.js';
import { NONE, type VppSnapshot } from '../snapshot.js';

const GET = ['lcp_itf_pair_get_v2', 'lcp_itf_pair_get'] as const;

/** Pairs of VPP; none where linux-cp is not loaded. */
export function lcpPairs(vpp: VppSnapshot): Promise<Fields[]> {
  const get = vpp.newest(...GET);
  return vpp.dumpIfKnown(get, get === GET[0] ? { sw_if_index: NONE } : {});
}

/** Their sw_if_index. */
export async function lcpHosts(vpp: VppSnapshot): Promise<ReadonlySet<number>> {
  return new Set((await lcpPairs(vpp)).map((pair) => pair.host_sw_if_index as number));
}
