/** Messages that end VPP in a state that cannot be looked up beforehand: told by `describe`, and sent all the same. */

import { type Hazard, SOURCE, TRIED } from './hazard.js';

export const TOLD: readonly Hazard[] = [
  ...['session_sdl_dump', 'session_sdl_v2_dump', 'session_sdl_v3_dump'].map(
    (message): Hazard => ({
      message,
      state: 'sdlRule',
      reason: 'walks a table that is not one of its own, and dies',
      ...TRIED,
    }),
  ),
  ...['dns_resolve_ip', 'dns_resolve_name'].map(
    (message): Hazard => ({
      message,
      state: 'onlyIp6NameServers',
      reason: 'asks a name server of IPv4 all the same, and dies',
      ...SOURCE,
    }),
  ),
  {
    message: 'nat64_add_del_static_bib',
    state: 'nat64Off',
    reason: 'looks into tables that there are only while NAT64 is on, and dies',
    ...TRIED,
  },
  {
    message: 'cnat_set_snat_addresses_v2',
    state: 'noSuchFib',
    reason: 'does not look whether there are such FIBs, and dies',
    ...TRIED,
  },
  ...['cnat_set_snat_addresses', 'cnat_set_snat_addresses_v2'].map(
    (message): Hazard => ({
      message,
      state: 'snatDefaultRemoved',
      reason: 'removes the entry a second time, and dies',
      ...TRIED,
    }),
  ),
  ...['policer_input', 'policer_input_v2', 'policer_output', 'policer_output_v2'].map(
    (message): Hazard => ({
      message,
      state: 'policerNeverApplied',
      reason: 'looks into a table that the first one makes, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'gtpu_add_del_tunnel_v2',
    state: 'gtpuRefused',
    reason: 'answers with an index that it does not have, and dies',
    ...TRIED,
  },
  ...['vxlan_gpe_tunnel_dump', 'vxlan_gpe_tunnel_v2_dump'].map(
    (message): Hazard => ({
      message,
      state: 'noSuchDecapTable',
      reason: 'takes the number for the index of a FIB, and dies',
      ...TRIED,
    }),
  ),
  // No message lists them without harm, and the command line does not, either.
  ...['sr_localsids_dump', 'sr_localsids_with_packet_stats_dump'].map(
    (message): Hazard => ({
      message,
      state: 'noSidTable',
      reason: 'looks for the id of a table that there is not, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'memif_delete',
    state: 'rivalOnSocket',
    reason: 'closes a socket that it does not have, and dies',
    ...TRIED,
  },
  {
    message: 'vrrp_vr_start_stop',
    state: 'staleRouter',
    reason: 'looks at a router that is gone, and dies',
    ...TRIED,
  },
  {
    message: 'classify_add_del_table',
    state: 'classifyRing',
    reason: 'deletes the chain without an end, and dies',
    ...TRIED,
  },
  {
    message: 'classify_add_del_session',
    state: 'classifyFull',
    reason: 'does not look whether there is memory left, and dies',
    ...TRIED,
  },
  {
    message: 'ikev2_initiate_sa_init',
    state: 'responderUnresolved',
    reason: 'asks a name server though it has none, and dies',
    ...TRIED,
  },
  { message: 'ikev2_nonce_get', state: 'noIkev2Sa', reason: 'never answers', ...TRIED },
];
