/** Messages that harm with certain values, whatever VPP has. */

import type { Fields } from '../codec/codec.js';
import { ALL, type Condition, type Hazard, is, TRIED } from './hazard.js';

/** With this many interfaces, a table of an index each no longer fits into memory. */
const MOST_INDICES = 0xffffff;

const TOO_LARGE = 'makes room for every index up to this one, runs out of memory and dies';

const isTooLarge = (index: unknown) => Number(index) > MOST_INDICES;

const listsNodes: Condition = {
  text: 'cursor is not ~0, or neither index nor name says which node',
  holds: ({ cursor, index, name }) => cursor !== ALL || (index === ALL && name === ''),
};

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

/** VPP refuses ~0, unless nothing is mirrored any more. */
const spansTooLarge: Condition = {
  text: 'sw_if_index_from or sw_if_index_to is beyond 16,777,215',
  holds: ({ sw_if_index_from: from, sw_if_index_to: to, state }) =>
    (from !== ALL && isTooLarge(from)) || (to !== ALL && state !== 0 && isTooLarge(to)),
};

/** The highest behaviour of VPP itself: those behind it belong to plugins, which have messages of their own. */
const LAST_BEHAVIOR = 13;

const ofPlugin: Condition = {
  text: 'is_del is false and behavior is beyond 13',
  holds: ({ is_del, behavior }) => is_del === false && Number(behavior) > LAST_BEHAVIOR,
};

const hasNoSids = (fields: Fields) => (fields.sids as Fields).num_sids === 0;

/** `operation` of a request that adds a list of segments. */
const ADD_LIST = 1;

/** Full reassembly, and the shallow one; other types are ignored. */
const isReassembly = ({ type }: Fields) => Number(type) <= 1;

/** More than this is most of the heap that VPP usually has. */
const MOST_PREALLOCATED = 2 ** 28;
/** Bytes that VPP puts before each packet. */
const PCAP_RECORD = 16;

const preallocatesTooMuch: Condition = {
  text: 'preallocate_data is true, and max_packets of max_bytes_per_packet are more than 256 MiB',
  holds: ({ preallocate_data, max_packets, max_bytes_per_packet }) =>
    preallocate_data === true && Number(max_packets) * (Number(max_bytes_per_packet) + PCAP_RECORD) > MOST_PREALLOCATED,
};

/** Flags of `trace_set_filters` that name a node. */
const filtersByNoNode: Condition = {
  text: 'flag is INCLUDE_NODE or EXCLUDE_NODE and node_index is ~0',
  holds: ({ flag, node_index }) => (flag === 1 || flag === 2) && node_index === ALL,
};

/** The name of an engine that is none of OpenSSL's is refused. */
const isLoadedEngine: Condition = {
  text: 'engine is empty, or "dynamic"',
  holds: ({ engine }) => ['', 'dynamic'].includes(textOf(engine)),
};

/** The text in an array of bytes, which a zero ends. */
function textOf(bytes: unknown): string {
  const [text] = Buffer.from(bytes as Uint8Array)
    .toString('latin1')
    .split('\0');
  return text;
}

