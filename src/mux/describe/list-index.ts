/**
 * Lists that are asked for by an index which has no default: without it, it is 0, and VPP lists what belongs to index 0,
 * often nothing. What VPP's handlers make of `~0` differs, so it is suggested and never sent by itself: where
 * `~0` is just an index that nobody has, it would hide rows, or make VPP read beyond its tables.
 *
 * Read in the handlers of VPP 26.06.
 */

import type { MessageDef } from '../schema/model.js';

/** `all`: ~0 lists all. `one`: each index has a list of its own. Else what to give instead. */
type Meaning = 'all' | 'one' | { readonly instead: string };

const ALL_BY_INTERFACE = [
  'acl_interface_etype_whitelist_dump',
  'geneve_tunnel_dump',
  'gre_tunnel_dump',
  'gre_tunnel_dump_v2',
  'gre_tunnel_v2_dump',
  'gtpu_tunnel_dump',
  'gtpu_tunnel_v2_dump',
  'igmp_dump',
  'ip_punt_redirect_dump',
  'ip_punt_redirect_v2_dump',
  'ipip_tunnel_dump',
  'ipsec_itf_dump',
  'ipsec_tunnel_protect_dump',
  'l3xc_dump',
  'lcp_itf_pair_get_v2',
  'macip_acl_interface_list_dump',
  'mss_clamp_get',
  'pppoe_session_dump',
  'pvti_interface_dump',
  'snort_interface_v2_get',
  'sw_interface_ip6nd_ra_dump',
  'sw_interface_rx_placement_dump',
  'sw_interface_tx_placement_get',
  'vxlan_gpe_tunnel_dump',
  'vxlan_gpe_tunnel_v2_dump',
  'vxlan_tunnel_dump',
  'vxlan_tunnel_v2_dump',
  'wireguard_interface_dump',
];

/** VPP ignores the index, or takes 0 for all as well; or no index of it is safe (the classify dumps). */
const NOTHING_TO_SAY = [
  'flow_classify_dump',
  'policer_classify_dump',
  'qos_mark_dump',
  'snort_interface_get',
  'vrrp_vr_dump',
  'vrrp_vr_peer_dump',
];

const MEANINGS: ReadonlyMap<string, Readonly<Record<string, Meaning>>> = new Map<string, Record<string, Meaning>>([
  ...ALL_BY_INTERFACE.map((name): [string, Record<string, Meaning>] => [name, { sw_if_index: 'all' }]),
  ...NOTHING_TO_SAY.map((name): [string, Record<string, Meaning>] => [name, {}]),
  ['acl_dump', { acl_index: 'all' }],
  ['bd_ip_mac_dump', { bd_id: 'all' }],
  ['bier_disp_entry_dump', { bde_tbl_id: 'one' }],
  ['classify_session_dump', { table_id: 'one' }],
  ['gpe_fwd_entry_path_dump', { fwd_entry_index: 'one' }],
  ['ikev2_child_sa_dump', { sa_index: 'one' }],
  ['ikev2_child_sa_v2_dump', { sa_index: 'one' }],
  ['ikev2_traffic_selector_dump', { sa_index: 'one', child_sa_index: 'one' }],
  ['ip_address_dump', { sw_if_index: 'one' }],
  ['ip_session_redirect_dump', { table_index: 'all' }],
  ['ipsec_spd_dump', { spd_id: 'one', sa_id: 'all' }],
  ['l2_fib_table_dump', { bd_id: 'all' }],
  ['map_rule_dump', { domain_index: 'one' }],
  ['nsh_entry_dump', { entry_index: 'all' }],
  ['nsh_map_dump', { map_index: 'all' }],
  ['policer_dump_v2', { policer_index: 'all' }],
  ['pot_profile_show_config_dump', { id: 'all' }],
  ['selog_event_type_string_dump', { event_type_index: 'one' }],
  ['snort_client_get', { snort_client_index: 'all' }],
  ['snort_client_v2_get', { snort_client_index: 'all' }],
  ['snort_instance_get', { instance_index: 'all' }],
  ['snort_instance_v2_get', { instance_index: 'all' }],
  ['sw_interface_slave_dump', { sw_if_index: 'one' }],
  ['sw_member_interface_dump', { sw_if_index: 'one' }],
  ['vrrp_vr_track_if_dump', { sw_if_index: { instead: 'dump_all=1 lists all' } }],
]);

/** Index fields without a default, and what to give in each: of a request that lists. */
export function listIndices({ name, fields, service }: MessageDef): ReadonlyMap<string, string> {
  if (service?.kind !== 'dump' && service?.kind !== 'get') return new Map();
  const known = MEANINGS.get(name);
  const found = new Map<string, string>();
  for (const { name: field, type, default: value } of fields) {
    if (value !== undefined) continue;
    const isInterface = type.kind === 'alias' && type.name === 'interface_index';
    const advice = known ? adviceOf(field, known[field]) : isInterface ? unknownAdvice(field) : undefined;
    if (advice !== undefined) found.set(field, advice);
  }
  return found;
}

function adviceOf(field: string, meaning: Meaning | undefined): string | undefined {
  // Quoted: a shell makes a path of an unquoted ~0.
  if (meaning === 'all') return `'${field}=~0' lists all`;
  if (meaning === 'one') return `give the ${field} that is meant, each has a list of its own`;
  return meaning?.instead;
}

/** Advice for a plugin that is not in the table: nobody has read what it does with ~0. */
const unknownAdvice = (field: string) =>
  `give the ${field} that is meant; ~0 lists all in most messages, not in every one`;

/** Hint about an empty list: the indices that were not given. Undefined when all were. */
export function missingIndexHint(def: MessageDef, given: Readonly<Record<string, unknown>>): string | undefined {
  const missing = [...listIndices(def)].filter(([field]) => !(field in given));
  if (missing.length === 0) return undefined;
  const names = missing.map(([field]) => field).join(' and ');
  const advice = missing.map(([, text]) => text).join('; ');
  return `${names} ${missing.length === 1 ? 'was' : 'were'} not given, which means 0 here: ${advice}`;
}
