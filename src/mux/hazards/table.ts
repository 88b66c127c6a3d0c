/**
 * All messages that are known to harm VPP, by message, value and state. `scripts/try-messages.mjs` tries every reading
 * message on a VPP of its own and adds what ended it (WIRE 3.13, 3.17, 3.18).
 */

import type { Fields } from '../codec/codec.js';
import { ALL, type Condition, type Hazard, is, SOURCE, TRIED } from './hazard.js';
import {
  abfPolicy,
  bierImp,
  cnatSource,
  dnsEnabled,
  hasBierImp,
  hasUdpEncap,
  ikev2Profile,
  interfaceIn,
  linkLocal,
  nat44EiEnabled,
  noDt6,
  noEmptyRedirect,
  pipe,
  routeSource,
  udpEncap,
} from './lookups.js';
import { NEVER } from './never.js';
import { TOLD } from './told.js';
import { FOUND } from './unexplained.js';

const STRAY_INDEX = 'does not look whether there is such an interface, and dies';

const listsNodes: Condition = {
  text: 'cursor is not ~0, or neither index nor name says which node',
  holds: ({ cursor, index, name }) => cursor !== ALL || (index === ALL && name === ''),
};

const sourceOf = (route: unknown) => (route as { readonly src?: unknown } | undefined)?.src;

const ASKS_NOBODY = 'asks a name server though it has none, and dies';

const isNamed: Condition = {
  text: 'a name is given',
  holds: ({ name }) => (name as Uint8Array)[0] !== 0,
};

/** Writing messages of the traffic manager that were tried. */
const TRIED_TM: ReadonlySet<string> = new Set(['node_add', 'node_suspend', 'start_tm', 'shaper_profile_create']);

/** All requests whose fields have paths. */
const WITH_PATHS: readonly string[] = [
  'ip_route_add_del',
  'ip_route_add_del_v2',
  'ip_mroute_add_del',
  'mpls_route_add_del',
  'mpls_tunnel_add_del',
  'abf_policy_add_del',
  'l3xc_update',
  'bier_route_add_del',
  'bier_disp_entry_add_del',
  'add_del_ip_punt_redirect_v2',
  'ip_session_redirect_add',
  'ip_session_redirect_add_v2',
];

const isGroupWithoutInterface: Condition = {
  text: 'is_add is true, remote is a multicast group and mcast_sw_if_index is ~0',
  holds: ({ is_add, remote, mcast_sw_if_index }) =>
    is_add === true && mcast_sw_if_index === ALL && /^(22[4-9]|23\d|ff[\da-f]{2}:)/i.test(String(remote)),
};

/** PUNT_INJECT, and numbers that are no mode. */
const isNoMemifMode: Condition = {
  text: 'mode is neither ETHERNET nor IP',
  holds: ({ mode }) => Number(mode) > 1,
};