export const BY_VALUE: readonly Hazard[] = [
  ...['trace_set_filter_function', 'pcap_set_filter_function'].map(
    (message): Hazard => ({
      message,
      when: is({ filter_function_name: '' }),
      reason: 'reads a name where there is none, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'trace_capture_packets',
    when: is({ node_index: ALL }),
    reason: 'does not look whether there is such a node, and dies',
    ...TRIED,
  },
  {
    message: 'trace_set_filters',
    when: filtersByNoNode,
    reason: 'does not look whether there is such a node, and dies',
    ...TRIED,
  },
  {
    message: 'pcap_trace_on',
    when: preallocatesTooMuch,
    reason: 'makes room for all packets, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'tls_openssl_set_engine',
    when: isLoadedEngine,
    reason: 'takes the engine for one that it has loaded, and dies',
    ...TRIED,
  },
  {
    message: 'l2_patch_add_del',
    when: is({ rx_sw_if_index: 0, tx_sw_if_index: 0 }),
    reason: 'looks into a table that the first interface besides local0 makes, and dies',
    ...TRIED,
  },
  {
    message: 'adl_allowlist_enable_disable',
    when: is({ sw_if_index: 0 }),
    reason: 'looks into a table that the first interface besides local0 makes, and dies',
    ...TRIED,
  },
  ...['sfdp_interface_input_set', 'sfdp_nat_set_external_interface'].map(
    (message): Hazard => ({
      message,
      when: is({ sw_if_index: ALL }),
      reason: 'does not look whether there is such an interface, and dies',
      ...TRIED,
    }),
  ),
  {
    message: 'graph_node_get',
    when: listsNodes,
    reason: 'looks for a queue that only shared-memory clients have, and dies',
    instead: "cursor ~0 with the index or name of one node, or cli_inband 'show vlib graph'",
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
  { message: 'sw_interface_span_enable_disable', when: spansTooLarge, reason: TOO_LARGE, ...TRIED },
  {
    message: 'cnat_translation_update',
    when: {
      text: 'there are no paths',
      holds: ({ translation }) => (translation as { paths: readonly unknown[] }).paths.length === 0,
    },
    reason: 'counts down from no paths, runs out of memory and dies',
    ...TRIED,
  },
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
    when: { text: 'sw_if_index is beyond 16,777,215', holds: ({ sw_if_index }) => isTooLarge(sw_if_index) },
    reason: TOO_LARGE,
    ...TRIED,
  },
  {
    message: 'qos_mark_enable_disable',
    when: {
      text: 'enable is true and mark.sw_if_index is ~0',
      holds: ({ enable, mark }) => enable === true && (mark as Fields).sw_if_index === ALL,
    },
    reason: TOO_LARGE,
    ...TRIED,
  },
  {
    message: 'classify_pcap_set_table',
    when: {
      text: 'sw_if_index is beyond 16,777,215, but not ~0',
      holds: ({ sw_if_index }) => isTooLarge(sw_if_index) && sw_if_index !== ALL,
    },
    reason: TOO_LARGE,
    ...TRIED,
  },
  {
    message: 'classify_add_del_table',
    when: {
      text: 'is_add is true and nbuckets is from 67,108,865 to 2,147,483,648',
      holds: ({ is_add, nbuckets }) => is_add === true && Number(nbuckets) > 2 ** 26 && Number(nbuckets) <= 2 ** 31,
    },
    reason: 'makes room for all buckets, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'teib_entry_add_del',
    when: { text: 'entry.sw_if_index is 0', holds: ({ entry }) => (entry as Fields).sw_if_index === 0 },
    reason: 'dies of local0, which has no tunnel',
    ...TRIED,
  },
  ...['vxlan_gpe_add_del_tunnel', 'vxlan_gpe_add_del_tunnel_v2'].map(
    (message): Hazard => ({ message, when: isGroupWithoutInterface, reason: TOO_LARGE, ...TRIED }),
  ),
  {
    message: 'ip_reassembly_set',
    when: {
      text: 'expire_walk_interval_ms is 0',
      holds: (fields) => isReassembly(fields) && fields.expire_walk_interval_ms === 0,
    },
    reason: 'walks without a pause from then on, and hangs',
    ...TRIED,
  },
  {
    message: 'ip_reassembly_set',
    when: {
      text: 'is_ip6 is false and max_reassemblies is beyond 3,145,728',
      holds: (fields) => isReassembly(fields) && fields.is_ip6 === false && Number(fields.max_reassemblies) > 3_145_728,
    },
    reason: 'makes room for all reassemblies, runs out of memory and dies',
    ...TRIED,
  },
  ...['sr_localsid_add_del', 'sr_localsid_add_del_v2'].map(
    (message): Hazard => ({
      message,
      when: ofPlugin,
      reason: 'calls a plugin without the data that it expects, and dies',
      ...TRIED,
    }),
  ),
  ...['sr_policy_add', 'sr_policy_add_v2'].map(
    (message): Hazard => ({
      message,
      when: { text: 'sids.num_sids is 0', holds: hasNoSids },
      reason: 'looks at the first of no segments, and dies',
      ...TRIED,
    }),
  ),
  ...['sr_policy_mod', 'sr_policy_mod_v2'].map(
    (message): Hazard => ({
      message,
      when: {
        text: 'operation is 1 and sids.num_sids is 0',
        holds: (fields) => Number(fields.operation) === ADD_LIST && hasNoSids(fields),
      },
      reason: 'looks at the first of no segments, and dies',
      ...TRIED,
    }),
  ),
];
