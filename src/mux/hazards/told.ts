/** Messages that end VPP in a state that cannot be looked up beforehand: told by `describe`, and sent all the same. */

import { type Hazard, SOURCE, TRIED } from './hazard.js';

export const TOLD: readonly Hazard[] = [
  ...['session_sdl_dump', 'session_sdl_v2_dump', 'session_sdl_v3_dump'].map(
    (message): Hazard => ({
      message,
      state: 'the session rule-table engine has a rule of the SDL',
      reason: 'walks a table that is not one of its own, and dies',
      ...TRIED,
    }),
  ),
  ...['dns_resolve_ip', 'dns_resolve_name'].map(
    (message): Hazard => ({
      message,
      state: 'all name servers are of IPv6',
      reason: 'asks a name server of IPv4 all the same, and dies',
      ...SOURCE,
    }),
  ),
  {
    message: 'nat64_add_del_static_bib',
    state: 'NAT64 is off (nat64_plugin_enable_disable)',
    reason: 'looks into tables that there are only while NAT64 is on, and dies',
    ...TRIED,
  },
  {
    message: 'cnat_set_snat_addresses_v2',
    state: 'there is no FIB with the index in fwd_fib_index or ret_fib_index',
    reason: 'does not look whether there are such FIBs, and dies',
    ...TRIED,
  },
  ...['policer_input', 'policer_input_v2', 'policer_output', 'policer_output_v2'].map(
    (message): Hazard => ({
      message,
      state: 'apply is false, and no policer was ever put on an interface that way',
      reason: 'looks into a table that the first one makes, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'gtpu_add_del_tunnel_v2',
    state: 'the tunnel exists when it is added, or does not when it is deleted',
    reason: 'answers with an index that it does not have, and dies',
    ...TRIED,
  },
  { message: 'ikev2_nonce_get', state: 'there is no SA with that sa_index', reason: 'never answers', ...TRIED },
];
