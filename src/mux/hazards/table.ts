/**
 * All messages that are known to harm VPP, by message, value and state. `scripts/try-messages.mjs` tries every reading
 * message on a VPP of its own and adds what ended it (WIRE 3.13, 3.17, 3.18).
 */

import { ALL, type Condition, type Hazard, is } from './hazard.js';
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
import { FOUND } from './unexplained.js';

const SOURCE = { evidence: 'source', versions: ['26.06'] } as const;
const TRIED = { evidence: 'tried', versions: ['26.06'] } as const;

const DESCRIPTORS = 'answers with file descriptors, which break the stream';
const STRAY_INDEX = 'does not look whether there is such an interface, and dies';

/** Never sent: the connection's own, pointers, threads, and what breaks the stream. */
const NEVER: readonly Hazard[] = [
  { message: 'sockclnt_create', reason: 'makes another registration; it belongs to the connection', ...SOURCE },
  { message: 'sockclnt_delete', reason: "ends another client's registration", instead: 'close()', ...TRIED },
  {
    message: 'memclnt_*',
    reason: 'takes a shared-memory queue out of the message; it is for shared-memory clients',
    ...TRIED,
  },
  { message: 'sock_init_shm', reason: 'moves the connection to shared memory', ...SOURCE },
  { message: 'rpc_call', reason: 'calls a function pointer out of the message', ...SOURCE },
  { message: 'rpc_call_reply', reason: 'calls a function pointer out of the message', ...SOURCE },
  { message: 'cli', reason: 'follows a pointer out of the message', instead: 'cli_inband', ...SOURCE },
  {
    message: 'get_node_graph',
    reason: 'makes its answer in memory that only shared-memory clients have, and dies',
    instead: "cli_inband 'show vlib graph'",
    ...TRIED,
  },
  { message: 'rx_thread_exit', reason: 'ends a thread of its own', ...SOURCE },
  { message: 'trace_plugin_msg_ids', reason: 'takes it for a message within VPP', ...SOURCE },
  { message: 'app_attach', reason: DESCRIPTORS, ...SOURCE },
  { message: 'app_worker_add_del', reason: DESCRIPTORS, ...SOURCE },
  { message: 'selog_get_shm', reason: DESCRIPTORS, ...SOURCE },
  {
    message: 'selog_event_type_string_dump',
    reason: 'takes what is no list for one, and dies, whatever the index',
    instead: "selog_event_type_dump, or cli_inband 'show event-logger'",
    ...TRIED,
  },
  {
    message: 'policer_classify_dump',
    reason: 'lists its own memory for an interface that exists, and nothing at all for ~0',
    instead: "cli_inband 'show classify policer'",
    ...TRIED,
  },
  {
    message: 'flow_classify_dump',
    reason: 'lists its own memory for an interface that exists, and nothing at all for ~0',
    instead: "cli_inband 'show classify flow'",
    ...TRIED,
  },
];

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

/** Cannot be known beforehand: told, and sent. */
const TOLD: readonly Hazard[] = [
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
  { message: 'ikev2_nonce_get', state: 'there is no SA with that sa_index', reason: 'never answers', ...TRIED },
];

export const HAZARDS: readonly Hazard[] = [...NEVER, ...SOMETIMES, ...TOLD, ...FOUND];
