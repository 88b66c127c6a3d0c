/** The bridge domains of VPP at one moment. */

import type { Fields } from '../../mux/index.js';
import type { VppCall } from './vpp-call.js';

const ALL = 0xffffffff;

/** What a domain can be told, by VPP's names for it. */
export const SETTINGS = {
  flood: 'flood',
  uuFlood: 'uu_flood',
  forward: 'forward',
  learn: 'learn',
  arpTerm: 'arp_term',
  arpUfwd: 'arp_ufwd',
  macAge: 'mac_age',
  tag: 'bd_tag',
} as const;

export type Setting = keyof typeof SETTINGS;

export interface BridgeDomain {
  readonly id: number;
  /** As bridge_domain_dump has it. */
  readonly details: Fields;
  /** sw_if_index of each, with its split-horizon group. */
  readonly members: readonly { readonly swIfIndex: number; readonly shg: number }[];
}

export async function bridgeDomains(vpp: VppCall): Promise<BridgeDomain[]> {
  const dump = await vpp.dump('bridge_domain_dump', { bd_id: ALL, sw_if_index: ALL });
  const domains = dump.map((details) => ({
    id: Number(details.bd_id),
    details,
    members: (details.sw_if_details as Fields[]).map(({ sw_if_index, shg }) => ({
      swIfIndex: Number(sw_if_index),
      shg: Number(shg),
    })),
  }));
  return domains.sort((a, b) => a.id - b.id);
}