/** Refused with some values, or where VPP lacks what they name. */
const SOMETIMES: readonly Hazard[] = [
  {
    message: 'graph_node_get',
    when: listsNodes,
    reason: 'looks for a queue that only shared-memory clients have, and dies',
    instead: "cursor ~0 with the index or name of one node, or cli_inband 'show vlib graph'",
    ...TRIED,
  },
  {
    message: 'sr_localsids_dump',
    lookup: noDt6,
    reason: 'takes the table of an End.DT6 for an interface, and dies',
    instead: "cli_inband 'show sr localsids'",
    ...TRIED,
  },
  {
    message: 'sr_localsids_with_packet_stats_dump',
    lookup: noDt6,
    reason: 'takes the table of an End.DT6 for an interface, and dies',
    instead: "cli_inband 'show sr localsids'",
    ...TRIED,
  },
  {
    message: 'abf_itf_attach_add_del',
    when: is({ is_add: true }),
    lookup: abfPolicy,
    reason: 'does not look whether there is such a policy, and dies',
    ...TRIED,
  },
  ...WITH_PATHS.map(
    (message): Hazard => ({
      message,
      when: hasUdpEncap,
      lookup: udpEncap,
      reason: 'does not look whether there is such an encapsulation, and dies',
      ...(/^ip_m?route|redirect_v2$|abf_policy|l3xc|mpls_tunnel/.test(message) ? TRIED : SOURCE),
    }),
  ),
  // VPP refuses such a path in a BIER disposition.
  ...WITH_PATHS.filter((message) => message !== 'bier_disp_entry_add_del').map(
    (message): Hazard => ({
      message,
      when: hasBierImp,
      lookup: bierImp,
      reason: 'does not look whether there is such an imposition, and dies',
      ...(message === 'ip_session_redirect_add' ? SOURCE : TRIED),
    }),
  ),
  {
    message: 'ip_route_add_del_v2',
    when: {
      text: 'route.src is not 0',
      holds: ({ route }) => sourceOf(route) !== 0,
      mayHold: ({ route }) => Boolean(sourceOf(route)),
    },
    lookup: routeSource,
    // Seen on one build of 26.06; another took source 200 without harm.
    reason: 'does not look whether there is such a source, and dies',
    ...TRIED,
  },
  ...['bond_add_member', 'bond_enslave'].map(
    (message): Hazard => ({
      message,
      when: is({ sw_if_index: 0 }),
      reason: 'dies of local0 as a member of a bond',
      ...TRIED,
    }),
  ),
  ...['memif_create', 'memif_create_v2'].map(
    (message): Hazard => ({
      message,
      when: isNoMemifMode,
      reason: 'makes no interface in such a mode, takes it for made, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'ip_punt_redirect_dump',
    lookup: noEmptyRedirect,
    reason: 'reads the first path of a redirect that has none, and dies',
    instead: 'ip_punt_redirect_v2_dump',
    ...TRIED,
  },
  {
    message: 'sw_interface_span_enable_disable',
    lookup: interfaceIn('sw_if_index_from'),
    reason: STRAY_INDEX,
    ...TRIED,
  },
  {
    message: 'pipe_delete',
    lookup: pipe,
    reason: 'deletes whatever interface that is as if it were a pipe, and dies',
    ...TRIED,
  },
  {
    message: 'cnat_translation_update',
    when: {
      text: 'there are no paths',
      holds: ({ translation }) => (translation as { paths: readonly unknown[] }).paths.length === 0,
    },
    reason: 'counts down from no paths, runs out of memory and dies',
    ...TRIED,
  },
  ...['cnat_set_snat_policy', 'cnat_snat_policy_add_del_exclude_pfx'].map(
    (message): Hazard => ({
      message,
      lookup: cnatSource,
      reason: 'does not look whether there are source addresses, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'nat44_add_del_lb_static_mapping',
    when: {
      text: 'there are more than 255 locals',
      holds: ({ locals }) => (locals as readonly unknown[]).length > 255,
    },
    reason: 'counts them in a byte, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'npol_configure_policies',
    when: {
      text: 'total_ids is less than num_rx_policies and num_tx_policies together',
      holds: (fields) => Number(fields.num_rx_policies) + Number(fields.num_tx_policies) > Number(fields.total_ids),
    },
    reason: 'takes the rest for a large number of profiles, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'pppoe_add_del_cp',
    when: { text: 'sw_if_index is beyond 16,777,215', holds: ({ sw_if_index }) => Number(sw_if_index) > 0xffffff },
    reason: 'makes room for every index up to this one, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'qos_mark_enable_disable',
    when: {
      text: 'enable is true and mark.sw_if_index is ~0',
      holds: ({ enable, mark }) => enable === true && (mark as Fields).sw_if_index === ALL,
    },
    reason: 'makes room for every index up to this one, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'teib_entry_add_del',
    when: { text: 'entry.sw_if_index is 0', holds: ({ entry }) => (entry as Fields).sw_if_index === 0 },
    reason: 'dies of local0, which has no tunnel',
    ...TRIED,
  },
  ...['vxlan_gpe_add_del_tunnel', 'vxlan_gpe_add_del_tunnel_v2'].map(
    (message): Hazard => ({
      message,
      when: isGroupWithoutInterface,
      reason: 'makes room for every index up to that of the interface, runs out of memory and dies',
      ...TRIED,
    }),
  ),
  ...['dhcp6_send_client_message', 'dhcp6_pd_send_client_message'].map(
    (message): Hazard => ({
      message,
      when: is({ stop: false }),
      lookup: linkLocal,
      reason: 'looks for a source address that the interface does not have, and dies',
      ...TRIED,
    }),
  ),
  ...['nat44_ei_del_user', 'nat44_ei_user_session_dump', 'nat44_ei_user_session_v2_dump'].map(
    (message): Hazard => ({
      message,
      lookup: nat44EiEnabled,
      reason: 'looks into tables that there are only while NAT44 EI is on, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'ikev2_initiate_sa_init',
    lookup: ikev2Profile,
    reason: 'looks for a profile where it may have none at all, and dies',
    ...TRIED,
  },
  { message: 'dns_resolve_ip', lookup: dnsEnabled, reason: ASKS_NOBODY, ...TRIED },
  { message: 'dns_resolve_name', when: isNamed, lookup: dnsEnabled, reason: ASKS_NOBODY, ...TRIED },
  ...[
    'get_capabilities',
    'level_get_capabilities',
    'node_add',
    'node_delete',
    'node_read_stats',
    'node_resume',
    'node_sched_weight_update',
    'node_shaper_update',
    'node_suspend',
    'shaper_profile_create',
    'shaper_profile_delete',
    'start_tm',
    'stop_tm',
  ].map(
    (name): Hazard => ({
      message: `tm_sys_${name}`,
      lookup: interfaceIn('sw_if_idx'),
      reason: STRAY_INDEX,
      ...(name.includes('capabilities') || TRIED_TM.has(name) ? TRIED : SOURCE),
    }),
  ),
];

export const HAZARDS: readonly Hazard[] = [...NEVER, ...SOMETIMES, ...TOLD, ...FOUND];
