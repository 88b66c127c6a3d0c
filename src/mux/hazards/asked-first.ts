/** Messages that harm where VPP lacks, or has, something: it is asked first. */

import type { Fields } from '../codec/codec.js';
import { ALL, type Condition, type Hazard, is, SOURCE, TRIED } from './hazard.js';
import {
  bridgedInterface,
  classifyTable,
  cnatSource,
  dnsEnabled,
  ethernetInterface,
  ikev2Profile,
  interfaceIn,
  ip6Counterpart,
  ipTable,
  linkLocal,
  nat44EiEnabled,
  noEmptyRedirect,
  noFlowRecords,
  noSubInterfaceOfPipe,
  pipe,
  pnatInterface,
  routeSource,
  tenant,
} from './lookups.js';

const STRAY_INDEX = 'does not look whether there is such an interface, and dies';

const sourceOf = (route: unknown) => (route as { readonly src?: unknown } | undefined)?.src;

const ASKS_NOBODY = 'asks a name server though it has none, and dies';

const isNamed: Condition = {
  text: 'a name is given',
  holds: ({ name }) => (name as Uint8Array)[0] !== 0,
};

/** Writing messages of the traffic manager that were tried. */
const TRIED_TM: ReadonlySet<string> = new Set(['node_add', 'node_suspend', 'start_tm', 'shaper_profile_create']);

const isIp6 = (address: unknown) => String(address).includes(':');

/** Flags of an IPsec SA. */
const SaFlag = { TUNNEL: 4, INBOUND: 64 } as const;

const isOutboundTunnel: Condition = {
  text: 'is_add is true and entry.flags has TUNNEL, but not INBOUND',
  holds({ is_add, entry }) {
    const flags = Number((entry as Fields).flags);
    return is_add === true && (flags & SaFlag.TUNNEL) !== 0 && (flags & SaFlag.INBOUND) === 0;
  },
};

/** End.T and End.DT6 name a table of IPv6, End.DT4 one of IPv4. */
const Behavior = { T: 3, DT6: 8, DT4: 9 } as const;

const hasTable: Condition = {
  text: 'is_del is false and behavior is End.T, End.DT6 or End.DT4',
  holds: ({ is_del, behavior }) => is_del === false && Object.values<unknown>(Behavior).includes(behavior),
};

const IPV4 = 4;
const IPV6 = 6;

const steersIp: Condition = {
  text: 'is_del is false, traffic_type is IPv4 or IPv6 and table_id is not ~0',
  holds: ({ is_del, traffic_type: type, table_id }) =>
    is_del === false && (type === IPV4 || type === IPV6) && table_id !== ALL,
};

const isOverIp6 = (field: string): Condition => ({
  text: `is_add is true and ${field} is of IPv6`,
  holds: (fields) => fields.is_add === true && isIp6(fields[field]),
});

/** Requests that look a profile up by its name. */
const OF_PROFILE: readonly string[] = [
  'ikev2_profile_set_auth',
  'ikev2_profile_set_id',
  'ikev2_profile_set_ts',
  'ikev2_profile_set_udp_encap',
  'ikev2_profile_disable_natt',
  'ikev2_profile_set_ipsec_udp_port',
  'ikev2_set_responder',
  'ikev2_set_responder_hostname',
  'ikev2_set_tunnel_interface',
  'ikev2_set_ike_transforms',
  'ikev2_set_esp_transforms',
  'ikev2_set_sa_lifetime',
  'ikev2_initiate_sa_init',
];

export const ASKED_FIRST: readonly Hazard[] = [
  {
    message: 'p2p_ethernet_add',
    lookup: ethernetInterface('parent_if_index'),
    reason: 'takes whatever interface that is for one of Ethernet, and dies',
    ...TRIED,
  },
  {
    message: 'l2fib_flush_int',
    lookup: bridgedInterface,
    reason: 'looks the interface up in a table that only those of layer 2 are in for sure, and dies',
    ...TRIED,
  },
  {
    message: 'pnat_flow_lookup',
    lookup: pnatInterface,
    reason: 'looks into a table that the first binding on an interface makes, and dies',
    ...TRIED,
  },
  ...['sfdp_interface_input_set', 'sfdp_nat_set_external_interface'].map(
    (message): Hazard => ({
      message,
      lookup: tenant,
      reason: 'looks into a table that the first tenant makes, and dies',
      ...TRIED,
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
  {
    message: 'ip_punt_redirect_dump',
    lookup: noEmptyRedirect,
    reason: 'reads the first path of a redirect that has none, and dies',
    instead: 'ip_punt_redirect_v2_dump',
    ...TRIED,
  },
  {
    message: 'stn_add_del_rule',
    when: is({ is_add: true }),
    lookup: interfaceIn('sw_if_index'),
    reason: STRAY_INDEX,
    ...TRIED,
  },
  {
    message: 'ipfix_classify_table_add_del',
    when: is({ is_add: true }),
    lookup: classifyTable,
    reason: 'reads the table when it exports the next time, seconds later, and dies',
    ...TRIED,
  },
  {
    message: 'pipe_delete',
    lookup: pipe,
    reason: 'deletes whatever interface that is as if it were a pipe, and dies',
    ...TRIED,
  },
  {
    message: 'pipe_dump',
    lookup: noSubInterfaceOfPipe,
    reason: 'takes a sub-interface for an end of the pipe, and dies',
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
  ...OF_PROFILE.map(
    (message): Hazard => ({
      message,
      lookup: ikev2Profile,
      state: 'noIkev2ProfileEver',
      reason: 'looks for a profile where it may have none at all, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'ipsec_sad_entry_add_del_v2',
    when: isOutboundTunnel,
    lookup: ipTable(
      'entry.tx_table_id',
      ({ entry }) => (entry as Fields).tx_table_id,
      ({ entry }) => isIp6((entry as Fields).tunnel_dst),
    ),
    reason: 'gives up a tunnel that leads nowhere twice, and dies',
    ...TRIED,
  },
  ...['sr_localsid_add_del', 'sr_localsid_add_del_v2'].map(
    (message): Hazard => ({
      message,
      when: hasTable,
      lookup: ipTable(
        'sw_if_index',
        ({ sw_if_index }) => sw_if_index,
        ({ behavior }) => behavior !== Behavior.DT4,
      ),
      reason: 'takes it, and ends when local SIDs are listed, by the command line as well',
      ...TRIED,
    }),
  ),
  {
    message: 'sr_steering_add_del',
    when: steersIp,
    lookup: ipTable(
      'table_id',
      ({ table_id }) => table_id,
      ({ traffic_type }) => traffic_type === IPV6,
    ),
    state: 'srPolicyKnown',
    reason: 'does not look whether there is such a table, and dies',
    ...TRIED,
  },
  ...[
    ['vxlan_gpe_add_del_tunnel', 'remote'],
    ['vxlan_gpe_add_del_tunnel_v2', 'remote'],
    ['geneve_add_del_tunnel', 'remote_address'],
    ['geneve_add_del_tunnel2', 'remote_address'],
  ].map(
    ([message, remote]): Hazard => ({
      message,
      when: isOverIp6(remote),
      lookup: ip6Counterpart,
      state: 'noCounterpart',
      reason: 'takes the index of an IPv4 table for that of one of IPv6, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'flowprobe_tx_interface_add_del',
    when: { text: 'which is beyond 4', holds: ({ which }) => Number(which) > 4 },
    lookup: noFlowRecords,
    // 200 ended it; others wrote somewhere else.
    reason: 'counts and keeps templates beyond its tables, and dies',
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
