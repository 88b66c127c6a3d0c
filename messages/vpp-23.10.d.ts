// Written by vppmux generate. Do not edit.
// The messages of VPP 23.10: names, types, values, defaults and limits as its API definitions have them, which are
// licensed under the Apache License 2.0; their comments are left out.
import type { BoolInput, BytesInput, DumpMessage, EnumCase, EnumInput, EnumValue, EventMessage, FlagsInput, LongInput, OnewayMessage, RequestMessage } from '../src/mux/index.js';

export type AbfItfAttach = {
  policy_id: number;
  sw_if_index: number;
  priority: number;
  is_ipv6: boolean;
};
export type AbfItfAttachInput = {
  policy_id?: number;
  sw_if_index?: number;
  priority?: number;
  is_ipv6?: BoolInput;
};
export type AbfPolicy = {
  policy_id: number;
  acl_index: number;
  n_paths: number;
  paths: FibPath[];
};
export type AbfPolicyInput = {
  policy_id?: number;
  acl_index?: number;
  n_paths?: number;
  paths?: readonly FibPathInput[];
};
export type AbfItfAttachAddDel = {
  is_add?: BoolInput;
  attach: AbfItfAttachInput;
};
export type AbfItfAttachAddDelReply = {
  retval: number;
};
export type AbfItfAttachDetails = {
  attach: AbfItfAttach;
};
export type AbfItfAttachDump = Record<string, never>;
export type AbfPluginGetVersion = Record<string, never>;
export type AbfPluginGetVersionReply = {
  major: number;
  minor: number;
};
export type AbfPolicyAddDel = {
  is_add?: BoolInput;
  policy: AbfPolicyInput;
};
export type AbfPolicyAddDelReply = {
  retval: number;
};
export type AbfPolicyDetails = {
  policy: AbfPolicy;
};
export type AbfPolicyDump = Record<string, never>;
export interface AbfMessages {
  /** In progress: its definition may still change. */
  abf_itf_attach_add_del: RequestMessage<AbfItfAttachAddDel, AbfItfAttachAddDelReply>;
  /** In progress: its definition may still change. */
  abf_itf_attach_dump: DumpMessage<AbfItfAttachDump, AbfItfAttachDetails>;
  /** In progress: its definition may still change. */
  abf_plugin_get_version: RequestMessage<AbfPluginGetVersion, AbfPluginGetVersionReply>;
  /** In progress: its definition may still change. */
  abf_policy_add_del: RequestMessage<AbfPolicyAddDel, AbfPolicyAddDelReply>;
  /** In progress: its definition may still change. */
  abf_policy_dump: DumpMessage<AbfPolicyDump, AbfPolicyDetails>;
}

export type AclAddReplace = {
  acl_index: number;
  tag: string;
  count?: number;
  r: readonly AclRuleInput[];
};
export type AclAddReplaceReply = {
  acl_index: number;
  retval: number;
};
export type AclDel = {
  acl_index: number;
};
export type AclDelReply = {
  retval: number;
};
export type AclDetails = {
  acl_index: number;
  tag: string;
  count: number;
  r: AclRule[];
};
export type AclDump = {
  acl_index: number;
};
export type AclInterfaceAddDel = {
  /** @default true */
  is_add?: BoolInput;
  is_input?: BoolInput;
  sw_if_index: number;
  acl_index: number;
};
export type AclInterfaceAddDelReply = {
  retval: number;
};
export type AclInterfaceEtypeWhitelistDetails = {
  sw_if_index: number;
  count: number;
  n_input: number;
  whitelist: number[];
};
export type AclInterfaceEtypeWhitelistDump = {
  sw_if_index: number;
};
export type AclInterfaceListDetails = {
  sw_if_index: number;
  count: number;
  n_input: number;
  acls: number[];
};
export type AclInterfaceListDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type AclInterfaceSetAclList = {
  sw_if_index: number;
  count?: number;
  n_input: number;
  acls: readonly number[];
};
export type AclInterfaceSetAclListReply = {
  retval: number;
};
export type AclInterfaceSetEtypeWhitelist = {
  sw_if_index: number;
  count?: number;
  n_input: number;
  whitelist: readonly number[];
};
export type AclInterfaceSetEtypeWhitelistReply = {
  retval: number;
};
export type AclPluginControlPing = Record<string, never>;
export type AclPluginControlPingReply = {
  retval: number;
  client_index: number;
  vpe_pid: number;
};
export type AclPluginGetConnTableMaxEntries = Record<string, never>;
export type AclPluginGetConnTableMaxEntriesReply = {
  conn_table_max_entries: bigint;
};
export type AclPluginGetVersion = Record<string, never>;
export type AclPluginGetVersionReply = {
  major: number;
  minor: number;
};
export type AclPluginUseHashLookupGet = Record<string, never>;
export type AclPluginUseHashLookupGetReply = {
  enable: boolean;
};
export type AclPluginUseHashLookupSet = {
  enable?: BoolInput;
};
export type AclPluginUseHashLookupSetReply = {
  retval: number;
};
export type AclStatsIntfCountersEnable = {
  enable?: BoolInput;
};
export type AclStatsIntfCountersEnableReply = {
  retval: number;
};
export type MacipAclAdd = {
  tag: string;
  count?: number;
  r: readonly MacipAclRuleInput[];
};
export type MacipAclAddReplace = {
  /** @default 4294967295 */
  acl_index?: number;
  tag: string;
  count?: number;
  r: readonly MacipAclRuleInput[];
};
export type MacipAclAddReplaceReply = {
  acl_index: number;
  retval: number;
};
export type MacipAclAddReply = {
  acl_index: number;
  retval: number;
};
export type MacipAclDel = {
  acl_index: number;
};
export type MacipAclDelReply = {
  retval: number;
};
export type MacipAclDetails = {
  acl_index: number;
  tag: string;
  count: number;
  r: MacipAclRule[];
};
export type MacipAclDump = {
  /** @default 4294967295 */
  acl_index?: number;
};
export type MacipAclInterfaceAddDel = {
  /** @default true */
  is_add?: BoolInput;
  sw_if_index: number;
  acl_index: number;
};
export type MacipAclInterfaceAddDelReply = {
  retval: number;
};
export type MacipAclInterfaceGet = Record<string, never>;
export type MacipAclInterfaceGetReply = {
  count: number;
  acls: number[];
};
export type MacipAclInterfaceListDetails = {
  sw_if_index: number;
  count: number;
  acls: number[];
};
export type MacipAclInterfaceListDump = {
  sw_if_index: number;
};
export interface AclMessages {
  acl_add_replace: RequestMessage<AclAddReplace, AclAddReplaceReply>;
  acl_del: RequestMessage<AclDel, AclDelReply>;
  acl_dump: DumpMessage<AclDump, AclDetails>;
  acl_interface_add_del: RequestMessage<AclInterfaceAddDel, AclInterfaceAddDelReply>;
  acl_interface_etype_whitelist_dump: DumpMessage<AclInterfaceEtypeWhitelistDump, AclInterfaceEtypeWhitelistDetails>;
  acl_interface_list_dump: DumpMessage<AclInterfaceListDump, AclInterfaceListDetails>;
  acl_interface_set_acl_list: RequestMessage<AclInterfaceSetAclList, AclInterfaceSetAclListReply>;
  acl_interface_set_etype_whitelist: RequestMessage<AclInterfaceSetEtypeWhitelist, AclInterfaceSetEtypeWhitelistReply>;
  acl_plugin_control_ping: RequestMessage<AclPluginControlPing, AclPluginControlPingReply>;
  acl_plugin_get_conn_table_max_entries: RequestMessage<AclPluginGetConnTableMaxEntries, AclPluginGetConnTableMaxEntriesReply>;
  acl_plugin_get_version: RequestMessage<AclPluginGetVersion, AclPluginGetVersionReply>;
  /** In progress: its definition may still change. */
  acl_plugin_use_hash_lookup_get: RequestMessage<AclPluginUseHashLookupGet, AclPluginUseHashLookupGetReply>;
  /** In progress: its definition may still change. */
  acl_plugin_use_hash_lookup_set: RequestMessage<AclPluginUseHashLookupSet, AclPluginUseHashLookupSetReply>;
  acl_stats_intf_counters_enable: RequestMessage<AclStatsIntfCountersEnable, AclStatsIntfCountersEnableReply>;
  macip_acl_add: RequestMessage<MacipAclAdd, MacipAclAddReply>;
  macip_acl_add_replace: RequestMessage<MacipAclAddReplace, MacipAclAddReplaceReply>;
  macip_acl_del: RequestMessage<MacipAclDel, MacipAclDelReply>;
  macip_acl_dump: DumpMessage<MacipAclDump, MacipAclDetails>;
  macip_acl_interface_add_del: RequestMessage<MacipAclInterfaceAddDel, MacipAclInterfaceAddDelReply>;
  macip_acl_interface_get: RequestMessage<MacipAclInterfaceGet, MacipAclInterfaceGetReply>;
  macip_acl_interface_list_dump: DumpMessage<MacipAclInterfaceListDump, MacipAclInterfaceListDetails>;
}

export interface AclActionValues {
  readonly ACL_ACTION_API_DENY: 0;
  readonly ACL_ACTION_API_PERMIT: 1;
  readonly ACL_ACTION_API_PERMIT_REFLECT: 2;
}
export type AclAction = EnumValue<AclActionValues>;
export type AclActionInput = EnumInput<AclActionValues, 'ACL_ACTION_API_'>;
export type AclRule = {
  is_permit: AclAction;
  src_prefix: string;
  dst_prefix: string;
  proto: IpProto;
  srcport_or_icmptype_first: number;
  srcport_or_icmptype_last: number;
  dstport_or_icmpcode_first: number;
  dstport_or_icmpcode_last: number;
  tcp_flags_mask: number;
  tcp_flags_value: number;
};
export type AclRuleInput = {
  is_permit?: AclActionInput;
  src_prefix?: string | Uint8Array | PrefixInput;
  dst_prefix?: string | Uint8Array | PrefixInput;
  proto?: IpProtoInput;
  srcport_or_icmptype_first?: number;
  srcport_or_icmptype_last?: number;
  dstport_or_icmpcode_first?: number;
  dstport_or_icmpcode_last?: number;
  tcp_flags_mask?: number;
  tcp_flags_value?: number;
};
export type MacipAclRule = {
  is_permit: AclAction;
  src_mac: string;
  src_mac_mask: string;
  src_prefix: string;
};
export type MacipAclRuleInput = {
  is_permit?: AclActionInput;
  src_mac?: BytesInput;
  src_mac_mask?: BytesInput;
  src_prefix?: string | Uint8Array | PrefixInput;
};

export type AdlAllowlistEnableDisable = {
  sw_if_index: number;
  fib_id: number;
  ip4?: BoolInput;
  ip6?: BoolInput;
  default_adl?: BoolInput;
};
export type AdlAllowlistEnableDisableReply = {
  retval: number;
};
export type AdlInterfaceEnableDisable = {
  sw_if_index: number;
  enable_disable?: BoolInput;
};
export type AdlInterfaceEnableDisableReply = {
  retval: number;
};
export interface AdlMessages {
  adl_allowlist_enable_disable: RequestMessage<AdlAllowlistEnableDisable, AdlAllowlistEnableDisableReply>;
  adl_interface_enable_disable: RequestMessage<AdlInterfaceEnableDisable, AdlInterfaceEnableDisableReply>;
}

export interface AfPacketFlagsValues {
  readonly AF_PACKET_API_FLAG_QDISC_BYPASS: 1;
  readonly AF_PACKET_API_FLAG_CKSUM_GSO: 2;
  readonly AF_PACKET_API_FLAG_VERSION_2: 8;
}
export type AfPacketFlags = number;
export type AfPacketFlagsInput = FlagsInput<AfPacketFlagsValues, 'AF_PACKET_API_FLAG_'>;
export interface AfPacketModeValues {
  readonly AF_PACKET_API_MODE_ETHERNET: 1;
  readonly AF_PACKET_API_MODE_IP: 2;
}
export type AfPacketMode = EnumValue<AfPacketModeValues>;
export type AfPacketModeInput = EnumInput<AfPacketModeValues, 'AF_PACKET_API_MODE_'>;
export type AfPacketCreate = {
  hw_addr: BytesInput;
  use_random_hw_addr?: BoolInput;
  host_if_name: string;
};
export type AfPacketCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type AfPacketCreateV2 = {
  hw_addr: BytesInput;
  use_random_hw_addr?: BoolInput;
  host_if_name: string;
  rx_frame_size: number;
  tx_frame_size: number;
  rx_frames_per_block: number;
  tx_frames_per_block: number;
  flags: number;
  /** @default 1 */
  num_rx_queues?: number;
};
export type AfPacketCreateV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type AfPacketCreateV3 = {
  mode: AfPacketModeInput;
  hw_addr: BytesInput;
  use_random_hw_addr?: BoolInput;
  host_if_name: string;
  rx_frame_size: number;
  tx_frame_size: number;
  rx_frames_per_block: number;
  tx_frames_per_block: number;
  flags: AfPacketFlagsInput;
  /** @default 1 */
  num_rx_queues?: number;
  /** @default 1 */
  num_tx_queues?: number;
};
export type AfPacketCreateV3Reply = {
  retval: number;
  sw_if_index: number;
};
export type AfPacketDelete = {
  host_if_name: string;
};
export type AfPacketDeleteReply = {
  retval: number;
};
export type AfPacketDetails = {
  sw_if_index: number;
  host_if_name: string;
};
export type AfPacketDump = Record<string, never>;
export type AfPacketSetL4CksumOffload = {
  sw_if_index: number;
  set?: BoolInput;
};
export type AfPacketSetL4CksumOffloadReply = {
  retval: number;
};
export interface AfPacketMessages {
  /** @deprecated */
  af_packet_create: RequestMessage<AfPacketCreate, AfPacketCreateReply>;
  /** @deprecated */
  af_packet_create_v2: RequestMessage<AfPacketCreateV2, AfPacketCreateV2Reply>;
  af_packet_create_v3: RequestMessage<AfPacketCreateV3, AfPacketCreateV3Reply>;
  af_packet_delete: RequestMessage<AfPacketDelete, AfPacketDeleteReply>;
  af_packet_dump: DumpMessage<AfPacketDump, AfPacketDetails>;
  af_packet_set_l4_cksum_offload: RequestMessage<AfPacketSetL4CksumOffload, AfPacketSetL4CksumOffloadReply>;
}

export interface AfXdpFlagValues {
  readonly AF_XDP_API_FLAGS_NO_SYSCALL_LOCK: 1;
}
export type AfXdpFlag = number;
export type AfXdpFlagInput = FlagsInput<AfXdpFlagValues>;
export interface AfXdpModeValues {
  readonly AF_XDP_API_MODE_AUTO: 0;
  readonly AF_XDP_API_MODE_COPY: 1;
  readonly AF_XDP_API_MODE_ZERO_COPY: 2;
}
export type AfXdpMode = EnumValue<AfXdpModeValues>;
export type AfXdpModeInput = EnumInput<AfXdpModeValues, 'AF_XDP_API_MODE_'>;
export type AfXdpCreate = {
  host_if: string;
  name: string;
  /** @default 1 */
  rxq_num?: number;
  /** @default 0 */
  rxq_size?: number;
  /** @default 0 */
  txq_size?: number;
  /** @default 0 */
  mode?: AfXdpModeInput;
  /** @default 0 */
  flags?: AfXdpFlagInput;
  prog: string;
};
export type AfXdpCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type AfXdpCreateV2 = {
  host_if: string;
  name: string;
  /** @default 1 */
  rxq_num?: number;
  /** @default 0 */
  rxq_size?: number;
  /** @default 0 */
  txq_size?: number;
  /** @default 0 */
  mode?: AfXdpModeInput;
  /** @default 0 */
  flags?: AfXdpFlagInput;
  prog: string;
  namespace: string;
};
export type AfXdpCreateV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type AfXdpCreateV3 = {
  host_if: string;
  name: string;
  /** @default 1 */
  rxq_num?: number;
  /** @default 0 */
  rxq_size?: number;
  /** @default 0 */
  txq_size?: number;
  /** @default 0 */
  mode?: AfXdpModeInput;
  /** @default 0 */
  flags?: AfXdpFlagInput;
  prog: string;
  netns: string;
};
export type AfXdpCreateV3Reply = {
  retval: number;
  sw_if_index: number;
};
export type AfXdpDelete = {
  sw_if_index: number;
};
export type AfXdpDeleteReply = {
  retval: number;
};
export interface AfXdpMessages {
  /** @deprecated */
  af_xdp_create: RequestMessage<AfXdpCreate, AfXdpCreateReply>;
  /** @deprecated */
  af_xdp_create_v2: RequestMessage<AfXdpCreateV2, AfXdpCreateV2Reply>;
  af_xdp_create_v3: RequestMessage<AfXdpCreateV3, AfXdpCreateV3Reply>;
  af_xdp_delete: RequestMessage<AfXdpDelete, AfXdpDeleteReply>;
}

export type ProxyArp = {
  table_id: number;
  low: string;
  hi: string;
};
export type ProxyArpInput = {
  table_id?: number;
  low?: BytesInput;
  hi?: BytesInput;
};
export type ProxyArpAddDel = {
  is_add?: BoolInput;
  proxy: ProxyArpInput;
};
export type ProxyArpAddDelReply = {
  retval: number;
};
export type ProxyArpDetails = {
  proxy: ProxyArp;
};
export type ProxyArpDump = Record<string, never>;
export type ProxyArpIntfcDetails = {
  sw_if_index: number;
};
export type ProxyArpIntfcDump = Record<string, never>;
export type ProxyArpIntfcEnableDisable = {
  sw_if_index: number;
  enable?: BoolInput;
};
export type ProxyArpIntfcEnableDisableReply = {
  retval: number;
};
export interface ArpMessages {
  proxy_arp_add_del: RequestMessage<ProxyArpAddDel, ProxyArpAddDelReply>;
  proxy_arp_dump: DumpMessage<ProxyArpDump, ProxyArpDetails>;
  proxy_arp_intfc_dump: DumpMessage<ProxyArpIntfcDump, ProxyArpIntfcDetails>;
  proxy_arp_intfc_enable_disable: RequestMessage<ProxyArpIntfcEnableDisable, ProxyArpIntfcEnableDisableReply>;
}

export type Arping = {
  address: string | Uint8Array | AddressInput;
  sw_if_index: number;
  is_garp?: BoolInput;
  /** @default 1 */
  repeat?: number;
  /** @default 1 */
  interval?: number;
};
export type ArpingAcd = {
  address: string | Uint8Array | AddressInput;
  sw_if_index: number;
  is_garp?: BoolInput;
  /** @default 1 */
  repeat?: number;
  /** @default 1 */
  interval?: number;
};
export type ArpingAcdReply = {
  retval: number;
  reply_count: number;
  mac_address: string;
};
export type ArpingReply = {
  retval: number;
  reply_count: number;
};
export interface ArpingMessages {
  arping: RequestMessage<Arping, ArpingReply>;
  arping_acd: RequestMessage<ArpingAcd, ArpingAcdReply>;
}

export type AvfCreate = {
  pci_addr: number;
  enable_elog: number;
  rxq_num: number;
  rxq_size: number;
  txq_size: number;
};
export type AvfCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type AvfDelete = {
  sw_if_index: number;
};
export type AvfDeleteReply = {
  retval: number;
};
export interface AvfMessages {
  avf_create: RequestMessage<AvfCreate, AvfCreateReply>;
  avf_delete: RequestMessage<AvfDelete, AvfDeleteReply>;
}

export interface BfdStateValues {
  readonly BFD_STATE_API_ADMIN_DOWN: 0;
  readonly BFD_STATE_API_DOWN: 1;
  readonly BFD_STATE_API_INIT: 2;
  readonly BFD_STATE_API_UP: 3;
}
export type BfdState = EnumValue<BfdStateValues>;
export type BfdAuthDelKey = {
  conf_key_id: number;
};
export type BfdAuthDelKeyReply = {
  retval: number;
};
export type BfdAuthKeysDetails = {
  conf_key_id: number;
  use_count: number;
  auth_type: number;
};
export type BfdAuthKeysDump = Record<string, never>;
export type BfdAuthSetKey = {
  conf_key_id: number;
  key_len: number;
  auth_type: number;
  key: BytesInput;
};
export type BfdAuthSetKeyReply = {
  retval: number;
};
export type BfdUdpAdd = {
  sw_if_index: number;
  desired_min_tx: number;
  required_min_rx: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
  detect_mult: number;
  is_authenticated?: BoolInput;
  bfd_key_id: number;
  conf_key_id: number;
};
export type BfdUdpAddReply = {
  retval: number;
};
export type BfdUdpAuthActivate = {
  sw_if_index: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
  is_delayed?: BoolInput;
  bfd_key_id: number;
  conf_key_id: number;
};
export type BfdUdpAuthActivateReply = {
  retval: number;
};
export type BfdUdpAuthDeactivate = {
  sw_if_index: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
  is_delayed?: BoolInput;
};
export type BfdUdpAuthDeactivateReply = {
  retval: number;
};
export type BfdUdpDel = {
  sw_if_index: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
};
export type BfdUdpDelEchoSource = Record<string, never>;
export type BfdUdpDelEchoSourceReply = {
  retval: number;
};
export type BfdUdpDelReply = {
  retval: number;
};
export type BfdUdpGetEchoSource = Record<string, never>;
export type BfdUdpGetEchoSourceReply = {
  retval: number;
  sw_if_index: number;
  is_set: boolean;
  have_usable_ip4: boolean;
  ip4_addr: string;
  have_usable_ip6: boolean;
  ip6_addr: string;
};
export type BfdUdpMod = {
  sw_if_index: number;
  desired_min_tx: number;
  required_min_rx: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
  detect_mult: number;
};
export type BfdUdpModReply = {
  retval: number;
};
export type BfdUdpSessionDetails = {
  sw_if_index: number;
  local_addr: string;
  peer_addr: string;
  state: BfdState;
  is_authenticated: boolean;
  bfd_key_id: number;
  conf_key_id: number;
  required_min_rx: number;
  desired_min_tx: number;
  detect_mult: number;
};
export type BfdUdpSessionDump = Record<string, never>;
export type BfdUdpSessionEvent = {
  pid: number;
  sw_if_index: number;
  local_addr: string;
  peer_addr: string;
  state: BfdState;
  is_authenticated: boolean;
  bfd_key_id: number;
  conf_key_id: number;
  required_min_rx: number;
  desired_min_tx: number;
  detect_mult: number;
};
export type BfdUdpSessionSetFlags = {
  sw_if_index: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
  flags: IfStatusFlagsInput;
};
export type BfdUdpSessionSetFlagsReply = {
  retval: number;
};
export type BfdUdpSetEchoSource = {
  sw_if_index: number;
};
export type BfdUdpSetEchoSourceReply = {
  retval: number;
};
export type BfdUdpUpd = {
  sw_if_index: number;
  desired_min_tx: number;
  required_min_rx: number;
  local_addr: string | Uint8Array | AddressInput;
  peer_addr: string | Uint8Array | AddressInput;
  detect_mult: number;
  is_authenticated?: BoolInput;
  bfd_key_id: number;
  conf_key_id: number;
};
export type BfdUdpUpdReply = {
  retval: number;
  stats_index: number;
};
export type WantBfdEvents = {
  enable_disable?: BoolInput;
  pid: number;
};
export type WantBfdEventsReply = {
  retval: number;
};
export interface BfdMessages {
  bfd_auth_del_key: RequestMessage<BfdAuthDelKey, BfdAuthDelKeyReply>;
  bfd_auth_keys_dump: DumpMessage<BfdAuthKeysDump, BfdAuthKeysDetails>;
  bfd_auth_set_key: RequestMessage<BfdAuthSetKey, BfdAuthSetKeyReply>;
  bfd_udp_add: RequestMessage<BfdUdpAdd, BfdUdpAddReply>;
  bfd_udp_auth_activate: RequestMessage<BfdUdpAuthActivate, BfdUdpAuthActivateReply>;
  bfd_udp_auth_deactivate: RequestMessage<BfdUdpAuthDeactivate, BfdUdpAuthDeactivateReply>;
  bfd_udp_del: RequestMessage<BfdUdpDel, BfdUdpDelReply>;
  bfd_udp_del_echo_source: RequestMessage<BfdUdpDelEchoSource, BfdUdpDelEchoSourceReply>;
  bfd_udp_get_echo_source: RequestMessage<BfdUdpGetEchoSource, BfdUdpGetEchoSourceReply>;
  bfd_udp_mod: RequestMessage<BfdUdpMod, BfdUdpModReply>;
  bfd_udp_session_dump: DumpMessage<BfdUdpSessionDump, BfdUdpSessionDetails>;
  bfd_udp_session_event: EventMessage<BfdUdpSessionEvent, WantBfdEvents>;
  bfd_udp_session_set_flags: RequestMessage<BfdUdpSessionSetFlags, BfdUdpSessionSetFlagsReply>;
  bfd_udp_set_echo_source: RequestMessage<BfdUdpSetEchoSource, BfdUdpSetEchoSourceReply>;
  bfd_udp_upd: RequestMessage<BfdUdpUpd, BfdUdpUpdReply>;
  want_bfd_events: RequestMessage<WantBfdEvents, WantBfdEventsReply>;
}

export type BierRoute = {
  br_bp: number;
  br_tbl_id: BierTableId;
  br_n_paths: number;
  br_paths: FibPath[];
};
export type BierRouteInput = {
  br_bp?: number;
  br_tbl_id?: BierTableIdInput;
  br_n_paths?: number;
  br_paths?: readonly FibPathInput[];
};
export type BierTableId = {
  bt_set: number;
  bt_sub_domain: number;
  bt_hdr_len_id: number;
};
export type BierTableIdInput = {
  bt_set?: number;
  bt_sub_domain?: number;
  bt_hdr_len_id?: number;
};
export type BierDispEntryAddDel = {
  bde_bp: number;
  bde_tbl_id: number;
  bde_is_add?: BoolInput;
  bde_payload_proto: number;
  bde_n_paths?: number;
  bde_paths: readonly FibPathInput[];
};
export type BierDispEntryAddDelReply = {
  retval: number;
};
export type BierDispEntryDetails = {
  bde_bp: number;
  bde_tbl_id: number;
  bde_is_add: boolean;
  bde_payload_proto: number;
  bde_n_paths: number;
  bde_paths: FibPath[];
};
export type BierDispEntryDump = {
  bde_tbl_id: number;
};
export type BierDispTableAddDel = {
  bdt_tbl_id: number;
  bdt_is_add?: BoolInput;
};
export type BierDispTableAddDelReply = {
  retval: number;
};
export type BierDispTableDetails = {
  bdt_tbl_id: number;
};
export type BierDispTableDump = Record<string, never>;
export type BierImpAdd = {
  bi_tbl_id: BierTableIdInput;
  bi_src: number;
  bi_n_bytes?: number;
  bi_bytes: BytesInput;
};
export type BierImpAddReply = {
  retval: number;
  bi_index: number;
};
export type BierImpDel = {
  bi_index: number;
};
export type BierImpDelReply = {
  retval: number;
};
export type BierImpDetails = {
  bi_tbl_id: BierTableId;
  bi_src: number;
  bi_n_bytes: number;
  bi_bytes: Uint8Array;
};
export type BierImpDump = Record<string, never>;
export type BierRouteAddDel = {
  br_is_add?: BoolInput;
  br_is_replace?: BoolInput;
  br_route: BierRouteInput;
};
export type BierRouteAddDelReply = {
  retval: number;
};
export type BierRouteDetails = {
  br_route: BierRoute;
};
export type BierRouteDump = {
  br_tbl_id: BierTableIdInput;
};
export type BierTableAddDel = {
  bt_tbl_id: BierTableIdInput;
  bt_label: number;
  bt_is_add?: BoolInput;
};
export type BierTableAddDelReply = {
  retval: number;
};
export type BierTableDetails = {
  bt_label: number;
  bt_tbl_id: BierTableId;
};
export type BierTableDump = Record<string, never>;
export interface BierMessages {
  bier_disp_entry_add_del: RequestMessage<BierDispEntryAddDel, BierDispEntryAddDelReply>;
  bier_disp_entry_dump: DumpMessage<BierDispEntryDump, BierDispEntryDetails>;
  bier_disp_table_add_del: RequestMessage<BierDispTableAddDel, BierDispTableAddDelReply>;
  bier_disp_table_dump: DumpMessage<BierDispTableDump, BierDispTableDetails>;
  bier_imp_add: RequestMessage<BierImpAdd, BierImpAddReply>;
  bier_imp_del: RequestMessage<BierImpDel, BierImpDelReply>;
  bier_imp_dump: DumpMessage<BierImpDump, BierImpDetails>;
  bier_route_add_del: RequestMessage<BierRouteAddDel, BierRouteAddDelReply>;
  bier_route_dump: DumpMessage<BierRouteDump, BierRouteDetails>;
  bier_table_add_del: RequestMessage<BierTableAddDel, BierTableAddDelReply>;
  bier_table_dump: DumpMessage<BierTableDump, BierTableDetails>;
}

export interface BondLbAlgoValues {
  readonly BOND_API_LB_ALGO_L2: 0;
  readonly BOND_API_LB_ALGO_L34: 1;
  readonly BOND_API_LB_ALGO_L23: 2;
  readonly BOND_API_LB_ALGO_RR: 3;
  readonly BOND_API_LB_ALGO_BC: 4;
  readonly BOND_API_LB_ALGO_AB: 5;
}
export type BondLbAlgo = EnumValue<BondLbAlgoValues>;
export type BondLbAlgoInput = EnumInput<BondLbAlgoValues, 'BOND_API_LB_ALGO_'>;
export interface BondModeValues {
  readonly BOND_API_MODE_ROUND_ROBIN: 1;
  readonly BOND_API_MODE_ACTIVE_BACKUP: 2;
  readonly BOND_API_MODE_XOR: 3;
  readonly BOND_API_MODE_BROADCAST: 4;
  readonly BOND_API_MODE_LACP: 5;
}
export type BondMode = EnumValue<BondModeValues>;
export type BondModeInput = EnumInput<BondModeValues, 'BOND_API_MODE_'>;
export type BondAddMember = {
  sw_if_index: number;
  bond_sw_if_index: number;
  is_passive?: BoolInput;
  is_long_timeout?: BoolInput;
};
export type BondAddMemberReply = {
  retval: number;
};
export type BondCreate = {
  /** @default 4294967295 */
  id?: number;
  use_custom_mac?: BoolInput;
  mac_address: BytesInput;
  mode: BondModeInput;
  lb: BondLbAlgoInput;
  numa_only?: BoolInput;
};
export type BondCreate2 = {
  mode: BondModeInput;
  lb: BondLbAlgoInput;
  numa_only?: BoolInput;
  enable_gso?: BoolInput;
  use_custom_mac?: BoolInput;
  mac_address: BytesInput;
  /** @default 4294967295 */
  id?: number;
};
export type BondCreate2Reply = {
  retval: number;
  sw_if_index: number;
};
export type BondCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type BondDelete = {
  sw_if_index: number;
};
export type BondDeleteReply = {
  retval: number;
};
export type BondDetachMember = {
  sw_if_index: number;
};
export type BondDetachMemberReply = {
  retval: number;
};
export type BondDetachSlave = {
  sw_if_index: number;
};
export type BondDetachSlaveReply = {
  retval: number;
};
export type BondEnslave = {
  sw_if_index: number;
  bond_sw_if_index: number;
  is_passive?: BoolInput;
  is_long_timeout?: BoolInput;
};
export type BondEnslaveReply = {
  retval: number;
};
export type SwBondInterfaceDetails = {
  sw_if_index: number;
  id: number;
  mode: BondMode;
  lb: BondLbAlgo;
  numa_only: boolean;
  active_members: number;
  members: number;
  interface_name: string;
};
export type SwBondInterfaceDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type SwInterfaceBondDetails = {
  sw_if_index: number;
  id: number;
  mode: BondMode;
  lb: BondLbAlgo;
  numa_only: boolean;
  active_slaves: number;
  slaves: number;
  interface_name: string;
};
export type SwInterfaceBondDump = Record<string, never>;
export type SwInterfaceSetBondWeight = {
  sw_if_index: number;
  weight: number;
};
export type SwInterfaceSetBondWeightReply = {
  retval: number;
};
export type SwInterfaceSlaveDetails = {
  sw_if_index: number;
  interface_name: string;
  is_passive: boolean;
  is_long_timeout: boolean;
  is_local_numa: boolean;
  weight: number;
};
export type SwInterfaceSlaveDump = {
  sw_if_index: number;
};
export type SwMemberInterfaceDetails = {
  sw_if_index: number;
  interface_name: string;
  is_passive: boolean;
  is_long_timeout: boolean;
  is_local_numa: boolean;
  weight: number;
};
export type SwMemberInterfaceDump = {
  sw_if_index: number;
};
export interface BondMessages {
  bond_add_member: RequestMessage<BondAddMember, BondAddMemberReply>;
  /** @deprecated */
  bond_create: RequestMessage<BondCreate, BondCreateReply>;
  bond_create2: RequestMessage<BondCreate2, BondCreate2Reply>;
  bond_delete: RequestMessage<BondDelete, BondDeleteReply>;
  bond_detach_member: RequestMessage<BondDetachMember, BondDetachMemberReply>;
  /** @deprecated */
  bond_detach_slave: RequestMessage<BondDetachSlave, BondDetachSlaveReply>;
  /** @deprecated */
  bond_enslave: RequestMessage<BondEnslave, BondEnslaveReply>;
  sw_bond_interface_dump: DumpMessage<SwBondInterfaceDump, SwBondInterfaceDetails>;
  /** @deprecated */
  sw_interface_bond_dump: DumpMessage<SwInterfaceBondDump, SwInterfaceBondDetails>;
  sw_interface_set_bond_weight: RequestMessage<SwInterfaceSetBondWeight, SwInterfaceSetBondWeightReply>;
  /** @deprecated */
  sw_interface_slave_dump: DumpMessage<SwInterfaceSlaveDump, SwInterfaceSlaveDetails>;
  sw_member_interface_dump: DumpMessage<SwMemberInterfaceDump, SwMemberInterfaceDetails>;
}

export type BpfTraceFilterSet = {
  /** @default true */
  is_add?: BoolInput;
  filter: string;
};
export type BpfTraceFilterSetReply = {
  retval: number;
};
export interface BpfTraceFilterMessages {
  bpf_trace_filter_set: RequestMessage<BpfTraceFilterSet, BpfTraceFilterSetReply>;
}

export type BuiltinurlEnable = Record<string, never>;
export type BuiltinurlEnableReply = {
  retval: number;
};
export interface BuiltinurlMessages {
  builtinurl_enable: RequestMessage<BuiltinurlEnable, BuiltinurlEnableReply>;
}

export type CdpEnableDisable = {
  enable_disable?: BoolInput;
};
export type CdpEnableDisableReply = {
  retval: number;
};
export interface CdpMessages {
  cdp_enable_disable: RequestMessage<CdpEnableDisable, CdpEnableDisableReply>;
}

export interface ClassifyActionValues {
  readonly CLASSIFY_API_ACTION_NONE: 0;
  readonly CLASSIFY_API_ACTION_SET_IP4_FIB_INDEX: 1;
  readonly CLASSIFY_API_ACTION_SET_IP6_FIB_INDEX: 2;
  readonly CLASSIFY_API_ACTION_SET_METADATA: 3;
}
export type ClassifyAction = EnumValue<ClassifyActionValues>;
export type ClassifyActionInput = EnumInput<ClassifyActionValues, 'CLASSIFY_API_ACTION_'>;
export interface FlowClassifyTableValues {
  readonly FLOW_CLASSIFY_API_TABLE_IP4: 0;
  readonly FLOW_CLASSIFY_API_TABLE_IP6: 1;
}
export type FlowClassifyTable = EnumValue<FlowClassifyTableValues>;
export type FlowClassifyTableInput = EnumInput<FlowClassifyTableValues, 'FLOW_CLASSIFY_API_TABLE_'>;
export interface PolicerClassifyTableValues {
  readonly POLICER_CLASSIFY_API_TABLE_IP4: 0;
  readonly POLICER_CLASSIFY_API_TABLE_IP6: 1;
  readonly POLICER_CLASSIFY_API_TABLE_L2: 2;
}
export type PolicerClassifyTable = EnumValue<PolicerClassifyTableValues>;
export type PolicerClassifyTableInput = EnumInput<PolicerClassifyTableValues, 'POLICER_CLASSIFY_API_TABLE_'>;
export type ClassifyAddDelSession = {
  is_add?: BoolInput;
  table_index: number;
  /** @default 4294967295 */
  hit_next_index?: number;
  /** @default 4294967295 */
  opaque_index?: number;
  /** @default 0 */
  advance?: number;
  /** @default 0 */
  action?: ClassifyActionInput;
  /** @default 0 */
  metadata?: number;
  match_len?: number;
  match: BytesInput;
};
export type ClassifyAddDelSessionReply = {
  retval: number;
};
export type ClassifyAddDelTable = {
  is_add?: BoolInput;
  del_chain?: BoolInput;
  /** @default 4294967295 */
  table_index?: number;
  /** @default 2 */
  nbuckets?: number;
  /** @default 2097152 */
  memory_size?: number;
  /** @default 0 */
  skip_n_vectors?: number;
  /** @default 1 */
  match_n_vectors?: number;
  /** @default 4294967295 */
  next_table_index?: number;
  /** @default 4294967295 */
  miss_next_index?: number;
  /** @default 0 */
  current_data_flag?: number;
  /** @default 0 */
  current_data_offset?: number;
  mask_len?: number;
  mask: BytesInput;
};
export type ClassifyAddDelTableReply = {
  retval: number;
  new_table_index: number;
  skip_n_vectors: number;
  match_n_vectors: number;
};
export type ClassifyPcapGetTables = {
  sw_if_index: number;
};
export type ClassifyPcapGetTablesReply = {
  retval: number;
  count: number;
  indices: number[];
};
export type ClassifyPcapLookupTable = {
  /** @default 4294967295 */
  sw_if_index?: number;
  /** @default 0 */
  skip_n_vectors?: number;
  /** @default 1 */
  match_n_vectors?: number;
  mask_len?: number;
  mask: BytesInput;
};
export type ClassifyPcapLookupTableReply = {
  retval: number;
  table_index: number;
};
export type ClassifyPcapSetTable = {
  sw_if_index: number;
  /** @default 4294967295 */
  table_index?: number;
  /** @default false */
  sort_masks?: BoolInput;
};
export type ClassifyPcapSetTableReply = {
  retval: number;
  table_index: number;
};
export type ClassifySessionDetails = {
  retval: number;
  table_id: number;
  hit_next_index: number;
  advance: number;
  opaque_index: number;
  match_length: number;
  match: Uint8Array;
};
export type ClassifySessionDump = {
  table_id: number;
};
export type ClassifySetInterfaceIpTable = {
  is_ipv6?: BoolInput;
  sw_if_index: number;
  table_index: number;
};
export type ClassifySetInterfaceIpTableReply = {
  retval: number;
};
export type ClassifySetInterfaceL2Tables = {
  sw_if_index: number;
  ip4_table_index: number;
  ip6_table_index: number;
  other_table_index: number;
  is_input?: BoolInput;
};
export type ClassifySetInterfaceL2TablesReply = {
  retval: number;
};
export type ClassifyTableByInterface = {
  sw_if_index: number;
};
export type ClassifyTableByInterfaceReply = {
  retval: number;
  sw_if_index: number;
  l2_table_id: number;
  ip4_table_id: number;
  ip6_table_id: number;
};
export type ClassifyTableIds = Record<string, never>;
export type ClassifyTableIdsReply = {
  retval: number;
  count: number;
  ids: number[];
};
export type ClassifyTableInfo = {
  table_id: number;
};
export type ClassifyTableInfoReply = {
  retval: number;
  table_id: number;
  nbuckets: number;
  match_n_vectors: number;
  skip_n_vectors: number;
  active_sessions: number;
  next_table_index: number;
  miss_next_index: number;
  mask_length: number;
  mask: Uint8Array;
};
export type ClassifyTraceGetTables = Record<string, never>;
export type ClassifyTraceGetTablesReply = {
  retval: number;
  count: number;
  indices: number[];
};
export type ClassifyTraceLookupTable = {
  /** @default 0 */
  skip_n_vectors?: number;
  /** @default 1 */
  match_n_vectors?: number;
  mask_len?: number;
  mask: BytesInput;
};
export type ClassifyTraceLookupTableReply = {
  retval: number;
  table_index: number;
};
export type ClassifyTraceSetTable = {
  /** @default 4294967295 */
  table_index?: number;
  /** @default false */
  sort_masks?: BoolInput;
};
export type ClassifyTraceSetTableReply = {
  retval: number;
  table_index: number;
};
export type FlowClassifyDetails = {
  sw_if_index: number;
  table_index: number;
};
export type FlowClassifyDump = {
  type: FlowClassifyTableInput;
  sw_if_index: number;
};
export type FlowClassifySetInterface = {
  sw_if_index: number;
  ip4_table_index: number;
  ip6_table_index: number;
  is_add?: BoolInput;
};
export type FlowClassifySetInterfaceReply = {
  retval: number;
};
export type InputAclSetInterface = {
  sw_if_index: number;
  ip4_table_index: number;
  ip6_table_index: number;
  l2_table_index: number;
  is_add?: BoolInput;
};
export type InputAclSetInterfaceReply = {
  retval: number;
};
export type OutputAclSetInterface = {
  sw_if_index: number;
  ip4_table_index: number;
  ip6_table_index: number;
  l2_table_index: number;
  is_add?: BoolInput;
};
export type OutputAclSetInterfaceReply = {
  retval: number;
};
export type PolicerClassifyDetails = {
  sw_if_index: number;
  table_index: number;
};
export type PolicerClassifyDump = {
  type: PolicerClassifyTableInput;
  sw_if_index: number;
};
export type PolicerClassifySetInterface = {
  sw_if_index: number;
  ip4_table_index: number;
  ip6_table_index: number;
  l2_table_index: number;
  is_add?: BoolInput;
};
export type PolicerClassifySetInterfaceReply = {
  retval: number;
};
export type PuntAclAddDel = {
  /** @default 4294967295 */
  ip4_table_index?: number;
  /** @default 4294967295 */
  ip6_table_index?: number;
  /** @default true */
  is_add?: BoolInput;
};
export type PuntAclAddDelReply = {
  retval: number;
};
export type PuntAclGet = Record<string, never>;
export type PuntAclGetReply = {
  retval: number;
  ip4_table_index: number;
  ip6_table_index: number;
};
export interface ClassifyMessages {
  classify_add_del_session: RequestMessage<ClassifyAddDelSession, ClassifyAddDelSessionReply>;
  classify_add_del_table: RequestMessage<ClassifyAddDelTable, ClassifyAddDelTableReply>;
  classify_pcap_get_tables: RequestMessage<ClassifyPcapGetTables, ClassifyPcapGetTablesReply>;
  classify_pcap_lookup_table: RequestMessage<ClassifyPcapLookupTable, ClassifyPcapLookupTableReply>;
  classify_pcap_set_table: RequestMessage<ClassifyPcapSetTable, ClassifyPcapSetTableReply>;
  classify_session_dump: DumpMessage<ClassifySessionDump, ClassifySessionDetails>;
  classify_set_interface_ip_table: RequestMessage<ClassifySetInterfaceIpTable, ClassifySetInterfaceIpTableReply>;
  classify_set_interface_l2_tables: RequestMessage<ClassifySetInterfaceL2Tables, ClassifySetInterfaceL2TablesReply>;
  classify_table_by_interface: RequestMessage<ClassifyTableByInterface, ClassifyTableByInterfaceReply>;
  classify_table_ids: RequestMessage<ClassifyTableIds, ClassifyTableIdsReply>;
  classify_table_info: RequestMessage<ClassifyTableInfo, ClassifyTableInfoReply>;
  classify_trace_get_tables: RequestMessage<ClassifyTraceGetTables, ClassifyTraceGetTablesReply>;
  classify_trace_lookup_table: RequestMessage<ClassifyTraceLookupTable, ClassifyTraceLookupTableReply>;
  classify_trace_set_table: RequestMessage<ClassifyTraceSetTable, ClassifyTraceSetTableReply>;
  flow_classify_dump: DumpMessage<FlowClassifyDump, FlowClassifyDetails>;
  flow_classify_set_interface: RequestMessage<FlowClassifySetInterface, FlowClassifySetInterfaceReply>;
  input_acl_set_interface: RequestMessage<InputAclSetInterface, InputAclSetInterfaceReply>;
  output_acl_set_interface: RequestMessage<OutputAclSetInterface, OutputAclSetInterfaceReply>;
  policer_classify_dump: DumpMessage<PolicerClassifyDump, PolicerClassifyDetails>;
  policer_classify_set_interface: RequestMessage<PolicerClassifySetInterface, PolicerClassifySetInterfaceReply>;
  punt_acl_add_del: RequestMessage<PuntAclAddDel, PuntAclAddDelReply>;
  punt_acl_get: RequestMessage<PuntAclGet, PuntAclGetReply>;
}

export type CnatEndpoint = {
  addr: string;
  sw_if_index: number;
  if_af: AddressFamily;
  port: number;
};
export type CnatEndpointInput = {
  addr?: string | Uint8Array | AddressInput;
  sw_if_index?: number;
  if_af?: AddressFamilyInput;
  port?: number;
};
export type CnatEndpointTuple = {
  dst_ep: CnatEndpoint;
  src_ep: CnatEndpoint;
  flags: number;
};
export type CnatEndpointTupleInput = {
  dst_ep?: CnatEndpointInput;
  src_ep?: CnatEndpointInput;
  flags?: number;
};
export interface CnatLbTypeValues {
  readonly CNAT_LB_TYPE_DEFAULT: 0;
  readonly CNAT_LB_TYPE_MAGLEV: 1;
}
export type CnatLbType = EnumValue<CnatLbTypeValues>;
export type CnatLbTypeInput = EnumInput<CnatLbTypeValues, 'CNAT_LB_TYPE_'>;
export type CnatSession = {
  src: CnatEndpoint;
  dst: CnatEndpoint;
  new: CnatEndpoint;
  ip_proto: IpProto;
  location: number;
  timestamp: number;
};
export interface CnatSnatPoliciesValues {
  readonly CNAT_POLICY_NONE: 0;
  readonly CNAT_POLICY_IF_PFX: 1;
  readonly CNAT_POLICY_K8S: 2;
}
export type CnatSnatPolicies = EnumValue<CnatSnatPoliciesValues>;
export type CnatSnatPoliciesInput = EnumInput<CnatSnatPoliciesValues, 'CNAT_POLICY_'>;
export interface CnatSnatPolicyTableValues {
  readonly CNAT_POLICY_INCLUDE_V4: 0;
  readonly CNAT_POLICY_INCLUDE_V6: 1;
  readonly CNAT_POLICY_POD: 2;
  readonly CNAT_POLICY_HOST: 3;
}
export type CnatSnatPolicyTable = EnumValue<CnatSnatPolicyTableValues>;
export type CnatSnatPolicyTableInput = EnumInput<CnatSnatPolicyTableValues, 'CNAT_POLICY_'>;
export type CnatTranslation = {
  vip: CnatEndpoint;
  id: number;
  ip_proto: IpProto;
  is_real_ip: number;
  flags: number;
  lb_type: CnatLbType;
  n_paths: number;
  paths: CnatEndpointTuple[];
};
export type CnatTranslationInput = {
  vip?: CnatEndpointInput;
  id?: number;
  ip_proto?: IpProtoInput;
  is_real_ip?: number;
  flags?: number;
  lb_type?: CnatLbTypeInput;
  n_paths?: number;
  paths?: readonly CnatEndpointTupleInput[];
};
export type CnatGetSnatAddresses = Record<string, never>;
export type CnatGetSnatAddressesReply = {
  retval: number;
  id: number;
  snat_ip4: string;
  snat_ip6: string;
  sw_if_index: number;
};
export type CnatSessionDetails = {
  session: CnatSession;
};
export type CnatSessionDump = Record<string, never>;
export type CnatSessionPurge = Record<string, never>;
export type CnatSessionPurgeReply = {
  retval: number;
};
export type CnatSetSnatAddresses = {
  snat_ip4: BytesInput;
  snat_ip6: BytesInput;
  sw_if_index: number;
};
export type CnatSetSnatAddressesReply = {
  retval: number;
};
export type CnatSetSnatPolicy = {
  policy: CnatSnatPoliciesInput;
};
export type CnatSetSnatPolicyReply = {
  retval: number;
};
export type CnatSnatPolicyAddDelExcludePfx = {
  is_add: number;
  prefix: string | Uint8Array | PrefixInput;
};
export type CnatSnatPolicyAddDelExcludePfxReply = {
  retval: number;
};
export type CnatSnatPolicyAddDelIf = {
  sw_if_index: number;
  is_add: number;
  table: CnatSnatPolicyTableInput;
};
export type CnatSnatPolicyAddDelIfReply = {
  retval: number;
};
export type CnatTranslationDel = {
  id: number;
};
export type CnatTranslationDelReply = {
  retval: number;
};
export type CnatTranslationDetails = {
  translation: CnatTranslation;
};
export type CnatTranslationDump = Record<string, never>;
export type CnatTranslationUpdate = {
  translation: CnatTranslationInput;
};
export type CnatTranslationUpdateReply = {
  retval: number;
  id: number;
};
export interface CnatMessages {
  cnat_get_snat_addresses: RequestMessage<CnatGetSnatAddresses, CnatGetSnatAddressesReply>;
  cnat_session_dump: DumpMessage<CnatSessionDump, CnatSessionDetails>;
  cnat_session_purge: RequestMessage<CnatSessionPurge, CnatSessionPurgeReply>;
  cnat_set_snat_addresses: RequestMessage<CnatSetSnatAddresses, CnatSetSnatAddressesReply>;
  cnat_set_snat_policy: RequestMessage<CnatSetSnatPolicy, CnatSetSnatPolicyReply>;
  cnat_snat_policy_add_del_exclude_pfx: RequestMessage<CnatSnatPolicyAddDelExcludePfx, CnatSnatPolicyAddDelExcludePfxReply>;
  cnat_snat_policy_add_del_if: RequestMessage<CnatSnatPolicyAddDelIf, CnatSnatPolicyAddDelIfReply>;
  cnat_translation_del: RequestMessage<CnatTranslationDel, CnatTranslationDelReply>;
  cnat_translation_dump: DumpMessage<CnatTranslationDump, CnatTranslationDetails>;
  cnat_translation_update: RequestMessage<CnatTranslationUpdate, CnatTranslationUpdateReply>;
}

export interface CryptoDispatchModeValues {
  readonly CRYPTO_ASYNC_DISPATCH_POLLING: 0;
  readonly CRYPTO_ASYNC_DISPATCH_INTERRUPT: 1;
}
export type CryptoDispatchMode = EnumValue<CryptoDispatchModeValues>;
export type CryptoDispatchModeInput = EnumInput<CryptoDispatchModeValues, 'CRYPTO_ASYNC_DISPATCH_'>;
export interface CryptoOpClassTypeValues {
  readonly CRYPTO_API_OP_SIMPLE: 0;
  readonly CRYPTO_API_OP_CHAINED: 1;
  readonly CRYPTO_API_OP_BOTH: 2;
}
export type CryptoOpClassType = EnumValue<CryptoOpClassTypeValues>;
export type CryptoOpClassTypeInput = EnumInput<CryptoOpClassTypeValues, 'CRYPTO_API_OP_'>;
export type CryptoSetAsyncDispatch = {
  mode: CryptoDispatchModeInput;
};
export type CryptoSetAsyncDispatchReply = {
  retval: number;
};
export type CryptoSetAsyncDispatchV2 = {
  mode: CryptoDispatchModeInput;
  adaptive?: BoolInput;
};
export type CryptoSetAsyncDispatchV2Reply = {
  retval: number;
};
export type CryptoSetHandler = {
  alg_name: string;
  engine: string;
  oct: CryptoOpClassTypeInput;
  is_async: number;
};
export type CryptoSetHandlerReply = {
  retval: number;
};
export interface CryptoMessages {
  /**
   * @deprecated use crypto_set_async_dispatch_v2
   * @see crypto_set_async_dispatch_v2
   */
  crypto_set_async_dispatch: RequestMessage<CryptoSetAsyncDispatch, CryptoSetAsyncDispatchReply>;
  crypto_set_async_dispatch_v2: RequestMessage<CryptoSetAsyncDispatchV2, CryptoSetAsyncDispatchV2Reply>;
  crypto_set_handler: RequestMessage<CryptoSetHandler, CryptoSetHandlerReply>;
}

export type CryptoSwSchedulerSetWorker = {
  worker_index: number;
  crypto_enable?: BoolInput;
};
export type CryptoSwSchedulerSetWorkerReply = {
  retval: number;
};
export interface CryptoSwSchedulerMessages {
  crypto_sw_scheduler_set_worker: RequestMessage<CryptoSwSchedulerSetWorker, CryptoSwSchedulerSetWorkerReply>;
}

export type Ct6EnableDisable = {
  enable_disable?: BoolInput;
  is_inside?: BoolInput;
  sw_if_index: number;
};
export type Ct6EnableDisableReply = {
  retval: number;
};
export interface Ct6Messages {
  ct6_enable_disable: RequestMessage<Ct6EnableDisable, Ct6EnableDisableReply>;
}

export type Det44AddDelMap = {
  is_add?: BoolInput;
  in_addr: BytesInput;
  in_plen: number;
  out_addr: BytesInput;
  out_plen: number;
};
export type Det44AddDelMapReply = {
  retval: number;
};
export type Det44CloseSessionIn = {
  in_addr: BytesInput;
  in_port: number;
  ext_addr: BytesInput;
  ext_port: number;
};
export type Det44CloseSessionInReply = {
  retval: number;
};
export type Det44CloseSessionOut = {
  out_addr: BytesInput;
  out_port: number;
  ext_addr: BytesInput;
  ext_port: number;
};
export type Det44CloseSessionOutReply = {
  retval: number;
};
export type Det44Forward = {
  in_addr: BytesInput;
};
export type Det44ForwardReply = {
  retval: number;
  out_port_lo: number;
  out_port_hi: number;
  out_addr: string;
};
export type Det44GetTimeouts = Record<string, never>;
export type Det44GetTimeoutsReply = {
  retval: number;
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};
export type Det44InterfaceAddDelFeature = {
  is_add?: BoolInput;
  is_inside?: BoolInput;
  sw_if_index: number;
};
export type Det44InterfaceAddDelFeatureReply = {
  retval: number;
};
export type Det44InterfaceDetails = {
  is_inside: boolean;
  is_outside: boolean;
  sw_if_index: number;
};
export type Det44InterfaceDump = Record<string, never>;
export type Det44MapDetails = {
  in_addr: string;
  in_plen: number;
  out_addr: string;
  out_plen: number;
  sharing_ratio: number;
  ports_per_host: number;
  ses_num: number;
};
export type Det44MapDump = Record<string, never>;
export type Det44PluginEnableDisable = {
  inside_vrf: number;
  outside_vrf: number;
  enable?: BoolInput;
};
export type Det44PluginEnableDisableReply = {
  retval: number;
};
export type Det44Reverse = {
  out_port: number;
  out_addr: BytesInput;
};
export type Det44ReverseReply = {
  retval: number;
  in_addr: string;
};
export type Det44SessionDetails = {
  in_port: number;
  ext_addr: string;
  ext_port: number;
  out_port: number;
  state: number;
  expire: number;
};
export type Det44SessionDump = {
  user_addr: BytesInput;
};
export type Det44SetTimeouts = {
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};
export type Det44SetTimeoutsReply = {
  retval: number;
};
export type NatDetAddDelMap = {
  is_add?: BoolInput;
  in_addr: BytesInput;
  in_plen: number;
  out_addr: BytesInput;
  out_plen: number;
};
export type NatDetAddDelMapReply = {
  retval: number;
};
export type NatDetCloseSessionIn = {
  in_addr: BytesInput;
  in_port: number;
  ext_addr: BytesInput;
  ext_port: number;
};
export type NatDetCloseSessionInReply = {
  retval: number;
};
export type NatDetCloseSessionOut = {
  out_addr: BytesInput;
  out_port: number;
  ext_addr: BytesInput;
  ext_port: number;
};
export type NatDetCloseSessionOutReply = {
  retval: number;
};
export type NatDetForward = {
  in_addr: BytesInput;
};
export type NatDetForwardReply = {
  retval: number;
  out_port_lo: number;
  out_port_hi: number;
  out_addr: string;
};
export type NatDetMapDetails = {
  in_addr: string;
  in_plen: number;
  out_addr: string;
  out_plen: number;
  sharing_ratio: number;
  ports_per_host: number;
  ses_num: number;
};
export type NatDetMapDump = Record<string, never>;
export type NatDetReverse = {
  out_port: number;
  out_addr: BytesInput;
};
export type NatDetReverseReply = {
  retval: number;
  in_addr: string;
};
export type NatDetSessionDetails = {
  in_port: number;
  ext_addr: string;
  ext_port: number;
  out_port: number;
  state: number;
  expire: number;
};
export type NatDetSessionDump = {
  user_addr: BytesInput;
};
export interface Det44Messages {
  det44_add_del_map: RequestMessage<Det44AddDelMap, Det44AddDelMapReply>;
  det44_close_session_in: RequestMessage<Det44CloseSessionIn, Det44CloseSessionInReply>;
  det44_close_session_out: RequestMessage<Det44CloseSessionOut, Det44CloseSessionOutReply>;
  det44_forward: RequestMessage<Det44Forward, Det44ForwardReply>;
  det44_get_timeouts: RequestMessage<Det44GetTimeouts, Det44GetTimeoutsReply>;
  det44_interface_add_del_feature: RequestMessage<Det44InterfaceAddDelFeature, Det44InterfaceAddDelFeatureReply>;
  det44_interface_dump: DumpMessage<Det44InterfaceDump, Det44InterfaceDetails>;
  det44_map_dump: DumpMessage<Det44MapDump, Det44MapDetails>;
  det44_plugin_enable_disable: RequestMessage<Det44PluginEnableDisable, Det44PluginEnableDisableReply>;
  det44_reverse: RequestMessage<Det44Reverse, Det44ReverseReply>;
  det44_session_dump: DumpMessage<Det44SessionDump, Det44SessionDetails>;
  /** In progress: its definition may still change. */
  det44_set_timeouts: RequestMessage<Det44SetTimeouts, Det44SetTimeoutsReply>;
  /** @deprecated */
  nat_det_add_del_map: RequestMessage<NatDetAddDelMap, NatDetAddDelMapReply>;
  /** @deprecated */
  nat_det_close_session_in: RequestMessage<NatDetCloseSessionIn, NatDetCloseSessionInReply>;
  /** @deprecated */
  nat_det_close_session_out: RequestMessage<NatDetCloseSessionOut, NatDetCloseSessionOutReply>;
  /** @deprecated */
  nat_det_forward: RequestMessage<NatDetForward, NatDetForwardReply>;
  /** @deprecated */
  nat_det_map_dump: DumpMessage<NatDetMapDump, NatDetMapDetails>;
  /** @deprecated */
  nat_det_reverse: RequestMessage<NatDetReverse, NatDetReverseReply>;
  /** @deprecated */
  nat_det_session_dump: DumpMessage<NatDetSessionDump, NatDetSessionDetails>;
}

export type Dhcp6AddressInfo = {
  address: string;
  valid_time: number;
  preferred_time: number;
};
export type Dhcp6AddressInfoInput = {
  address?: BytesInput;
  valid_time?: number;
  preferred_time?: number;
};
export type Dhcp6PdPrefixInfo = {
  prefix: string;
  valid_time: number;
  preferred_time: number;
};
export type Dhcp6PdPrefixInfoInput = {
  prefix?: string | Uint8Array | Ip6PrefixInput;
  valid_time?: number;
  preferred_time?: number;
};
export type DhcpClient = {
  sw_if_index: number;
  hostname: string;
  id: Uint8Array;
  want_dhcp_event: boolean;
  set_broadcast_flag: boolean;
  dscp: IpDscp;
  pid: number;
};
export type DhcpClientInput = {
  sw_if_index?: number;
  hostname?: string;
  id?: BytesInput;
  want_dhcp_event?: BoolInput;
  set_broadcast_flag?: BoolInput;
  dscp?: IpDscpInput;
  pid?: number;
};
export interface DhcpClientStateValues {
  readonly DHCP_CLIENT_STATE_API_DISCOVER: 0;
  readonly DHCP_CLIENT_STATE_API_REQUEST: 1;
  readonly DHCP_CLIENT_STATE_API_BOUND: 2;
}
export type DhcpClientState = EnumValue<DhcpClientStateValues>;
export type DhcpLease = {
  sw_if_index: number;
  state: DhcpClientState;
  is_ipv6: boolean;
  hostname: string;
  mask_width: number;
  host_address: string;
  router_address: string;
  host_mac: string;
  count: number;
  domain_server: DomainServer[];
};
export type DhcpServer = {
  server_vrf_id: number;
  dhcp_server: string;
};
export interface Dhcpv6MsgTypeValues {
  readonly DHCPV6_MSG_API_SOLICIT: 1;
  readonly DHCPV6_MSG_API_ADVERTISE: 2;
  readonly DHCPV6_MSG_API_REQUEST: 3;
  readonly DHCPV6_MSG_API_CONFIRM: 4;
  readonly DHCPV6_MSG_API_RENEW: 5;
  readonly DHCPV6_MSG_API_REBIND: 6;
  readonly DHCPV6_MSG_API_REPLY: 7;
  readonly DHCPV6_MSG_API_RELEASE: 8;
  readonly DHCPV6_MSG_API_DECLINE: 9;
  readonly DHCPV6_MSG_API_RECONFIGURE: 10;
  readonly DHCPV6_MSG_API_INFORMATION_REQUEST: 11;
  readonly DHCPV6_MSG_API_RELAY_FORW: 12;
  readonly DHCPV6_MSG_API_RELAY_REPL: 13;
}
export type Dhcpv6MsgType = EnumValue<Dhcpv6MsgTypeValues>;
export type Dhcpv6MsgTypeInput = EnumInput<Dhcpv6MsgTypeValues, 'DHCPV6_MSG_API_'>;
export type DomainServer = {
  address: string;
};
export interface VssTypeValues {
  readonly VSS_TYPE_API_ASCII: 0;
  readonly VSS_TYPE_API_VPN_ID: 1;
  readonly VSS_TYPE_API_INVALID: 123;
  readonly VSS_TYPE_API_DEFAULT: 255;
}
export type VssType = EnumValue<VssTypeValues>;
export type VssTypeInput = EnumInput<VssTypeValues, 'VSS_TYPE_API_'>;
export type Dhcp6ClientsEnableDisable = {
  enable?: BoolInput;
};
export type Dhcp6ClientsEnableDisableReply = {
  retval: number;
};
export type Dhcp6DuidLlSet = {
  duid_ll: BytesInput;
};
export type Dhcp6DuidLlSetReply = {
  retval: number;
};
export type Dhcp6PdReplyEvent = {
  pid: number;
  sw_if_index: number;
  server_index: number;
  msg_type: Dhcpv6MsgType;
  T1: number;
  T2: number;
  inner_status_code: number;
  status_code: number;
  preference: number;
  n_prefixes: number;
  prefixes: Dhcp6PdPrefixInfo[];
};
export type Dhcp6PdSendClientMessage = {
  sw_if_index: number;
  server_index: number;
  irt: number;
  mrt: number;
  mrc: number;
  mrd: number;
  stop?: BoolInput;
  msg_type: Dhcpv6MsgTypeInput;
  T1: number;
  T2: number;
  n_prefixes?: number;
  prefixes: readonly Dhcp6PdPrefixInfoInput[];
};
export type Dhcp6PdSendClientMessageReply = {
  retval: number;
};
export type Dhcp6ReplyEvent = {
  pid: number;
  sw_if_index: number;
  server_index: number;
  msg_type: Dhcpv6MsgType;
  T1: number;
  T2: number;
  inner_status_code: number;
  status_code: number;
  preference: number;
  n_addresses: number;
  addresses: Dhcp6AddressInfo[];
};
export type Dhcp6SendClientMessage = {
  sw_if_index: number;
  server_index: number;
  irt: number;
  mrt: number;
  mrc: number;
  mrd: number;
  stop?: BoolInput;
  msg_type: Dhcpv6MsgTypeInput;
  T1: number;
  T2: number;
  n_addresses?: number;
  addresses: readonly Dhcp6AddressInfoInput[];
};
export type Dhcp6SendClientMessageReply = {
  retval: number;
};
export type DhcpClientConfig = {
  is_add?: BoolInput;
  client: DhcpClientInput;
};
export type DhcpClientConfigReply = {
  retval: number;
};
export type DhcpClientDetails = {
  client: DhcpClient;
  lease: DhcpLease;
};
export type DhcpClientDump = Record<string, never>;
export type DhcpComplEvent = {
  pid: number;
  lease: DhcpLease;
};
export type DhcpPluginControlPing = Record<string, never>;
export type DhcpPluginControlPingReply = {
  retval: number;
  client_index: number;
  vpe_pid: number;
};
export type DhcpPluginGetVersion = Record<string, never>;
export type DhcpPluginGetVersionReply = {
  major: number;
  minor: number;
};
export type DhcpProxyConfig = {
  rx_vrf_id: number;
  server_vrf_id: number;
  is_add?: BoolInput;
  dhcp_server: string | Uint8Array | AddressInput;
  dhcp_src_address: string | Uint8Array | AddressInput;
};
export type DhcpProxyConfigReply = {
  retval: number;
};
export type DhcpProxyDetails = {
  rx_vrf_id: number;
  vss_oui: number;
  vss_fib_id: number;
  vss_type: VssType;
  is_ipv6: boolean;
  vss_vpn_ascii_id: string;
  dhcp_src_address: string;
  count: number;
  servers: DhcpServer[];
};
export type DhcpProxyDump = {
  is_ip6?: BoolInput;
};
export type DhcpProxySetVss = {
  tbl_id: number;
  vss_type: VssTypeInput;
  vpn_ascii_id: string;
  oui: number;
  vpn_index: number;
  is_ipv6?: BoolInput;
  is_add?: BoolInput;
};
export type DhcpProxySetVssReply = {
  retval: number;
};
export type WantDhcp6PdReplyEvents = {
  enable_disable?: BoolInput;
  pid: number;
};
export type WantDhcp6PdReplyEventsReply = {
  retval: number;
};
export type WantDhcp6ReplyEvents = {
  enable_disable: number;
  pid: number;
};
export type WantDhcp6ReplyEventsReply = {
  retval: number;
};
export interface DhcpMessages {
  dhcp6_clients_enable_disable: RequestMessage<Dhcp6ClientsEnableDisable, Dhcp6ClientsEnableDisableReply>;
  dhcp6_duid_ll_set: RequestMessage<Dhcp6DuidLlSet, Dhcp6DuidLlSetReply>;
  dhcp6_pd_reply_event: EventMessage<Dhcp6PdReplyEvent, WantDhcp6PdReplyEvents>;
  dhcp6_pd_send_client_message: RequestMessage<Dhcp6PdSendClientMessage, Dhcp6PdSendClientMessageReply>;
  dhcp6_reply_event: EventMessage<Dhcp6ReplyEvent, WantDhcp6ReplyEvents>;
  dhcp6_send_client_message: RequestMessage<Dhcp6SendClientMessage, Dhcp6SendClientMessageReply>;
  dhcp_client_config: RequestMessage<DhcpClientConfig, DhcpClientConfigReply>;
  dhcp_client_dump: DumpMessage<DhcpClientDump, DhcpClientDetails>;
  dhcp_compl_event: EventMessage<DhcpComplEvent, DhcpClientConfig>;
  dhcp_plugin_control_ping: RequestMessage<DhcpPluginControlPing, DhcpPluginControlPingReply>;
  dhcp_plugin_get_version: RequestMessage<DhcpPluginGetVersion, DhcpPluginGetVersionReply>;
  dhcp_proxy_config: RequestMessage<DhcpProxyConfig, DhcpProxyConfigReply>;
  dhcp_proxy_dump: DumpMessage<DhcpProxyDump, DhcpProxyDetails>;
  dhcp_proxy_set_vss: RequestMessage<DhcpProxySetVss, DhcpProxySetVssReply>;
  want_dhcp6_pd_reply_events: RequestMessage<WantDhcp6PdReplyEvents, WantDhcp6PdReplyEventsReply>;
  want_dhcp6_reply_events: RequestMessage<WantDhcp6ReplyEvents, WantDhcp6ReplyEventsReply>;
}

export type Dhcp6ClientEnableDisable = {
  sw_if_index: number;
  enable?: BoolInput;
};
export type Dhcp6ClientEnableDisableReply = {
  retval: number;
};
export interface Dhcp6IaNaClientCpMessages {
  dhcp6_client_enable_disable: RequestMessage<Dhcp6ClientEnableDisable, Dhcp6ClientEnableDisableReply>;
}

export type Dhcp6PdClientEnableDisable = {
  sw_if_index: number;
  prefix_group: string;
  enable?: BoolInput;
};
export type Dhcp6PdClientEnableDisableReply = {
  retval: number;
};
export type Ip6AddDelAddressUsingPrefix = {
  sw_if_index: number;
  prefix_group: string;
  address_with_prefix: string | Uint8Array | Ip6PrefixInput;
  is_add?: BoolInput;
};
export type Ip6AddDelAddressUsingPrefixReply = {
  retval: number;
};
export interface Dhcp6PdClientCpMessages {
  dhcp6_pd_client_enable_disable: RequestMessage<Dhcp6PdClientEnableDisable, Dhcp6PdClientEnableDisableReply>;
  ip6_add_del_address_using_prefix: RequestMessage<Ip6AddDelAddressUsingPrefix, Ip6AddDelAddressUsingPrefixReply>;
}

export type DnsEnableDisable = {
  enable: number;
};
export type DnsEnableDisableReply = {
  retval: number;
};
export type DnsNameServerAddDel = {
  is_ip6: number;
  is_add: number;
  server_address: BytesInput;
};
export type DnsNameServerAddDelReply = {
  retval: number;
};
export type DnsResolveIp = {
  is_ip6: number;
  address: BytesInput;
};
export type DnsResolveIpReply = {
  retval: number;
  name: Uint8Array;
};
export type DnsResolveName = {
  name: BytesInput;
};
export type DnsResolveNameReply = {
  retval: number;
  ip4_set: number;
  ip6_set: number;
  ip4_address: Uint8Array;
  ip6_address: Uint8Array;
};
export interface DnsMessages {
  dns_enable_disable: RequestMessage<DnsEnableDisable, DnsEnableDisableReply>;
  dns_name_server_add_del: RequestMessage<DnsNameServerAddDel, DnsNameServerAddDelReply>;
  dns_resolve_ip: RequestMessage<DnsResolveIp, DnsResolveIpReply>;
  dns_resolve_name: RequestMessage<DnsResolveName, DnsResolveNameReply>;
}

export type DsliteAddDelPoolAddrRange = {
  start_addr: BytesInput;
  end_addr: BytesInput;
  is_add?: BoolInput;
};
export type DsliteAddDelPoolAddrRangeReply = {
  retval: number;
};
export type DsliteAddressDetails = {
  ip_address: string;
};
export type DsliteAddressDump = Record<string, never>;
export type DsliteGetAftrAddr = Record<string, never>;
export type DsliteGetAftrAddrReply = {
  retval: number;
  ip4_addr: string;
  ip6_addr: string;
};
export type DsliteGetB4Addr = Record<string, never>;
export type DsliteGetB4AddrReply = {
  retval: number;
  ip4_addr: string;
  ip6_addr: string;
};
export type DsliteSetAftrAddr = {
  ip4_addr: BytesInput;
  ip6_addr: BytesInput;
};
export type DsliteSetAftrAddrReply = {
  retval: number;
};
export type DsliteSetB4Addr = {
  ip4_addr: BytesInput;
  ip6_addr: BytesInput;
};
export type DsliteSetB4AddrReply = {
  retval: number;
};
export interface DsliteMessages {
  dslite_add_del_pool_addr_range: RequestMessage<DsliteAddDelPoolAddrRange, DsliteAddDelPoolAddrRangeReply>;
  dslite_address_dump: DumpMessage<DsliteAddressDump, DsliteAddressDetails>;
  dslite_get_aftr_addr: RequestMessage<DsliteGetAftrAddr, DsliteGetAftrAddrReply>;
  dslite_get_b4_addr: RequestMessage<DsliteGetB4Addr, DsliteGetB4AddrReply>;
  dslite_set_aftr_addr: RequestMessage<DsliteSetAftrAddr, DsliteSetAftrAddrReply>;
  dslite_set_b4_addr: RequestMessage<DsliteSetB4Addr, DsliteSetB4AddrReply>;
}

export type FeatureEnableDisable = {
  sw_if_index: number;
  enable?: BoolInput;
  arc_name: string;
  feature_name: string;
};
export type FeatureEnableDisableReply = {
  retval: number;
};
export interface FeatureMessages {
  feature_enable_disable: RequestMessage<FeatureEnableDisable, FeatureEnableDisableReply>;
}

export type FibSource = {
  priority: number;
  id: number;
  name: string;
};
export type FibSourceInput = {
  priority?: number;
  id?: number;
  name?: string;
};
export type FibSourceAdd = {
  src: FibSourceInput;
};
export type FibSourceAddReply = {
  retval: number;
  id: number;
};
export type FibSourceDetails = {
  src: FibSource;
};
export type FibSourceDump = Record<string, never>;
export interface FibMessages {
  fib_source_add: RequestMessage<FibSourceAdd, FibSourceAddReply>;
  fib_source_dump: DumpMessage<FibSourceDump, FibSourceDetails>;
}

export type FibMplsLabel = {
  is_uniform: number;
  label: number;
  ttl: number;
  exp: number;
};
export type FibMplsLabelInput = {
  is_uniform?: number;
  label?: number;
  ttl?: number;
  exp?: number;
};
export type FibPath = {
  sw_if_index: number;
  table_id: number;
  rpf_id: number;
  weight: number;
  preference: number;
  type: FibPathType;
  flags: FibPathFlags;
  n_labels: number;
  label_stack: FibMplsLabel[];
} & (
  | {
      proto: 0;
      nh: Omit<FibPathNh, 'address'> & { address: { ip4: string } };
    }
  | {
      proto: 1;
      nh: Omit<FibPathNh, 'address'> & { address: { ip6: string } };
    }
  | {
      proto: 2 | 3 | 4;
      nh: FibPathNh;
    }
);
export type FibPathInput = {
  sw_if_index?: number;
  table_id?: number;
  rpf_id?: number;
  weight?: number;
  preference?: number;
  type?: FibPathTypeInput;
  flags?: FibPathFlagsInput;
  n_labels?: number;
  label_stack?: readonly FibMplsLabelInput[];
} & (
  | {
      proto?: EnumCase<FibPathNhProtoValues, 'FIB_API_PATH_NH_PROTO_', 0>;
      nh?: Omit<FibPathNhInput, 'address'> & { address?: string | Uint8Array | { ip4: BytesInput; ip6?: never } };
    }
  | {
      proto: EnumCase<FibPathNhProtoValues, 'FIB_API_PATH_NH_PROTO_', 1>;
      nh?: Omit<FibPathNhInput, 'address'> & { address?: string | Uint8Array | { ip6: BytesInput; ip4?: never } };
    }
  | {
      proto: EnumCase<FibPathNhProtoValues, 'FIB_API_PATH_NH_PROTO_', 2 | 3 | 4>;
      nh?: FibPathNhInput;
    }
);
export interface FibPathFlagsValues {
  readonly FIB_API_PATH_FLAG_NONE: 0;
  readonly FIB_API_PATH_FLAG_RESOLVE_VIA_ATTACHED: 1;
  readonly FIB_API_PATH_FLAG_RESOLVE_VIA_HOST: 2;
  readonly FIB_API_PATH_FLAG_POP_PW_CW: 4;
}
export type FibPathFlags = number;
export type FibPathFlagsInput = FlagsInput<FibPathFlagsValues, 'FIB_API_PATH_FLAG_'>;
export type FibPathNh = {
  address: AddressUnion;
  via_label: number;
  obj_id: number;
  classify_table_index: number;
};
export type FibPathNhInput = {
  address?: string | Uint8Array | AddressUnionInput;
  via_label?: number;
  obj_id?: number;
  classify_table_index?: number;
};
export interface FibPathNhProtoValues {
  readonly FIB_API_PATH_NH_PROTO_IP4: 0;
  readonly FIB_API_PATH_NH_PROTO_IP6: 1;
  readonly FIB_API_PATH_NH_PROTO_MPLS: 2;
  readonly FIB_API_PATH_NH_PROTO_ETHERNET: 3;
  readonly FIB_API_PATH_NH_PROTO_BIER: 4;
}
export type FibPathNhProto = EnumValue<FibPathNhProtoValues>;
export type FibPathNhProtoInput = EnumInput<FibPathNhProtoValues, 'FIB_API_PATH_NH_PROTO_'>;
export interface FibPathTypeValues {
  readonly FIB_API_PATH_TYPE_NORMAL: 0;
  readonly FIB_API_PATH_TYPE_LOCAL: 1;
  readonly FIB_API_PATH_TYPE_DROP: 2;
  readonly FIB_API_PATH_TYPE_UDP_ENCAP: 3;
  readonly FIB_API_PATH_TYPE_BIER_IMP: 4;
  readonly FIB_API_PATH_TYPE_ICMP_UNREACH: 5;
  readonly FIB_API_PATH_TYPE_ICMP_PROHIBIT: 6;
  readonly FIB_API_PATH_TYPE_SOURCE_LOOKUP: 7;
  readonly FIB_API_PATH_TYPE_DVR: 8;
  readonly FIB_API_PATH_TYPE_INTERFACE_RX: 9;
  readonly FIB_API_PATH_TYPE_CLASSIFY: 10;
}
export type FibPathType = EnumValue<FibPathTypeValues>;
export type FibPathTypeInput = EnumInput<FibPathTypeValues, 'FIB_API_PATH_TYPE_'>;

export type FlowAdd = {
  flow: FlowRuleInput;
};
export type FlowAddReply = {
  retval: number;
  flow_index: number;
};
export type FlowAddV2 = {
  flow: FlowRuleV2Input;
};
export type FlowAddV2Reply = {
  retval: number;
  flow_index: number;
};
export type FlowDel = {
  flow_index: number;
};
export type FlowDelReply = {
  retval: number;
};
export type FlowDisable = {
  flow_index: number;
  hw_if_index: number;
};
export type FlowDisableReply = {
  retval: number;
};
export type FlowEnable = {
  flow_index: number;
  hw_if_index: number;
};
export type FlowEnableReply = {
  retval: number;
};
export interface FlowMessages {
  /** @deprecated */
  flow_add: RequestMessage<FlowAdd, FlowAddReply>;
  flow_add_v2: RequestMessage<FlowAddV2, FlowAddV2Reply>;
  flow_del: RequestMessage<FlowDel, FlowDelReply>;
  flow_disable: RequestMessage<FlowDisable, FlowDisableReply>;
  flow_enable: RequestMessage<FlowEnable, FlowEnableReply>;
}

export interface FlowActionValues {
  readonly FLOW_ACTION_COUNT: 1;
  readonly FLOW_ACTION_MARK: 2;
  readonly FLOW_ACTION_BUFFER_ADVANCE: 4;
  readonly FLOW_ACTION_REDIRECT_TO_NODE: 8;
  readonly FLOW_ACTION_REDIRECT_TO_QUEUE: 16;
  readonly FLOW_ACTION_DROP: 64;
}
export type FlowAction = EnumValue<FlowActionValues>;
export type FlowActionInput = EnumInput<FlowActionValues, 'FLOW_ACTION_'>;
export interface FlowActionV2Values {
  readonly FLOW_ACTION_COUNT_V2: 1;
  readonly FLOW_ACTION_MARK_V2: 2;
  readonly FLOW_ACTION_BUFFER_ADVANCE_V2: 4;
  readonly FLOW_ACTION_REDIRECT_TO_NODE_V2: 8;
  readonly FLOW_ACTION_REDIRECT_TO_QUEUE_V2: 16;
  readonly FLOW_ACTION_RSS_V2: 32;
  readonly FLOW_ACTION_DROP_V2: 64;
}
export type FlowActionV2 = EnumValue<FlowActionV2Values>;
export type FlowActionV2Input = EnumInput<FlowActionV2Values, 'FLOW_ACTION_'>;
export type FlowEthernetInput = {
  foo?: number;
  src_addr?: BytesInput;
  dst_addr?: BytesInput;
  type?: number;
};
export type FlowGenericInput = {
  foo?: number;
  pattern?: GenericPatternInput;
};
export type FlowIp4Input = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
};
export type FlowIp4GtpcInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
  teid?: number;
};
export type FlowIp4GtpuInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
  teid?: number;
};
export type FlowIp4IpsecAhInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  spi?: number;
};
export type FlowIp4IpsecEspInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  spi?: number;
};
export type FlowIp4L2tpv3oipInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  session_id?: number;
};
export type FlowIp4NTupleInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
};
export type FlowIp4NTupleTaggedInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
};
export type FlowIp4VxlanInput = {
  foo?: number;
  src_addr?: Ip4AddressAndMaskInput;
  dst_addr?: Ip4AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
  vni?: number;
};
export type FlowIp6Input = {
  foo?: number;
  src_addr?: Ip6AddressAndMaskInput;
  dst_addr?: Ip6AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
};
export type FlowIp6NTupleInput = {
  foo?: number;
  src_addr?: Ip6AddressAndMaskInput;
  dst_addr?: Ip6AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
};
export type FlowIp6NTupleTaggedInput = {
  foo?: number;
  src_addr?: Ip6AddressAndMaskInput;
  dst_addr?: Ip6AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
};
export type FlowIp6VxlanInput = {
  foo?: number;
  src_addr?: Ip6AddressAndMaskInput;
  dst_addr?: Ip6AddressAndMaskInput;
  protocol?: IpProtAndMaskInput;
  src_port?: IpPortAndMaskInput;
  dst_port?: IpPortAndMaskInput;
  vni?: number;
};
export type FlowRuleInput = {
  index?: number;
  actions?: FlowActionInput;
  mark_flow_id?: number;
  redirect_node_index?: number;
  redirect_device_input_next_index?: number;
  redirect_queue?: number;
  buffer_advance?: number;
} & (
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 1>;
      flow?: Uint8Array | { ethernet: FlowEthernetInput; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 2>;
      flow?: Uint8Array | { ip4: FlowIp4Input; ethernet?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 3>;
      flow?: Uint8Array | { ip6: FlowIp6Input; ethernet?: never; ip4?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 4>;
      flow?: Uint8Array | { ip4_l2tpv3oip: FlowIp4L2tpv3oipInput; ethernet?: never; ip4?: never; ip6?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 5>;
      flow?: Uint8Array | { ip4_ipsec_esp: FlowIp4IpsecEspInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 6>;
      flow?: Uint8Array | { ip4_ipsec_ah: FlowIp4IpsecAhInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 7>;
      flow?: Uint8Array | { ip4_n_tuple: FlowIp4NTupleInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 8>;
      flow?: Uint8Array | { ip6_n_tuple: FlowIp6NTupleInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 9>;
      flow?: Uint8Array | { ip4_n_tuple_tagged: FlowIp4NTupleTaggedInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 10>;
      flow?: Uint8Array | { ip6_n_tuple_tagged: FlowIp6NTupleTaggedInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 11>;
      flow?: Uint8Array | { ip4_vxlan: FlowIp4VxlanInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 12>;
      flow?: Uint8Array | { ip6_vxlan: FlowIp6VxlanInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 13>;
      flow?: Uint8Array | { ip4_gtpc: FlowIp4GtpcInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpu?: never };
    }
  | {
      type: EnumCase<FlowTypeValues, 'FLOW_TYPE_', 14>;
      flow?: Uint8Array | { ip4_gtpu: FlowIp4GtpuInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never };
    }
);
export type FlowRuleV2Input = {
  index?: number;
  actions?: FlowActionV2Input;
  mark_flow_id?: number;
  redirect_node_index?: number;
  redirect_device_input_next_index?: number;
  redirect_queue?: number;
  queue_index?: number;
  queue_num?: number;
  buffer_advance?: number;
  rss_types?: LongInput;
  rss_fun?: RssFunctionInput;
} & (
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 1>;
      flow?: Uint8Array | { ethernet: FlowEthernetInput; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 2>;
      flow?: Uint8Array | { ip4: FlowIp4Input; ethernet?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 3>;
      flow?: Uint8Array | { ip6: FlowIp6Input; ethernet?: never; ip4?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 4>;
      flow?: Uint8Array | { ip4_l2tpv3oip: FlowIp4L2tpv3oipInput; ethernet?: never; ip4?: never; ip6?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 5>;
      flow?: Uint8Array | { ip4_ipsec_esp: FlowIp4IpsecEspInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 6>;
      flow?: Uint8Array | { ip4_ipsec_ah: FlowIp4IpsecAhInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 7>;
      flow?: Uint8Array | { ip4_n_tuple: FlowIp4NTupleInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 8>;
      flow?: Uint8Array | { ip6_n_tuple: FlowIp6NTupleInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 9>;
      flow?: Uint8Array | { ip4_n_tuple_tagged: FlowIp4NTupleTaggedInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 10>;
      flow?: Uint8Array | { ip6_n_tuple_tagged: FlowIp6NTupleTaggedInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 11>;
      flow?: Uint8Array | { ip4_vxlan: FlowIp4VxlanInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 12>;
      flow?: Uint8Array | { ip6_vxlan: FlowIp6VxlanInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 13>;
      flow?: Uint8Array | { ip4_gtpc: FlowIp4GtpcInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpu?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 14>;
      flow?: Uint8Array | { ip4_gtpu: FlowIp4GtpuInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; generic?: never };
    }
  | {
      type: EnumCase<FlowTypeV2Values, 'FLOW_TYPE_', 15>;
      flow?: Uint8Array | { generic: FlowGenericInput; ethernet?: never; ip4?: never; ip6?: never; ip4_l2tpv3oip?: never; ip4_ipsec_esp?: never; ip4_ipsec_ah?: never; ip4_n_tuple?: never; ip6_n_tuple?: never; ip4_n_tuple_tagged?: never; ip6_n_tuple_tagged?: never; ip4_vxlan?: never; ip6_vxlan?: never; ip4_gtpc?: never; ip4_gtpu?: never };
    }
);
export interface FlowTypeValues {
  readonly FLOW_TYPE_ETHERNET: 1;
  readonly FLOW_TYPE_IP4: 2;
  readonly FLOW_TYPE_IP6: 3;
  readonly FLOW_TYPE_IP4_L2TPV3OIP: 4;
  readonly FLOW_TYPE_IP4_IPSEC_ESP: 5;
  readonly FLOW_TYPE_IP4_IPSEC_AH: 6;
  readonly FLOW_TYPE_IP4_N_TUPLE: 7;
  readonly FLOW_TYPE_IP6_N_TUPLE: 8;
  readonly FLOW_TYPE_IP4_N_TUPLE_TAGGED: 9;
  readonly FLOW_TYPE_IP6_N_TUPLE_TAGGED: 10;
  readonly FLOW_TYPE_IP4_VXLAN: 11;
  readonly FLOW_TYPE_IP6_VXLAN: 12;
  readonly FLOW_TYPE_IP4_GTPC: 13;
  readonly FLOW_TYPE_IP4_GTPU: 14;
}
export type FlowType = EnumValue<FlowTypeValues>;
export type FlowTypeInput = EnumInput<FlowTypeValues, 'FLOW_TYPE_'>;
export interface FlowTypeV2Values {
  readonly FLOW_TYPE_ETHERNET_V2: 1;
  readonly FLOW_TYPE_IP4_V2: 2;
  readonly FLOW_TYPE_IP6_V2: 3;
  readonly FLOW_TYPE_IP4_L2TPV3OIP_V2: 4;
  readonly FLOW_TYPE_IP4_IPSEC_ESP_V2: 5;
  readonly FLOW_TYPE_IP4_IPSEC_AH_V2: 6;
  readonly FLOW_TYPE_IP4_N_TUPLE_V2: 7;
  readonly FLOW_TYPE_IP6_N_TUPLE_V2: 8;
  readonly FLOW_TYPE_IP4_N_TUPLE_TAGGED_V2: 9;
  readonly FLOW_TYPE_IP6_N_TUPLE_TAGGED_V2: 10;
  readonly FLOW_TYPE_IP4_VXLAN_V2: 11;
  readonly FLOW_TYPE_IP6_VXLAN_V2: 12;
  readonly FLOW_TYPE_IP4_GTPC_V2: 13;
  readonly FLOW_TYPE_IP4_GTPU_V2: 14;
  readonly FLOW_TYPE_GENERIC_V2: 15;
}
export type FlowTypeV2 = EnumValue<FlowTypeV2Values>;
export type FlowTypeV2Input = EnumInput<FlowTypeV2Values, 'FLOW_TYPE_'>;
export type GenericPatternInput = {
  spec?: BytesInput;
  mask?: BytesInput;
};
export type IpPortAndMaskInput = {
  port?: number;
  mask?: number;
};
export type IpProtAndMaskInput = {
  prot?: IpProtoInput;
  mask?: number;
};
export interface RssFunctionValues {
  readonly RSS_FUNC_DEFAULT: 0;
  readonly RSS_FUNC_TOEPLITZ: 1;
  readonly RSS_FUNC_SIMPLE_XOR: 2;
  readonly RSS_FUNC_SYMMETRIC_TOEPLITZ: 3;
}
export type RssFunction = EnumValue<RssFunctionValues>;
export type RssFunctionInput = EnumInput<RssFunctionValues, 'RSS_FUNC_'>;

export interface FlowprobeDirectionValues {
  readonly FLOWPROBE_DIRECTION_RX: 0;
  readonly FLOWPROBE_DIRECTION_TX: 1;
  readonly FLOWPROBE_DIRECTION_BOTH: 2;
}
export type FlowprobeDirection = EnumValue<FlowprobeDirectionValues>;
export type FlowprobeDirectionInput = EnumInput<FlowprobeDirectionValues, 'FLOWPROBE_DIRECTION_'>;
export interface FlowprobeRecordFlagsValues {
  readonly FLOWPROBE_RECORD_FLAG_L2: 1;
  readonly FLOWPROBE_RECORD_FLAG_L3: 2;
  readonly FLOWPROBE_RECORD_FLAG_L4: 4;
}
export type FlowprobeRecordFlags = number;
export type FlowprobeRecordFlagsInput = FlagsInput<FlowprobeRecordFlagsValues, 'FLOWPROBE_RECORD_FLAG_'>;
export interface FlowprobeWhichValues {
  readonly FLOWPROBE_WHICH_IP4: 0;
  readonly FLOWPROBE_WHICH_IP6: 1;
  readonly FLOWPROBE_WHICH_L2: 2;
}
export type FlowprobeWhich = EnumValue<FlowprobeWhichValues>;
export type FlowprobeWhichInput = EnumInput<FlowprobeWhichValues, 'FLOWPROBE_WHICH_'>;
export interface FlowprobeWhichFlagsValues {
  readonly FLOWPROBE_WHICH_FLAG_IP4: 1;
  readonly FLOWPROBE_WHICH_FLAG_L2: 2;
  readonly FLOWPROBE_WHICH_FLAG_IP6: 4;
}
export type FlowprobeWhichFlags = number;
export type FlowprobeWhichFlagsInput = FlagsInput<FlowprobeWhichFlagsValues, 'FLOWPROBE_WHICH_FLAG_'>;
export type FlowprobeGetParams = Record<string, never>;
export type FlowprobeGetParamsReply = {
  retval: number;
  record_flags: FlowprobeRecordFlags;
  active_timer: number;
  passive_timer: number;
};
export type FlowprobeInterfaceAddDel = {
  is_add?: BoolInput;
  which: FlowprobeWhichInput;
  direction: FlowprobeDirectionInput;
  sw_if_index: number;
};
export type FlowprobeInterfaceAddDelReply = {
  retval: number;
};
export type FlowprobeInterfaceDetails = {
  which: FlowprobeWhich;
  direction: FlowprobeDirection;
  sw_if_index: number;
};
export type FlowprobeInterfaceDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type FlowprobeParams = {
  record_flags: FlowprobeRecordFlagsInput;
  active_timer: number;
  passive_timer: number;
};
export type FlowprobeParamsReply = {
  retval: number;
};
export type FlowprobeSetParams = {
  record_flags: FlowprobeRecordFlagsInput;
  /** @default 4294967295 */
  active_timer?: number;
  /** @default 4294967295 */
  passive_timer?: number;
};
export type FlowprobeSetParamsReply = {
  retval: number;
};
export type FlowprobeTxInterfaceAddDel = {
  is_add?: BoolInput;
  which: FlowprobeWhichFlagsInput;
  sw_if_index: number;
};
export type FlowprobeTxInterfaceAddDelReply = {
  retval: number;
};
export interface FlowprobeMessages {
  /** In progress: its definition may still change. */
  flowprobe_get_params: RequestMessage<FlowprobeGetParams, FlowprobeGetParamsReply>;
  /** In progress: its definition may still change. */
  flowprobe_interface_add_del: RequestMessage<FlowprobeInterfaceAddDel, FlowprobeInterfaceAddDelReply>;
  /** In progress: its definition may still change. */
  flowprobe_interface_dump: DumpMessage<FlowprobeInterfaceDump, FlowprobeInterfaceDetails>;
  /**
   * @deprecated use flowprobe_set_params
   * @see flowprobe_set_params
   */
  flowprobe_params: RequestMessage<FlowprobeParams, FlowprobeParamsReply>;
  /** In progress: its definition may still change. */
  flowprobe_set_params: RequestMessage<FlowprobeSetParams, FlowprobeSetParamsReply>;
  /**
   * @deprecated use flowprobe_interface_add_del
   * @see flowprobe_interface_add_del
   */
  flowprobe_tx_interface_add_del: RequestMessage<FlowprobeTxInterfaceAddDel, FlowprobeTxInterfaceAddDelReply>;
}

export type GeneveAddDelTunnel = {
  is_add?: BoolInput;
  local_address: string | Uint8Array | AddressInput;
  remote_address: string | Uint8Array | AddressInput;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
};
export type GeneveAddDelTunnel2 = {
  is_add?: BoolInput;
  local_address: string | Uint8Array | AddressInput;
  remote_address: string | Uint8Array | AddressInput;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
  l3_mode?: BoolInput;
};
export type GeneveAddDelTunnel2Reply = {
  retval: number;
  sw_if_index: number;
};
export type GeneveAddDelTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type GeneveTunnelDetails = {
  sw_if_index: number;
  src_address: string;
  dst_address: string;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
};
export type GeneveTunnelDump = {
  sw_if_index: number;
};
export type SwInterfaceSetGeneveBypass = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
  enable?: BoolInput;
};
export type SwInterfaceSetGeneveBypassReply = {
  retval: number;
};
export interface GeneveMessages {
  /** @deprecated */
  geneve_add_del_tunnel: RequestMessage<GeneveAddDelTunnel, GeneveAddDelTunnelReply>;
  geneve_add_del_tunnel2: RequestMessage<GeneveAddDelTunnel2, GeneveAddDelTunnel2Reply>;
  geneve_tunnel_dump: DumpMessage<GeneveTunnelDump, GeneveTunnelDetails>;
  sw_interface_set_geneve_bypass: RequestMessage<SwInterfaceSetGeneveBypass, SwInterfaceSetGeneveBypassReply>;
}

export interface NodeFlagValues {
  readonly NODE_FLAG_FRAME_NO_FREE_AFTER_DISPATCH: 1;
  readonly NODE_FLAG_IS_OUTPUT: 2;
  readonly NODE_FLAG_IS_DROP: 4;
  readonly NODE_FLAG_IS_PUNT: 8;
  readonly NODE_FLAG_IS_HANDOFF: 16;
  readonly NODE_FLAG_TRACE: 32;
  readonly NODE_FLAG_SWITCH_FROM_INTERRUPT_TO_POLLING_MODE: 64;
  readonly NODE_FLAG_SWITCH_FROM_POLLING_TO_INTERRUPT_MODE: 128;
  readonly NODE_FLAG_TRACE_SUPPORTED: 256;
}
export type NodeFlag = number;
export type NodeFlagInput = FlagsInput<NodeFlagValues, 'NODE_FLAG_'>;
export type GraphNodeDetails = {
  index: number;
  name: string;
  flags: NodeFlag;
  n_arcs: number;
  arcs_out: number[];
};
export type GraphNodeGet = {
  cursor?: number;
  index: number;
  name: string;
  flags: NodeFlagInput;
  want_arcs?: BoolInput;
};
export type GraphNodeGetReply = {
  retval: number;
  cursor: number;
};
export interface GraphMessages {
  graph_node_get: DumpMessage<GraphNodeGet, GraphNodeDetails, GraphNodeGetReply>;
}

export type GreTunnel = {
  type: GreTunnelType;
  mode: TunnelMode;
  flags: TunnelEncapDecapFlags;
  session_id: number;
  instance: number;
  outer_table_id: number;
  sw_if_index: number;
  src: string;
  dst: string;
};
export type GreTunnelInput = {
  type?: GreTunnelTypeInput;
  mode?: TunnelModeInput;
  flags?: TunnelEncapDecapFlagsInput;
  session_id?: number;
  instance?: number;
  outer_table_id?: number;
  sw_if_index?: number;
  src?: string | Uint8Array | AddressInput;
  dst?: string | Uint8Array | AddressInput;
};
export interface GreTunnelTypeValues {
  readonly GRE_API_TUNNEL_TYPE_L3: 0;
  readonly GRE_API_TUNNEL_TYPE_TEB: 1;
  readonly GRE_API_TUNNEL_TYPE_ERSPAN: 2;
}
export type GreTunnelType = EnumValue<GreTunnelTypeValues>;
export type GreTunnelTypeInput = EnumInput<GreTunnelTypeValues, 'GRE_API_TUNNEL_TYPE_'>;
export type GreTunnelAddDel = {
  is_add?: BoolInput;
  tunnel: GreTunnelInput;
};
export type GreTunnelAddDelReply = {
  retval: number;
  sw_if_index: number;
};
export type GreTunnelDetails = {
  tunnel: GreTunnel;
};
export type GreTunnelDump = {
  sw_if_index: number;
};
export interface GreMessages {
  gre_tunnel_add_del: RequestMessage<GreTunnelAddDel, GreTunnelAddDelReply>;
  gre_tunnel_dump: DumpMessage<GreTunnelDump, GreTunnelDetails>;
}

export type FeatureGsoEnableDisable = {
  sw_if_index: number;
  enable_disable?: BoolInput;
};
export type FeatureGsoEnableDisableReply = {
  retval: number;
};
export interface GsoMessages {
  feature_gso_enable_disable: RequestMessage<FeatureGsoEnableDisable, FeatureGsoEnableDisableReply>;
}

export type GtpuAddDelTunnel = {
  is_add?: BoolInput;
  src_address: string | Uint8Array | AddressInput;
  dst_address: string | Uint8Array | AddressInput;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  teid: number;
  tteid: number;
};
export type GtpuAddDelTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type GtpuOffloadRx = {
  hw_if_index: number;
  sw_if_index: number;
  enable: number;
};
export type GtpuOffloadRxReply = {
  retval: number;
};
export type GtpuTunnelDetails = {
  sw_if_index: number;
  src_address: string;
  dst_address: string;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  teid: number;
  tteid: number;
};
export type GtpuTunnelDump = {
  sw_if_index: number;
};
export type GtpuTunnelUpdateTteid = {
  dst_address: string | Uint8Array | AddressInput;
  encap_vrf_id: number;
  teid: number;
  tteid: number;
};
export type GtpuTunnelUpdateTteidReply = {
  retval: number;
};
export type SwInterfaceSetGtpuBypass = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
  enable?: BoolInput;
};
export type SwInterfaceSetGtpuBypassReply = {
  retval: number;
};
export interface GtpuMessages {
  gtpu_add_del_tunnel: RequestMessage<GtpuAddDelTunnel, GtpuAddDelTunnelReply>;
  gtpu_offload_rx: RequestMessage<GtpuOffloadRx, GtpuOffloadRxReply>;
  gtpu_tunnel_dump: DumpMessage<GtpuTunnelDump, GtpuTunnelDetails>;
  gtpu_tunnel_update_tteid: RequestMessage<GtpuTunnelUpdateTteid, GtpuTunnelUpdateTteidReply>;
  sw_interface_set_gtpu_bypass: RequestMessage<SwInterfaceSetGtpuBypass, SwInterfaceSetGtpuBypassReply>;
}

export type HttpStaticEnable = {
  fifo_size: number;
  cache_size_limit: number;
  prealloc_fifos: number;
  private_segment_size: number;
  www_root: string;
  uri: string;
};
export type HttpStaticEnableReply = {
  retval: number;
};
export interface HttpStaticMessages {
  http_static_enable: RequestMessage<HttpStaticEnable, HttpStaticEnableReply>;
}

export type IdpfCreate = {
  pci_addr: number;
  rxq_single: number;
  txq_single: number;
  rxq_num: number;
  txq_num: number;
  rxq_size: number;
  txq_size: number;
  req_vport_nb: number;
};
export type IdpfCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type IdpfDelete = {
  sw_if_index: number;
};
export type IdpfDeleteReply = {
  retval: number;
};
export interface IdpfMessages {
  idpf_create: RequestMessage<IdpfCreate, IdpfCreateReply>;
  idpf_delete: RequestMessage<IdpfDelete, IdpfDeleteReply>;
}

export interface FilterModeValues {
  readonly EXCLUDE: 0;
  readonly INCLUDE: 1;
}
export type FilterMode = EnumValue<FilterModeValues>;
export type FilterModeInput = EnumInput<FilterModeValues>;
export type GroupPrefix = {
  type: GroupPrefixType;
  prefix: string;
};
export type GroupPrefixInput = {
  type?: GroupPrefixTypeInput;
  prefix?: string | Uint8Array | PrefixInput;
};
export interface GroupPrefixTypeValues {
  readonly ASM: 0;
  readonly SSM: 1;
}
export type GroupPrefixType = EnumValue<GroupPrefixTypeValues>;
export type GroupPrefixTypeInput = EnumInput<GroupPrefixTypeValues>;
export type IgmpGroupInput = {
  filter?: FilterModeInput;
  n_srcs?: number;
  sw_if_index?: number;
  gaddr?: BytesInput;
  saddrs?: readonly BytesInput[];
};
export type IgmpClearInterface = {
  sw_if_index: number;
};
export type IgmpClearInterfaceReply = {
  retval: number;
};
export type IgmpDetails = {
  sw_if_index: number;
  saddr: string;
  gaddr: string;
};
export type IgmpDump = {
  sw_if_index: number;
};
export type IgmpEnableDisable = {
  enable?: BoolInput;
  mode: number;
  sw_if_index: number;
};
export type IgmpEnableDisableReply = {
  retval: number;
};
export type IgmpEvent = {
  sw_if_index: number;
  filter: FilterMode;
  saddr: string;
  gaddr: string;
};
export type IgmpGroupPrefixDetails = {
  gp: GroupPrefix;
};
export type IgmpGroupPrefixDump = Record<string, never>;
export type IgmpGroupPrefixSet = {
  gp: GroupPrefixInput;
};
export type IgmpGroupPrefixSetReply = {
  retval: number;
};
export type IgmpListen = {
  group: IgmpGroupInput;
};
export type IgmpListenReply = {
  retval: number;
};
export type IgmpProxyDeviceAddDel = {
  add: number;
  vrf_id: number;
  sw_if_index: number;
};
export type IgmpProxyDeviceAddDelInterface = {
  add?: BoolInput;
  vrf_id: number;
  sw_if_index: number;
};
export type IgmpProxyDeviceAddDelInterfaceReply = {
  retval: number;
};
export type IgmpProxyDeviceAddDelReply = {
  retval: number;
};
export type WantIgmpEvents = {
  enable: number;
  pid: number;
};
export type WantIgmpEventsReply = {
  retval: number;
};
export interface IgmpMessages {
  igmp_clear_interface: RequestMessage<IgmpClearInterface, IgmpClearInterfaceReply>;
  igmp_dump: DumpMessage<IgmpDump, IgmpDetails>;
  igmp_enable_disable: RequestMessage<IgmpEnableDisable, IgmpEnableDisableReply>;
  igmp_event: EventMessage<IgmpEvent, WantIgmpEvents>;
  igmp_group_prefix_dump: DumpMessage<IgmpGroupPrefixDump, IgmpGroupPrefixDetails>;
  igmp_group_prefix_set: RequestMessage<IgmpGroupPrefixSet, IgmpGroupPrefixSetReply>;
  igmp_listen: RequestMessage<IgmpListen, IgmpListenReply>;
  igmp_proxy_device_add_del: RequestMessage<IgmpProxyDeviceAddDel, IgmpProxyDeviceAddDelReply>;
  igmp_proxy_device_add_del_interface: RequestMessage<IgmpProxyDeviceAddDelInterface, IgmpProxyDeviceAddDelInterfaceReply>;
  want_igmp_events: RequestMessage<WantIgmpEvents, WantIgmpEventsReply>;
}

export type Ikev2ChildSaDetails = {
  retval: number;
  child_sa: Ikev2ChildSa;
};
export type Ikev2ChildSaDump = {
  sa_index: number;
};
export type Ikev2InitiateDelChildSa = {
  ispi: number;
};
export type Ikev2InitiateDelChildSaReply = {
  retval: number;
};
export type Ikev2InitiateDelIkeSa = {
  ispi: LongInput;
};
export type Ikev2InitiateDelIkeSaReply = {
  retval: number;
};
export type Ikev2InitiateRekeyChildSa = {
  ispi: number;
};
export type Ikev2InitiateRekeyChildSaReply = {
  retval: number;
};
export type Ikev2InitiateSaInit = {
  name: string;
};
export type Ikev2InitiateSaInitReply = {
  retval: number;
};
export type Ikev2NonceGet = {
  is_initiator?: BoolInput;
  sa_index: number;
};
export type Ikev2NonceGetReply = {
  retval: number;
  data_len: number;
  nonce: Uint8Array;
};
export type Ikev2PluginGetVersion = Record<string, never>;
export type Ikev2PluginGetVersionReply = {
  major: number;
  minor: number;
};
export type Ikev2ProfileAddDel = {
  name: string;
  is_add?: BoolInput;
};
export type Ikev2ProfileAddDelReply = {
  retval: number;
};
export type Ikev2ProfileDetails = {
  profile: Ikev2Profile;
};
export type Ikev2ProfileDisableNatt = {
  name: string;
};
export type Ikev2ProfileDisableNattReply = {
  retval: number;
};
export type Ikev2ProfileDump = Record<string, never>;
export type Ikev2ProfileSetAuth = {
  name: string;
  auth_method: number;
  is_hex?: BoolInput;
  data_len?: number;
  data: BytesInput;
};
export type Ikev2ProfileSetAuthReply = {
  retval: number;
};
export type Ikev2ProfileSetId = {
  name: string;
  is_local?: BoolInput;
  id_type: number;
  data_len?: number;
  data: BytesInput;
};
export type Ikev2ProfileSetIdReply = {
  retval: number;
};
export type Ikev2ProfileSetIpsecUdpPort = {
  is_set: number;
  port: number;
  name: string;
};
export type Ikev2ProfileSetIpsecUdpPortReply = {
  retval: number;
};
export type Ikev2ProfileSetLiveness = {
  period: number;
  max_retries: number;
};
export type Ikev2ProfileSetLivenessReply = {
  retval: number;
};
export type Ikev2ProfileSetTs = {
  name: string;
  ts: Ikev2TsInput;
};
export type Ikev2ProfileSetTsReply = {
  retval: number;
};
export type Ikev2ProfileSetUdpEncap = {
  name: string;
};
export type Ikev2ProfileSetUdpEncapReply = {
  retval: number;
};
export type Ikev2SaDetails = {
  retval: number;
  sa: Ikev2Sa;
};
export type Ikev2SaDump = Record<string, never>;
export type Ikev2SetEspTransforms = {
  name: string;
  tr: Ikev2EspTransformsInput;
};
export type Ikev2SetEspTransformsReply = {
  retval: number;
};
export type Ikev2SetIkeTransforms = {
  name: string;
  tr: Ikev2IkeTransformsInput;
};
export type Ikev2SetIkeTransformsReply = {
  retval: number;
};
export type Ikev2SetLocalKey = {
  key_file: string;
};
export type Ikev2SetLocalKeyReply = {
  retval: number;
};
export type Ikev2SetResponder = {
  name: string;
  responder: Ikev2ResponderInput;
};
export type Ikev2SetResponderHostname = {
  name: string;
  hostname: string;
  sw_if_index: number;
};
export type Ikev2SetResponderHostnameReply = {
  retval: number;
};
export type Ikev2SetResponderReply = {
  retval: number;
};
export type Ikev2SetSaLifetime = {
  name: string;
  lifetime: LongInput;
  lifetime_jitter: number;
  handover: number;
  lifetime_maxdata: LongInput;
};
export type Ikev2SetSaLifetimeReply = {
  retval: number;
};
export type Ikev2SetTunnelInterface = {
  name: string;
  sw_if_index: number;
};
export type Ikev2SetTunnelInterfaceReply = {
  retval: number;
};
export type Ikev2TrafficSelectorDetails = {
  retval: number;
  ts: Ikev2Ts;
};
export type Ikev2TrafficSelectorDump = {
  is_initiator?: BoolInput;
  sa_index: number;
  child_sa_index: number;
};
export interface Ikev2Messages {
  /** In progress: its definition may still change. */
  ikev2_child_sa_dump: DumpMessage<Ikev2ChildSaDump, Ikev2ChildSaDetails>;
  /** In progress: its definition may still change. */
  ikev2_initiate_del_child_sa: RequestMessage<Ikev2InitiateDelChildSa, Ikev2InitiateDelChildSaReply>;
  /** In progress: its definition may still change. */
  ikev2_initiate_del_ike_sa: RequestMessage<Ikev2InitiateDelIkeSa, Ikev2InitiateDelIkeSaReply>;
  /** In progress: its definition may still change. */
  ikev2_initiate_rekey_child_sa: RequestMessage<Ikev2InitiateRekeyChildSa, Ikev2InitiateRekeyChildSaReply>;
  /** In progress: its definition may still change. */
  ikev2_initiate_sa_init: RequestMessage<Ikev2InitiateSaInit, Ikev2InitiateSaInitReply>;
  /** In progress: its definition may still change. */
  ikev2_nonce_get: RequestMessage<Ikev2NonceGet, Ikev2NonceGetReply>;
  ikev2_plugin_get_version: RequestMessage<Ikev2PluginGetVersion, Ikev2PluginGetVersionReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_add_del: RequestMessage<Ikev2ProfileAddDel, Ikev2ProfileAddDelReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_disable_natt: RequestMessage<Ikev2ProfileDisableNatt, Ikev2ProfileDisableNattReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_dump: DumpMessage<Ikev2ProfileDump, Ikev2ProfileDetails>;
  /** In progress: its definition may still change. */
  ikev2_profile_set_auth: RequestMessage<Ikev2ProfileSetAuth, Ikev2ProfileSetAuthReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_set_id: RequestMessage<Ikev2ProfileSetId, Ikev2ProfileSetIdReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_set_ipsec_udp_port: RequestMessage<Ikev2ProfileSetIpsecUdpPort, Ikev2ProfileSetIpsecUdpPortReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_set_liveness: RequestMessage<Ikev2ProfileSetLiveness, Ikev2ProfileSetLivenessReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_set_ts: RequestMessage<Ikev2ProfileSetTs, Ikev2ProfileSetTsReply>;
  /** In progress: its definition may still change. */
  ikev2_profile_set_udp_encap: RequestMessage<Ikev2ProfileSetUdpEncap, Ikev2ProfileSetUdpEncapReply>;
  /** In progress: its definition may still change. */
  ikev2_sa_dump: DumpMessage<Ikev2SaDump, Ikev2SaDetails>;
  /** In progress: its definition may still change. */
  ikev2_set_esp_transforms: RequestMessage<Ikev2SetEspTransforms, Ikev2SetEspTransformsReply>;
  /** In progress: its definition may still change. */
  ikev2_set_ike_transforms: RequestMessage<Ikev2SetIkeTransforms, Ikev2SetIkeTransformsReply>;
  /** In progress: its definition may still change. */
  ikev2_set_local_key: RequestMessage<Ikev2SetLocalKey, Ikev2SetLocalKeyReply>;
  /** In progress: its definition may still change. */
  ikev2_set_responder: RequestMessage<Ikev2SetResponder, Ikev2SetResponderReply>;
  /** In progress: its definition may still change. */
  ikev2_set_responder_hostname: RequestMessage<Ikev2SetResponderHostname, Ikev2SetResponderHostnameReply>;
  /** In progress: its definition may still change. */
  ikev2_set_sa_lifetime: RequestMessage<Ikev2SetSaLifetime, Ikev2SetSaLifetimeReply>;
  /** In progress: its definition may still change. */
  ikev2_set_tunnel_interface: RequestMessage<Ikev2SetTunnelInterface, Ikev2SetTunnelInterfaceReply>;
  /** In progress: its definition may still change. */
  ikev2_traffic_selector_dump: DumpMessage<Ikev2TrafficSelectorDump, Ikev2TrafficSelectorDetails>;
}

export type Ikev2Auth = {
  method: number;
  hex: number;
  data_len: number;
  data: Uint8Array;
};
export type Ikev2ChildSa = {
  sa_index: number;
  child_sa_index: number;
  i_spi: number;
  r_spi: number;
  keys: Ikev2Keys;
  encryption: Ikev2SaTransform;
  integrity: Ikev2SaTransform;
  esn: Ikev2SaTransform;
};
export type Ikev2EspTransforms = {
  crypto_alg: number;
  crypto_key_size: number;
  integ_alg: number;
};
export type Ikev2EspTransformsInput = {
  crypto_alg?: number;
  crypto_key_size?: number;
  integ_alg?: number;
};
export type Ikev2Id = {
  type: number;
  data_len: number;
  data: string;
};
export type Ikev2IkeTransforms = {
  crypto_alg: number;
  crypto_key_size: number;
  integ_alg: number;
  dh_group: number;
};
export type Ikev2IkeTransformsInput = {
  crypto_alg?: number;
  crypto_key_size?: number;
  integ_alg?: number;
  dh_group?: number;
};
export type Ikev2Keys = {
  sk_d: Uint8Array;
  sk_d_len: number;
  sk_ai: Uint8Array;
  sk_ai_len: number;
  sk_ar: Uint8Array;
  sk_ar_len: number;
  sk_ei: Uint8Array;
  sk_ei_len: number;
  sk_er: Uint8Array;
  sk_er_len: number;
  sk_pi: Uint8Array;
  sk_pi_len: number;
  sk_pr: Uint8Array;
  sk_pr_len: number;
};
export type Ikev2Profile = {
  name: string;
  loc_id: Ikev2Id;
  rem_id: Ikev2Id;
  loc_ts: Ikev2Ts;
  rem_ts: Ikev2Ts;
  responder: Ikev2Responder;
  ike_ts: Ikev2IkeTransforms;
  esp_ts: Ikev2EspTransforms;
  lifetime: bigint;
  lifetime_maxdata: bigint;
  lifetime_jitter: number;
  handover: number;
  ipsec_over_udp_port: number;
  tun_itf: number;
  udp_encap: boolean;
  natt_disabled: boolean;
  auth: Ikev2Auth;
};
export type Ikev2Responder = {
  sw_if_index: number;
  addr: string;
};
export type Ikev2ResponderInput = {
  sw_if_index?: number;
  addr?: string | Uint8Array | AddressInput;
};
export type Ikev2Sa = {
  sa_index: number;
  profile_index: number;
  ispi: bigint;
  rspi: bigint;
  iaddr: string;
  raddr: string;
  keys: Ikev2Keys;
  i_id: Ikev2Id;
  r_id: Ikev2Id;
  encryption: Ikev2SaTransform;
  integrity: Ikev2SaTransform;
  prf: Ikev2SaTransform;
  dh: Ikev2SaTransform;
  stats: Ikev2SaStats;
};
export type Ikev2SaStats = {
  n_keepalives: number;
  n_rekey_req: number;
  n_sa_init_req: number;
  n_sa_auth_req: number;
  n_retransmit: number;
  n_init_sa_retransmit: number;
};
export type Ikev2SaTransform = {
  transform_type: number;
  transform_id: number;
  key_len: number;
  key_trunc: number;
  block_size: number;
  dh_group: number;
};
export type Ikev2Ts = {
  sa_index: number;
  child_sa_index: number;
  is_local: boolean;
  protocol_id: number;
  start_port: number;
  end_port: number;
  start_addr: string;
  end_addr: string;
};
export type Ikev2TsInput = {
  sa_index?: number;
  child_sa_index?: number;
  is_local?: BoolInput;
  protocol_id?: number;
  start_port?: number;
  end_port?: number;
  start_addr?: string | Uint8Array | AddressInput;
  end_addr?: string | Uint8Array | AddressInput;
};

export type CollectDetailedInterfaceStats = {
  sw_if_index: number;
  enable_disable?: BoolInput;
};
export type CollectDetailedInterfaceStatsReply = {
  retval: number;
};
export type CreateLoopback = {
  mac_address: BytesInput;
};
export type CreateLoopbackInstance = {
  mac_address: BytesInput;
  is_specified?: BoolInput;
  user_instance: number;
};
export type CreateLoopbackInstanceReply = {
  retval: number;
  sw_if_index: number;
};
export type CreateLoopbackReply = {
  retval: number;
  sw_if_index: number;
};
export type CreateSubif = {
  sw_if_index: number;
  sub_id: number;
  sub_if_flags: SubIfFlagsInput;
  outer_vlan_id: number;
  inner_vlan_id: number;
};
export type CreateSubifReply = {
  retval: number;
  sw_if_index: number;
};
export type CreateVlanSubif = {
  sw_if_index: number;
  vlan_id: number;
};
export type CreateVlanSubifReply = {
  retval: number;
  sw_if_index: number;
};
export type DeleteLoopback = {
  sw_if_index: number;
};
export type DeleteLoopbackReply = {
  retval: number;
};
export type DeleteSubif = {
  sw_if_index: number;
};
export type DeleteSubifReply = {
  retval: number;
};
export type HwInterfaceSetMtu = {
  sw_if_index: number;
  mtu: number;
};
export type HwInterfaceSetMtuReply = {
  retval: number;
};
export type InterfaceNameRenumber = {
  sw_if_index: number;
  new_show_dev_instance: number;
};
export type InterfaceNameRenumberReply = {
  retval: number;
};
export type PcapSetFilterFunction = {
  filter_function_name: string;
};
export type PcapSetFilterFunctionReply = {
  retval: number;
};
export type PcapTraceOff = Record<string, never>;
export type PcapTraceOffReply = {
  retval: number;
};
export type PcapTraceOn = {
  capture_rx?: BoolInput;
  capture_tx?: BoolInput;
  capture_drop?: BoolInput;
  filter?: BoolInput;
  preallocate_data?: BoolInput;
  free_data?: BoolInput;
  /** @default 1000 */
  max_packets?: number;
  /** @default 512 */
  max_bytes_per_packet?: number;
  sw_if_index: number;
  error: string;
  filename: string;
};
export type PcapTraceOnReply = {
  retval: number;
};
export type SwInterfaceAddDelAddress = {
  sw_if_index: number;
  is_add?: BoolInput;
  del_all?: BoolInput;
  prefix: string | Uint8Array | PrefixInput;
};
export type SwInterfaceAddDelAddressReply = {
  retval: number;
};
export type SwInterfaceAddDelMacAddress = {
  sw_if_index: number;
  addr: BytesInput;
  is_add: number;
};
export type SwInterfaceAddDelMacAddressReply = {
  retval: number;
};
export type SwInterfaceAddressReplaceBegin = Record<string, never>;
export type SwInterfaceAddressReplaceBeginReply = {
  retval: number;
};
export type SwInterfaceAddressReplaceEnd = Record<string, never>;
export type SwInterfaceAddressReplaceEndReply = {
  retval: number;
};
export type SwInterfaceClearStats = {
  sw_if_index: number;
};
export type SwInterfaceClearStatsReply = {
  retval: number;
};
export type SwInterfaceDetails = {
  sw_if_index: number;
  sup_sw_if_index: number;
  l2_address: string;
  flags: IfStatusFlags;
  type: IfType;
  link_duplex: LinkDuplex;
  link_speed: number;
  link_mtu: number;
  mtu: number[];
  sub_id: number;
  sub_number_of_tags: number;
  sub_outer_vlan_id: number;
  sub_inner_vlan_id: number;
  sub_if_flags: SubIfFlags;
  vtr_op: number;
  vtr_push_dot1q: number;
  vtr_tag1: number;
  vtr_tag2: number;
  outer_tag: number;
  b_dmac: string;
  b_smac: string;
  b_vlanid: number;
  i_sid: number;
  interface_name: string;
  interface_dev_type: string;
  tag: string;
};
export type SwInterfaceDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
  name_filter_valid?: BoolInput;
  name_filter?: string;
};
export type SwInterfaceEvent = {
  pid: number;
  sw_if_index: number;
  flags: IfStatusFlags;
  deleted: boolean;
};
export type SwInterfaceGetMacAddress = {
  sw_if_index: number;
};
export type SwInterfaceGetMacAddressReply = {
  retval: number;
  mac_address: string;
};
export type SwInterfaceGetTable = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
};
export type SwInterfaceGetTableReply = {
  retval: number;
  vrf_id: number;
};
export type SwInterfaceRxPlacementDetails = {
  sw_if_index: number;
  queue_id: number;
  worker_id: number;
  mode: RxMode;
};
export type SwInterfaceRxPlacementDump = {
  sw_if_index: number;
};
export type SwInterfaceSetFlags = {
  sw_if_index: number;
  flags: IfStatusFlagsInput;
};
export type SwInterfaceSetFlagsReply = {
  retval: number;
};
export type SwInterfaceSetInterfaceName = {
  sw_if_index: number;
  name: string;
};
export type SwInterfaceSetInterfaceNameReply = {
  retval: number;
};
export type SwInterfaceSetIpDirectedBroadcast = {
  sw_if_index: number;
  enable?: BoolInput;
};
export type SwInterfaceSetIpDirectedBroadcastReply = {
  retval: number;
};
export type SwInterfaceSetMacAddress = {
  sw_if_index: number;
  mac_address: BytesInput;
};
export type SwInterfaceSetMacAddressReply = {
  retval: number;
};
export type SwInterfaceSetMtu = {
  sw_if_index: number;
  mtu: readonly number[];
};
export type SwInterfaceSetMtuReply = {
  retval: number;
};
export type SwInterfaceSetPromisc = {
  sw_if_index: number;
  promisc_on?: BoolInput;
};
export type SwInterfaceSetPromiscReply = {
  retval: number;
};
export type SwInterfaceSetRxMode = {
  sw_if_index: number;
  queue_id_valid?: BoolInput;
  queue_id?: number;
  mode: RxModeInput;
};
export type SwInterfaceSetRxModeReply = {
  retval: number;
};
export type SwInterfaceSetRxPlacement = {
  sw_if_index: number;
  queue_id: number;
  worker_id: number;
  is_main?: BoolInput;
};
export type SwInterfaceSetRxPlacementReply = {
  retval: number;
};
export type SwInterfaceSetTable = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
  vrf_id: number;
};
export type SwInterfaceSetTableReply = {
  retval: number;
};
export type SwInterfaceSetTxPlacement = {
  sw_if_index: number;
  queue_id: number;
  array_size?: number;
  threads: readonly number[];
};
export type SwInterfaceSetTxPlacementReply = {
  retval: number;
};
export type SwInterfaceSetUnnumbered = {
  sw_if_index: number;
  unnumbered_sw_if_index: number;
  is_add?: BoolInput;
};
export type SwInterfaceSetUnnumberedReply = {
  retval: number;
};
export type SwInterfaceTagAddDel = {
  is_add?: BoolInput;
  sw_if_index: number;
  tag: string;
};
export type SwInterfaceTagAddDelReply = {
  retval: number;
};
export type SwInterfaceTxPlacementDetails = {
  sw_if_index: number;
  queue_id: number;
  shared: number;
  array_size: number;
  threads: number[];
};
export type SwInterfaceTxPlacementGet = {
  cursor?: number;
  sw_if_index: number;
};
export type SwInterfaceTxPlacementGetReply = {
  retval: number;
  cursor: number;
};
export type WantInterfaceEvents = {
  enable_disable: number;
  pid: number;
};
export type WantInterfaceEventsReply = {
  retval: number;
};
export interface InterfaceMessages {
  collect_detailed_interface_stats: RequestMessage<CollectDetailedInterfaceStats, CollectDetailedInterfaceStatsReply>;
  create_loopback: RequestMessage<CreateLoopback, CreateLoopbackReply>;
  create_loopback_instance: RequestMessage<CreateLoopbackInstance, CreateLoopbackInstanceReply>;
  create_subif: RequestMessage<CreateSubif, CreateSubifReply>;
  create_vlan_subif: RequestMessage<CreateVlanSubif, CreateVlanSubifReply>;
  delete_loopback: RequestMessage<DeleteLoopback, DeleteLoopbackReply>;
  delete_subif: RequestMessage<DeleteSubif, DeleteSubifReply>;
  hw_interface_set_mtu: RequestMessage<HwInterfaceSetMtu, HwInterfaceSetMtuReply>;
  interface_name_renumber: RequestMessage<InterfaceNameRenumber, InterfaceNameRenumberReply>;
  pcap_set_filter_function: RequestMessage<PcapSetFilterFunction, PcapSetFilterFunctionReply>;
  pcap_trace_off: RequestMessage<PcapTraceOff, PcapTraceOffReply>;
  pcap_trace_on: RequestMessage<PcapTraceOn, PcapTraceOnReply>;
  sw_interface_add_del_address: RequestMessage<SwInterfaceAddDelAddress, SwInterfaceAddDelAddressReply>;
  sw_interface_add_del_mac_address: RequestMessage<SwInterfaceAddDelMacAddress, SwInterfaceAddDelMacAddressReply>;
  sw_interface_address_replace_begin: RequestMessage<SwInterfaceAddressReplaceBegin, SwInterfaceAddressReplaceBeginReply>;
  sw_interface_address_replace_end: RequestMessage<SwInterfaceAddressReplaceEnd, SwInterfaceAddressReplaceEndReply>;
  sw_interface_clear_stats: RequestMessage<SwInterfaceClearStats, SwInterfaceClearStatsReply>;
  sw_interface_dump: DumpMessage<SwInterfaceDump, SwInterfaceDetails>;
  sw_interface_event: EventMessage<SwInterfaceEvent, WantInterfaceEvents>;
  sw_interface_get_mac_address: RequestMessage<SwInterfaceGetMacAddress, SwInterfaceGetMacAddressReply>;
  sw_interface_get_table: RequestMessage<SwInterfaceGetTable, SwInterfaceGetTableReply>;
  sw_interface_rx_placement_dump: DumpMessage<SwInterfaceRxPlacementDump, SwInterfaceRxPlacementDetails>;
  sw_interface_set_flags: RequestMessage<SwInterfaceSetFlags, SwInterfaceSetFlagsReply>;
  sw_interface_set_interface_name: RequestMessage<SwInterfaceSetInterfaceName, SwInterfaceSetInterfaceNameReply>;
  sw_interface_set_ip_directed_broadcast: RequestMessage<SwInterfaceSetIpDirectedBroadcast, SwInterfaceSetIpDirectedBroadcastReply>;
  sw_interface_set_mac_address: RequestMessage<SwInterfaceSetMacAddress, SwInterfaceSetMacAddressReply>;
  sw_interface_set_mtu: RequestMessage<SwInterfaceSetMtu, SwInterfaceSetMtuReply>;
  sw_interface_set_promisc: RequestMessage<SwInterfaceSetPromisc, SwInterfaceSetPromiscReply>;
  sw_interface_set_rx_mode: RequestMessage<SwInterfaceSetRxMode, SwInterfaceSetRxModeReply>;
  sw_interface_set_rx_placement: RequestMessage<SwInterfaceSetRxPlacement, SwInterfaceSetRxPlacementReply>;
  sw_interface_set_table: RequestMessage<SwInterfaceSetTable, SwInterfaceSetTableReply>;
  sw_interface_set_tx_placement: RequestMessage<SwInterfaceSetTxPlacement, SwInterfaceSetTxPlacementReply>;
  sw_interface_set_unnumbered: RequestMessage<SwInterfaceSetUnnumbered, SwInterfaceSetUnnumberedReply>;
  sw_interface_tag_add_del: RequestMessage<SwInterfaceTagAddDel, SwInterfaceTagAddDelReply>;
  sw_interface_tx_placement_get: DumpMessage<SwInterfaceTxPlacementGet, SwInterfaceTxPlacementDetails, SwInterfaceTxPlacementGetReply>;
  want_interface_events: RequestMessage<WantInterfaceEvents, WantInterfaceEventsReply>;
}

export interface IfStatusFlagsValues {
  readonly IF_STATUS_API_FLAG_ADMIN_UP: 1;
  readonly IF_STATUS_API_FLAG_LINK_UP: 2;
}
export type IfStatusFlags = number;
export type IfStatusFlagsInput = FlagsInput<IfStatusFlagsValues, 'IF_STATUS_API_FLAG_'>;
export interface IfTypeValues {
  readonly IF_API_TYPE_HARDWARE: 0;
  readonly IF_API_TYPE_SUB: 1;
  readonly IF_API_TYPE_P2P: 2;
  readonly IF_API_TYPE_PIPE: 3;
}
export type IfType = EnumValue<IfTypeValues>;
export interface LinkDuplexValues {
  readonly LINK_DUPLEX_API_UNKNOWN: 0;
  readonly LINK_DUPLEX_API_HALF: 1;
  readonly LINK_DUPLEX_API_FULL: 2;
}
export type LinkDuplex = EnumValue<LinkDuplexValues>;
export interface RxModeValues {
  readonly RX_MODE_API_UNKNOWN: 0;
  readonly RX_MODE_API_POLLING: 1;
  readonly RX_MODE_API_INTERRUPT: 2;
  readonly RX_MODE_API_ADAPTIVE: 3;
  readonly RX_MODE_API_DEFAULT: 4;
}
export type RxMode = EnumValue<RxModeValues>;
export type RxModeInput = EnumInput<RxModeValues, 'RX_MODE_API_'>;
export interface SubIfFlagsValues {
  readonly SUB_IF_API_FLAG_NO_TAGS: 1;
  readonly SUB_IF_API_FLAG_ONE_TAG: 2;
  readonly SUB_IF_API_FLAG_TWO_TAGS: 4;
  readonly SUB_IF_API_FLAG_DOT1AD: 8;
  readonly SUB_IF_API_FLAG_EXACT_MATCH: 16;
  readonly SUB_IF_API_FLAG_DEFAULT: 32;
  readonly SUB_IF_API_FLAG_OUTER_VLAN_ID_ANY: 64;
  readonly SUB_IF_API_FLAG_INNER_VLAN_ID_ANY: 128;
  readonly SUB_IF_API_FLAG_MASK_VNET: 254;
  readonly SUB_IF_API_FLAG_DOT1AH: 256;
}
export type SubIfFlags = number;
export type SubIfFlagsInput = FlagsInput<SubIfFlagsValues, 'SUB_IF_API_FLAG_'>;

export type IoamCacheIp6EnableDisable = {
  is_disable?: BoolInput;
};
export type IoamCacheIp6EnableDisableReply = {
  retval: number;
};
export interface IoamCacheMessages {
  ioam_cache_ip6_enable_disable: RequestMessage<IoamCacheIp6EnableDisable, IoamCacheIp6EnableDisableReply>;
}

export type IoamExportIp6EnableDisable = {
  is_disable?: BoolInput;
  collector_address: BytesInput;
  src_address: BytesInput;
};
export type IoamExportIp6EnableDisableReply = {
  retval: number;
};
export interface IoamExportMessages {
  ioam_export_ip6_enable_disable: RequestMessage<IoamExportIp6EnableDisable, IoamExportIp6EnableDisableReply>;
}

export type VxlanGpeIoamDisable = {
  id: number;
};
export type VxlanGpeIoamDisableReply = {
  retval: number;
};
export type VxlanGpeIoamEnable = {
  id: number;
  trace_ppc: number;
  pow_enable?: BoolInput;
  trace_enable?: BoolInput;
};
export type VxlanGpeIoamEnableReply = {
  retval: number;
};
export type VxlanGpeIoamTransitDisable = {
  outer_fib_index: number;
  dst_addr: string | Uint8Array | AddressInput;
};
export type VxlanGpeIoamTransitDisableReply = {
  retval: number;
};
export type VxlanGpeIoamTransitEnable = {
  outer_fib_index: number;
  dst_addr: string | Uint8Array | AddressInput;
};
export type VxlanGpeIoamTransitEnableReply = {
  retval: number;
};
export type VxlanGpeIoamVniDisable = {
  vni: number;
  local: string | Uint8Array | AddressInput;
  remote: string | Uint8Array | AddressInput;
};
export type VxlanGpeIoamVniDisableReply = {
  retval: number;
};
export type VxlanGpeIoamVniEnable = {
  vni: number;
  local: string | Uint8Array | AddressInput;
  remote: string | Uint8Array | AddressInput;
};
export type VxlanGpeIoamVniEnableReply = {
  retval: number;
};
export interface IoamVxlanGpeMessages {
  vxlan_gpe_ioam_disable: RequestMessage<VxlanGpeIoamDisable, VxlanGpeIoamDisableReply>;
  vxlan_gpe_ioam_enable: RequestMessage<VxlanGpeIoamEnable, VxlanGpeIoamEnableReply>;
  vxlan_gpe_ioam_transit_disable: RequestMessage<VxlanGpeIoamTransitDisable, VxlanGpeIoamTransitDisableReply>;
  vxlan_gpe_ioam_transit_enable: RequestMessage<VxlanGpeIoamTransitEnable, VxlanGpeIoamTransitEnableReply>;
  vxlan_gpe_ioam_vni_disable: RequestMessage<VxlanGpeIoamVniDisable, VxlanGpeIoamVniDisableReply>;
  vxlan_gpe_ioam_vni_enable: RequestMessage<VxlanGpeIoamVniEnable, VxlanGpeIoamVniEnableReply>;
}

export interface IpFlowHashConfigValues {
  readonly IP_API_FLOW_HASH_SRC_IP: 1;
  readonly IP_API_FLOW_HASH_DST_IP: 2;
  readonly IP_API_FLOW_HASH_SRC_PORT: 4;
  readonly IP_API_FLOW_HASH_DST_PORT: 8;
  readonly IP_API_FLOW_HASH_PROTO: 16;
  readonly IP_API_FLOW_HASH_REVERSE: 32;
  readonly IP_API_FLOW_HASH_SYMETRIC: 64;
  readonly IP_API_FLOW_HASH_FLOW_LABEL: 128;
}
export type IpFlowHashConfig = number;
export type IpFlowHashConfigInput = FlagsInput<IpFlowHashConfigValues, 'IP_API_FLOW_HASH_'>;
export interface IpFlowHashConfigV2Values {
  readonly IP_API_V2_FLOW_HASH_SRC_IP: 1;
  readonly IP_API_V2_FLOW_HASH_DST_IP: 2;
  readonly IP_API_V2_FLOW_HASH_SRC_PORT: 4;
  readonly IP_API_V2_FLOW_HASH_DST_PORT: 8;
  readonly IP_API_V2_FLOW_HASH_PROTO: 16;
  readonly IP_API_V2_FLOW_HASH_REVERSE: 32;
  readonly IP_API_V2_FLOW_HASH_SYMETRIC: 64;
  readonly IP_API_V2_FLOW_HASH_FLOW_LABEL: 128;
  readonly IP_API_V2_FLOW_HASH_GTPV1_TEID: 256;
}
export type IpFlowHashConfigV2 = number;
export type IpFlowHashConfigV2Input = FlagsInput<IpFlowHashConfigV2Values, 'IP_API_V2_FLOW_HASH_'>;
export type IpMroute = {
  table_id: number;
  entry_flags: MfibEntryFlags;
  rpf_id: number;
  prefix: Mprefix;
  n_paths: number;
  paths: MfibPath[];
};
export type IpMrouteInput = {
  table_id?: number;
  entry_flags?: MfibEntryFlagsInput;
  rpf_id?: number;
  prefix?: MprefixInput;
  n_paths?: number;
  paths?: readonly MfibPathInput[];
};
export type IpPathMtu = {
  client_index: number;
  context: number;
  table_id: number;
  nh: string;
  path_mtu: number;
};
export type IpPathMtuInput = {
  client_index?: number;
  context?: number;
  table_id?: number;
  nh?: string | Uint8Array | AddressInput;
  path_mtu?: number;
};
export interface IpReassTypeValues {
  readonly IP_REASS_TYPE_FULL: 0;
  readonly IP_REASS_TYPE_SHALLOW_VIRTUAL: 1;
}
export type IpReassType = EnumValue<IpReassTypeValues>;
export type IpReassTypeInput = EnumInput<IpReassTypeValues, 'IP_REASS_TYPE_'>;
export type IpRoute = {
  table_id: number;
  stats_index: number;
  prefix: string;
  n_paths: number;
  paths: FibPath[];
};
export type IpRouteInput = {
  table_id?: number;
  stats_index?: number;
  prefix?: string | Uint8Array | PrefixInput;
  n_paths?: number;
  paths?: readonly FibPathInput[];
};
export type IpRouteV2 = {
  table_id: number;
  stats_index: number;
  prefix: string;
  n_paths: number;
  src: number;
  paths: FibPath[];
};
export type IpRouteV2Input = {
  table_id?: number;
  stats_index?: number;
  prefix?: string | Uint8Array | PrefixInput;
  n_paths?: number;
  src?: number;
  paths?: readonly FibPathInput[];
};
export type IpTable = {
  table_id: number;
  is_ip6: boolean;
  name: string;
};
export type IpTableInput = {
  table_id?: number;
  is_ip6?: BoolInput;
  name?: string;
};
export type PuntRedirect = {
  rx_sw_if_index: number;
  tx_sw_if_index: number;
  nh: string;
};
export type PuntRedirectInput = {
  rx_sw_if_index?: number;
  tx_sw_if_index?: number;
  nh?: string | Uint8Array | AddressInput;
};
export type PuntRedirectV2 = {
  rx_sw_if_index: number;
  af: AddressFamily;
  n_paths: number;
  paths: FibPath[];
};
export type PuntRedirectV2Input = {
  /** @default 4294967295 */
  rx_sw_if_index?: number;
  af?: AddressFamilyInput;
  n_paths?: number;
  paths?: readonly FibPathInput[];
};
export type AddDelIpPuntRedirectV2 = {
  /** @default true */
  is_add?: BoolInput;
  punt: PuntRedirectV2Input;
};
export type AddDelIpPuntRedirectV2Reply = {
  retval: number;
};
export type IoamDisable = {
  id: number;
};
export type IoamDisableReply = {
  retval: number;
};
export type IoamEnable = {
  id: number;
  seqno?: BoolInput;
  analyse?: BoolInput;
  pot_enable?: BoolInput;
  trace_enable?: BoolInput;
  node_id: number;
};
export type IoamEnableReply = {
  retval: number;
};
export type IpAddressDetails = {
  sw_if_index: number;
  prefix: string;
};
export type IpAddressDump = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
};
export type IpContainerProxyAddDel = {
  pfx: string | Uint8Array | PrefixInput;
  sw_if_index: number;
  /** @default true */
  is_add?: BoolInput;
};
export type IpContainerProxyAddDelReply = {
  retval: number;
};
export type IpContainerProxyDetails = {
  sw_if_index: number;
  prefix: string;
};
export type IpContainerProxyDump = Record<string, never>;
export type IpDetails = {
  sw_if_index: number;
  is_ipv6: boolean;
};
export type IpDump = {
  is_ipv6?: BoolInput;
};
export type IpLocalReassEnableDisable = {
  enable_ip4?: BoolInput;
  enable_ip6?: BoolInput;
};
export type IpLocalReassEnableDisableReply = {
  retval: number;
};
export type IpLocalReassGet = Record<string, never>;
export type IpLocalReassGetReply = {
  retval: number;
  ip4_is_enabled: boolean;
  ip6_is_enabled: boolean;
};
export type IpMrouteAddDel = {
  /** @default true */
  is_add?: BoolInput;
  is_multipath?: BoolInput;
  route: IpMrouteInput;
};
export type IpMrouteAddDelReply = {
  retval: number;
  stats_index: number;
};
export type IpMrouteDetails = {
  route: IpMroute;
};
export type IpMrouteDump = {
  table: IpTableInput;
};
export type IpMtableDetails = {
  table: IpTable;
};
export type IpMtableDump = Record<string, never>;
export type IpPathMtuDetails = {
  pmtu: IpPathMtu;
};
export type IpPathMtuGet = {
  cursor?: number;
};
export type IpPathMtuGetReply = {
  retval: number;
  cursor: number;
};
export type IpPathMtuReplaceBegin = Record<string, never>;
export type IpPathMtuReplaceBeginReply = {
  retval: number;
};
export type IpPathMtuReplaceEnd = Record<string, never>;
export type IpPathMtuReplaceEndReply = {
  retval: number;
};
export type IpPathMtuUpdate = {
  pmtu: IpPathMtuInput;
};
export type IpPathMtuUpdateReply = {
  retval: number;
};
export type IpPuntPolice = {
  policer_index: number;
  /** @default true */
  is_add?: BoolInput;
  is_ip6?: BoolInput;
};
export type IpPuntPoliceReply = {
  retval: number;
};
export type IpPuntRedirect = {
  punt: PuntRedirectInput;
  /** @default true */
  is_add?: BoolInput;
};
export type IpPuntRedirectDetails = {
  punt: PuntRedirect;
};
export type IpPuntRedirectDump = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
};
export type IpPuntRedirectReply = {
  retval: number;
};
export type IpPuntRedirectV2Details = {
  punt: PuntRedirectV2;
};
export type IpPuntRedirectV2Dump = {
  sw_if_index: number;
  af: AddressFamilyInput;
};
export type IpReassemblyEnableDisable = {
  sw_if_index: number;
  enable_ip4?: BoolInput;
  enable_ip6?: BoolInput;
  type: IpReassTypeInput;
};
export type IpReassemblyEnableDisableReply = {
  retval: number;
};
export type IpReassemblyGet = {
  is_ip6?: BoolInput;
  type: IpReassTypeInput;
};
export type IpReassemblyGetReply = {
  retval: number;
  timeout_ms: number;
  max_reassemblies: number;
  max_reassembly_length: number;
  expire_walk_interval_ms: number;
  is_ip6: boolean;
};
export type IpReassemblySet = {
  timeout_ms: number;
  max_reassemblies: number;
  max_reassembly_length: number;
  expire_walk_interval_ms: number;
  is_ip6?: BoolInput;
  type: IpReassTypeInput;
};
export type IpReassemblySetReply = {
  retval: number;
};
export type IpRouteAddDel = {
  /** @default true */
  is_add?: BoolInput;
  is_multipath?: BoolInput;
  route: IpRouteInput;
};
export type IpRouteAddDelReply = {
  retval: number;
  stats_index: number;
};
export type IpRouteAddDelV2 = {
  /** @default true */
  is_add?: BoolInput;
  is_multipath?: BoolInput;
  route: IpRouteV2Input;
};
export type IpRouteAddDelV2Reply = {
  retval: number;
  stats_index: number;
};
export type IpRouteDetails = {
  route: IpRoute;
};
export type IpRouteDump = {
  table: IpTableInput;
};
export type IpRouteLookup = {
  table_id: number;
  exact: number;
  prefix: string | Uint8Array | PrefixInput;
};
export type IpRouteLookupReply = {
  retval: number;
  route: IpRoute;
};
export type IpRouteLookupV2 = {
  table_id: number;
  exact: number;
  prefix: string | Uint8Array | PrefixInput;
};
export type IpRouteLookupV2Reply = {
  retval: number;
  route: IpRouteV2;
};
export type IpRouteV2Details = {
  route: IpRouteV2;
};
export type IpRouteV2Dump = {
  src: number;
  table: IpTableInput;
};
export type IpSourceAndPortRangeCheckAddDel = {
  /** @default true */
  is_add?: BoolInput;
  prefix: string | Uint8Array | PrefixInput;
  number_of_ranges: number;
  low_ports: readonly number[];
  high_ports: readonly number[];
  vrf_id: number;
};
export type IpSourceAndPortRangeCheckAddDelReply = {
  retval: number;
};
export type IpSourceAndPortRangeCheckInterfaceAddDel = {
  /** @default true */
  is_add?: BoolInput;
  sw_if_index: number;
  tcp_in_vrf_id: number;
  tcp_out_vrf_id: number;
  udp_in_vrf_id: number;
  udp_out_vrf_id: number;
};
export type IpSourceAndPortRangeCheckInterfaceAddDelReply = {
  retval: number;
};
export type IpTableAddDel = {
  /** @default true */
  is_add?: BoolInput;
  table: IpTableInput;
};
export type IpTableAddDelReply = {
  retval: number;
};
export type IpTableAllocate = {
  table: IpTableInput;
};
export type IpTableAllocateReply = {
  retval: number;
  table: IpTable;
};
export type IpTableDetails = {
  table: IpTable;
};
export type IpTableDump = Record<string, never>;
export type IpTableFlush = {
  table: IpTableInput;
};
export type IpTableFlushReply = {
  retval: number;
};
export type IpTableReplaceBegin = {
  table: IpTableInput;
};
export type IpTableReplaceBeginReply = {
  retval: number;
};
export type IpTableReplaceEnd = {
  table: IpTableInput;
};
export type IpTableReplaceEndReply = {
  retval: number;
};
export type IpUnnumberedDetails = {
  sw_if_index: number;
  ip_sw_if_index: number;
};
export type IpUnnumberedDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type MfibSignalDetails = {
  sw_if_index: number;
  table_id: number;
  prefix: Mprefix;
  ip_packet_len: number;
  ip_packet_data: Uint8Array;
};
export type MfibSignalDump = Record<string, never>;
export type SetIpFlowHash = {
  vrf_id: number;
  is_ipv6?: BoolInput;
  src?: BoolInput;
  dst?: BoolInput;
  sport?: BoolInput;
  dport?: BoolInput;
  proto?: BoolInput;
  reverse?: BoolInput;
  symmetric?: BoolInput;
};
export type SetIpFlowHashReply = {
  retval: number;
};
export type SetIpFlowHashRouterId = {
  router_id: number;
};
export type SetIpFlowHashRouterIdReply = {
  retval: number;
};
export type SetIpFlowHashV2 = {
  table_id: number;
  af: AddressFamilyInput;
  flow_hash_config: IpFlowHashConfigInput;
};
export type SetIpFlowHashV2Reply = {
  retval: number;
};
export type SetIpFlowHashV3 = {
  table_id: number;
  af: AddressFamilyInput;
  flow_hash_config: IpFlowHashConfigV2Input;
};
export type SetIpFlowHashV3Reply = {
  retval: number;
};
export type SwInterfaceIp6EnableDisable = {
  sw_if_index: number;
  enable?: BoolInput;
};
export type SwInterfaceIp6EnableDisableReply = {
  retval: number;
};
export type SwInterfaceIp6GetLinkLocalAddress = {
  sw_if_index: number;
};
export type SwInterfaceIp6GetLinkLocalAddressReply = {
  retval: number;
  ip: string;
};
export type SwInterfaceIp6SetLinkLocalAddress = {
  sw_if_index: number;
  ip: BytesInput;
};
export type SwInterfaceIp6SetLinkLocalAddressReply = {
  retval: number;
};
export interface IpMessages {
  add_del_ip_punt_redirect_v2: RequestMessage<AddDelIpPuntRedirectV2, AddDelIpPuntRedirectV2Reply>;
  ioam_disable: RequestMessage<IoamDisable, IoamDisableReply>;
  ioam_enable: RequestMessage<IoamEnable, IoamEnableReply>;
  ip_address_dump: DumpMessage<IpAddressDump, IpAddressDetails>;
  ip_container_proxy_add_del: RequestMessage<IpContainerProxyAddDel, IpContainerProxyAddDelReply>;
  ip_container_proxy_dump: DumpMessage<IpContainerProxyDump, IpContainerProxyDetails>;
  ip_dump: DumpMessage<IpDump, IpDetails>;
  ip_local_reass_enable_disable: RequestMessage<IpLocalReassEnableDisable, IpLocalReassEnableDisableReply>;
  ip_local_reass_get: RequestMessage<IpLocalReassGet, IpLocalReassGetReply>;
  ip_mroute_add_del: RequestMessage<IpMrouteAddDel, IpMrouteAddDelReply>;
  ip_mroute_dump: DumpMessage<IpMrouteDump, IpMrouteDetails>;
  ip_mtable_dump: DumpMessage<IpMtableDump, IpMtableDetails>;
  ip_path_mtu_get: DumpMessage<IpPathMtuGet, IpPathMtuDetails, IpPathMtuGetReply>;
  ip_path_mtu_replace_begin: RequestMessage<IpPathMtuReplaceBegin, IpPathMtuReplaceBeginReply>;
  ip_path_mtu_replace_end: RequestMessage<IpPathMtuReplaceEnd, IpPathMtuReplaceEndReply>;
  ip_path_mtu_update: RequestMessage<IpPathMtuUpdate, IpPathMtuUpdateReply>;
  ip_punt_police: RequestMessage<IpPuntPolice, IpPuntPoliceReply>;
  /** @deprecated */
  ip_punt_redirect: RequestMessage<IpPuntRedirect, IpPuntRedirectReply>;
  /** @deprecated */
  ip_punt_redirect_dump: DumpMessage<IpPuntRedirectDump, IpPuntRedirectDetails>;
  ip_punt_redirect_v2_dump: DumpMessage<IpPuntRedirectV2Dump, IpPuntRedirectV2Details>;
  ip_reassembly_enable_disable: RequestMessage<IpReassemblyEnableDisable, IpReassemblyEnableDisableReply>;
  ip_reassembly_get: RequestMessage<IpReassemblyGet, IpReassemblyGetReply>;
  ip_reassembly_set: RequestMessage<IpReassemblySet, IpReassemblySetReply>;
  ip_route_add_del: RequestMessage<IpRouteAddDel, IpRouteAddDelReply>;
  /** In progress: its definition may still change. */
  ip_route_add_del_v2: RequestMessage<IpRouteAddDelV2, IpRouteAddDelV2Reply>;
  ip_route_dump: DumpMessage<IpRouteDump, IpRouteDetails>;
  ip_route_lookup: RequestMessage<IpRouteLookup, IpRouteLookupReply>;
  /** In progress: its definition may still change. */
  ip_route_lookup_v2: RequestMessage<IpRouteLookupV2, IpRouteLookupV2Reply>;
  /** In progress: its definition may still change. */
  ip_route_v2_dump: DumpMessage<IpRouteV2Dump, IpRouteV2Details>;
  ip_source_and_port_range_check_add_del: RequestMessage<IpSourceAndPortRangeCheckAddDel, IpSourceAndPortRangeCheckAddDelReply>;
  ip_source_and_port_range_check_interface_add_del: RequestMessage<IpSourceAndPortRangeCheckInterfaceAddDel, IpSourceAndPortRangeCheckInterfaceAddDelReply>;
  ip_table_add_del: RequestMessage<IpTableAddDel, IpTableAddDelReply>;
  ip_table_allocate: RequestMessage<IpTableAllocate, IpTableAllocateReply>;
  ip_table_dump: DumpMessage<IpTableDump, IpTableDetails>;
  ip_table_flush: RequestMessage<IpTableFlush, IpTableFlushReply>;
  ip_table_replace_begin: RequestMessage<IpTableReplaceBegin, IpTableReplaceBeginReply>;
  ip_table_replace_end: RequestMessage<IpTableReplaceEnd, IpTableReplaceEndReply>;
  ip_unnumbered_dump: DumpMessage<IpUnnumberedDump, IpUnnumberedDetails>;
  mfib_signal_dump: DumpMessage<MfibSignalDump, MfibSignalDetails>;
  /** @deprecated */
  set_ip_flow_hash: RequestMessage<SetIpFlowHash, SetIpFlowHashReply>;
  set_ip_flow_hash_router_id: RequestMessage<SetIpFlowHashRouterId, SetIpFlowHashRouterIdReply>;
  set_ip_flow_hash_v2: RequestMessage<SetIpFlowHashV2, SetIpFlowHashV2Reply>;
  /** In progress: its definition may still change. */
  set_ip_flow_hash_v3: RequestMessage<SetIpFlowHashV3, SetIpFlowHashV3Reply>;
  sw_interface_ip6_enable_disable: RequestMessage<SwInterfaceIp6EnableDisable, SwInterfaceIp6EnableDisableReply>;
  sw_interface_ip6_get_link_local_address: RequestMessage<SwInterfaceIp6GetLinkLocalAddress, SwInterfaceIp6GetLinkLocalAddressReply>;
  sw_interface_ip6_set_link_local_address: RequestMessage<SwInterfaceIp6SetLinkLocalAddress, SwInterfaceIp6SetLinkLocalAddressReply>;
}

export type Ip6RaPrefixInfo = {
  prefix: string;
  flags: number;
  valid_time: number;
  preferred_time: number;
};
export type Ip6ndRaPrefix = {
  prefix: string;
  onlink_flag: boolean;
  autonomous_flag: boolean;
  val_lifetime: number;
  pref_lifetime: number;
  valid_lifetime_expires: number;
  pref_lifetime_expires: number;
  decrement_lifetime_flag: boolean;
  no_advertise: boolean;
};
export type Ip6RaEvent = {
  pid: number;
  sw_if_index: number;
  router_addr: string;
  current_hop_limit: number;
  flags: number;
  router_lifetime_in_sec: number;
  neighbor_reachable_time_in_msec: number;
  time_in_msec_between_retransmitted_neighbor_solicitations: number;
  n_prefixes: number;
  prefixes: Ip6RaPrefixInfo[];
};
export type Ip6ndProxyAddDel = {
  sw_if_index: number;
  is_add?: BoolInput;
  ip: BytesInput;
};
export type Ip6ndProxyAddDelReply = {
  retval: number;
};
export type Ip6ndProxyDetails = {
  sw_if_index: number;
  ip: string;
};
export type Ip6ndProxyDump = Record<string, never>;
export type Ip6ndProxyEnableDisable = {
  sw_if_index: number;
  is_enable?: BoolInput;
};
export type Ip6ndProxyEnableDisableReply = {
  retval: number;
};
export type Ip6ndSendRouterSolicitation = {
  irt: number;
  mrt: number;
  mrc: number;
  mrd: number;
  sw_if_index: number;
  stop?: BoolInput;
};
export type Ip6ndSendRouterSolicitationReply = {
  retval: number;
};
export type SwInterfaceIp6ndRaConfig = {
  sw_if_index: number;
  suppress: number;
  managed: number;
  other: number;
  ll_option: number;
  send_unicast: number;
  cease: number;
  is_no?: BoolInput;
  default_router: number;
  max_interval: number;
  min_interval: number;
  lifetime: number;
  initial_count: number;
  initial_interval: number;
};
export type SwInterfaceIp6ndRaConfigReply = {
  retval: number;
};
export type SwInterfaceIp6ndRaDetails = {
  sw_if_index: number;
  cur_hop_limit: number;
  adv_managed_flag: boolean;
  adv_other_flag: boolean;
  adv_router_lifetime: number;
  adv_neighbor_reachable_time: number;
  adv_retransmit_interval: number;
  adv_link_mtu: number;
  send_radv: boolean;
  cease_radv: boolean;
  send_unicast: boolean;
  adv_link_layer_address: boolean;
  max_radv_interval: number;
  min_radv_interval: number;
  last_radv_time: number;
  last_multicast_time: number;
  next_multicast_time: number;
  initial_adverts_count: number;
  initial_adverts_interval: number;
  initial_adverts_sent: boolean;
  n_advertisements_sent: number;
  n_solicitations_rcvd: number;
  n_solicitations_dropped: number;
  n_prefixes: number;
  prefixes: Ip6ndRaPrefix[];
};
export type SwInterfaceIp6ndRaDump = {
  sw_if_index: number;
};
export type SwInterfaceIp6ndRaPrefix = {
  sw_if_index: number;
  prefix: string | Uint8Array | PrefixInput;
  use_default?: BoolInput;
  no_advertise?: BoolInput;
  off_link?: BoolInput;
  no_autoconfig?: BoolInput;
  no_onlink?: BoolInput;
  is_no?: BoolInput;
  val_lifetime: number;
  pref_lifetime: number;
};
export type SwInterfaceIp6ndRaPrefixReply = {
  retval: number;
};
export type WantIp6RaEvents = {
  enable?: BoolInput;
  pid: number;
};
export type WantIp6RaEventsReply = {
  retval: number;
};
export interface Ip6NdMessages {
  ip6_ra_event: EventMessage<Ip6RaEvent, WantIp6RaEvents>;
  ip6nd_proxy_add_del: RequestMessage<Ip6ndProxyAddDel, Ip6ndProxyAddDelReply>;
  ip6nd_proxy_dump: DumpMessage<Ip6ndProxyDump, Ip6ndProxyDetails>;
  ip6nd_proxy_enable_disable: RequestMessage<Ip6ndProxyEnableDisable, Ip6ndProxyEnableDisableReply>;
  ip6nd_send_router_solicitation: RequestMessage<Ip6ndSendRouterSolicitation, Ip6ndSendRouterSolicitationReply>;
  sw_interface_ip6nd_ra_config: RequestMessage<SwInterfaceIp6ndRaConfig, SwInterfaceIp6ndRaConfigReply>;
  /** In progress: its definition may still change. */
  sw_interface_ip6nd_ra_dump: DumpMessage<SwInterfaceIp6ndRaDump, SwInterfaceIp6ndRaDetails>;
  sw_interface_ip6nd_ra_prefix: RequestMessage<SwInterfaceIp6ndRaPrefix, SwInterfaceIp6ndRaPrefixReply>;
  want_ip6_ra_events: RequestMessage<WantIp6RaEvents, WantIp6RaEventsReply>;
}

export type IpNeighbor = {
  sw_if_index: number;
  flags: IpNeighborFlags;
  mac_address: string;
  ip_address: string;
};
export type IpNeighborInput = {
  sw_if_index?: number;
  flags?: IpNeighborFlagsInput;
  mac_address?: BytesInput;
  ip_address?: string | Uint8Array | AddressInput;
};
export interface IpNeighborEventFlagsValues {
  readonly IP_NEIGHBOR_API_EVENT_FLAG_ADDED: 1;
  readonly IP_NEIGHBOR_API_EVENT_FLAG_REMOVED: 2;
}
export type IpNeighborEventFlags = number;
export interface IpNeighborFlagsValues {
  readonly IP_API_NEIGHBOR_FLAG_NONE: 0;
  readonly IP_API_NEIGHBOR_FLAG_STATIC: 1;
  readonly IP_API_NEIGHBOR_FLAG_NO_FIB_ENTRY: 2;
}
export type IpNeighborFlags = number;
export type IpNeighborFlagsInput = FlagsInput<IpNeighborFlagsValues, 'IP_API_NEIGHBOR_FLAG_'>;
export type IpNeighborAddDel = {
  is_add?: BoolInput;
  neighbor: IpNeighborInput;
};
export type IpNeighborAddDelReply = {
  retval: number;
  stats_index: number;
};
export type IpNeighborConfig = {
  af: AddressFamilyInput;
  max_number: number;
  max_age: number;
  recycle?: BoolInput;
};
export type IpNeighborConfigGet = {
  af: AddressFamilyInput;
};
export type IpNeighborConfigGetReply = {
  retval: number;
  af: AddressFamily;
  max_number: number;
  max_age: number;
  recycle: boolean;
};
export type IpNeighborConfigReply = {
  retval: number;
};
export type IpNeighborDetails = {
  age: number;
  neighbor: IpNeighbor;
};
export type IpNeighborDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
  af: AddressFamilyInput;
};
export type IpNeighborEvent = {
  pid: number;
  neighbor: IpNeighbor;
};
export type IpNeighborEventV2 = {
  pid: number;
  flags: IpNeighborEventFlags;
  neighbor: IpNeighbor;
};
export type IpNeighborFlush = {
  af: AddressFamilyInput;
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type IpNeighborFlushReply = {
  retval: number;
};
export type IpNeighborReplaceBegin = Record<string, never>;
export type IpNeighborReplaceBeginReply = {
  retval: number;
};
export type IpNeighborReplaceEnd = Record<string, never>;
export type IpNeighborReplaceEndReply = {
  retval: number;
};
export type WantIpNeighborEvents = {
  enable?: BoolInput;
  pid: number;
  ip: string | Uint8Array | AddressInput;
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type WantIpNeighborEventsReply = {
  retval: number;
};
export type WantIpNeighborEventsV2 = {
  enable?: BoolInput;
  pid: number;
  ip: string | Uint8Array | AddressInput;
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type WantIpNeighborEventsV2Reply = {
  retval: number;
};
export interface IpNeighborMessages {
  ip_neighbor_add_del: RequestMessage<IpNeighborAddDel, IpNeighborAddDelReply>;
  ip_neighbor_config: RequestMessage<IpNeighborConfig, IpNeighborConfigReply>;
  /** In progress: its definition may still change. */
  ip_neighbor_config_get: RequestMessage<IpNeighborConfigGet, IpNeighborConfigGetReply>;
  ip_neighbor_dump: DumpMessage<IpNeighborDump, IpNeighborDetails>;
  /** @deprecated */
  ip_neighbor_event: EventMessage<IpNeighborEvent, WantIpNeighborEvents>;
  ip_neighbor_event_v2: EventMessage<IpNeighborEventV2, WantIpNeighborEventsV2>;
  ip_neighbor_flush: RequestMessage<IpNeighborFlush, IpNeighborFlushReply>;
  ip_neighbor_replace_begin: RequestMessage<IpNeighborReplaceBegin, IpNeighborReplaceBeginReply>;
  ip_neighbor_replace_end: RequestMessage<IpNeighborReplaceEnd, IpNeighborReplaceEndReply>;
  /** @deprecated */
  want_ip_neighbor_events: RequestMessage<WantIpNeighborEvents, WantIpNeighborEventsReply>;
  want_ip_neighbor_events_v2: RequestMessage<WantIpNeighborEventsV2, WantIpNeighborEventsV2Reply>;
}

export type IpSessionRedirectAdd = {
  table_index: number;
  match_len: number;
  match: BytesInput;
  /** @default 4294967295 */
  opaque_index?: number;
  is_punt?: BoolInput;
  n_paths?: number;
  paths: readonly FibPathInput[];
};
export type IpSessionRedirectAddReply = {
  retval: number;
};
export type IpSessionRedirectAddV2 = {
  table_index: number;
  /** @default 4294967295 */
  opaque_index?: number;
  /** @default 4294967295 */
  proto?: FibPathNhProtoInput;
  is_punt?: BoolInput;
  match_len: number;
  match: BytesInput;
  n_paths?: number;
  paths: readonly FibPathInput[];
};
export type IpSessionRedirectAddV2Reply = {
  retval: number;
};
export type IpSessionRedirectDel = {
  table_index: number;
  match_len?: number;
  match: BytesInput;
};
export type IpSessionRedirectDelReply = {
  retval: number;
};
export interface IpSessionRedirectMessages {
  /**
   * In progress: its definition may still change.
   * @deprecated
   */
  ip_session_redirect_add: RequestMessage<IpSessionRedirectAdd, IpSessionRedirectAddReply>;
  /** In progress: its definition may still change. */
  ip_session_redirect_add_v2: RequestMessage<IpSessionRedirectAddV2, IpSessionRedirectAddV2Reply>;
  /** In progress: its definition may still change. */
  ip_session_redirect_del: RequestMessage<IpSessionRedirectDel, IpSessionRedirectDelReply>;
}

export type AddressInput =
  | {
      af?: EnumCase<AddressFamilyValues, 'ADDRESS_', 0>;
      un?: string | Uint8Array | { ip4: BytesInput; ip6?: never };
    }
  | {
      af: EnumCase<AddressFamilyValues, 'ADDRESS_', 1>;
      un?: string | Uint8Array | { ip6: BytesInput; ip4?: never };
    };
export interface AddressFamilyValues {
  readonly ADDRESS_IP4: 0;
  readonly ADDRESS_IP6: 1;
}
export type AddressFamily = EnumValue<AddressFamilyValues>;
export type AddressFamilyInput = EnumInput<AddressFamilyValues, 'ADDRESS_'>;
export type AddressUnion = {
  ip4?: string;
  ip6?: string;
};
export type AddressUnionInput =
  | { ip4: BytesInput; ip6?: never }
  | { ip6: BytesInput; ip4?: never };
export type Ip4AddressAndMaskInput = {
  addr?: BytesInput;
  mask?: BytesInput;
};
export type Ip4PrefixInput = {
  address?: BytesInput;
  len?: number;
};
export type Ip6AddressAndMaskInput = {
  addr?: BytesInput;
  mask?: BytesInput;
};
export type Ip6PrefixInput = {
  address?: BytesInput;
  len?: number;
};
export interface IpDscpValues {
  readonly IP_API_DSCP_CS0: 0;
  readonly IP_API_DSCP_CS1: 8;
  readonly IP_API_DSCP_AF11: 10;
  readonly IP_API_DSCP_AF12: 12;
  readonly IP_API_DSCP_AF13: 14;
  readonly IP_API_DSCP_CS2: 16;
  readonly IP_API_DSCP_AF21: 18;
  readonly IP_API_DSCP_AF22: 20;
  readonly IP_API_DSCP_AF23: 22;
  readonly IP_API_DSCP_CS3: 24;
  readonly IP_API_DSCP_AF31: 26;
  readonly IP_API_DSCP_AF32: 28;
  readonly IP_API_DSCP_AF33: 30;
  readonly IP_API_DSCP_CS4: 32;
  readonly IP_API_DSCP_AF41: 34;
  readonly IP_API_DSCP_AF42: 36;
  readonly IP_API_DSCP_AF43: 38;
  readonly IP_API_DSCP_CS5: 40;
  readonly IP_API_DSCP_EF: 46;
  readonly IP_API_DSCP_CS6: 48;
  readonly IP_API_DSCP_CS7: 50;
}
export type IpDscp = EnumValue<IpDscpValues>;
export type IpDscpInput = EnumInput<IpDscpValues, 'IP_API_DSCP_'>;
export interface IpProtoValues {
  readonly IP_API_PROTO_HOPOPT: 0;
  readonly IP_API_PROTO_ICMP: 1;
  readonly IP_API_PROTO_IGMP: 2;
  readonly IP_API_PROTO_TCP: 6;
  readonly IP_API_PROTO_UDP: 17;
  readonly IP_API_PROTO_GRE: 47;
  readonly IP_API_PROTO_ESP: 50;
  readonly IP_API_PROTO_AH: 51;
  readonly IP_API_PROTO_ICMP6: 58;
  readonly IP_API_PROTO_EIGRP: 88;
  readonly IP_API_PROTO_OSPF: 89;
  readonly IP_API_PROTO_SCTP: 132;
  readonly IP_API_PROTO_RESERVED: 255;
}
export type IpProto = EnumValue<IpProtoValues>;
export type IpProtoInput = EnumInput<IpProtoValues, 'IP_API_PROTO_'>;
export type Mprefix = {
  grp_address_length: number;
} & (
  | {
      af: 0;
      grp_address: { ip4: string };
      src_address: { ip4: string };
    }
  | {
      af: 1;
      grp_address: { ip6: string };
      src_address: { ip6: string };
    }
);
export type MprefixInput = {
  grp_address_length?: number;
} & (
  | {
      af?: EnumCase<AddressFamilyValues, 'ADDRESS_', 0>;
      grp_address?: string | Uint8Array | { ip4: BytesInput; ip6?: never };
      src_address?: string | Uint8Array | { ip4: BytesInput; ip6?: never };
    }
  | {
      af: EnumCase<AddressFamilyValues, 'ADDRESS_', 1>;
      grp_address?: string | Uint8Array | { ip6: BytesInput; ip4?: never };
      src_address?: string | Uint8Array | { ip6: BytesInput; ip4?: never };
    }
);
export type Prefix = {
  address: string;
  len: number;
};
export type PrefixInput = {
  address?: string | Uint8Array | AddressInput;
  len?: number;
};
export type PrefixMatcherInput = {
  le?: number;
  ge?: number;
};

export type IpfixAllExporterDetails = {
  collector_address: string;
  collector_port: number;
  src_address: string;
  vrf_id: number;
  path_mtu: number;
  template_interval: number;
  udp_checksum: boolean;
};
export type IpfixAllExporterGet = {
  cursor?: number;
};
export type IpfixAllExporterGetReply = {
  retval: number;
  cursor: number;
};
export type IpfixClassifyStreamDetails = {
  domain_id: number;
  src_port: number;
};
export type IpfixClassifyStreamDump = Record<string, never>;
export type IpfixClassifyTableAddDel = {
  table_id: number;
  ip_version: AddressFamilyInput;
  transport_protocol: IpProtoInput;
  is_add?: BoolInput;
};
export type IpfixClassifyTableAddDelReply = {
  retval: number;
};
export type IpfixClassifyTableDetails = {
  table_id: number;
  ip_version: AddressFamily;
  transport_protocol: IpProto;
};
export type IpfixClassifyTableDump = Record<string, never>;
export type IpfixExporterCreateDelete = {
  is_create?: BoolInput;
  collector_address: string | Uint8Array | AddressInput;
  collector_port: number;
  src_address: string | Uint8Array | AddressInput;
  vrf_id: number;
  path_mtu: number;
  template_interval: number;
  udp_checksum?: BoolInput;
};
export type IpfixExporterCreateDeleteReply = {
  retval: number;
  stat_index: number;
};
export type IpfixExporterDetails = {
  collector_address: string;
  collector_port: number;
  src_address: string;
  vrf_id: number;
  path_mtu: number;
  template_interval: number;
  udp_checksum: boolean;
};
export type IpfixExporterDump = Record<string, never>;
export type IpfixFlush = Record<string, never>;
export type IpfixFlushReply = {
  retval: number;
};
export type SetIpfixClassifyStream = {
  domain_id: number;
  src_port: number;
};
export type SetIpfixClassifyStreamReply = {
  retval: number;
};
export type SetIpfixExporter = {
  collector_address: string | Uint8Array | AddressInput;
  collector_port: number;
  src_address: string | Uint8Array | AddressInput;
  vrf_id: number;
  path_mtu: number;
  template_interval: number;
  udp_checksum?: BoolInput;
};
export type SetIpfixExporterReply = {
  retval: number;
};
export interface IpfixExportMessages {
  ipfix_all_exporter_get: DumpMessage<IpfixAllExporterGet, IpfixAllExporterDetails, IpfixAllExporterGetReply>;
  ipfix_classify_stream_dump: DumpMessage<IpfixClassifyStreamDump, IpfixClassifyStreamDetails>;
  ipfix_classify_table_add_del: RequestMessage<IpfixClassifyTableAddDel, IpfixClassifyTableAddDelReply>;
  ipfix_classify_table_dump: DumpMessage<IpfixClassifyTableDump, IpfixClassifyTableDetails>;
  ipfix_exporter_create_delete: RequestMessage<IpfixExporterCreateDelete, IpfixExporterCreateDeleteReply>;
  ipfix_exporter_dump: DumpMessage<IpfixExporterDump, IpfixExporterDetails>;
  ipfix_flush: RequestMessage<IpfixFlush, IpfixFlushReply>;
  set_ipfix_classify_stream: RequestMessage<SetIpfixClassifyStream, SetIpfixClassifyStreamReply>;
  set_ipfix_exporter: RequestMessage<SetIpfixExporter, SetIpfixExporterReply>;
}

export type IpipTunnel = {
  instance: number;
  src: string;
  dst: string;
  sw_if_index: number;
  table_id: number;
  flags: TunnelEncapDecapFlags;
  mode: TunnelMode;
  dscp: IpDscp;
};
export type IpipTunnelInput = {
  instance?: number;
  src?: string | Uint8Array | AddressInput;
  dst?: string | Uint8Array | AddressInput;
  sw_if_index?: number;
  table_id?: number;
  flags?: TunnelEncapDecapFlagsInput;
  mode?: TunnelModeInput;
  dscp?: IpDscpInput;
};
export type Ipip6rdAddTunnel = {
  ip6_table_id: number;
  ip4_table_id: number;
  ip6_prefix: string | Uint8Array | Ip6PrefixInput;
  ip4_prefix: string | Uint8Array | Ip4PrefixInput;
  ip4_src: BytesInput;
  security_check?: BoolInput;
  tc_tos: number;
};
export type Ipip6rdAddTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type Ipip6rdDelTunnel = {
  sw_if_index: number;
};
export type Ipip6rdDelTunnelReply = {
  retval: number;
};
export type IpipAddTunnel = {
  tunnel: IpipTunnelInput;
};
export type IpipAddTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type IpipDelTunnel = {
  sw_if_index: number;
};
export type IpipDelTunnelReply = {
  retval: number;
};
export type IpipTunnelDetails = {
  tunnel: IpipTunnel;
};
export type IpipTunnelDump = {
  sw_if_index: number;
};
export interface IpipMessages {
  ipip_6rd_add_tunnel: RequestMessage<Ipip6rdAddTunnel, Ipip6rdAddTunnelReply>;
  ipip_6rd_del_tunnel: RequestMessage<Ipip6rdDelTunnel, Ipip6rdDelTunnelReply>;
  ipip_add_tunnel: RequestMessage<IpipAddTunnel, IpipAddTunnelReply>;
  ipip_del_tunnel: RequestMessage<IpipDelTunnel, IpipDelTunnelReply>;
  ipip_tunnel_dump: DumpMessage<IpipTunnelDump, IpipTunnelDetails>;
}

export type IpsecItf = {
  user_instance: number;
  mode: TunnelMode;
  sw_if_index: number;
};
export type IpsecItfInput = {
  /** @default 4294967295 */
  user_instance?: number;
  mode?: TunnelModeInput;
  sw_if_index?: number;
};
export type IpsecTunnelProtect = {
  sw_if_index: number;
  nh: string;
  sa_out: number;
  n_sa_in: number;
  sa_in: number[];
};
export type IpsecTunnelProtectInput = {
  sw_if_index?: number;
  nh?: string | Uint8Array | AddressInput;
  sa_out?: number;
  n_sa_in?: number;
  sa_in?: readonly number[];
};
export type IpsecBackendDetails = {
  name: string;
  protocol: IpsecProto;
  index: number;
  active: boolean;
};
export type IpsecBackendDump = Record<string, never>;
export type IpsecInterfaceAddDelSpd = {
  is_add?: BoolInput;
  sw_if_index: number;
  spd_id: number;
};
export type IpsecInterfaceAddDelSpdReply = {
  retval: number;
};
export type IpsecItfCreate = {
  itf: IpsecItfInput;
};
export type IpsecItfCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type IpsecItfDelete = {
  sw_if_index: number;
};
export type IpsecItfDeleteReply = {
  retval: number;
};
export type IpsecItfDetails = {
  itf: IpsecItf;
};
export type IpsecItfDump = {
  sw_if_index: number;
};
export type IpsecSaDetails = {
  entry: IpsecSadEntry;
  sw_if_index: number;
  salt: number;
  seq_outbound: bigint;
  last_seq_inbound: bigint;
  replay_window: bigint;
  stat_index: number;
};
export type IpsecSaDump = {
  sa_id: number;
};
export type IpsecSaV2Details = {
  entry: IpsecSadEntryV2;
  sw_if_index: number;
  salt: number;
  seq_outbound: bigint;
  last_seq_inbound: bigint;
  replay_window: bigint;
  stat_index: number;
};
export type IpsecSaV2Dump = {
  sa_id: number;
};
export type IpsecSaV3Details = {
  entry: IpsecSadEntryV3;
  sw_if_index: number;
  seq_outbound: bigint;
  last_seq_inbound: bigint;
  replay_window: bigint;
  stat_index: number;
};
export type IpsecSaV3Dump = {
  sa_id: number;
};
export type IpsecSaV4Details = {
  entry: IpsecSadEntryV3;
  sw_if_index: number;
  seq_outbound: bigint;
  last_seq_inbound: bigint;
  replay_window: bigint;
  thread_index: number;
  stat_index: number;
};
export type IpsecSaV4Dump = {
  sa_id: number;
};
export type IpsecSadBind = {
  sa_id: number;
  worker: number;
};
export type IpsecSadBindReply = {
  retval: number;
};
export type IpsecSadEntryAdd = {
  entry: IpsecSadEntryV3Input;
};
export type IpsecSadEntryAddDel = {
  is_add?: BoolInput;
  entry: IpsecSadEntryInput;
};
export type IpsecSadEntryAddDelReply = {
  retval: number;
  stat_index: number;
};
export type IpsecSadEntryAddDelV2 = {
  is_add?: BoolInput;
  entry: IpsecSadEntryV2Input;
};
export type IpsecSadEntryAddDelV2Reply = {
  retval: number;
  stat_index: number;
};
export type IpsecSadEntryAddDelV3 = {
  is_add?: BoolInput;
  entry: IpsecSadEntryV3Input;
};
export type IpsecSadEntryAddDelV3Reply = {
  retval: number;
  stat_index: number;
};
export type IpsecSadEntryAddReply = {
  retval: number;
  stat_index: number;
};
export type IpsecSadEntryDel = {
  id: number;
};
export type IpsecSadEntryDelReply = {
  retval: number;
};
export type IpsecSadEntryUpdate = {
  sad_id: number;
  is_tun?: BoolInput;
  tunnel: TunnelInput;
  /** @default 65535 */
  udp_src_port?: number;
  /** @default 65535 */
  udp_dst_port?: number;
};
export type IpsecSadEntryUpdateReply = {
  retval: number;
};
export type IpsecSadUnbind = {
  sa_id: number;
};
export type IpsecSadUnbindReply = {
  retval: number;
};
export type IpsecSelectBackend = {
  protocol: IpsecProtoInput;
  index: number;
};
export type IpsecSelectBackendReply = {
  retval: number;
};
export type IpsecSetAsyncMode = {
  async_enable?: BoolInput;
};
export type IpsecSetAsyncModeReply = {
  retval: number;
};
export type IpsecSpdAddDel = {
  is_add?: BoolInput;
  spd_id: number;
};
export type IpsecSpdAddDelReply = {
  retval: number;
};
export type IpsecSpdDetails = {
  entry: IpsecSpdEntry;
};
export type IpsecSpdDump = {
  spd_id: number;
  sa_id: number;
};
export type IpsecSpdEntryAddDel = {
  is_add?: BoolInput;
  entry: IpsecSpdEntryInput;
};
export type IpsecSpdEntryAddDelReply = {
  retval: number;
  stat_index: number;
};
export type IpsecSpdEntryAddDelV2 = {
  is_add?: BoolInput;
  entry: IpsecSpdEntryV2Input;
};
export type IpsecSpdEntryAddDelV2Reply = {
  retval: number;
  stat_index: number;
};
export type IpsecSpdInterfaceDetails = {
  spd_index: number;
  sw_if_index: number;
};
export type IpsecSpdInterfaceDump = {
  spd_index?: number;
  spd_index_valid: number;
};
export type IpsecSpdsDetails = {
  spd_id: number;
  npolicies: number;
};
export type IpsecSpdsDump = Record<string, never>;
export type IpsecTunnelProtectDel = {
  sw_if_index: number;
  nh: string | Uint8Array | AddressInput;
};
export type IpsecTunnelProtectDelReply = {
  retval: number;
};
export type IpsecTunnelProtectDetails = {
  tun: IpsecTunnelProtect;
};
export type IpsecTunnelProtectDump = {
  sw_if_index: number;
};
export type IpsecTunnelProtectUpdate = {
  tunnel: IpsecTunnelProtectInput;
};
export type IpsecTunnelProtectUpdateReply = {
  retval: number;
};
export interface IpsecMessages {
  ipsec_backend_dump: DumpMessage<IpsecBackendDump, IpsecBackendDetails>;
  ipsec_interface_add_del_spd: RequestMessage<IpsecInterfaceAddDelSpd, IpsecInterfaceAddDelSpdReply>;
  ipsec_itf_create: RequestMessage<IpsecItfCreate, IpsecItfCreateReply>;
  ipsec_itf_delete: RequestMessage<IpsecItfDelete, IpsecItfDeleteReply>;
  ipsec_itf_dump: DumpMessage<IpsecItfDump, IpsecItfDetails>;
  /** @deprecated */
  ipsec_sa_dump: DumpMessage<IpsecSaDump, IpsecSaDetails>;
  /** @deprecated */
  ipsec_sa_v2_dump: DumpMessage<IpsecSaV2Dump, IpsecSaV2Details>;
  ipsec_sa_v3_dump: DumpMessage<IpsecSaV3Dump, IpsecSaV3Details>;
  ipsec_sa_v4_dump: DumpMessage<IpsecSaV4Dump, IpsecSaV4Details>;
  ipsec_sad_bind: RequestMessage<IpsecSadBind, IpsecSadBindReply>;
  ipsec_sad_entry_add: RequestMessage<IpsecSadEntryAdd, IpsecSadEntryAddReply>;
  /** @deprecated */
  ipsec_sad_entry_add_del: RequestMessage<IpsecSadEntryAddDel, IpsecSadEntryAddDelReply>;
  /** @deprecated */
  ipsec_sad_entry_add_del_v2: RequestMessage<IpsecSadEntryAddDelV2, IpsecSadEntryAddDelV2Reply>;
  ipsec_sad_entry_add_del_v3: RequestMessage<IpsecSadEntryAddDelV3, IpsecSadEntryAddDelV3Reply>;
  ipsec_sad_entry_del: RequestMessage<IpsecSadEntryDel, IpsecSadEntryDelReply>;
  ipsec_sad_entry_update: RequestMessage<IpsecSadEntryUpdate, IpsecSadEntryUpdateReply>;
  ipsec_sad_unbind: RequestMessage<IpsecSadUnbind, IpsecSadUnbindReply>;
  ipsec_select_backend: RequestMessage<IpsecSelectBackend, IpsecSelectBackendReply>;
  ipsec_set_async_mode: RequestMessage<IpsecSetAsyncMode, IpsecSetAsyncModeReply>;
  ipsec_spd_add_del: RequestMessage<IpsecSpdAddDel, IpsecSpdAddDelReply>;
  ipsec_spd_dump: DumpMessage<IpsecSpdDump, IpsecSpdDetails>;
  /** @deprecated */
  ipsec_spd_entry_add_del: RequestMessage<IpsecSpdEntryAddDel, IpsecSpdEntryAddDelReply>;
  ipsec_spd_entry_add_del_v2: RequestMessage<IpsecSpdEntryAddDelV2, IpsecSpdEntryAddDelV2Reply>;
  ipsec_spd_interface_dump: DumpMessage<IpsecSpdInterfaceDump, IpsecSpdInterfaceDetails>;
  ipsec_spds_dump: DumpMessage<IpsecSpdsDump, IpsecSpdsDetails>;
  ipsec_tunnel_protect_del: RequestMessage<IpsecTunnelProtectDel, IpsecTunnelProtectDelReply>;
  ipsec_tunnel_protect_dump: DumpMessage<IpsecTunnelProtectDump, IpsecTunnelProtectDetails>;
  ipsec_tunnel_protect_update: RequestMessage<IpsecTunnelProtectUpdate, IpsecTunnelProtectUpdateReply>;
}

export interface IpsecCryptoAlgValues {
  readonly IPSEC_API_CRYPTO_ALG_NONE: 0;
  readonly IPSEC_API_CRYPTO_ALG_AES_CBC_128: 1;
  readonly IPSEC_API_CRYPTO_ALG_AES_CBC_192: 2;
  readonly IPSEC_API_CRYPTO_ALG_AES_CBC_256: 3;
  readonly IPSEC_API_CRYPTO_ALG_AES_CTR_128: 4;
  readonly IPSEC_API_CRYPTO_ALG_AES_CTR_192: 5;
  readonly IPSEC_API_CRYPTO_ALG_AES_CTR_256: 6;
  readonly IPSEC_API_CRYPTO_ALG_AES_GCM_128: 7;
  readonly IPSEC_API_CRYPTO_ALG_AES_GCM_192: 8;
  readonly IPSEC_API_CRYPTO_ALG_AES_GCM_256: 9;
  readonly IPSEC_API_CRYPTO_ALG_DES_CBC: 10;
  readonly IPSEC_API_CRYPTO_ALG_3DES_CBC: 11;
  readonly IPSEC_API_CRYPTO_ALG_CHACHA20_POLY1305: 12;
  readonly IPSEC_API_CRYPTO_ALG_AES_NULL_GMAC_128: 13;
  readonly IPSEC_API_CRYPTO_ALG_AES_NULL_GMAC_192: 14;
  readonly IPSEC_API_CRYPTO_ALG_AES_NULL_GMAC_256: 15;
}
export type IpsecCryptoAlg = EnumValue<IpsecCryptoAlgValues>;
export type IpsecCryptoAlgInput = EnumInput<IpsecCryptoAlgValues>;
export interface IpsecIntegAlgValues {
  readonly IPSEC_API_INTEG_ALG_NONE: 0;
  readonly IPSEC_API_INTEG_ALG_MD5_96: 1;
  readonly IPSEC_API_INTEG_ALG_SHA1_96: 2;
  readonly IPSEC_API_INTEG_ALG_SHA_256_96: 3;
  readonly IPSEC_API_INTEG_ALG_SHA_256_128: 4;
  readonly IPSEC_API_INTEG_ALG_SHA_384_192: 5;
  readonly IPSEC_API_INTEG_ALG_SHA_512_256: 6;
}
export type IpsecIntegAlg = EnumValue<IpsecIntegAlgValues>;
export type IpsecIntegAlgInput = EnumInput<IpsecIntegAlgValues, 'IPSEC_API_INTEG_ALG_'>;
export interface IpsecProtoValues {
  readonly IPSEC_API_PROTO_ESP: 50;
  readonly IPSEC_API_PROTO_AH: 51;
}
export type IpsecProto = EnumValue<IpsecProtoValues>;
export type IpsecProtoInput = EnumInput<IpsecProtoValues, 'IPSEC_API_PROTO_'>;
export type IpsecSadEntry = {
  sad_id: number;
  spi: number;
  protocol: IpsecProto;
  crypto_algorithm: IpsecCryptoAlg;
  crypto_key: Key;
  integrity_algorithm: IpsecIntegAlg;
  integrity_key: Key;
  flags: IpsecSadFlags;
  tunnel_src: string;
  tunnel_dst: string;
  tx_table_id: number;
  salt: number;
  udp_src_port: number;
  udp_dst_port: number;
};
export type IpsecSadEntryInput = {
  sad_id?: number;
  spi?: number;
  protocol?: IpsecProtoInput;
  crypto_algorithm?: IpsecCryptoAlgInput;
  crypto_key?: KeyInput;
  integrity_algorithm?: IpsecIntegAlgInput;
  integrity_key?: KeyInput;
  flags?: IpsecSadFlagsInput;
  tunnel_src?: string | Uint8Array | AddressInput;
  tunnel_dst?: string | Uint8Array | AddressInput;
  tx_table_id?: number;
  salt?: number;
  /** @default 4500 */
  udp_src_port?: number;
  /** @default 4500 */
  udp_dst_port?: number;
};
export type IpsecSadEntryV2 = {
  sad_id: number;
  spi: number;
  protocol: IpsecProto;
  crypto_algorithm: IpsecCryptoAlg;
  crypto_key: Key;
  integrity_algorithm: IpsecIntegAlg;
  integrity_key: Key;
  flags: IpsecSadFlags;
  tunnel_src: string;
  tunnel_dst: string;
  tunnel_flags: TunnelEncapDecapFlags;
  dscp: IpDscp;
  tx_table_id: number;
  salt: number;
  udp_src_port: number;
  udp_dst_port: number;
};
export type IpsecSadEntryV2Input = {
  sad_id?: number;
  spi?: number;
  protocol?: IpsecProtoInput;
  crypto_algorithm?: IpsecCryptoAlgInput;
  crypto_key?: KeyInput;
  integrity_algorithm?: IpsecIntegAlgInput;
  integrity_key?: KeyInput;
  flags?: IpsecSadFlagsInput;
  tunnel_src?: string | Uint8Array | AddressInput;
  tunnel_dst?: string | Uint8Array | AddressInput;
  tunnel_flags?: TunnelEncapDecapFlagsInput;
  dscp?: IpDscpInput;
  tx_table_id?: number;
  salt?: number;
  /** @default 4500 */
  udp_src_port?: number;
  /** @default 4500 */
  udp_dst_port?: number;
};
export type IpsecSadEntryV3 = {
  sad_id: number;
  spi: number;
  protocol: IpsecProto;
  crypto_algorithm: IpsecCryptoAlg;
  crypto_key: Key;
  integrity_algorithm: IpsecIntegAlg;
  integrity_key: Key;
  flags: IpsecSadFlags;
  tunnel: Tunnel;
  salt: number;
  udp_src_port: number;
  udp_dst_port: number;
};
export type IpsecSadEntryV3Input = {
  sad_id?: number;
  spi?: number;
  protocol?: IpsecProtoInput;
  crypto_algorithm?: IpsecCryptoAlgInput;
  crypto_key?: KeyInput;
  integrity_algorithm?: IpsecIntegAlgInput;
  integrity_key?: KeyInput;
  flags?: IpsecSadFlagsInput;
  tunnel?: TunnelInput;
  salt?: number;
  /** @default 4500 */
  udp_src_port?: number;
  /** @default 4500 */
  udp_dst_port?: number;
};
export interface IpsecSadFlagsValues {
  readonly IPSEC_API_SAD_FLAG_NONE: 0;
  readonly IPSEC_API_SAD_FLAG_USE_ESN: 1;
  readonly IPSEC_API_SAD_FLAG_USE_ANTI_REPLAY: 2;
  readonly IPSEC_API_SAD_FLAG_IS_TUNNEL: 4;
  readonly IPSEC_API_SAD_FLAG_IS_TUNNEL_V6: 8;
  readonly IPSEC_API_SAD_FLAG_UDP_ENCAP: 16;
  readonly IPSEC_API_SAD_FLAG_IS_INBOUND: 64;
  readonly IPSEC_API_SAD_FLAG_ASYNC: 128;
}
export type IpsecSadFlags = number;
export type IpsecSadFlagsInput = FlagsInput<IpsecSadFlagsValues, 'IPSEC_API_SAD_FLAG_'>;
export interface IpsecSpdActionValues {
  readonly IPSEC_API_SPD_ACTION_BYPASS: 0;
  readonly IPSEC_API_SPD_ACTION_DISCARD: 1;
  readonly IPSEC_API_SPD_ACTION_RESOLVE: 2;
  readonly IPSEC_API_SPD_ACTION_PROTECT: 3;
}
export type IpsecSpdAction = EnumValue<IpsecSpdActionValues>;
export type IpsecSpdActionInput = EnumInput<IpsecSpdActionValues, 'IPSEC_API_SPD_ACTION_'>;
export type IpsecSpdEntry = {
  spd_id: number;
  priority: number;
  is_outbound: boolean;
  sa_id: number;
  policy: IpsecSpdAction;
  protocol: number;
  remote_address_start: string;
  remote_address_stop: string;
  local_address_start: string;
  local_address_stop: string;
  remote_port_start: number;
  remote_port_stop: number;
  local_port_start: number;
  local_port_stop: number;
};
export type IpsecSpdEntryInput = {
  spd_id?: number;
  priority?: number;
  is_outbound?: BoolInput;
  sa_id?: number;
  policy?: IpsecSpdActionInput;
  protocol?: number;
  remote_address_start?: string | Uint8Array | AddressInput;
  remote_address_stop?: string | Uint8Array | AddressInput;
  local_address_start?: string | Uint8Array | AddressInput;
  local_address_stop?: string | Uint8Array | AddressInput;
  remote_port_start?: number;
  remote_port_stop?: number;
  local_port_start?: number;
  local_port_stop?: number;
};
export type IpsecSpdEntryV2Input = {
  spd_id?: number;
  priority?: number;
  is_outbound?: BoolInput;
  sa_id?: number;
  policy?: IpsecSpdActionInput;
  protocol?: number;
  remote_address_start?: string | Uint8Array | AddressInput;
  remote_address_stop?: string | Uint8Array | AddressInput;
  local_address_start?: string | Uint8Array | AddressInput;
  local_address_stop?: string | Uint8Array | AddressInput;
  remote_port_start?: number;
  remote_port_stop?: number;
  local_port_start?: number;
  local_port_stop?: number;
};
export type Key = {
  length: number;
  data: Uint8Array;
};
export type KeyInput = {
  length?: number;
  data?: BytesInput;
};

export interface BdFlagsValues {
  readonly BRIDGE_API_FLAG_NONE: 0;
  readonly BRIDGE_API_FLAG_LEARN: 1;
  readonly BRIDGE_API_FLAG_FWD: 2;
  readonly BRIDGE_API_FLAG_FLOOD: 4;
  readonly BRIDGE_API_FLAG_UU_FLOOD: 8;
  readonly BRIDGE_API_FLAG_ARP_TERM: 16;
  readonly BRIDGE_API_FLAG_ARP_UFWD: 32;
}
export type BdFlags = number;
export type BdFlagsInput = FlagsInput<BdFlagsValues, 'BRIDGE_API_FLAG_'>;
export type BdIpMac = {
  bd_id: number;
  ip: string;
  mac: string;
};
export type BdIpMacInput = {
  bd_id?: number;
  ip?: string | Uint8Array | AddressInput;
  mac?: BytesInput;
};
export type BridgeDomainSwIf = {
  context: number;
  sw_if_index: number;
  shg: number;
};
export interface L2PortTypeValues {
  readonly L2_API_PORT_TYPE_NORMAL: 0;
  readonly L2_API_PORT_TYPE_BVI: 1;
  readonly L2_API_PORT_TYPE_UU_FWD: 2;
}
export type L2PortType = EnumValue<L2PortTypeValues>;
export type L2PortTypeInput = EnumInput<L2PortTypeValues, 'L2_API_PORT_TYPE_'>;
export type MacEntry = {
  sw_if_index: number;
  mac_addr: string;
  action: MacEventAction;
  flags: number;
};
export interface MacEventActionValues {
  readonly MAC_EVENT_ACTION_API_ADD: 0;
  readonly MAC_EVENT_ACTION_API_DELETE: 1;
  readonly MAC_EVENT_ACTION_API_MOVE: 2;
}
export type MacEventAction = EnumValue<MacEventActionValues>;
export type BdIpMacAddDel = {
  /** @default true */
  is_add?: BoolInput;
  entry: BdIpMacInput;
};
export type BdIpMacAddDelReply = {
  retval: number;
};
export type BdIpMacDetails = {
  entry: BdIpMac;
};
export type BdIpMacDump = {
  bd_id: number;
};
export type BdIpMacFlush = {
  bd_id: number;
};
export type BdIpMacFlushReply = {
  retval: number;
};
export type BridgeDomainAddDel = {
  bd_id: number;
  flood?: BoolInput;
  uu_flood?: BoolInput;
  forward?: BoolInput;
  learn?: BoolInput;
  arp_term?: BoolInput;
  arp_ufwd?: BoolInput;
  mac_age: number;
  bd_tag: string;
  /** @default true */
  is_add?: BoolInput;
};
export type BridgeDomainAddDelReply = {
  retval: number;
};
export type BridgeDomainAddDelV2 = {
  bd_id: number;
  flood?: BoolInput;
  uu_flood?: BoolInput;
  forward?: BoolInput;
  learn?: BoolInput;
  arp_term?: BoolInput;
  arp_ufwd?: BoolInput;
  mac_age: number;
  bd_tag: string;
  /** @default true */
  is_add?: BoolInput;
};
export type BridgeDomainAddDelV2Reply = {
  retval: number;
  bd_id: number;
};
export type BridgeDomainDetails = {
  bd_id: number;
  flood: boolean;
  uu_flood: boolean;
  forward: boolean;
  learn: boolean;
  arp_term: boolean;
  arp_ufwd: boolean;
  mac_age: number;
  bd_tag: string;
  bvi_sw_if_index: number;
  uu_fwd_sw_if_index: number;
  n_sw_ifs: number;
  sw_if_details: BridgeDomainSwIf[];
};
export type BridgeDomainDump = {
  /** @default 4294967295 */
  bd_id?: number;
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type BridgeDomainSetDefaultLearnLimit = {
  learn_limit: number;
};
export type BridgeDomainSetDefaultLearnLimitReply = {
  retval: number;
};
export type BridgeDomainSetLearnLimit = {
  bd_id: number;
  learn_limit: number;
};
export type BridgeDomainSetLearnLimitReply = {
  retval: number;
};
export type BridgeDomainSetMacAge = {
  bd_id: number;
  mac_age: number;
};
export type BridgeDomainSetMacAgeReply = {
  retval: number;
};
export type BridgeFlags = {
  bd_id: number;
  is_set?: BoolInput;
  flags: BdFlagsInput;
};
export type BridgeFlagsReply = {
  retval: number;
  resulting_feature_bitmap: number;
};
export type BviCreate = {
  mac: BytesInput;
  /** @default 4294967295 */
  user_instance?: number;
};
export type BviCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type BviDelete = {
  sw_if_index: number;
};
export type BviDeleteReply = {
  retval: number;
};
export type L2ArpTermEvent = {
  pid: number;
  ip: string;
  sw_if_index: number;
  mac: string;
};
export type L2FibClearTable = Record<string, never>;
export type L2FibClearTableReply = {
  retval: number;
};
export type L2FibTableDetails = {
  bd_id: number;
  mac: string;
  sw_if_index: number;
  static_mac: boolean;
  filter_mac: boolean;
  bvi_mac: boolean;
};
export type L2FibTableDump = {
  bd_id: number;
};
export type L2Flags = {
  sw_if_index: number;
  is_set?: BoolInput;
  feature_bitmap: number;
};
export type L2FlagsReply = {
  retval: number;
  resulting_feature_bitmap: number;
};
export type L2InterfaceEfpFilter = {
  sw_if_index: number;
  /** @default true */
  enable_disable?: BoolInput;
};
export type L2InterfaceEfpFilterReply = {
  retval: number;
};
export type L2InterfacePbbTagRewrite = {
  sw_if_index: number;
  vtr_op: number;
  outer_tag: number;
  b_dmac: BytesInput;
  b_smac: BytesInput;
  b_vlanid: number;
  i_sid: number;
};
export type L2InterfacePbbTagRewriteReply = {
  retval: number;
};
export type L2InterfaceVlanTagRewrite = {
  sw_if_index: number;
  vtr_op: number;
  push_dot1q: number;
  tag1: number;
  tag2: number;
};
export type L2InterfaceVlanTagRewriteReply = {
  retval: number;
};
export type L2MacsEvent = {
  pid: number;
  n_macs: number;
  mac: MacEntry[];
};
export type L2PatchAddDel = {
  rx_sw_if_index: number;
  tx_sw_if_index: number;
  /** @default true */
  is_add?: BoolInput;
};
export type L2PatchAddDelReply = {
  retval: number;
};
export type L2XconnectDetails = {
  rx_sw_if_index: number;
  tx_sw_if_index: number;
};
export type L2XconnectDump = Record<string, never>;
export type L2fibAddDel = {
  mac: BytesInput;
  bd_id: number;
  sw_if_index: number;
  /** @default true */
  is_add?: BoolInput;
  static_mac?: BoolInput;
  filter_mac?: BoolInput;
  bvi_mac?: BoolInput;
};
export type L2fibAddDelReply = {
  retval: number;
};
export type L2fibFlushAll = Record<string, never>;
export type L2fibFlushAllReply = {
  retval: number;
};
export type L2fibFlushBd = {
  bd_id: number;
};
export type L2fibFlushBdReply = {
  retval: number;
};
export type L2fibFlushInt = {
  sw_if_index: number;
};
export type L2fibFlushIntReply = {
  retval: number;
};
export type L2fibSetScanDelay = {
  /** @default 10 */
  scan_delay?: number;
};
export type L2fibSetScanDelayReply = {
  retval: number;
};
export type SwInterfaceSetL2Bridge = {
  rx_sw_if_index: number;
  bd_id: number;
  port_type: L2PortTypeInput;
  shg: number;
  /** @default true */
  enable?: BoolInput;
};
export type SwInterfaceSetL2BridgeReply = {
  retval: number;
};
export type SwInterfaceSetL2Xconnect = {
  rx_sw_if_index: number;
  tx_sw_if_index: number;
  /** @default true */
  enable?: BoolInput;
};
export type SwInterfaceSetL2XconnectReply = {
  retval: number;
};
export type SwInterfaceSetVpath = {
  sw_if_index: number;
  /** @default true */
  enable?: BoolInput;
};
export type SwInterfaceSetVpathReply = {
  retval: number;
};
export type WantL2ArpTermEvents = {
  enable?: BoolInput;
  pid: number;
};
export type WantL2ArpTermEventsReply = {
  retval: number;
};
export type WantL2MacsEvents = {
  /** @default 1000 */
  learn_limit?: number;
  /** @default 10 */
  scan_delay?: number;
  /** @default 10 */
  max_macs_in_event?: number;
  /** @default true */
  enable_disable?: BoolInput;
  pid: number;
};
export type WantL2MacsEvents2 = {
  /** @default 10 */
  max_macs_in_event?: number;
  /** @default true */
  enable_disable?: BoolInput;
  pid: number;
};
export type WantL2MacsEvents2Reply = {
  retval: number;
};
export type WantL2MacsEventsReply = {
  retval: number;
};
export interface L2Messages {
  bd_ip_mac_add_del: RequestMessage<BdIpMacAddDel, BdIpMacAddDelReply>;
  bd_ip_mac_dump: DumpMessage<BdIpMacDump, BdIpMacDetails>;
  bd_ip_mac_flush: RequestMessage<BdIpMacFlush, BdIpMacFlushReply>;
  /** @deprecated */
  bridge_domain_add_del: RequestMessage<BridgeDomainAddDel, BridgeDomainAddDelReply>;
  bridge_domain_add_del_v2: RequestMessage<BridgeDomainAddDelV2, BridgeDomainAddDelV2Reply>;
  bridge_domain_dump: DumpMessage<BridgeDomainDump, BridgeDomainDetails>;
  bridge_domain_set_default_learn_limit: RequestMessage<BridgeDomainSetDefaultLearnLimit, BridgeDomainSetDefaultLearnLimitReply>;
  bridge_domain_set_learn_limit: RequestMessage<BridgeDomainSetLearnLimit, BridgeDomainSetLearnLimitReply>;
  bridge_domain_set_mac_age: RequestMessage<BridgeDomainSetMacAge, BridgeDomainSetMacAgeReply>;
  bridge_flags: RequestMessage<BridgeFlags, BridgeFlagsReply>;
  bvi_create: RequestMessage<BviCreate, BviCreateReply>;
  bvi_delete: RequestMessage<BviDelete, BviDeleteReply>;
  l2_arp_term_event: EventMessage<L2ArpTermEvent, WantL2ArpTermEvents>;
  l2_fib_clear_table: RequestMessage<L2FibClearTable, L2FibClearTableReply>;
  l2_fib_table_dump: DumpMessage<L2FibTableDump, L2FibTableDetails>;
  l2_flags: RequestMessage<L2Flags, L2FlagsReply>;
  l2_interface_efp_filter: RequestMessage<L2InterfaceEfpFilter, L2InterfaceEfpFilterReply>;
  l2_interface_pbb_tag_rewrite: RequestMessage<L2InterfacePbbTagRewrite, L2InterfacePbbTagRewriteReply>;
  l2_interface_vlan_tag_rewrite: RequestMessage<L2InterfaceVlanTagRewrite, L2InterfaceVlanTagRewriteReply>;
  l2_macs_event: EventMessage<L2MacsEvent, WantL2MacsEvents>;
  l2_patch_add_del: RequestMessage<L2PatchAddDel, L2PatchAddDelReply>;
  l2_xconnect_dump: DumpMessage<L2XconnectDump, L2XconnectDetails>;
  l2fib_add_del: RequestMessage<L2fibAddDel, L2fibAddDelReply>;
  l2fib_flush_all: RequestMessage<L2fibFlushAll, L2fibFlushAllReply>;
  l2fib_flush_bd: RequestMessage<L2fibFlushBd, L2fibFlushBdReply>;
  l2fib_flush_int: RequestMessage<L2fibFlushInt, L2fibFlushIntReply>;
  l2fib_set_scan_delay: RequestMessage<L2fibSetScanDelay, L2fibSetScanDelayReply>;
  sw_interface_set_l2_bridge: RequestMessage<SwInterfaceSetL2Bridge, SwInterfaceSetL2BridgeReply>;
  sw_interface_set_l2_xconnect: RequestMessage<SwInterfaceSetL2Xconnect, SwInterfaceSetL2XconnectReply>;
  sw_interface_set_vpath: RequestMessage<SwInterfaceSetVpath, SwInterfaceSetVpathReply>;
  want_l2_arp_term_events: RequestMessage<WantL2ArpTermEvents, WantL2ArpTermEventsReply>;
  /** @deprecated */
  want_l2_macs_events: RequestMessage<WantL2MacsEvents, WantL2MacsEventsReply>;
  want_l2_macs_events2: RequestMessage<WantL2MacsEvents2, WantL2MacsEvents2Reply>;
}

export interface L2tLookupKeyValues {
  readonly L2T_LOOKUP_KEY_API_SRC_ADDR: 0;
  readonly L2T_LOOKUP_KEY_API_DST_ADDR: 1;
  readonly L2T_LOOKUP_KEY_API_SESSION_ID: 2;
}
export type L2tLookupKey = EnumValue<L2tLookupKeyValues>;
export type L2tLookupKeyInput = EnumInput<L2tLookupKeyValues, 'L2T_LOOKUP_KEY_API_'>;
export type L2tpv3CreateTunnel = {
  client_address: string | Uint8Array | AddressInput;
  our_address: string | Uint8Array | AddressInput;
  local_session_id: number;
  remote_session_id: number;
  local_cookie: LongInput;
  remote_cookie: LongInput;
  l2_sublayer_present?: BoolInput;
  encap_vrf_id: number;
};
export type L2tpv3CreateTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type L2tpv3InterfaceEnableDisable = {
  enable_disable?: BoolInput;
  sw_if_index: number;
};
export type L2tpv3InterfaceEnableDisableReply = {
  retval: number;
};
export type L2tpv3SetLookupKey = {
  key: L2tLookupKeyInput;
};
export type L2tpv3SetLookupKeyReply = {
  retval: number;
};
export type L2tpv3SetTunnelCookies = {
  sw_if_index: number;
  new_local_cookie: LongInput;
  new_remote_cookie: LongInput;
};
export type L2tpv3SetTunnelCookiesReply = {
  retval: number;
};
export type SwIfL2tpv3TunnelDetails = {
  sw_if_index: number;
  interface_name: string;
  client_address: string;
  our_address: string;
  local_session_id: number;
  remote_session_id: number;
  local_cookie: bigint[];
  remote_cookie: bigint;
  l2_sublayer_present: boolean;
};
export type SwIfL2tpv3TunnelDump = Record<string, never>;
export interface L2tpMessages {
  l2tpv3_create_tunnel: RequestMessage<L2tpv3CreateTunnel, L2tpv3CreateTunnelReply>;
  l2tpv3_interface_enable_disable: RequestMessage<L2tpv3InterfaceEnableDisable, L2tpv3InterfaceEnableDisableReply>;
  l2tpv3_set_lookup_key: RequestMessage<L2tpv3SetLookupKey, L2tpv3SetLookupKeyReply>;
  l2tpv3_set_tunnel_cookies: RequestMessage<L2tpv3SetTunnelCookies, L2tpv3SetTunnelCookiesReply>;
  sw_if_l2tpv3_tunnel_dump: DumpMessage<SwIfL2tpv3TunnelDump, SwIfL2tpv3TunnelDetails>;
}

export type L3xc = {
  sw_if_index: number;
  is_ip6: boolean;
  n_paths: number;
  paths: FibPath[];
};
export type L3xcInput = {
  sw_if_index?: number;
  is_ip6?: BoolInput;
  n_paths?: number;
  paths?: readonly FibPathInput[];
};
export type L3xcDel = {
  sw_if_index: number;
  is_ip6?: BoolInput;
};
export type L3xcDelReply = {
  retval: number;
};
export type L3xcDetails = {
  l3xc: L3xc;
};
export type L3xcDump = {
  sw_if_index: number;
};
export type L3xcPluginGetVersion = Record<string, never>;
export type L3xcPluginGetVersionReply = {
  major: number;
  minor: number;
};
export type L3xcUpdate = {
  l3xc: L3xcInput;
};
export type L3xcUpdateReply = {
  retval: number;
  stats_index: number;
};
export interface L3xcMessages {
  l3xc_del: RequestMessage<L3xcDel, L3xcDelReply>;
  l3xc_dump: DumpMessage<L3xcDump, L3xcDetails>;
  l3xc_plugin_get_version: RequestMessage<L3xcPluginGetVersion, L3xcPluginGetVersionReply>;
  l3xc_update: RequestMessage<L3xcUpdate, L3xcUpdateReply>;
}

export type SwInterfaceLacpDetails = {
  sw_if_index: number;
  interface_name: string;
  rx_state: number;
  tx_state: number;
  mux_state: number;
  ptx_state: number;
  bond_interface_name: string;
  actor_system_priority: number;
  actor_system: string;
  actor_key: number;
  actor_port_priority: number;
  actor_port_number: number;
  actor_state: number;
  partner_system_priority: number;
  partner_system: string;
  partner_key: number;
  partner_port_priority: number;
  partner_port_number: number;
  partner_state: number;
};
export type SwInterfaceLacpDump = Record<string, never>;
export interface LacpMessages {
  sw_interface_lacp_dump: DumpMessage<SwInterfaceLacpDump, SwInterfaceLacpDetails>;
}

export type LbAddDelAs = {
  pfx: string | Uint8Array | PrefixInput;
  /** @default 255 */
  protocol?: number;
  port: number;
  as_address: string | Uint8Array | AddressInput;
  is_del?: BoolInput;
  is_flush?: BoolInput;
};
export type LbAddDelAsReply = {
  retval: number;
};
export type LbAddDelIntfNat4 = {
  is_add?: BoolInput;
  sw_if_index: number;
};
export type LbAddDelIntfNat4Reply = {
  retval: number;
};
export type LbAddDelIntfNat6 = {
  is_add?: BoolInput;
  sw_if_index: number;
};
export type LbAddDelIntfNat6Reply = {
  retval: number;
};
export type LbAddDelVip = {
  pfx: string | Uint8Array | PrefixInput;
  /** @default 255 */
  protocol?: number;
  port: number;
  encap: LbEncapTypeInput;
  dscp: number;
  type: LbSrvTypeInput;
  target_port: number;
  node_port: number;
  /** @default 1024 */
  new_flows_table_length?: number;
  is_del?: BoolInput;
};
export type LbAddDelVipReply = {
  retval: number;
};
export type LbAddDelVipV2 = {
  pfx: string | Uint8Array | PrefixInput;
  /** @default 255 */
  protocol?: number;
  port: number;
  encap: LbEncapTypeInput;
  dscp: number;
  type: LbSrvTypeInput;
  target_port: number;
  node_port: number;
  /** @default 1024 */
  new_flows_table_length?: number;
  src_ip_sticky?: BoolInput;
  is_del?: BoolInput;
};
export type LbAddDelVipV2Reply = {
  retval: number;
};
export type LbAsDetails = {
  vip: LbVip;
  app_srv: string;
  flags: number;
  in_use_since: number;
};
export type LbAsDump = {
  pfx: string | Uint8Array | PrefixInput;
  protocol: number;
  port: number;
};
export type LbConf = {
  ip4_src_address: BytesInput;
  ip6_src_address: BytesInput;
  /** @default 4294967295 */
  sticky_buckets_per_core?: number;
  /** @default 4294967295 */
  flow_timeout?: number;
};
export type LbConfReply = {
  retval: number;
};
export type LbFlushVip = {
  pfx: string | Uint8Array | PrefixInput;
  protocol: number;
  port: number;
};
export type LbFlushVipReply = {
  retval: number;
};
export type LbVipDetails = {
  vip: LbVip;
  encap: LbEncapType;
  dscp: IpDscp;
  srv_type: LbSrvType;
  target_port: number;
  flow_table_length: number;
};
export type LbVipDump = {
  pfx: string | Uint8Array | PrefixInput;
  pfx_matcher: PrefixMatcherInput;
  /** @default 255 */
  protocol?: number;
  port: number;
};
export interface LbMessages {
  lb_add_del_as: RequestMessage<LbAddDelAs, LbAddDelAsReply>;
  lb_add_del_intf_nat4: RequestMessage<LbAddDelIntfNat4, LbAddDelIntfNat4Reply>;
  lb_add_del_intf_nat6: RequestMessage<LbAddDelIntfNat6, LbAddDelIntfNat6Reply>;
  lb_add_del_vip: RequestMessage<LbAddDelVip, LbAddDelVipReply>;
  lb_add_del_vip_v2: RequestMessage<LbAddDelVipV2, LbAddDelVipV2Reply>;
  lb_as_dump: DumpMessage<LbAsDump, LbAsDetails>;
  lb_conf: RequestMessage<LbConf, LbConfReply>;
  lb_flush_vip: RequestMessage<LbFlushVip, LbFlushVipReply>;
  lb_vip_dump: DumpMessage<LbVipDump, LbVipDetails>;
}

export interface LbEncapTypeValues {
  readonly LB_API_ENCAP_TYPE_GRE4: 0;
  readonly LB_API_ENCAP_TYPE_GRE6: 1;
  readonly LB_API_ENCAP_TYPE_L3DSR: 2;
  readonly LB_API_ENCAP_TYPE_NAT4: 3;
  readonly LB_API_ENCAP_TYPE_NAT6: 4;
  readonly LB_API_ENCAP_N_TYPES: 5;
}
export type LbEncapType = EnumValue<LbEncapTypeValues>;
export type LbEncapTypeInput = EnumInput<LbEncapTypeValues, 'LB_API_ENCAP_'>;
export interface LbSrvTypeValues {
  readonly LB_API_SRV_TYPE_CLUSTERIP: 0;
  readonly LB_API_SRV_TYPE_NODEPORT: 1;
  readonly LB_API_SRV_N_TYPES: 2;
}
export type LbSrvType = EnumValue<LbSrvTypeValues>;
export type LbSrvTypeInput = EnumInput<LbSrvTypeValues, 'LB_API_SRV_'>;
export type LbVip = {
  pfx: string;
  protocol: IpProto;
  port: number;
};

export interface LcpItfHostTypeValues {
  readonly LCP_API_ITF_HOST_TAP: 0;
  readonly LCP_API_ITF_HOST_TUN: 1;
}
export type LcpItfHostType = EnumValue<LcpItfHostTypeValues>;
export type LcpItfHostTypeInput = EnumInput<LcpItfHostTypeValues, 'LCP_API_ITF_HOST_'>;
export type LcpDefaultNsGet = Record<string, never>;
export type LcpDefaultNsGetReply = {
  netns: string;
};
export type LcpDefaultNsSet = {
  netns: string;
};
export type LcpDefaultNsSetReply = {
  retval: number;
};
export type LcpItfPairAddDel = {
  is_add?: BoolInput;
  sw_if_index: number;
  host_if_name: string;
  host_if_type: LcpItfHostTypeInput;
  netns: string;
};
export type LcpItfPairAddDelReply = {
  retval: number;
};
export type LcpItfPairAddDelV2 = {
  is_add?: BoolInput;
  sw_if_index: number;
  host_if_name: string;
  host_if_type: LcpItfHostTypeInput;
  netns: string;
};
export type LcpItfPairAddDelV2Reply = {
  retval: number;
  host_sw_if_index: number;
};
export type LcpItfPairDetails = {
  phy_sw_if_index: number;
  host_sw_if_index: number;
  vif_index: number;
  host_if_name: string;
  host_if_type: LcpItfHostType;
  netns: string;
};
export type LcpItfPairGet = {
  cursor?: number;
};
export type LcpItfPairGetReply = {
  retval: number;
  cursor: number;
};
export type LcpItfPairReplaceBegin = Record<string, never>;
export type LcpItfPairReplaceBeginReply = {
  retval: number;
};
export type LcpItfPairReplaceEnd = Record<string, never>;
export type LcpItfPairReplaceEndReply = {
  retval: number;
};
export interface LcpMessages {
  lcp_default_ns_get: RequestMessage<LcpDefaultNsGet, LcpDefaultNsGetReply>;
  /** In progress: its definition may still change. */
  lcp_default_ns_set: RequestMessage<LcpDefaultNsSet, LcpDefaultNsSetReply>;
  /** @deprecated */
  lcp_itf_pair_add_del: RequestMessage<LcpItfPairAddDel, LcpItfPairAddDelReply>;
  /** In progress: its definition may still change. */
  lcp_itf_pair_add_del_v2: RequestMessage<LcpItfPairAddDelV2, LcpItfPairAddDelV2Reply>;
  lcp_itf_pair_get: DumpMessage<LcpItfPairGet, LcpItfPairDetails, LcpItfPairGetReply>;
  lcp_itf_pair_replace_begin: RequestMessage<LcpItfPairReplaceBegin, LcpItfPairReplaceBeginReply>;
  lcp_itf_pair_replace_end: RequestMessage<LcpItfPairReplaceEnd, LcpItfPairReplaceEndReply>;
}

export type LispAdjacency = {
  reid: Eid;
  leid: Eid;
};
export interface LispLocatorSetFilterValues {
  readonly LISP_LOCATOR_SET_FILTER_API_ALL: 0;
  readonly LISP_LOCATOR_SET_FILTER_API_LOCAL: 1;
  readonly LISP_LOCATOR_SET_FILTER_API_REMOTE: 2;
}
export type LispLocatorSetFilter = EnumValue<LispLocatorSetFilterValues>;
export type LispLocatorSetFilterInput = EnumInput<LispLocatorSetFilterValues, 'LISP_LOCATOR_SET_FILTER_API_'>;
export type LispAddDelAdjacency = {
  /** @default true */
  is_add?: BoolInput;
  vni: number;
  reid: EidInput;
  leid: EidInput;
};
export type LispAddDelAdjacencyReply = {
  retval: number;
};
export type LispAddDelLocalEid = {
  /** @default true */
  is_add?: BoolInput;
  eid: EidInput;
  locator_set_name: string;
  vni: number;
  key: HmacKeyInput;
};
export type LispAddDelLocalEidReply = {
  retval: number;
};
export type LispAddDelLocator = {
  /** @default true */
  is_add?: BoolInput;
  locator_set_name: string;
  sw_if_index: number;
  priority: number;
  weight: number;
};
export type LispAddDelLocatorReply = {
  retval: number;
};
export type LispAddDelLocatorSet = {
  /** @default true */
  is_add?: BoolInput;
  locator_set_name: string;
  locator_num?: number;
  locators: readonly LocalLocatorInput[];
};
export type LispAddDelLocatorSetReply = {
  retval: number;
  ls_index: number;
};
export type LispAddDelMapRequestItrRlocs = {
  /** @default true */
  is_add?: BoolInput;
  locator_set_name: string;
};
export type LispAddDelMapRequestItrRlocsReply = {
  retval: number;
};
export type LispAddDelMapResolver = {
  /** @default true */
  is_add?: BoolInput;
  ip_address: string | Uint8Array | AddressInput;
};
export type LispAddDelMapResolverReply = {
  retval: number;
};
export type LispAddDelMapServer = {
  /** @default true */
  is_add?: BoolInput;
  ip_address: string | Uint8Array | AddressInput;
};
export type LispAddDelMapServerReply = {
  retval: number;
};
export type LispAddDelRemoteMapping = {
  /** @default true */
  is_add?: BoolInput;
  is_src_dst?: BoolInput;
  del_all?: BoolInput;
  vni: number;
  action: number;
  deid: EidInput;
  seid: EidInput;
  rloc_num?: number;
  rlocs: readonly RemoteLocatorInput[];
};
export type LispAddDelRemoteMappingReply = {
  retval: number;
};
export type LispAdjacenciesGet = {
  vni: number;
};
export type LispAdjacenciesGetReply = {
  retval: number;
  count: number;
  adjacencies: LispAdjacency[];
};
export type LispEidTableAddDelMap = {
  /** @default true */
  is_add?: BoolInput;
  vni: number;
  dp_table: number;
  is_l2?: BoolInput;
};
export type LispEidTableAddDelMapReply = {
  retval: number;
};
export type LispEidTableDetails = {
  locator_set_index: number;
  action: number;
  is_local: boolean;
  is_src_dst: boolean;
  vni: number;
  deid: Eid;
  seid: Eid;
  ttl: number;
  authoritative: number;
  key: HmacKey;
};
export type LispEidTableDump = {
  eid_set: number;
  prefix_length: number;
  vni: number;
  eid: EidInput;
  filter: LispLocatorSetFilterInput;
};
export type LispEidTableMapDetails = {
  vni: number;
  dp_table: number;
};
export type LispEidTableMapDump = {
  is_l2?: BoolInput;
};
export type LispEidTableVniDetails = {
  vni: number;
};
export type LispEidTableVniDump = Record<string, never>;
export type LispEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type LispEnableDisableReply = {
  retval: number;
};
export type LispGetMapRequestItrRlocs = Record<string, never>;
export type LispGetMapRequestItrRlocsReply = {
  retval: number;
  locator_set_name: string;
};
export type LispLocatorDetails = {
  local: number;
  sw_if_index: number;
  ip_address: string;
  priority: number;
  weight: number;
};
export type LispLocatorDump = {
  ls_index: number;
  ls_name: string;
  is_index_set: number;
};
export type LispLocatorSetDetails = {
  ls_index: number;
  ls_name: string;
};
export type LispLocatorSetDump = {
  filter: LispLocatorSetFilterInput;
};
export type LispMapRegisterEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type LispMapRegisterEnableDisableReply = {
  retval: number;
};
export type LispMapRequestMode = {
  is_src_dst?: BoolInput;
};
export type LispMapRequestModeReply = {
  retval: number;
};
export type LispMapResolverDetails = {
  ip_address: string;
};
export type LispMapResolverDump = Record<string, never>;
export type LispMapServerDetails = {
  ip_address: string;
};
export type LispMapServerDump = Record<string, never>;
export type LispPitrSetLocatorSet = {
  /** @default true */
  is_add?: BoolInput;
  ls_name: string;
};
export type LispPitrSetLocatorSetReply = {
  retval: number;
};
export type LispRlocProbeEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type LispRlocProbeEnableDisableReply = {
  retval: number;
};
export type LispUsePetr = {
  ip_address: string | Uint8Array | AddressInput;
  /** @default true */
  is_add?: BoolInput;
};
export type LispUsePetrReply = {
  retval: number;
};
export type ShowLispMapRegisterState = Record<string, never>;
export type ShowLispMapRegisterStateReply = {
  retval: number;
  is_enabled: boolean;
};
export type ShowLispMapRequestMode = Record<string, never>;
export type ShowLispMapRequestModeReply = {
  retval: number;
  is_src_dst: boolean;
};
export type ShowLispPitr = Record<string, never>;
export type ShowLispPitrReply = {
  retval: number;
  is_enabled: boolean;
  locator_set_name: string;
};
export type ShowLispRlocProbeState = Record<string, never>;
export type ShowLispRlocProbeStateReply = {
  retval: number;
  is_enabled: boolean;
};
export type ShowLispStatus = Record<string, never>;
export type ShowLispStatusReply = {
  retval: number;
  is_lisp_enabled: boolean;
  is_gpe_enabled: boolean;
};
export type ShowLispUsePetr = Record<string, never>;
export type ShowLispUsePetrReply = {
  retval: number;
  is_petr_enable: boolean;
  ip_address: string;
};
export interface LispMessages {
  lisp_add_del_adjacency: RequestMessage<LispAddDelAdjacency, LispAddDelAdjacencyReply>;
  lisp_add_del_local_eid: RequestMessage<LispAddDelLocalEid, LispAddDelLocalEidReply>;
  lisp_add_del_locator: RequestMessage<LispAddDelLocator, LispAddDelLocatorReply>;
  lisp_add_del_locator_set: RequestMessage<LispAddDelLocatorSet, LispAddDelLocatorSetReply>;
  lisp_add_del_map_request_itr_rlocs: RequestMessage<LispAddDelMapRequestItrRlocs, LispAddDelMapRequestItrRlocsReply>;
  lisp_add_del_map_resolver: RequestMessage<LispAddDelMapResolver, LispAddDelMapResolverReply>;
  lisp_add_del_map_server: RequestMessage<LispAddDelMapServer, LispAddDelMapServerReply>;
  lisp_add_del_remote_mapping: RequestMessage<LispAddDelRemoteMapping, LispAddDelRemoteMappingReply>;
  lisp_adjacencies_get: RequestMessage<LispAdjacenciesGet, LispAdjacenciesGetReply>;
  lisp_eid_table_add_del_map: RequestMessage<LispEidTableAddDelMap, LispEidTableAddDelMapReply>;
  lisp_eid_table_dump: DumpMessage<LispEidTableDump, LispEidTableDetails>;
  lisp_eid_table_map_dump: DumpMessage<LispEidTableMapDump, LispEidTableMapDetails>;
  lisp_eid_table_vni_dump: DumpMessage<LispEidTableVniDump, LispEidTableVniDetails>;
  lisp_enable_disable: RequestMessage<LispEnableDisable, LispEnableDisableReply>;
  lisp_get_map_request_itr_rlocs: RequestMessage<LispGetMapRequestItrRlocs, LispGetMapRequestItrRlocsReply>;
  lisp_locator_dump: DumpMessage<LispLocatorDump, LispLocatorDetails>;
  lisp_locator_set_dump: DumpMessage<LispLocatorSetDump, LispLocatorSetDetails>;
  lisp_map_register_enable_disable: RequestMessage<LispMapRegisterEnableDisable, LispMapRegisterEnableDisableReply>;
  lisp_map_request_mode: RequestMessage<LispMapRequestMode, LispMapRequestModeReply>;
  lisp_map_resolver_dump: DumpMessage<LispMapResolverDump, LispMapResolverDetails>;
  lisp_map_server_dump: DumpMessage<LispMapServerDump, LispMapServerDetails>;
  lisp_pitr_set_locator_set: RequestMessage<LispPitrSetLocatorSet, LispPitrSetLocatorSetReply>;
  lisp_rloc_probe_enable_disable: RequestMessage<LispRlocProbeEnableDisable, LispRlocProbeEnableDisableReply>;
  lisp_use_petr: RequestMessage<LispUsePetr, LispUsePetrReply>;
  show_lisp_map_register_state: RequestMessage<ShowLispMapRegisterState, ShowLispMapRegisterStateReply>;
  show_lisp_map_request_mode: RequestMessage<ShowLispMapRequestMode, ShowLispMapRequestModeReply>;
  show_lisp_pitr: RequestMessage<ShowLispPitr, ShowLispPitrReply>;
  show_lisp_rloc_probe_state: RequestMessage<ShowLispRlocProbeState, ShowLispRlocProbeStateReply>;
  show_lisp_status: RequestMessage<ShowLispStatus, ShowLispStatusReply>;
  show_lisp_use_petr: RequestMessage<ShowLispUsePetr, ShowLispUsePetrReply>;
}

export type GpeFwdEntry = {
  fwd_entry_index: number;
  dp_table: number;
  leid: Eid;
  reid: Eid;
  vni: number;
  action: number;
};
export type GpeLocator = {
  weight: number;
  addr: string;
};
export type GpeLocatorInput = {
  weight?: number;
  addr?: string | Uint8Array | AddressInput;
};
export type GpeNativeFwdRpath = {
  fib_index: number;
  nh_sw_if_index: number;
  nh_addr: string;
};
export type GpeAddDelFwdEntry = {
  /** @default true */
  is_add?: BoolInput;
  rmt_eid: EidInput;
  lcl_eid: EidInput;
  vni: number;
  dp_table: number;
  action: number;
  loc_num?: number;
  locs: readonly GpeLocatorInput[];
};
export type GpeAddDelFwdEntryReply = {
  retval: number;
  fwd_entry_index: number;
};
export type GpeAddDelIface = {
  /** @default true */
  is_add?: BoolInput;
  is_l2?: BoolInput;
  dp_table: number;
  vni: number;
};
export type GpeAddDelIfaceReply = {
  retval: number;
};
export type GpeAddDelNativeFwdRpath = {
  /** @default true */
  is_add?: BoolInput;
  table_id: number;
  nh_sw_if_index: number;
  nh_addr: string | Uint8Array | AddressInput;
};
export type GpeAddDelNativeFwdRpathReply = {
  retval: number;
};
export type GpeEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type GpeEnableDisableReply = {
  retval: number;
};
export type GpeFwdEntriesGet = {
  vni: number;
};
export type GpeFwdEntriesGetReply = {
  retval: number;
  count: number;
  entries: GpeFwdEntry[];
};
export type GpeFwdEntryPathDetails = {
  lcl_loc: GpeLocator;
  rmt_loc: GpeLocator;
};
export type GpeFwdEntryPathDump = {
  fwd_entry_index: number;
};
export type GpeFwdEntryVnisGet = Record<string, never>;
export type GpeFwdEntryVnisGetReply = {
  retval: number;
  count: number;
  vnis: number[];
};
export type GpeGetEncapMode = Record<string, never>;
export type GpeGetEncapModeReply = {
  retval: number;
  encap_mode: number;
};
export type GpeNativeFwdRpathsGet = {
  is_ip4?: BoolInput;
};
export type GpeNativeFwdRpathsGetReply = {
  retval: number;
  count: number;
  entries: GpeNativeFwdRpath[];
};
export type GpeSetEncapMode = {
  is_vxlan?: BoolInput;
};
export type GpeSetEncapModeReply = {
  retval: number;
};
export interface LispGpeMessages {
  gpe_add_del_fwd_entry: RequestMessage<GpeAddDelFwdEntry, GpeAddDelFwdEntryReply>;
  gpe_add_del_iface: RequestMessage<GpeAddDelIface, GpeAddDelIfaceReply>;
  gpe_add_del_native_fwd_rpath: RequestMessage<GpeAddDelNativeFwdRpath, GpeAddDelNativeFwdRpathReply>;
  gpe_enable_disable: RequestMessage<GpeEnableDisable, GpeEnableDisableReply>;
  gpe_fwd_entries_get: RequestMessage<GpeFwdEntriesGet, GpeFwdEntriesGetReply>;
  gpe_fwd_entry_path_dump: DumpMessage<GpeFwdEntryPathDump, GpeFwdEntryPathDetails>;
  gpe_fwd_entry_vnis_get: RequestMessage<GpeFwdEntryVnisGet, GpeFwdEntryVnisGetReply>;
  gpe_get_encap_mode: RequestMessage<GpeGetEncapMode, GpeGetEncapModeReply>;
  gpe_native_fwd_rpaths_get: RequestMessage<GpeNativeFwdRpathsGet, GpeNativeFwdRpathsGetReply>;
  gpe_set_encap_mode: RequestMessage<GpeSetEncapMode, GpeSetEncapModeReply>;
}

export type Eid =
  | {
      type: 0;
      address: { prefix: string | Prefix };
    }
  | {
      type: 1;
      address: { mac: string };
    }
  | {
      type: 2;
      address: { nsh: Nsh };
    };
export type EidInput =
  | {
      type?: EnumCase<EidTypeValues, 'EID_TYPE_API_', 0>;
      address?: Uint8Array | { prefix: string | Uint8Array | PrefixInput; mac?: never; nsh?: never };
    }
  | {
      type: EnumCase<EidTypeValues, 'EID_TYPE_API_', 1>;
      address?: Uint8Array | { mac: BytesInput; prefix?: never; nsh?: never };
    }
  | {
      type: EnumCase<EidTypeValues, 'EID_TYPE_API_', 2>;
      address?: Uint8Array | { nsh: NshInput; prefix?: never; mac?: never };
    };
export interface EidTypeValues {
  readonly EID_TYPE_API_PREFIX: 0;
  readonly EID_TYPE_API_MAC: 1;
  readonly EID_TYPE_API_NSH: 2;
}
export type EidType = EnumValue<EidTypeValues>;
export type EidTypeInput = EnumInput<EidTypeValues, 'EID_TYPE_API_'>;
export type HmacKey = {
  id: HmacKeyId;
  key: Uint8Array;
};
export type HmacKeyInput = {
  id?: HmacKeyIdInput;
  key?: BytesInput;
};
export interface HmacKeyIdValues {
  readonly KEY_ID_API_HMAC_NO_KEY: 0;
  readonly KEY_ID_API_HMAC_SHA_1_96: 1;
  readonly KEY_ID_API_HMAC_SHA_256_128: 2;
}
export type HmacKeyId = EnumValue<HmacKeyIdValues>;
export type HmacKeyIdInput = EnumInput<HmacKeyIdValues, 'KEY_ID_API_HMAC_'>;
export type LocalLocatorInput = {
  sw_if_index?: number;
  priority?: number;
  weight?: number;
};
export type Nsh = {
  spi: number;
  si: number;
};
export type NshInput = {
  spi?: number;
  si?: number;
};
export type RemoteLocatorInput = {
  priority?: number;
  weight?: number;
  ip_address?: string | Uint8Array | AddressInput;
};

export type LldpConfig = {
  tx_hold: number;
  tx_interval: number;
  system_name: string;
};
export type LldpConfigReply = {
  retval: number;
};
export type SwInterfaceSetLldp = {
  sw_if_index: number;
  mgmt_ip4: BytesInput;
  mgmt_ip6: BytesInput;
  mgmt_oid: BytesInput;
  /** @default true */
  enable?: BoolInput;
  port_desc: string;
};
export type SwInterfaceSetLldpReply = {
  retval: number;
};
export interface LldpMessages {
  lldp_config: RequestMessage<LldpConfig, LldpConfigReply>;
  sw_interface_set_lldp: RequestMessage<SwInterfaceSetLldp, SwInterfaceSetLldpReply>;
}

export type MactimeTimeRange = {
  start: number;
  end: number;
};
export type TimeRangeInput = {
  start?: number;
  end?: number;
};
export type MactimeAddDelRange = {
  is_add?: BoolInput;
  drop?: BoolInput;
  allow?: BoolInput;
  allow_quota: number;
  no_udp_10001?: BoolInput;
  data_quota: LongInput;
  mac_address: BytesInput;
  device_name: string;
  count?: number;
  ranges: readonly TimeRangeInput[];
};
export type MactimeAddDelRangeReply = {
  retval: number;
};
export type MactimeDetails = {
  pool_index: number;
  mac_address: string;
  data_quota: bigint;
  data_used_in_range: bigint;
  flags: number;
  device_name: string;
  nranges: number;
  ranges: MactimeTimeRange[];
};
export type MactimeDump = {
  my_table_epoch: number;
};
export type MactimeDumpReply = {
  retval: number;
  table_epoch: number;
};
export type MactimeEnableDisable = {
  enable_disable?: BoolInput;
  sw_if_index: number;
};
export type MactimeEnableDisableReply = {
  retval: number;
};
export interface MactimeMessages {
  mactime_add_del_range: RequestMessage<MactimeAddDelRange, MactimeAddDelRangeReply>;
  mactime_dump: DumpMessage<MactimeDump, MactimeDetails, MactimeDumpReply>;
  mactime_enable_disable: RequestMessage<MactimeEnableDisable, MactimeEnableDisableReply>;
}

export type MapAddDelRule = {
  index: number;
  is_add?: BoolInput;
  ip6_dst: BytesInput;
  psid: number;
};
export type MapAddDelRuleReply = {
  retval: number;
};
export type MapAddDomain = {
  ip6_prefix: string | Uint8Array | Ip6PrefixInput;
  ip4_prefix: string | Uint8Array | Ip4PrefixInput;
  ip6_src: string | Uint8Array | Ip6PrefixInput;
  ea_bits_len: number;
  psid_offset: number;
  psid_length: number;
  /** @default 1280 */
  mtu?: number;
  tag: string;
};
export type MapAddDomainReply = {
  index: number;
  retval: number;
};
export type MapDelDomain = {
  index: number;
};
export type MapDelDomainReply = {
  retval: number;
};
export type MapDomainDetails = {
  domain_index: number;
  ip6_prefix: string;
  ip4_prefix: string;
  ip6_src: string;
  ea_bits_len: number;
  psid_offset: number;
  psid_length: number;
  flags: number;
  mtu: number;
  tag: string;
};
export type MapDomainDump = Record<string, never>;
export type MapDomainsGet = {
  cursor?: number;
};
export type MapDomainsGetReply = {
  retval: number;
  cursor: number;
};
export type MapIfEnableDisable = {
  sw_if_index: number;
  is_enable?: BoolInput;
  is_translation?: BoolInput;
};
export type MapIfEnableDisableReply = {
  retval: number;
};
export type MapParamAddDelPreResolve = {
  is_add?: BoolInput;
  ip4_nh_address: BytesInput;
  ip6_nh_address: BytesInput;
};
export type MapParamAddDelPreResolveReply = {
  retval: number;
};
export type MapParamGet = Record<string, never>;
export type MapParamGetReply = {
  retval: number;
  frag_inner: number;
  frag_ignore_df: number;
  icmp_ip4_err_relay_src: string;
  icmp6_enable_unreachable: boolean;
  ip4_nh_address: string;
  ip6_nh_address: string;
  ip4_lifetime_ms: number;
  ip4_pool_size: number;
  ip4_buffers: number;
  ip4_ht_ratio: number;
  sec_check_enable: boolean;
  sec_check_fragments: boolean;
  tc_copy: boolean;
  tc_class: number;
};
export type MapParamSetFragmentation = {
  inner?: BoolInput;
  ignore_df?: BoolInput;
};
export type MapParamSetFragmentationReply = {
  retval: number;
};
export type MapParamSetIcmp = {
  ip4_err_relay_src: BytesInput;
};
export type MapParamSetIcmp6 = {
  enable_unreachable?: BoolInput;
};
export type MapParamSetIcmp6Reply = {
  retval: number;
};
export type MapParamSetIcmpReply = {
  retval: number;
};
export type MapParamSetSecurityCheck = {
  enable?: BoolInput;
  fragments?: BoolInput;
};
export type MapParamSetSecurityCheckReply = {
  retval: number;
};
export type MapParamSetTcp = {
  tcp_mss: number;
};
export type MapParamSetTcpReply = {
  retval: number;
};
export type MapParamSetTrafficClass = {
  copy?: BoolInput;
  tc_class: number;
};
export type MapParamSetTrafficClassReply = {
  retval: number;
};
export type MapRuleDetails = {
  ip6_dst: string;
  psid: number;
};
export type MapRuleDump = {
  domain_index: number;
};
export type MapSummaryStats = Record<string, never>;
export type MapSummaryStatsReply = {
  retval: number;
  total_bindings: bigint;
  total_pkts: bigint[];
  total_bytes: bigint[];
  total_ip4_fragments: bigint;
  total_security_check: bigint[];
};
export interface MapMessages {
  map_add_del_rule: RequestMessage<MapAddDelRule, MapAddDelRuleReply>;
  map_add_domain: RequestMessage<MapAddDomain, MapAddDomainReply>;
  map_del_domain: RequestMessage<MapDelDomain, MapDelDomainReply>;
  /** @deprecated */
  map_domain_dump: DumpMessage<MapDomainDump, MapDomainDetails>;
  map_domains_get: DumpMessage<MapDomainsGet, MapDomainDetails, MapDomainsGetReply>;
  map_if_enable_disable: RequestMessage<MapIfEnableDisable, MapIfEnableDisableReply>;
  map_param_add_del_pre_resolve: RequestMessage<MapParamAddDelPreResolve, MapParamAddDelPreResolveReply>;
  map_param_get: RequestMessage<MapParamGet, MapParamGetReply>;
  map_param_set_fragmentation: RequestMessage<MapParamSetFragmentation, MapParamSetFragmentationReply>;
  map_param_set_icmp: RequestMessage<MapParamSetIcmp, MapParamSetIcmpReply>;
  map_param_set_icmp6: RequestMessage<MapParamSetIcmp6, MapParamSetIcmp6Reply>;
  map_param_set_security_check: RequestMessage<MapParamSetSecurityCheck, MapParamSetSecurityCheckReply>;
  map_param_set_tcp: RequestMessage<MapParamSetTcp, MapParamSetTcpReply>;
  map_param_set_traffic_class: RequestMessage<MapParamSetTrafficClass, MapParamSetTrafficClassReply>;
  map_rule_dump: DumpMessage<MapRuleDump, MapRuleDetails>;
  map_summary_stats: RequestMessage<MapSummaryStats, MapSummaryStatsReply>;
}

export type MdataEnableDisable = {
  enable_disable?: BoolInput;
};
export type MdataEnableDisableReply = {
  retval: number;
};
export interface MdataMessages {
  mdata_enable_disable: RequestMessage<MdataEnableDisable, MdataEnableDisableReply>;
}

export type MessageTableEntry = {
  index: number;
  name: string;
};
export type ModuleVersion = {
  major: number;
  minor: number;
  patch: number;
  name: string;
};
export type ApiVersions = Record<string, never>;
export type ApiVersionsReply = {
  retval: number;
  count: number;
  api_versions: ModuleVersion[];
};
export type ControlPing = Record<string, never>;
export type ControlPingReply = {
  retval: number;
  client_index: number;
  vpe_pid: number;
};
export type GetFirstMsgId = {
  name: string;
};
export type GetFirstMsgIdReply = {
  retval: number;
  first_msg_id: number;
};
export type MemclntCreate = {
  ctx_quota: number;
  input_queue: LongInput;
  name: string;
  api_versions: readonly number[];
};
export type MemclntCreateReply = {
  response: number;
  handle: bigint;
  index: number;
  message_table: bigint;
};
export type MemclntCreateV2 = {
  ctx_quota: number;
  input_queue: LongInput;
  name: string;
  api_versions: readonly number[];
  /** @default true */
  keepalive?: BoolInput;
};
export type MemclntCreateV2Reply = {
  response: number;
  handle: bigint;
  index: number;
  message_table: bigint;
};
export type MemclntDelete = {
  index: number;
  handle: LongInput;
  do_cleanup?: BoolInput;
};
export type MemclntDeleteReply = {
  response: number;
  handle: bigint;
};
export type MemclntKeepalive = Record<string, never>;
export type MemclntKeepaliveReply = {
  retval: number;
};
export type MemclntReadTimeout = {
  dummy: number;
};
export type MemclntRxThreadSuspend = {
  dummy: number;
};
export type RpcCall = {
  function: LongInput;
  multicast: number;
  need_barrier_sync: number;
  send_reply: number;
  data_len?: number;
  data: BytesInput;
};
export type RpcCallReply = {
  retval: number;
};
export type RxThreadExit = {
  dummy: number;
};
export type SockInitShm = {
  requested_size: number;
  nitems?: number;
  configs: readonly LongInput[];
};
export type SockInitShmReply = {
  retval: number;
};
export type SockclntCreate = {
  name: string;
};
export type SockclntCreateReply = {
  response: number;
  index: number;
  count: number;
  message_table: MessageTableEntry[];
};
export type SockclntDelete = {
  index: number;
};
export type SockclntDeleteReply = {
  response: number;
};
export type TracePluginMsgIds = {
  plugin_name: string;
  first_msg_id: number;
  last_msg_id: number;
};
export interface MemclntMessages {
  api_versions: RequestMessage<ApiVersions, ApiVersionsReply>;
  control_ping: RequestMessage<ControlPing, ControlPingReply>;
  get_first_msg_id: RequestMessage<GetFirstMsgId, GetFirstMsgIdReply>;
  /** @deprecated */
  memclnt_create: RequestMessage<MemclntCreate, MemclntCreateReply>;
  memclnt_create_v2: RequestMessage<MemclntCreateV2, MemclntCreateV2Reply>;
  memclnt_delete: RequestMessage<MemclntDelete, MemclntDeleteReply>;
  memclnt_keepalive: RequestMessage<MemclntKeepalive, MemclntKeepaliveReply>;
  memclnt_read_timeout: OnewayMessage<MemclntReadTimeout>;
  memclnt_rx_thread_suspend: OnewayMessage<MemclntRxThreadSuspend>;
  rpc_call: RequestMessage<RpcCall, RpcCallReply>;
  rx_thread_exit: OnewayMessage<RxThreadExit>;
  sock_init_shm: RequestMessage<SockInitShm, SockInitShmReply>;
  sockclnt_create: RequestMessage<SockclntCreate, SockclntCreateReply>;
  sockclnt_delete: RequestMessage<SockclntDelete, SockclntDeleteReply>;
  trace_plugin_msg_ids: OnewayMessage<TracePluginMsgIds>;
}

export interface MemifModeValues {
  readonly MEMIF_MODE_API_ETHERNET: 0;
  readonly MEMIF_MODE_API_IP: 1;
  readonly MEMIF_MODE_API_PUNT_INJECT: 2;
}
export type MemifMode = EnumValue<MemifModeValues>;
export type MemifModeInput = EnumInput<MemifModeValues, 'MEMIF_MODE_API_'>;
export interface MemifRoleValues {
  readonly MEMIF_ROLE_API_MASTER: 0;
  readonly MEMIF_ROLE_API_SLAVE: 1;
}
export type MemifRole = EnumValue<MemifRoleValues>;
export type MemifRoleInput = EnumInput<MemifRoleValues, 'MEMIF_ROLE_API_'>;
export type MemifCreate = {
  role: MemifRoleInput;
  mode: MemifModeInput;
  rx_queues: number;
  tx_queues: number;
  id: number;
  socket_id: number;
  ring_size: number;
  buffer_size: number;
  no_zero_copy?: BoolInput;
  hw_addr: BytesInput;
  secret: string;
};
export type MemifCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type MemifCreateV2 = {
  role: MemifRoleInput;
  mode: MemifModeInput;
  rx_queues: number;
  tx_queues: number;
  id: number;
  socket_id: number;
  ring_size: number;
  buffer_size: number;
  no_zero_copy?: BoolInput;
  use_dma?: BoolInput;
  hw_addr: BytesInput;
  secret: string;
};
export type MemifCreateV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type MemifDelete = {
  sw_if_index: number;
};
export type MemifDeleteReply = {
  retval: number;
};
export type MemifDetails = {
  sw_if_index: number;
  hw_addr: string;
  id: number;
  role: MemifRole;
  mode: MemifMode;
  zero_copy: boolean;
  socket_id: number;
  ring_size: number;
  buffer_size: number;
  flags: IfStatusFlags;
  if_name: string;
};
export type MemifDump = Record<string, never>;
export type MemifSocketFilenameAddDel = {
  is_add?: BoolInput;
  socket_id: number;
  socket_filename: string;
};
export type MemifSocketFilenameAddDelReply = {
  retval: number;
};
export type MemifSocketFilenameAddDelV2 = {
  is_add?: BoolInput;
  /** @default 4294967295 */
  socket_id?: number;
  socket_filename: string;
};
export type MemifSocketFilenameAddDelV2Reply = {
  retval: number;
  socket_id: number;
};
export type MemifSocketFilenameDetails = {
  socket_id: number;
  socket_filename: string;
};
export type MemifSocketFilenameDump = Record<string, never>;
export interface MemifMessages {
  /** @deprecated */
  memif_create: RequestMessage<MemifCreate, MemifCreateReply>;
  memif_create_v2: RequestMessage<MemifCreateV2, MemifCreateV2Reply>;
  memif_delete: RequestMessage<MemifDelete, MemifDeleteReply>;
  memif_dump: DumpMessage<MemifDump, MemifDetails>;
  /** @deprecated */
  memif_socket_filename_add_del: RequestMessage<MemifSocketFilenameAddDel, MemifSocketFilenameAddDelReply>;
  memif_socket_filename_add_del_v2: RequestMessage<MemifSocketFilenameAddDelV2, MemifSocketFilenameAddDelV2Reply>;
  memif_socket_filename_dump: DumpMessage<MemifSocketFilenameDump, MemifSocketFilenameDetails>;
}

export interface MfibEntryFlagsValues {
  readonly MFIB_API_ENTRY_FLAG_NONE: 0;
  readonly MFIB_API_ENTRY_FLAG_SIGNAL: 1;
  readonly MFIB_API_ENTRY_FLAG_DROP: 2;
  readonly MFIB_API_ENTRY_FLAG_CONNECTED: 4;
  readonly MFIB_API_ENTRY_FLAG_ACCEPT_ALL_ITF: 8;
}
export type MfibEntryFlags = number;
export type MfibEntryFlagsInput = FlagsInput<MfibEntryFlagsValues, 'MFIB_API_ENTRY_FLAG_'>;
export interface MfibItfFlagsValues {
  readonly MFIB_API_ITF_FLAG_NONE: 0;
  readonly MFIB_API_ITF_FLAG_NEGATE_SIGNAL: 1;
  readonly MFIB_API_ITF_FLAG_ACCEPT: 2;
  readonly MFIB_API_ITF_FLAG_FORWARD: 4;
  readonly MFIB_API_ITF_FLAG_SIGNAL_PRESENT: 8;
  readonly MFIB_API_ITF_FLAG_DONT_PRESERVE: 16;
}
export type MfibItfFlags = number;
export type MfibItfFlagsInput = FlagsInput<MfibItfFlagsValues, 'MFIB_API_ITF_FLAG_'>;
export type MfibPath = {
  itf_flags: MfibItfFlags;
  path: FibPath;
};
export type MfibPathInput = {
  itf_flags?: MfibItfFlagsInput;
  path?: FibPathInput;
};

export type MplsRoute = {
  mr_table_id: number;
  mr_label: number;
  mr_eos: number;
  mr_eos_proto: number;
  mr_is_multicast: boolean;
  mr_n_paths: number;
  mr_paths: FibPath[];
};
export type MplsRouteInput = {
  mr_table_id?: number;
  mr_label?: number;
  mr_eos?: number;
  mr_eos_proto?: number;
  mr_is_multicast?: BoolInput;
  mr_n_paths?: number;
  mr_paths?: readonly FibPathInput[];
};
export type MplsTable = {
  mt_table_id: number;
  mt_name: string;
};
export type MplsTableInput = {
  mt_table_id?: number;
  mt_name?: string;
};
export type MplsTunnel = {
  mt_sw_if_index: number;
  mt_tunnel_index: number;
  mt_l2_only: boolean;
  mt_is_multicast: boolean;
  mt_tag: string;
  mt_n_paths: number;
  mt_paths: FibPath[];
};
export type MplsTunnelInput = {
  mt_sw_if_index?: number;
  mt_tunnel_index?: number;
  mt_l2_only?: BoolInput;
  mt_is_multicast?: BoolInput;
  mt_tag?: string;
  mt_n_paths?: number;
  mt_paths?: readonly FibPathInput[];
};
export type MplsInterfaceDetails = {
  sw_if_index: number;
};
export type MplsInterfaceDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type MplsIpBindUnbind = {
  mb_mpls_table_id: number;
  mb_label: number;
  mb_ip_table_id: number;
  mb_is_bind?: BoolInput;
  mb_prefix: string | Uint8Array | PrefixInput;
};
export type MplsIpBindUnbindReply = {
  retval: number;
};
export type MplsRouteAddDel = {
  mr_is_add?: BoolInput;
  mr_is_multipath?: BoolInput;
  mr_route: MplsRouteInput;
};
export type MplsRouteAddDelReply = {
  retval: number;
  stats_index: number;
};
export type MplsRouteDetails = {
  mr_route: MplsRoute;
};
export type MplsRouteDump = {
  table: MplsTableInput;
};
export type MplsTableAddDel = {
  /** @default true */
  mt_is_add?: BoolInput;
  mt_table: MplsTableInput;
};
export type MplsTableAddDelReply = {
  retval: number;
};
export type MplsTableDetails = {
  mt_table: MplsTable;
};
export type MplsTableDump = Record<string, never>;
export type MplsTunnelAddDel = {
  /** @default true */
  mt_is_add?: BoolInput;
  mt_tunnel: MplsTunnelInput;
};
export type MplsTunnelAddDelReply = {
  retval: number;
  sw_if_index: number;
  tunnel_index: number;
};
export type MplsTunnelDetails = {
  mt_tunnel: MplsTunnel;
};
export type MplsTunnelDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type SwInterfaceSetMplsEnable = {
  sw_if_index: number;
  /** @default true */
  enable?: BoolInput;
};
export type SwInterfaceSetMplsEnableReply = {
  retval: number;
};
export interface MplsMessages {
  mpls_interface_dump: DumpMessage<MplsInterfaceDump, MplsInterfaceDetails>;
  mpls_ip_bind_unbind: RequestMessage<MplsIpBindUnbind, MplsIpBindUnbindReply>;
  mpls_route_add_del: RequestMessage<MplsRouteAddDel, MplsRouteAddDelReply>;
  mpls_route_dump: DumpMessage<MplsRouteDump, MplsRouteDetails>;
  mpls_table_add_del: RequestMessage<MplsTableAddDel, MplsTableAddDelReply>;
  mpls_table_dump: DumpMessage<MplsTableDump, MplsTableDetails>;
  mpls_tunnel_add_del: RequestMessage<MplsTunnelAddDel, MplsTunnelAddDelReply>;
  mpls_tunnel_dump: DumpMessage<MplsTunnelDump, MplsTunnelDetails>;
  sw_interface_set_mpls_enable: RequestMessage<SwInterfaceSetMplsEnable, SwInterfaceSetMplsEnableReply>;
}

export interface MssClampDirValues {
  readonly MSS_CLAMP_DIR_NONE: 0;
  readonly MSS_CLAMP_DIR_RX: 1;
  readonly MSS_CLAMP_DIR_TX: 2;
}
export type MssClampDir = number;
export type MssClampDirInput = FlagsInput<MssClampDirValues, 'MSS_CLAMP_DIR_'>;
export type MssClampDetails = {
  sw_if_index: number;
  ipv4_mss: number;
  ipv6_mss: number;
  ipv4_direction: MssClampDir;
  ipv6_direction: MssClampDir;
};
export type MssClampEnableDisable = {
  sw_if_index: number;
  ipv4_mss: number;
  ipv6_mss: number;
  ipv4_direction: MssClampDirInput;
  ipv6_direction: MssClampDirInput;
};
export type MssClampEnableDisableReply = {
  retval: number;
};
export type MssClampGet = {
  cursor?: number;
  sw_if_index: number;
};
export type MssClampGetReply = {
  retval: number;
  cursor: number;
};
export interface MssClampMessages {
  mss_clamp_enable_disable: RequestMessage<MssClampEnableDisable, MssClampEnableDisableReply>;
  mss_clamp_get: DumpMessage<MssClampGet, MssClampDetails, MssClampGetReply>;
}

export interface Nat44ConfigFlagsValues {
  readonly NAT44_IS_ENDPOINT_INDEPENDENT: 0;
  readonly NAT44_IS_ENDPOINT_DEPENDENT: 1;
  readonly NAT44_IS_STATIC_MAPPING_ONLY: 2;
  readonly NAT44_IS_CONNECTION_TRACKING: 4;
  readonly NAT44_IS_OUT2IN_DPO: 8;
}
export type Nat44ConfigFlags = number;
export type Nat44ConfigFlagsInput = FlagsInput<Nat44ConfigFlagsValues, 'NAT44_IS_'>;
export type Nat44LbAddrPort = {
  addr: string;
  port: number;
  probability: number;
  vrf_id: number;
};
export type Nat44LbAddrPortInput = {
  addr?: BytesInput;
  port?: number;
  probability?: number;
  vrf_id?: number;
};
export type Nat44AddDelAddressRange = {
  first_ip_address: BytesInput;
  last_ip_address: BytesInput;
  vrf_id: number;
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
};
export type Nat44AddDelAddressRangeReply = {
  retval: number;
};
export type Nat44AddDelIdentityMapping = {
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
  ip_address: BytesInput;
  protocol: number;
  port: number;
  sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44AddDelIdentityMappingReply = {
  retval: number;
};
export type Nat44AddDelInterfaceAddr = {
  is_add?: BoolInput;
  sw_if_index: number;
  flags: NatConfigFlagsInput;
};
export type Nat44AddDelInterfaceAddrReply = {
  retval: number;
};
export type Nat44AddDelLbStaticMapping = {
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
  external_addr: BytesInput;
  external_port: number;
  protocol: number;
  affinity: number;
  tag: string;
  local_num?: number;
  locals: readonly Nat44LbAddrPortInput[];
};
export type Nat44AddDelLbStaticMappingReply = {
  retval: number;
};
export type Nat44AddDelStaticMapping = {
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
  local_ip_address: BytesInput;
  external_ip_address: BytesInput;
  protocol: number;
  local_port: number;
  external_port: number;
  external_sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44AddDelStaticMappingReply = {
  retval: number;
};
export type Nat44AddDelStaticMappingV2 = {
  is_add?: BoolInput;
  match_pool?: BoolInput;
  flags: NatConfigFlagsInput;
  pool_ip_address: BytesInput;
  local_ip_address: BytesInput;
  external_ip_address: BytesInput;
  protocol: number;
  local_port: number;
  external_port: number;
  external_sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44AddDelStaticMappingV2Reply = {
  retval: number;
};
export type Nat44AddressDetails = {
  ip_address: string;
  flags: NatConfigFlags;
  vrf_id: number;
};
export type Nat44AddressDump = Record<string, never>;
export type Nat44DelSession = {
  address: BytesInput;
  protocol: number;
  port: number;
  vrf_id: number;
  flags: NatConfigFlagsInput;
  ext_host_address: BytesInput;
  ext_host_port: number;
};
export type Nat44DelSessionReply = {
  retval: number;
};
export type Nat44EdAddDelOutputInterface = {
  is_add?: BoolInput;
  sw_if_index: number;
};
export type Nat44EdAddDelOutputInterfaceReply = {
  retval: number;
};
export type Nat44EdAddDelVrfRoute = {
  table_vrf_id: number;
  vrf_id: number;
  is_add?: BoolInput;
};
export type Nat44EdAddDelVrfRouteReply = {
  retval: number;
};
export type Nat44EdAddDelVrfTable = {
  table_vrf_id: number;
  is_add?: BoolInput;
};
export type Nat44EdAddDelVrfTableReply = {
  retval: number;
};
export type Nat44EdOutputInterfaceDetails = {
  sw_if_index: number;
};
export type Nat44EdOutputInterfaceGet = {
  cursor?: number;
};
export type Nat44EdOutputInterfaceGetReply = {
  retval: number;
  cursor: number;
};
export type Nat44EdPluginEnableDisable = {
  inside_vrf: number;
  outside_vrf: number;
  sessions: number;
  session_memory: number;
  enable?: BoolInput;
  flags: Nat44ConfigFlagsInput;
};
export type Nat44EdPluginEnableDisableReply = {
  retval: number;
};
export type Nat44EdSetFqOptions = {
  frame_queue_nelts: number;
};
export type Nat44EdSetFqOptionsReply = {
  retval: number;
};
export type Nat44EdShowFqOptions = Record<string, never>;
export type Nat44EdShowFqOptionsReply = {
  retval: number;
  frame_queue_nelts: number;
};
export type Nat44EdVrfTablesDetails = {
  table_vrf_id: number;
  n_vrf_ids: number;
  vrf_ids: number[];
};
export type Nat44EdVrfTablesDump = Record<string, never>;
export type Nat44EdVrfTablesV2Details = {
  table_vrf_id: number;
  n_vrf_ids: number;
  vrf_ids: number[];
};
export type Nat44EdVrfTablesV2Dump = Record<string, never>;
export type Nat44ForwardingEnableDisable = {
  enable?: BoolInput;
};
export type Nat44ForwardingEnableDisableReply = {
  retval: number;
};
export type Nat44IdentityMappingDetails = {
  flags: NatConfigFlags;
  ip_address: string;
  protocol: number;
  port: number;
  sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44IdentityMappingDump = Record<string, never>;
export type Nat44InterfaceAddDelFeature = {
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
  sw_if_index: number;
};
export type Nat44InterfaceAddDelFeatureReply = {
  retval: number;
};
export type Nat44InterfaceAddrDetails = {
  sw_if_index: number;
  flags: NatConfigFlags;
};
export type Nat44InterfaceAddrDump = Record<string, never>;
export type Nat44InterfaceDetails = {
  flags: NatConfigFlags;
  sw_if_index: number;
};
export type Nat44InterfaceDump = Record<string, never>;
export type Nat44LbStaticMappingAddDelLocal = {
  is_add?: BoolInput;
  external_addr: BytesInput;
  external_port: number;
  protocol: number;
  local: Nat44LbAddrPortInput;
};
export type Nat44LbStaticMappingAddDelLocalReply = {
  retval: number;
};
export type Nat44LbStaticMappingDetails = {
  external_addr: string;
  external_port: number;
  protocol: number;
  flags: NatConfigFlags;
  affinity: number;
  tag: string;
  local_num: number;
  locals: Nat44LbAddrPort[];
};
export type Nat44LbStaticMappingDump = Record<string, never>;
export type Nat44SetSessionLimit = {
  session_limit: number;
  vrf_id: number;
};
export type Nat44SetSessionLimitReply = {
  retval: number;
};
export type Nat44ShowRunningConfig = Record<string, never>;
export type Nat44ShowRunningConfigReply = {
  retval: number;
  inside_vrf: number;
  outside_vrf: number;
  users: number;
  sessions: number;
  user_sessions: number;
  user_buckets: number;
  translation_buckets: number;
  forwarding_enabled: boolean;
  ipfix_logging_enabled: boolean;
  timeouts: NatTimeouts;
  log_level: NatLogLevel;
  flags: Nat44ConfigFlags;
};
export type Nat44StaticMappingDetails = {
  flags: NatConfigFlags;
  local_ip_address: string;
  external_ip_address: string;
  protocol: number;
  local_port: number;
  external_port: number;
  external_sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44StaticMappingDump = Record<string, never>;
export type Nat44UserDetails = {
  vrf_id: number;
  ip_address: string;
  nsessions: number;
  nstaticsessions: number;
};
export type Nat44UserDump = Record<string, never>;
export type Nat44UserSessionDetails = {
  outside_ip_address: string;
  outside_port: number;
  inside_ip_address: string;
  inside_port: number;
  protocol: number;
  flags: NatConfigFlags;
  last_heard: bigint;
  total_bytes: bigint;
  total_pkts: number;
  ext_host_address: string;
  ext_host_port: number;
  ext_host_nat_address: string;
  ext_host_nat_port: number;
};
export type Nat44UserSessionDump = {
  ip_address: BytesInput;
  vrf_id: number;
};
export type Nat44UserSessionV2Details = {
  outside_ip_address: string;
  outside_port: number;
  inside_ip_address: string;
  inside_port: number;
  protocol: number;
  flags: NatConfigFlags;
  last_heard: bigint;
  total_bytes: bigint;
  total_pkts: number;
  ext_host_address: string;
  ext_host_port: number;
  ext_host_nat_address: string;
  ext_host_nat_port: number;
  is_timed_out: boolean;
};
export type Nat44UserSessionV2Dump = {
  ip_address: BytesInput;
  vrf_id: number;
};
export type Nat44UserSessionV3Details = {
  outside_ip_address: string;
  outside_port: number;
  inside_ip_address: string;
  inside_port: number;
  protocol: number;
  flags: NatConfigFlags;
  last_heard: bigint;
  time_since_last_heard: bigint;
  total_bytes: bigint;
  total_pkts: number;
  ext_host_address: string;
  ext_host_port: number;
  ext_host_nat_address: string;
  ext_host_nat_port: number;
  is_timed_out: boolean;
};
export type Nat44UserSessionV3Dump = {
  ip_address: BytesInput;
  vrf_id: number;
};
export type NatGetMssClamping = Record<string, never>;
export type NatGetMssClampingReply = {
  retval: number;
  mss_value: number;
  enable: boolean;
};
export type NatIpfixEnableDisable = {
  domain_id: number;
  src_port: number;
  enable?: BoolInput;
};
export type NatIpfixEnableDisableReply = {
  retval: number;
};
export type NatSetMssClamping = {
  mss_value: number;
  enable?: BoolInput;
};
export type NatSetMssClampingReply = {
  retval: number;
};
export type NatSetTimeouts = {
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};
export type NatSetTimeoutsReply = {
  retval: number;
};
export type NatSetWorkers = {
  worker_mask: LongInput;
};
export type NatSetWorkersReply = {
  retval: number;
};
export type NatWorkerDetails = {
  worker_index: number;
  lcore_id: number;
  name: string;
};
export type NatWorkerDump = Record<string, never>;
export interface Nat44EdMessages {
  nat44_add_del_address_range: RequestMessage<Nat44AddDelAddressRange, Nat44AddDelAddressRangeReply>;
  nat44_add_del_identity_mapping: RequestMessage<Nat44AddDelIdentityMapping, Nat44AddDelIdentityMappingReply>;
  nat44_add_del_interface_addr: RequestMessage<Nat44AddDelInterfaceAddr, Nat44AddDelInterfaceAddrReply>;
  nat44_add_del_lb_static_mapping: RequestMessage<Nat44AddDelLbStaticMapping, Nat44AddDelLbStaticMappingReply>;
  /** @deprecated */
  nat44_add_del_static_mapping: RequestMessage<Nat44AddDelStaticMapping, Nat44AddDelStaticMappingReply>;
  nat44_add_del_static_mapping_v2: RequestMessage<Nat44AddDelStaticMappingV2, Nat44AddDelStaticMappingV2Reply>;
  nat44_address_dump: DumpMessage<Nat44AddressDump, Nat44AddressDetails>;
  nat44_del_session: RequestMessage<Nat44DelSession, Nat44DelSessionReply>;
  nat44_ed_add_del_output_interface: RequestMessage<Nat44EdAddDelOutputInterface, Nat44EdAddDelOutputInterfaceReply>;
  nat44_ed_add_del_vrf_route: RequestMessage<Nat44EdAddDelVrfRoute, Nat44EdAddDelVrfRouteReply>;
  nat44_ed_add_del_vrf_table: RequestMessage<Nat44EdAddDelVrfTable, Nat44EdAddDelVrfTableReply>;
  nat44_ed_output_interface_get: DumpMessage<Nat44EdOutputInterfaceGet, Nat44EdOutputInterfaceDetails, Nat44EdOutputInterfaceGetReply>;
  nat44_ed_plugin_enable_disable: RequestMessage<Nat44EdPluginEnableDisable, Nat44EdPluginEnableDisableReply>;
  nat44_ed_set_fq_options: RequestMessage<Nat44EdSetFqOptions, Nat44EdSetFqOptionsReply>;
  nat44_ed_show_fq_options: RequestMessage<Nat44EdShowFqOptions, Nat44EdShowFqOptionsReply>;
  /** @deprecated */
  nat44_ed_vrf_tables_dump: DumpMessage<Nat44EdVrfTablesDump, Nat44EdVrfTablesDetails>;
  /** In progress: its definition may still change. */
  nat44_ed_vrf_tables_v2_dump: DumpMessage<Nat44EdVrfTablesV2Dump, Nat44EdVrfTablesV2Details>;
  /** @deprecated */
  nat44_forwarding_enable_disable: RequestMessage<Nat44ForwardingEnableDisable, Nat44ForwardingEnableDisableReply>;
  nat44_identity_mapping_dump: DumpMessage<Nat44IdentityMappingDump, Nat44IdentityMappingDetails>;
  nat44_interface_add_del_feature: RequestMessage<Nat44InterfaceAddDelFeature, Nat44InterfaceAddDelFeatureReply>;
  nat44_interface_addr_dump: DumpMessage<Nat44InterfaceAddrDump, Nat44InterfaceAddrDetails>;
  nat44_interface_dump: DumpMessage<Nat44InterfaceDump, Nat44InterfaceDetails>;
  nat44_lb_static_mapping_add_del_local: RequestMessage<Nat44LbStaticMappingAddDelLocal, Nat44LbStaticMappingAddDelLocalReply>;
  nat44_lb_static_mapping_dump: DumpMessage<Nat44LbStaticMappingDump, Nat44LbStaticMappingDetails>;
  nat44_set_session_limit: RequestMessage<Nat44SetSessionLimit, Nat44SetSessionLimitReply>;
  nat44_show_running_config: RequestMessage<Nat44ShowRunningConfig, Nat44ShowRunningConfigReply>;
  nat44_static_mapping_dump: DumpMessage<Nat44StaticMappingDump, Nat44StaticMappingDetails>;
  nat44_user_dump: DumpMessage<Nat44UserDump, Nat44UserDetails>;
  /** @deprecated */
  nat44_user_session_dump: DumpMessage<Nat44UserSessionDump, Nat44UserSessionDetails>;
  /** @deprecated */
  nat44_user_session_v2_dump: DumpMessage<Nat44UserSessionV2Dump, Nat44UserSessionV2Details>;
  nat44_user_session_v3_dump: DumpMessage<Nat44UserSessionV3Dump, Nat44UserSessionV3Details>;
  nat_get_mss_clamping: RequestMessage<NatGetMssClamping, NatGetMssClampingReply>;
  /** @deprecated */
  nat_ipfix_enable_disable: RequestMessage<NatIpfixEnableDisable, NatIpfixEnableDisableReply>;
  nat_set_mss_clamping: RequestMessage<NatSetMssClamping, NatSetMssClampingReply>;
  /** @deprecated */
  nat_set_timeouts: RequestMessage<NatSetTimeouts, NatSetTimeoutsReply>;
  nat_set_workers: RequestMessage<NatSetWorkers, NatSetWorkersReply>;
  nat_worker_dump: DumpMessage<NatWorkerDump, NatWorkerDetails>;
}

export interface Nat44EiConfigFlagsValues {
  readonly NAT44_EI_NONE: 0;
  readonly NAT44_EI_STATIC_MAPPING_ONLY: 1;
  readonly NAT44_EI_CONNECTION_TRACKING: 2;
  readonly NAT44_EI_OUT2IN_DPO: 4;
  readonly NAT44_EI_ADDR_ONLY_MAPPING: 8;
  readonly NAT44_EI_IF_INSIDE: 16;
  readonly NAT44_EI_IF_OUTSIDE: 32;
  readonly NAT44_EI_STATIC_MAPPING: 64;
}
export type Nat44EiConfigFlags = number;
export type Nat44EiConfigFlagsInput = FlagsInput<Nat44EiConfigFlagsValues, 'NAT44_EI_'>;
export type Nat44EiAddDelAddressRange = {
  first_ip_address: BytesInput;
  last_ip_address: BytesInput;
  vrf_id: number;
  is_add?: BoolInput;
};
export type Nat44EiAddDelAddressRangeReply = {
  retval: number;
};
export type Nat44EiAddDelIdentityMapping = {
  is_add?: BoolInput;
  flags: Nat44EiConfigFlagsInput;
  ip_address: BytesInput;
  protocol: number;
  port: number;
  sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44EiAddDelIdentityMappingReply = {
  retval: number;
};
export type Nat44EiAddDelInterfaceAddr = {
  is_add?: BoolInput;
  sw_if_index: number;
  flags: Nat44EiConfigFlagsInput;
};
export type Nat44EiAddDelInterfaceAddrReply = {
  retval: number;
};
export type Nat44EiAddDelOutputInterface = {
  is_add?: BoolInput;
  sw_if_index: number;
};
export type Nat44EiAddDelOutputInterfaceReply = {
  retval: number;
};
export type Nat44EiAddDelStaticMapping = {
  is_add?: BoolInput;
  flags: Nat44EiConfigFlagsInput;
  local_ip_address: BytesInput;
  external_ip_address: BytesInput;
  protocol: number;
  local_port: number;
  external_port: number;
  external_sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44EiAddDelStaticMappingReply = {
  retval: number;
};
export type Nat44EiAddressDetails = {
  ip_address: string;
  vrf_id: number;
};
export type Nat44EiAddressDump = Record<string, never>;
export type Nat44EiDelSession = {
  address: BytesInput;
  protocol: number;
  port: number;
  vrf_id: number;
  flags: Nat44EiConfigFlagsInput;
  ext_host_address: BytesInput;
  ext_host_port: number;
};
export type Nat44EiDelSessionReply = {
  retval: number;
};
export type Nat44EiDelUser = {
  ip_address: BytesInput;
  fib_index: number;
};
export type Nat44EiDelUserReply = {
  retval: number;
};
export type Nat44EiForwardingEnableDisable = {
  enable?: BoolInput;
};
export type Nat44EiForwardingEnableDisableReply = {
  retval: number;
};
export type Nat44EiGetAddrAndPortAllocAlg = Record<string, never>;
export type Nat44EiGetAddrAndPortAllocAlgReply = {
  retval: number;
  alg: number;
  psid_offset: number;
  psid_length: number;
  psid: number;
  start_port: number;
  end_port: number;
};
export type Nat44EiGetMssClamping = Record<string, never>;
export type Nat44EiGetMssClampingReply = {
  retval: number;
  mss_value: number;
  enable: boolean;
};
export type Nat44EiHaFlush = Record<string, never>;
export type Nat44EiHaFlushReply = {
  retval: number;
};
export type Nat44EiHaGetFailover = Record<string, never>;
export type Nat44EiHaGetFailoverReply = {
  retval: number;
  ip_address: string;
  port: number;
  session_refresh_interval: number;
};
export type Nat44EiHaGetListener = Record<string, never>;
export type Nat44EiHaGetListenerReply = {
  retval: number;
  ip_address: string;
  port: number;
  path_mtu: number;
};
export type Nat44EiHaResync = {
  want_resync_event: number;
  pid: number;
};
export type Nat44EiHaResyncCompletedEvent = {
  pid: number;
  missed_count: number;
};
export type Nat44EiHaResyncReply = {
  retval: number;
};
export type Nat44EiHaSetFailover = {
  ip_address: BytesInput;
  port: number;
  session_refresh_interval: number;
};
export type Nat44EiHaSetFailoverReply = {
  retval: number;
};
export type Nat44EiHaSetListener = {
  ip_address: BytesInput;
  port: number;
  path_mtu: number;
};
export type Nat44EiHaSetListenerReply = {
  retval: number;
};
export type Nat44EiIdentityMappingDetails = {
  flags: Nat44EiConfigFlags;
  ip_address: string;
  protocol: number;
  port: number;
  sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44EiIdentityMappingDump = Record<string, never>;
export type Nat44EiInterfaceAddDelFeature = {
  is_add?: BoolInput;
  flags: Nat44EiConfigFlagsInput;
  sw_if_index: number;
};
export type Nat44EiInterfaceAddDelFeatureReply = {
  retval: number;
};
export type Nat44EiInterfaceAddDelOutputFeature = {
  is_add?: BoolInput;
  flags: Nat44EiConfigFlagsInput;
  sw_if_index: number;
};
export type Nat44EiInterfaceAddDelOutputFeatureReply = {
  retval: number;
};
export type Nat44EiInterfaceAddrDetails = {
  sw_if_index: number;
};
export type Nat44EiInterfaceAddrDump = Record<string, never>;
export type Nat44EiInterfaceDetails = {
  flags: Nat44EiConfigFlags;
  sw_if_index: number;
};
export type Nat44EiInterfaceDump = Record<string, never>;
export type Nat44EiInterfaceOutputFeatureDetails = {
  flags: Nat44EiConfigFlags;
  sw_if_index: number;
};
export type Nat44EiInterfaceOutputFeatureDump = Record<string, never>;
export type Nat44EiIpfixEnableDisable = {
  domain_id: number;
  src_port: number;
  enable?: BoolInput;
};
export type Nat44EiIpfixEnableDisableReply = {
  retval: number;
};
export type Nat44EiOutputInterfaceDetails = {
  sw_if_index: number;
};
export type Nat44EiOutputInterfaceGet = {
  cursor?: number;
};
export type Nat44EiOutputInterfaceGetReply = {
  retval: number;
  cursor: number;
};
export type Nat44EiPluginEnableDisable = {
  inside_vrf: number;
  outside_vrf: number;
  users: number;
  user_memory: number;
  sessions: number;
  session_memory: number;
  user_sessions: number;
  enable?: BoolInput;
  flags: Nat44EiConfigFlagsInput;
};
export type Nat44EiPluginEnableDisableReply = {
  retval: number;
};
export type Nat44EiSetAddrAndPortAllocAlg = {
  alg: number;
  psid_offset: number;
  psid_length: number;
  psid: number;
  start_port: number;
  end_port: number;
};
export type Nat44EiSetAddrAndPortAllocAlgReply = {
  retval: number;
};
export type Nat44EiSetFqOptions = {
  frame_queue_nelts: number;
};
export type Nat44EiSetFqOptionsReply = {
  retval: number;
};
export type Nat44EiSetLogLevel = {
  log_level: NatLogLevelInput;
};
export type Nat44EiSetLogLevelReply = {
  retval: number;
};
export type Nat44EiSetMssClamping = {
  mss_value: number;
  enable?: BoolInput;
};
export type Nat44EiSetMssClampingReply = {
  retval: number;
};
export type Nat44EiSetTimeouts = {
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};
export type Nat44EiSetTimeoutsReply = {
  retval: number;
};
export type Nat44EiSetWorkers = {
  worker_mask: LongInput;
};
export type Nat44EiSetWorkersReply = {
  retval: number;
};
export type Nat44EiShowFqOptions = Record<string, never>;
export type Nat44EiShowFqOptionsReply = {
  retval: number;
  frame_queue_nelts: number;
};
export type Nat44EiShowRunningConfig = Record<string, never>;
export type Nat44EiShowRunningConfigReply = {
  retval: number;
  inside_vrf: number;
  outside_vrf: number;
  users: number;
  sessions: number;
  user_sessions: number;
  user_buckets: number;
  translation_buckets: number;
  forwarding_enabled: boolean;
  ipfix_logging_enabled: boolean;
  timeouts: NatTimeouts;
  log_level: NatLogLevel;
  flags: Nat44EiConfigFlags;
};
export type Nat44EiStaticMappingDetails = {
  flags: Nat44EiConfigFlags;
  local_ip_address: string;
  external_ip_address: string;
  protocol: number;
  local_port: number;
  external_port: number;
  external_sw_if_index: number;
  vrf_id: number;
  tag: string;
};
export type Nat44EiStaticMappingDump = Record<string, never>;
export type Nat44EiUserDetails = {
  vrf_id: number;
  ip_address: string;
  nsessions: number;
  nstaticsessions: number;
};
export type Nat44EiUserDump = Record<string, never>;
export type Nat44EiUserSessionDetails = {
  outside_ip_address: string;
  outside_port: number;
  inside_ip_address: string;
  inside_port: number;
  protocol: number;
  flags: Nat44EiConfigFlags;
  last_heard: bigint;
  total_bytes: bigint;
  total_pkts: number;
  ext_host_address: string;
  ext_host_port: number;
};
export type Nat44EiUserSessionDump = {
  ip_address: BytesInput;
  vrf_id: number;
};
export type Nat44EiUserSessionV2Details = {
  outside_ip_address: string;
  outside_port: number;
  inside_ip_address: string;
  inside_port: number;
  protocol: number;
  flags: Nat44EiConfigFlags;
  last_heard: bigint;
  time_since_last_heard: bigint;
  total_bytes: bigint;
  total_pkts: number;
  ext_host_address: string;
  ext_host_port: number;
};
export type Nat44EiUserSessionV2Dump = {
  ip_address: BytesInput;
  vrf_id: number;
};
export type Nat44EiWorkerDetails = {
  worker_index: number;
  lcore_id: number;
  name: string;
};
export type Nat44EiWorkerDump = Record<string, never>;
export interface Nat44EiMessages {
  /** In progress: its definition may still change. */
  nat44_ei_add_del_address_range: RequestMessage<Nat44EiAddDelAddressRange, Nat44EiAddDelAddressRangeReply>;
  /** @deprecated */
  nat44_ei_add_del_identity_mapping: RequestMessage<Nat44EiAddDelIdentityMapping, Nat44EiAddDelIdentityMappingReply>;
  /** @deprecated */
  nat44_ei_add_del_interface_addr: RequestMessage<Nat44EiAddDelInterfaceAddr, Nat44EiAddDelInterfaceAddrReply>;
  nat44_ei_add_del_output_interface: RequestMessage<Nat44EiAddDelOutputInterface, Nat44EiAddDelOutputInterfaceReply>;
  /** In progress: its definition may still change. */
  nat44_ei_add_del_static_mapping: RequestMessage<Nat44EiAddDelStaticMapping, Nat44EiAddDelStaticMappingReply>;
  /** In progress: its definition may still change. */
  nat44_ei_address_dump: DumpMessage<Nat44EiAddressDump, Nat44EiAddressDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_del_session: RequestMessage<Nat44EiDelSession, Nat44EiDelSessionReply>;
  /** In progress: its definition may still change. */
  nat44_ei_del_user: RequestMessage<Nat44EiDelUser, Nat44EiDelUserReply>;
  /** In progress: its definition may still change. */
  nat44_ei_forwarding_enable_disable: RequestMessage<Nat44EiForwardingEnableDisable, Nat44EiForwardingEnableDisableReply>;
  /** @deprecated */
  nat44_ei_get_addr_and_port_alloc_alg: RequestMessage<Nat44EiGetAddrAndPortAllocAlg, Nat44EiGetAddrAndPortAllocAlgReply>;
  /** @deprecated */
  nat44_ei_get_mss_clamping: RequestMessage<Nat44EiGetMssClamping, Nat44EiGetMssClampingReply>;
  /** In progress: its definition may still change. */
  nat44_ei_ha_flush: RequestMessage<Nat44EiHaFlush, Nat44EiHaFlushReply>;
  /** @deprecated */
  nat44_ei_ha_get_failover: RequestMessage<Nat44EiHaGetFailover, Nat44EiHaGetFailoverReply>;
  /** @deprecated */
  nat44_ei_ha_get_listener: RequestMessage<Nat44EiHaGetListener, Nat44EiHaGetListenerReply>;
  /** In progress: its definition may still change. */
  nat44_ei_ha_resync: RequestMessage<Nat44EiHaResync, Nat44EiHaResyncReply>;
  /** In progress: its definition may still change. */
  nat44_ei_ha_resync_completed_event: EventMessage<Nat44EiHaResyncCompletedEvent, Nat44EiHaResync>;
  /** In progress: its definition may still change. */
  nat44_ei_ha_set_failover: RequestMessage<Nat44EiHaSetFailover, Nat44EiHaSetFailoverReply>;
  /** In progress: its definition may still change. */
  nat44_ei_ha_set_listener: RequestMessage<Nat44EiHaSetListener, Nat44EiHaSetListenerReply>;
  /** @deprecated */
  nat44_ei_identity_mapping_dump: DumpMessage<Nat44EiIdentityMappingDump, Nat44EiIdentityMappingDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_interface_add_del_feature: RequestMessage<Nat44EiInterfaceAddDelFeature, Nat44EiInterfaceAddDelFeatureReply>;
  /** @deprecated */
  nat44_ei_interface_add_del_output_feature: RequestMessage<Nat44EiInterfaceAddDelOutputFeature, Nat44EiInterfaceAddDelOutputFeatureReply>;
  /** @deprecated */
  nat44_ei_interface_addr_dump: DumpMessage<Nat44EiInterfaceAddrDump, Nat44EiInterfaceAddrDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_interface_dump: DumpMessage<Nat44EiInterfaceDump, Nat44EiInterfaceDetails>;
  /** @deprecated */
  nat44_ei_interface_output_feature_dump: DumpMessage<Nat44EiInterfaceOutputFeatureDump, Nat44EiInterfaceOutputFeatureDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_ipfix_enable_disable: RequestMessage<Nat44EiIpfixEnableDisable, Nat44EiIpfixEnableDisableReply>;
  nat44_ei_output_interface_get: DumpMessage<Nat44EiOutputInterfaceGet, Nat44EiOutputInterfaceDetails, Nat44EiOutputInterfaceGetReply>;
  /** In progress: its definition may still change. */
  nat44_ei_plugin_enable_disable: RequestMessage<Nat44EiPluginEnableDisable, Nat44EiPluginEnableDisableReply>;
  /** In progress: its definition may still change. */
  nat44_ei_set_addr_and_port_alloc_alg: RequestMessage<Nat44EiSetAddrAndPortAllocAlg, Nat44EiSetAddrAndPortAllocAlgReply>;
  /** In progress: its definition may still change. */
  nat44_ei_set_fq_options: RequestMessage<Nat44EiSetFqOptions, Nat44EiSetFqOptionsReply>;
  /** @deprecated */
  nat44_ei_set_log_level: RequestMessage<Nat44EiSetLogLevel, Nat44EiSetLogLevelReply>;
  /** In progress: its definition may still change. */
  nat44_ei_set_mss_clamping: RequestMessage<Nat44EiSetMssClamping, Nat44EiSetMssClampingReply>;
  /** In progress: its definition may still change. */
  nat44_ei_set_timeouts: RequestMessage<Nat44EiSetTimeouts, Nat44EiSetTimeoutsReply>;
  /** In progress: its definition may still change. */
  nat44_ei_set_workers: RequestMessage<Nat44EiSetWorkers, Nat44EiSetWorkersReply>;
  /** In progress: its definition may still change. */
  nat44_ei_show_fq_options: RequestMessage<Nat44EiShowFqOptions, Nat44EiShowFqOptionsReply>;
  /** In progress: its definition may still change. */
  nat44_ei_show_running_config: RequestMessage<Nat44EiShowRunningConfig, Nat44EiShowRunningConfigReply>;
  /** In progress: its definition may still change. */
  nat44_ei_static_mapping_dump: DumpMessage<Nat44EiStaticMappingDump, Nat44EiStaticMappingDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_user_dump: DumpMessage<Nat44EiUserDump, Nat44EiUserDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_user_session_dump: DumpMessage<Nat44EiUserSessionDump, Nat44EiUserSessionDetails>;
  /** In progress: its definition may still change. */
  nat44_ei_user_session_v2_dump: DumpMessage<Nat44EiUserSessionV2Dump, Nat44EiUserSessionV2Details>;
  /** In progress: its definition may still change. */
  nat44_ei_worker_dump: DumpMessage<Nat44EiWorkerDump, Nat44EiWorkerDetails>;
}

export type Nat64AddDelInterface = {
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
  sw_if_index: number;
};
export type Nat64AddDelInterfaceAddr = {
  is_add?: BoolInput;
  sw_if_index: number;
};
export type Nat64AddDelInterfaceAddrReply = {
  retval: number;
};
export type Nat64AddDelInterfaceReply = {
  retval: number;
};
export type Nat64AddDelPoolAddrRange = {
  start_addr: BytesInput;
  end_addr: BytesInput;
  vrf_id: number;
  is_add?: BoolInput;
};
export type Nat64AddDelPoolAddrRangeReply = {
  retval: number;
};
export type Nat64AddDelPrefix = {
  prefix: string | Uint8Array | Ip6PrefixInput;
  vrf_id: number;
  is_add?: BoolInput;
};
export type Nat64AddDelPrefixReply = {
  retval: number;
};
export type Nat64AddDelStaticBib = {
  i_addr: BytesInput;
  o_addr: BytesInput;
  i_port: number;
  o_port: number;
  vrf_id: number;
  proto: number;
  is_add?: BoolInput;
};
export type Nat64AddDelStaticBibReply = {
  retval: number;
};
export type Nat64BibDetails = {
  i_addr: string;
  o_addr: string;
  i_port: number;
  o_port: number;
  vrf_id: number;
  proto: number;
  flags: NatConfigFlags;
  ses_num: number;
};
export type Nat64BibDump = {
  proto: number;
};
export type Nat64GetTimeouts = Record<string, never>;
export type Nat64GetTimeoutsReply = {
  retval: number;
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};
export type Nat64InterfaceDetails = {
  flags: NatConfigFlags;
  sw_if_index: number;
};
export type Nat64InterfaceDump = Record<string, never>;
export type Nat64PluginEnableDisable = {
  bib_buckets: number;
  bib_memory_size: number;
  st_buckets: number;
  st_memory_size: number;
  enable?: BoolInput;
};
export type Nat64PluginEnableDisableReply = {
  retval: number;
};
export type Nat64PoolAddrDetails = {
  address: string;
  vrf_id: number;
};
export type Nat64PoolAddrDump = Record<string, never>;
export type Nat64PrefixDetails = {
  prefix: string;
  vrf_id: number;
};
export type Nat64PrefixDump = Record<string, never>;
export type Nat64SetTimeouts = {
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};
export type Nat64SetTimeoutsReply = {
  retval: number;
};
export type Nat64StDetails = {
  il_addr: string;
  ol_addr: string;
  il_port: number;
  ol_port: number;
  ir_addr: string;
  or_addr: string;
  r_port: number;
  vrf_id: number;
  proto: number;
};
export type Nat64StDump = {
  proto: number;
};
export interface Nat64Messages {
  nat64_add_del_interface: RequestMessage<Nat64AddDelInterface, Nat64AddDelInterfaceReply>;
  nat64_add_del_interface_addr: RequestMessage<Nat64AddDelInterfaceAddr, Nat64AddDelInterfaceAddrReply>;
  nat64_add_del_pool_addr_range: RequestMessage<Nat64AddDelPoolAddrRange, Nat64AddDelPoolAddrRangeReply>;
  nat64_add_del_prefix: RequestMessage<Nat64AddDelPrefix, Nat64AddDelPrefixReply>;
  nat64_add_del_static_bib: RequestMessage<Nat64AddDelStaticBib, Nat64AddDelStaticBibReply>;
  nat64_bib_dump: DumpMessage<Nat64BibDump, Nat64BibDetails>;
  nat64_get_timeouts: RequestMessage<Nat64GetTimeouts, Nat64GetTimeoutsReply>;
  nat64_interface_dump: DumpMessage<Nat64InterfaceDump, Nat64InterfaceDetails>;
  /** In progress: its definition may still change. */
  nat64_plugin_enable_disable: RequestMessage<Nat64PluginEnableDisable, Nat64PluginEnableDisableReply>;
  nat64_pool_addr_dump: DumpMessage<Nat64PoolAddrDump, Nat64PoolAddrDetails>;
  nat64_prefix_dump: DumpMessage<Nat64PrefixDump, Nat64PrefixDetails>;
  nat64_set_timeouts: RequestMessage<Nat64SetTimeouts, Nat64SetTimeoutsReply>;
  nat64_st_dump: DumpMessage<Nat64StDump, Nat64StDetails>;
}

export type Nat66AddDelInterface = {
  is_add?: BoolInput;
  flags: NatConfigFlagsInput;
  sw_if_index: number;
};
export type Nat66AddDelInterfaceReply = {
  retval: number;
};
export type Nat66AddDelStaticMapping = {
  is_add?: BoolInput;
  local_ip_address: BytesInput;
  external_ip_address: BytesInput;
  vrf_id: number;
};
export type Nat66AddDelStaticMappingReply = {
  retval: number;
};
export type Nat66InterfaceDetails = {
  flags: NatConfigFlags;
  sw_if_index: number;
};
export type Nat66InterfaceDump = Record<string, never>;
export type Nat66PluginEnableDisable = {
  outside_vrf: number;
  enable?: BoolInput;
};
export type Nat66PluginEnableDisableReply = {
  retval: number;
};
export type Nat66StaticMappingDetails = {
  local_ip_address: string;
  external_ip_address: string;
  vrf_id: number;
  total_bytes: bigint;
  total_pkts: bigint;
};
export type Nat66StaticMappingDump = Record<string, never>;
export interface Nat66Messages {
  nat66_add_del_interface: RequestMessage<Nat66AddDelInterface, Nat66AddDelInterfaceReply>;
  nat66_add_del_static_mapping: RequestMessage<Nat66AddDelStaticMapping, Nat66AddDelStaticMappingReply>;
  nat66_interface_dump: DumpMessage<Nat66InterfaceDump, Nat66InterfaceDetails>;
  nat66_plugin_enable_disable: RequestMessage<Nat66PluginEnableDisable, Nat66PluginEnableDisableReply>;
  nat66_static_mapping_dump: DumpMessage<Nat66StaticMappingDump, Nat66StaticMappingDetails>;
}

export interface NatConfigFlagsValues {
  readonly NAT_IS_NONE: 0;
  readonly NAT_IS_TWICE_NAT: 1;
  readonly NAT_IS_SELF_TWICE_NAT: 2;
  readonly NAT_IS_OUT2IN_ONLY: 4;
  readonly NAT_IS_ADDR_ONLY: 8;
  readonly NAT_IS_OUTSIDE: 16;
  readonly NAT_IS_INSIDE: 32;
  readonly NAT_IS_STATIC: 64;
  readonly NAT_IS_EXT_HOST_VALID: 128;
}
export type NatConfigFlags = number;
export type NatConfigFlagsInput = FlagsInput<NatConfigFlagsValues, 'NAT_IS_'>;
export interface NatLogLevelValues {
  readonly NAT_LOG_NONE: 0;
  readonly NAT_LOG_ERROR: 1;
  readonly NAT_LOG_WARNING: 2;
  readonly NAT_LOG_NOTICE: 3;
  readonly NAT_LOG_INFO: 4;
  readonly NAT_LOG_DEBUG: 5;
}
export type NatLogLevel = EnumValue<NatLogLevelValues>;
export type NatLogLevelInput = EnumInput<NatLogLevelValues, 'NAT_LOG_'>;
export type NatTimeouts = {
  udp: number;
  tcp_established: number;
  tcp_transitory: number;
  icmp: number;
};

export type Npt66BindingAddDel = {
  is_add?: BoolInput;
  sw_if_index: number;
  internal: string | Uint8Array | Ip6PrefixInput;
  external: string | Uint8Array | Ip6PrefixInput;
};
export type Npt66BindingAddDelReply = {
  retval: number;
};
export interface Npt66Messages {
  npt66_binding_add_del: RequestMessage<Npt66BindingAddDel, Npt66BindingAddDelReply>;
}

export type NshAddDelEntry = {
  is_add?: BoolInput;
  nsp_nsi: number;
  md_type: number;
  ver_o_c: number;
  ttl: number;
  length: number;
  next_protocol: number;
  c1: number;
  c2: number;
  c3: number;
  c4: number;
  tlv_length: number;
  tlv: BytesInput;
};
export type NshAddDelEntryReply = {
  retval: number;
  entry_index: number;
};
export type NshAddDelMap = {
  is_add?: BoolInput;
  nsp_nsi: number;
  mapped_nsp_nsi: number;
  nsh_action: number;
  sw_if_index: number;
  rx_sw_if_index: number;
  next_node: number;
};
export type NshAddDelMapReply = {
  retval: number;
  map_index: number;
};
export type NshEntryDetails = {
  entry_index: number;
  nsp_nsi: number;
  md_type: number;
  ver_o_c: number;
  ttl: number;
  length: number;
  next_protocol: number;
  c1: number;
  c2: number;
  c3: number;
  c4: number;
  tlv_length: number;
  tlv: Uint8Array;
};
export type NshEntryDump = {
  entry_index: number;
};
export type NshMapDetails = {
  map_index: number;
  nsp_nsi: number;
  mapped_nsp_nsi: number;
  nsh_action: number;
  sw_if_index: number;
  rx_sw_if_index: number;
  next_node: number;
};
export type NshMapDump = {
  map_index: number;
};
export interface NshMessages {
  nsh_add_del_entry: RequestMessage<NshAddDelEntry, NshAddDelEntryReply>;
  nsh_add_del_map: RequestMessage<NshAddDelMap, NshAddDelMapReply>;
  nsh_entry_dump: DumpMessage<NshEntryDump, NshEntryDetails>;
  nsh_map_dump: DumpMessage<NshMapDump, NshMapDetails>;
}

export type NsimConfigure = {
  delay_in_usec: number;
  average_packet_size: number;
  bandwidth_in_bits_per_second: LongInput;
  packets_per_drop: number;
};
export type NsimConfigure2 = {
  delay_in_usec: number;
  average_packet_size: number;
  bandwidth_in_bits_per_second: LongInput;
  packets_per_drop: number;
  packets_per_reorder: number;
};
export type NsimConfigure2Reply = {
  retval: number;
};
export type NsimConfigureReply = {
  retval: number;
};
export type NsimCrossConnectEnableDisable = {
  enable_disable?: BoolInput;
  sw_if_index0: number;
  sw_if_index1: number;
};
export type NsimCrossConnectEnableDisableReply = {
  retval: number;
};
export type NsimOutputFeatureEnableDisable = {
  enable_disable?: BoolInput;
  sw_if_index: number;
};
export type NsimOutputFeatureEnableDisableReply = {
  retval: number;
};
export interface NsimMessages {
  /** @deprecated */
  nsim_configure: RequestMessage<NsimConfigure, NsimConfigureReply>;
  nsim_configure2: RequestMessage<NsimConfigure2, NsimConfigure2Reply>;
  nsim_cross_connect_enable_disable: RequestMessage<NsimCrossConnectEnableDisable, NsimCrossConnectEnableDisableReply>;
  nsim_output_feature_enable_disable: RequestMessage<NsimOutputFeatureEnableDisable, NsimOutputFeatureEnableDisableReply>;
}

export type OddbufEnableDisable = {
  enable_disable?: BoolInput;
  sw_if_index: number;
};
export type OddbufEnableDisableReply = {
  retval: number;
};
export interface OddbufMessages {
  oddbuf_enable_disable: RequestMessage<OddbufEnableDisable, OddbufEnableDisableReply>;
}

export type OneAdjacency = {
  reid: Eid;
  leid: Eid;
};
export interface OneFilterValues {
  readonly ONE_FILTER_API_ALL: 0;
  readonly ONE_FILTER_API_LOCAL: 1;
  readonly ONE_FILTER_API_REMOTE: 2;
}
export type OneFilter = EnumValue<OneFilterValues>;
export type OneFilterInput = EnumInput<OneFilterValues, 'ONE_FILTER_API_'>;
export type OneL2ArpEntry = {
  mac: string;
  ip4: string;
};
export type OneL2ArpEntryInput = {
  mac?: BytesInput;
  ip4?: BytesInput;
};
export interface OneMapModeValues {
  readonly ONE_MAP_MODE_API_DST_ONLY: 0;
  readonly ONE_MAP_MODE_API_SRC_DST: 1;
}
export type OneMapMode = EnumValue<OneMapModeValues>;
export type OneMapModeInput = EnumInput<OneMapModeValues, 'ONE_MAP_MODE_API_'>;
export type OneNdpEntry = {
  mac: string;
  ip6: string;
};
export type OneNdpEntryInput = {
  mac?: BytesInput;
  ip6?: BytesInput;
};
export type OneAddDelAdjacency = {
  is_add: number;
  vni: number;
  reid: EidInput;
  leid: EidInput;
};
export type OneAddDelAdjacencyReply = {
  retval: number;
};
export type OneAddDelL2ArpEntry = {
  /** @default true */
  is_add?: BoolInput;
  bd: number;
  entry: OneL2ArpEntryInput;
};
export type OneAddDelL2ArpEntryReply = {
  retval: number;
};
export type OneAddDelLocalEid = {
  /** @default true */
  is_add?: BoolInput;
  eid: EidInput;
  locator_set_name: string;
  vni: number;
  key: HmacKeyInput;
};
export type OneAddDelLocalEidReply = {
  retval: number;
};
export type OneAddDelLocator = {
  /** @default true */
  is_add?: BoolInput;
  locator_set_name: string;
  sw_if_index: number;
  priority: number;
  weight: number;
};
export type OneAddDelLocatorReply = {
  retval: number;
};
export type OneAddDelLocatorSet = {
  /** @default true */
  is_add?: BoolInput;
  locator_set_name: string;
  locator_num?: number;
  locators: readonly LocalLocatorInput[];
};
export type OneAddDelLocatorSetReply = {
  retval: number;
  ls_index: number;
};
export type OneAddDelMapRequestItrRlocs = {
  /** @default true */
  is_add?: BoolInput;
  locator_set_name: string;
};
export type OneAddDelMapRequestItrRlocsReply = {
  retval: number;
};
export type OneAddDelMapResolver = {
  /** @default true */
  is_add?: BoolInput;
  ip_address: string | Uint8Array | AddressInput;
};
export type OneAddDelMapResolverReply = {
  retval: number;
};
export type OneAddDelMapServer = {
  /** @default true */
  is_add?: BoolInput;
  ip_address: string | Uint8Array | AddressInput;
};
export type OneAddDelMapServerReply = {
  retval: number;
};
export type OneAddDelNdpEntry = {
  /** @default true */
  is_add?: BoolInput;
  bd: number;
  entry: OneNdpEntryInput;
};
export type OneAddDelNdpEntryReply = {
  retval: number;
};
export type OneAddDelRemoteMapping = {
  /** @default true */
  is_add?: BoolInput;
  is_src_dst?: BoolInput;
  del_all?: BoolInput;
  vni: number;
  action: number;
  deid: EidInput;
  seid: EidInput;
  rloc_num?: number;
  rlocs: readonly RemoteLocatorInput[];
};
export type OneAddDelRemoteMappingReply = {
  retval: number;
};
export type OneAdjacenciesGet = {
  vni: number;
};
export type OneAdjacenciesGetReply = {
  retval: number;
  count: number;
  adjacencies: OneAdjacency[];
};
export type OneEidTableAddDelMap = {
  /** @default true */
  is_add?: BoolInput;
  vni: number;
  dp_table: number;
  is_l2?: BoolInput;
};
export type OneEidTableAddDelMapReply = {
  retval: number;
};
export type OneEidTableDetails = {
  locator_set_index: number;
  action: number;
  is_local: boolean;
  is_src_dst: boolean;
  vni: number;
  deid: Eid;
  seid: Eid;
  ttl: number;
  authoritative: number;
  key: HmacKey;
};
export type OneEidTableDump = {
  eid_set?: BoolInput;
  vni: number;
  eid: EidInput;
  filter: OneFilterInput;
};
export type OneEidTableMapDetails = {
  vni: number;
  dp_table: number;
};
export type OneEidTableMapDump = {
  is_l2?: BoolInput;
};
export type OneEidTableVniDetails = {
  vni: number;
};
export type OneEidTableVniDump = Record<string, never>;
export type OneEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneEnableDisablePetrMode = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneEnableDisablePetrModeReply = {
  retval: number;
};
export type OneEnableDisablePitrMode = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneEnableDisablePitrModeReply = {
  retval: number;
};
export type OneEnableDisableReply = {
  retval: number;
};
export type OneEnableDisableXtrMode = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneEnableDisableXtrModeReply = {
  retval: number;
};
export type OneGetMapRequestItrRlocs = Record<string, never>;
export type OneGetMapRequestItrRlocsReply = {
  retval: number;
  locator_set_name: string;
};
export type OneGetTransportProtocol = Record<string, never>;
export type OneGetTransportProtocolReply = {
  retval: number;
  protocol: number;
};
export type OneL2ArpBdGet = Record<string, never>;
export type OneL2ArpBdGetReply = {
  retval: number;
  count: number;
  bridge_domains: number[];
};
export type OneL2ArpEntriesGet = {
  bd: number;
};
export type OneL2ArpEntriesGetReply = {
  retval: number;
  count: number;
  entries: OneL2ArpEntry[];
};
export type OneLocatorDetails = {
  local: number;
  sw_if_index: number;
  ip_address: string;
  priority: number;
  weight: number;
};
export type OneLocatorDump = {
  ls_index: number;
  ls_name: string;
  is_index_set?: BoolInput;
};
export type OneLocatorSetDetails = {
  ls_index: number;
  ls_name: string;
};
export type OneLocatorSetDump = {
  filter: OneFilterInput;
};
export type OneMapRegisterEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneMapRegisterEnableDisableReply = {
  retval: number;
};
export type OneMapRegisterFallbackThreshold = {
  value: number;
};
export type OneMapRegisterFallbackThresholdReply = {
  retval: number;
};
export type OneMapRegisterSetTtl = {
  ttl: number;
};
export type OneMapRegisterSetTtlReply = {
  retval: number;
};
export type OneMapRequestMode = {
  mode: OneMapModeInput;
};
export type OneMapRequestModeReply = {
  retval: number;
};
export type OneMapResolverDetails = {
  ip_address: string;
};
export type OneMapResolverDump = Record<string, never>;
export type OneMapServerDetails = {
  ip_address: string;
};
export type OneMapServerDump = Record<string, never>;
export type OneNdpBdGet = Record<string, never>;
export type OneNdpBdGetReply = {
  retval: number;
  count: number;
  bridge_domains: number[];
};
export type OneNdpEntriesGet = {
  bd: number;
};
export type OneNdpEntriesGetReply = {
  retval: number;
  count: number;
  entries: OneNdpEntry[];
};
export type OneNshSetLocatorSet = {
  /** @default true */
  is_add?: BoolInput;
  ls_name: string;
};
export type OneNshSetLocatorSetReply = {
  retval: number;
};
export type OnePitrSetLocatorSet = {
  /** @default true */
  is_add?: BoolInput;
  ls_name: string;
};
export type OnePitrSetLocatorSetReply = {
  retval: number;
};
export type OneRlocProbeEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneRlocProbeEnableDisableReply = {
  retval: number;
};
export type OneSetTransportProtocol = {
  protocol: number;
};
export type OneSetTransportProtocolReply = {
  retval: number;
};
export type OneShowPetrMode = Record<string, never>;
export type OneShowPetrModeReply = {
  retval: number;
  is_enable: boolean;
};
export type OneShowPitrMode = Record<string, never>;
export type OneShowPitrModeReply = {
  retval: number;
  is_enable: boolean;
};
export type OneShowXtrMode = Record<string, never>;
export type OneShowXtrModeReply = {
  retval: number;
  is_enable: boolean;
};
export type OneStatsDetails = {
  vni: number;
  deid: Eid;
  seid: Eid;
  rloc: string;
  lloc: string;
  pkt_count: number;
  bytes: number;
};
export type OneStatsDump = Record<string, never>;
export type OneStatsEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type OneStatsEnableDisableReply = {
  retval: number;
};
export type OneStatsFlush = Record<string, never>;
export type OneStatsFlushReply = {
  retval: number;
};
export type OneUsePetr = {
  ip_address: string | Uint8Array | AddressInput;
  /** @default true */
  is_add?: BoolInput;
};
export type OneUsePetrReply = {
  retval: number;
};
export type ShowOneMapRegisterFallbackThreshold = Record<string, never>;
export type ShowOneMapRegisterFallbackThresholdReply = {
  retval: number;
  value: number;
};
export type ShowOneMapRegisterState = Record<string, never>;
export type ShowOneMapRegisterStateReply = {
  retval: number;
  is_enable: boolean;
};
export type ShowOneMapRegisterTtl = Record<string, never>;
export type ShowOneMapRegisterTtlReply = {
  retval: number;
  ttl: number;
};
export type ShowOneMapRequestMode = Record<string, never>;
export type ShowOneMapRequestModeReply = {
  retval: number;
  mode: OneMapMode;
};
export type ShowOneNshMapping = Record<string, never>;
export type ShowOneNshMappingReply = {
  retval: number;
  is_set: boolean;
  locator_set_name: string;
};
export type ShowOnePitr = Record<string, never>;
export type ShowOnePitrReply = {
  retval: number;
  status: boolean;
  locator_set_name: string;
};
export type ShowOneRlocProbeState = Record<string, never>;
export type ShowOneRlocProbeStateReply = {
  retval: number;
  is_enable: boolean;
};
export type ShowOneStatsEnableDisable = Record<string, never>;
export type ShowOneStatsEnableDisableReply = {
  retval: number;
  is_enable: boolean;
};
export type ShowOneStatus = Record<string, never>;
export type ShowOneStatusReply = {
  retval: number;
  feature_status: boolean;
  gpe_status: boolean;
};
export type ShowOneUsePetr = Record<string, never>;
export type ShowOneUsePetrReply = {
  retval: number;
  status: boolean;
  ip_address: string;
};
export interface OneMessages {
  one_add_del_adjacency: RequestMessage<OneAddDelAdjacency, OneAddDelAdjacencyReply>;
  one_add_del_l2_arp_entry: RequestMessage<OneAddDelL2ArpEntry, OneAddDelL2ArpEntryReply>;
  one_add_del_local_eid: RequestMessage<OneAddDelLocalEid, OneAddDelLocalEidReply>;
  one_add_del_locator: RequestMessage<OneAddDelLocator, OneAddDelLocatorReply>;
  one_add_del_locator_set: RequestMessage<OneAddDelLocatorSet, OneAddDelLocatorSetReply>;
  one_add_del_map_request_itr_rlocs: RequestMessage<OneAddDelMapRequestItrRlocs, OneAddDelMapRequestItrRlocsReply>;
  one_add_del_map_resolver: RequestMessage<OneAddDelMapResolver, OneAddDelMapResolverReply>;
  one_add_del_map_server: RequestMessage<OneAddDelMapServer, OneAddDelMapServerReply>;
  one_add_del_ndp_entry: RequestMessage<OneAddDelNdpEntry, OneAddDelNdpEntryReply>;
  one_add_del_remote_mapping: RequestMessage<OneAddDelRemoteMapping, OneAddDelRemoteMappingReply>;
  one_adjacencies_get: RequestMessage<OneAdjacenciesGet, OneAdjacenciesGetReply>;
  one_eid_table_add_del_map: RequestMessage<OneEidTableAddDelMap, OneEidTableAddDelMapReply>;
  one_eid_table_dump: DumpMessage<OneEidTableDump, OneEidTableDetails>;
  one_eid_table_map_dump: DumpMessage<OneEidTableMapDump, OneEidTableMapDetails>;
  one_eid_table_vni_dump: DumpMessage<OneEidTableVniDump, OneEidTableVniDetails>;
  one_enable_disable: RequestMessage<OneEnableDisable, OneEnableDisableReply>;
  one_enable_disable_petr_mode: RequestMessage<OneEnableDisablePetrMode, OneEnableDisablePetrModeReply>;
  one_enable_disable_pitr_mode: RequestMessage<OneEnableDisablePitrMode, OneEnableDisablePitrModeReply>;
  one_enable_disable_xtr_mode: RequestMessage<OneEnableDisableXtrMode, OneEnableDisableXtrModeReply>;
  one_get_map_request_itr_rlocs: RequestMessage<OneGetMapRequestItrRlocs, OneGetMapRequestItrRlocsReply>;
  one_get_transport_protocol: RequestMessage<OneGetTransportProtocol, OneGetTransportProtocolReply>;
  one_l2_arp_bd_get: RequestMessage<OneL2ArpBdGet, OneL2ArpBdGetReply>;
  one_l2_arp_entries_get: RequestMessage<OneL2ArpEntriesGet, OneL2ArpEntriesGetReply>;
  one_locator_dump: DumpMessage<OneLocatorDump, OneLocatorDetails>;
  one_locator_set_dump: DumpMessage<OneLocatorSetDump, OneLocatorSetDetails>;
  one_map_register_enable_disable: RequestMessage<OneMapRegisterEnableDisable, OneMapRegisterEnableDisableReply>;
  one_map_register_fallback_threshold: RequestMessage<OneMapRegisterFallbackThreshold, OneMapRegisterFallbackThresholdReply>;
  one_map_register_set_ttl: RequestMessage<OneMapRegisterSetTtl, OneMapRegisterSetTtlReply>;
  one_map_request_mode: RequestMessage<OneMapRequestMode, OneMapRequestModeReply>;
  one_map_resolver_dump: DumpMessage<OneMapResolverDump, OneMapResolverDetails>;
  one_map_server_dump: DumpMessage<OneMapServerDump, OneMapServerDetails>;
  one_ndp_bd_get: RequestMessage<OneNdpBdGet, OneNdpBdGetReply>;
  one_ndp_entries_get: RequestMessage<OneNdpEntriesGet, OneNdpEntriesGetReply>;
  one_nsh_set_locator_set: RequestMessage<OneNshSetLocatorSet, OneNshSetLocatorSetReply>;
  one_pitr_set_locator_set: RequestMessage<OnePitrSetLocatorSet, OnePitrSetLocatorSetReply>;
  one_rloc_probe_enable_disable: RequestMessage<OneRlocProbeEnableDisable, OneRlocProbeEnableDisableReply>;
  one_set_transport_protocol: RequestMessage<OneSetTransportProtocol, OneSetTransportProtocolReply>;
  one_show_petr_mode: RequestMessage<OneShowPetrMode, OneShowPetrModeReply>;
  one_show_pitr_mode: RequestMessage<OneShowPitrMode, OneShowPitrModeReply>;
  one_show_xtr_mode: RequestMessage<OneShowXtrMode, OneShowXtrModeReply>;
  one_stats_dump: DumpMessage<OneStatsDump, OneStatsDetails>;
  one_stats_enable_disable: RequestMessage<OneStatsEnableDisable, OneStatsEnableDisableReply>;
  one_stats_flush: RequestMessage<OneStatsFlush, OneStatsFlushReply>;
  one_use_petr: RequestMessage<OneUsePetr, OneUsePetrReply>;
  show_one_map_register_fallback_threshold: RequestMessage<ShowOneMapRegisterFallbackThreshold, ShowOneMapRegisterFallbackThresholdReply>;
  show_one_map_register_state: RequestMessage<ShowOneMapRegisterState, ShowOneMapRegisterStateReply>;
  show_one_map_register_ttl: RequestMessage<ShowOneMapRegisterTtl, ShowOneMapRegisterTtlReply>;
  show_one_map_request_mode: RequestMessage<ShowOneMapRequestMode, ShowOneMapRequestModeReply>;
  show_one_nsh_mapping: RequestMessage<ShowOneNshMapping, ShowOneNshMappingReply>;
  show_one_pitr: RequestMessage<ShowOnePitr, ShowOnePitrReply>;
  show_one_rloc_probe_state: RequestMessage<ShowOneRlocProbeState, ShowOneRlocProbeStateReply>;
  show_one_stats_enable_disable: RequestMessage<ShowOneStatsEnableDisable, ShowOneStatsEnableDisableReply>;
  show_one_status: RequestMessage<ShowOneStatus, ShowOneStatusReply>;
  show_one_use_petr: RequestMessage<ShowOneUsePetr, ShowOneUsePetrReply>;
}

export type P2pEthernetAdd = {
  parent_if_index: number;
  subif_id: number;
  remote_mac: BytesInput;
};
export type P2pEthernetAddReply = {
  retval: number;
  sw_if_index: number;
};
export type P2pEthernetDel = {
  parent_if_index: number;
  remote_mac: BytesInput;
};
export type P2pEthernetDelReply = {
  retval: number;
};
export interface P2pEthernetMessages {
  p2p_ethernet_add: RequestMessage<P2pEthernetAdd, P2pEthernetAddReply>;
  p2p_ethernet_del: RequestMessage<P2pEthernetDel, P2pEthernetDelReply>;
}

export type PciAddress = {
  domain: number;
  bus: number;
  slot: number;
  function: number;
};
export type PciAddressInput = {
  domain?: number;
  bus?: number;
  slot?: number;
  function?: number;
};

export interface PgInterfaceModeValues {
  readonly PG_API_MODE_ETHERNET: 0;
  readonly PG_API_MODE_IP4: 1;
  readonly PG_API_MODE_IP6: 2;
}
export type PgInterfaceMode = EnumValue<PgInterfaceModeValues>;
export type PgInterfaceModeInput = EnumInput<PgInterfaceModeValues, 'PG_API_MODE_'>;
export type PgCapture = {
  interface_id: number;
  /** @default true */
  is_enabled?: BoolInput;
  count: number;
  pcap_file_name: string;
};
export type PgCaptureReply = {
  retval: number;
};
export type PgCreateInterface = {
  interface_id: number;
  gso_enabled?: BoolInput;
  gso_size: number;
};
export type PgCreateInterfaceReply = {
  retval: number;
  sw_if_index: number;
};
export type PgCreateInterfaceV2 = {
  interface_id: number;
  gso_enabled?: BoolInput;
  gso_size: number;
  mode: PgInterfaceModeInput;
};
export type PgCreateInterfaceV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type PgEnableDisable = {
  /** @default true */
  is_enabled?: BoolInput;
  stream_name: string;
};
export type PgEnableDisableReply = {
  retval: number;
};
export type PgInterfaceEnableDisableCoalesce = {
  sw_if_index: number;
  coalesce_enabled?: BoolInput;
};
export type PgInterfaceEnableDisableCoalesceReply = {
  retval: number;
};
export interface PgMessages {
  pg_capture: RequestMessage<PgCapture, PgCaptureReply>;
  /** @deprecated */
  pg_create_interface: RequestMessage<PgCreateInterface, PgCreateInterfaceReply>;
  pg_create_interface_v2: RequestMessage<PgCreateInterfaceV2, PgCreateInterfaceV2Reply>;
  pg_enable_disable: RequestMessage<PgEnableDisable, PgEnableDisableReply>;
  /** In progress: its definition may still change. */
  pg_interface_enable_disable_coalesce: RequestMessage<PgInterfaceEnableDisableCoalesce, PgInterfaceEnableDisableCoalesceReply>;
}

export type PipeCreate = {
  is_specified?: BoolInput;
  user_instance: number;
};
export type PipeCreateReply = {
  retval: number;
  sw_if_index: number;
  pipe_sw_if_index: number[];
};
export type PipeDelete = {
  sw_if_index: number;
};
export type PipeDeleteReply = {
  retval: number;
};
export type PipeDetails = {
  sw_if_index: number;
  pipe_sw_if_index: number[];
  instance: number;
};
export type PipeDump = Record<string, never>;
export interface PipeMessages {
  pipe_create: RequestMessage<PipeCreate, PipeCreateReply>;
  pipe_delete: RequestMessage<PipeDelete, PipeDeleteReply>;
  pipe_dump: DumpMessage<PipeDump, PipeDetails>;
}

export interface PnatAttachmentPointValues {
  readonly PNAT_IP4_INPUT: 0;
  readonly PNAT_IP4_OUTPUT: 1;
  readonly PNAT_ATTACHMENT_POINT_MAX: 2;
}
export type PnatAttachmentPoint = EnumValue<PnatAttachmentPointValues>;
export type PnatAttachmentPointInput = EnumInput<PnatAttachmentPointValues, 'PNAT_'>;
export interface PnatMaskValues {
  readonly PNAT_SA: 1;
  readonly PNAT_DA: 2;
  readonly PNAT_SPORT: 4;
  readonly PNAT_DPORT: 8;
  readonly PNAT_COPY_BYTE: 16;
  readonly PNAT_CLEAR_BYTE: 32;
  readonly PNAT_PROTO: 64;
}
export type PnatMask = EnumValue<PnatMaskValues>;
export type PnatMaskInput = EnumInput<PnatMaskValues, 'PNAT_'>;
export type PnatMatchTuple = {
  src: string;
  dst: string;
  proto: IpProto;
  sport: number;
  dport: number;
  mask: PnatMask;
};
export type PnatMatchTupleInput = {
  src?: BytesInput;
  dst?: BytesInput;
  proto?: IpProtoInput;
  sport?: number;
  dport?: number;
  mask?: PnatMaskInput;
};
export type PnatRewriteTuple = {
  src: string;
  dst: string;
  sport: number;
  dport: number;
  mask: PnatMask;
  from_offset: number;
  to_offset: number;
  clear_offset: number;
};
export type PnatRewriteTupleInput = {
  src?: BytesInput;
  dst?: BytesInput;
  sport?: number;
  dport?: number;
  mask?: PnatMaskInput;
  from_offset?: number;
  to_offset?: number;
  clear_offset?: number;
};
export type PnatBindingAdd = {
  match: PnatMatchTupleInput;
  rewrite: PnatRewriteTupleInput;
};
export type PnatBindingAddReply = {
  retval: number;
  binding_index: number;
};
export type PnatBindingAddV2 = {
  match: PnatMatchTupleInput;
  rewrite: PnatRewriteTupleInput;
};
export type PnatBindingAddV2Reply = {
  retval: number;
  binding_index: number;
};
export type PnatBindingAttach = {
  sw_if_index: number;
  attachment: PnatAttachmentPointInput;
  binding_index: number;
};
export type PnatBindingAttachReply = {
  retval: number;
};
export type PnatBindingDel = {
  binding_index: number;
};
export type PnatBindingDelReply = {
  retval: number;
};
export type PnatBindingDetach = {
  sw_if_index: number;
  attachment: PnatAttachmentPointInput;
  binding_index: number;
};
export type PnatBindingDetachReply = {
  retval: number;
};
export type PnatBindingsDetails = {
  match: PnatMatchTuple;
  rewrite: PnatRewriteTuple;
};
export type PnatBindingsGet = {
  cursor?: number;
};
export type PnatBindingsGetReply = {
  retval: number;
  cursor: number;
};
export type PnatInterfacesDetails = {
  sw_if_index: number;
  enabled: boolean[];
  lookup_mask: PnatMask[];
};
export type PnatInterfacesGet = {
  cursor?: number;
};
export type PnatInterfacesGetReply = {
  retval: number;
  cursor: number;
};
export interface PnatMessages {
  pnat_binding_add: RequestMessage<PnatBindingAdd, PnatBindingAddReply>;
  pnat_binding_add_v2: RequestMessage<PnatBindingAddV2, PnatBindingAddV2Reply>;
  pnat_binding_attach: RequestMessage<PnatBindingAttach, PnatBindingAttachReply>;
  pnat_binding_del: RequestMessage<PnatBindingDel, PnatBindingDelReply>;
  pnat_binding_detach: RequestMessage<PnatBindingDetach, PnatBindingDetachReply>;
  pnat_bindings_get: DumpMessage<PnatBindingsGet, PnatBindingsDetails, PnatBindingsGetReply>;
  pnat_interfaces_get: DumpMessage<PnatInterfacesGet, PnatInterfacesDetails, PnatInterfacesGetReply>;
}

export type PolicerAdd = {
  name: string;
  infos: PolicerConfigInput;
};
export type PolicerAddDel = {
  is_add?: BoolInput;
  name: string;
  cir: number;
  eir: number;
  cb: LongInput;
  eb: LongInput;
  rate_type: Sse2QosRateTypeInput;
  round_type: Sse2QosRoundTypeInput;
  type: Sse2QosPolicerTypeInput;
  color_aware?: BoolInput;
  conform_action: Sse2QosActionInput;
  exceed_action: Sse2QosActionInput;
  violate_action: Sse2QosActionInput;
};
export type PolicerAddDelReply = {
  retval: number;
  policer_index: number;
};
export type PolicerAddReply = {
  retval: number;
  policer_index: number;
};
export type PolicerBind = {
  name: string;
  worker_index: number;
  bind_enable?: BoolInput;
};
export type PolicerBindReply = {
  retval: number;
};
export type PolicerBindV2 = {
  policer_index: number;
  worker_index: number;
  bind_enable?: BoolInput;
};
export type PolicerBindV2Reply = {
  retval: number;
};
export type PolicerDel = {
  policer_index: number;
};
export type PolicerDelReply = {
  retval: number;
};
export type PolicerDetails = {
  name: string;
  cir: number;
  eir: number;
  cb: bigint;
  eb: bigint;
  rate_type: Sse2QosRateType;
  round_type: Sse2QosRoundType;
  type: Sse2QosPolicerType;
  conform_action: Sse2QosAction;
  exceed_action: Sse2QosAction;
  violate_action: Sse2QosAction;
  single_rate: boolean;
  color_aware: boolean;
  scale: number;
  cir_tokens_per_period: number;
  pir_tokens_per_period: number;
  current_limit: number;
  current_bucket: number;
  extended_limit: number;
  extended_bucket: number;
  last_update_time: bigint;
};
export type PolicerDump = {
  match_name_valid?: BoolInput;
  match_name?: string;
};
export type PolicerDumpV2 = {
  policer_index: number;
};
export type PolicerInput = {
  name: string;
  sw_if_index: number;
  apply?: BoolInput;
};
export type PolicerInputReply = {
  retval: number;
};
export type PolicerInputV2 = {
  policer_index: number;
  sw_if_index: number;
  apply?: BoolInput;
};
export type PolicerInputV2Reply = {
  retval: number;
};
export type PolicerOutput = {
  name: string;
  sw_if_index: number;
  apply?: BoolInput;
};
export type PolicerOutputReply = {
  retval: number;
};
export type PolicerOutputV2 = {
  policer_index: number;
  sw_if_index: number;
  apply?: BoolInput;
};
export type PolicerOutputV2Reply = {
  retval: number;
};
export type PolicerReset = {
  policer_index: number;
};
export type PolicerResetReply = {
  retval: number;
};
export type PolicerUpdate = {
  policer_index: number;
  infos: PolicerConfigInput;
};
export type PolicerUpdateReply = {
  retval: number;
};
export interface PolicerMessages {
  policer_add: RequestMessage<PolicerAdd, PolicerAddReply>;
  policer_add_del: RequestMessage<PolicerAddDel, PolicerAddDelReply>;
  policer_bind: RequestMessage<PolicerBind, PolicerBindReply>;
  policer_bind_v2: RequestMessage<PolicerBindV2, PolicerBindV2Reply>;
  policer_del: RequestMessage<PolicerDel, PolicerDelReply>;
  policer_dump: DumpMessage<PolicerDump, PolicerDetails>;
  policer_dump_v2: DumpMessage<PolicerDumpV2, PolicerDetails>;
  policer_input: RequestMessage<PolicerInput, PolicerInputReply>;
  policer_input_v2: RequestMessage<PolicerInputV2, PolicerInputV2Reply>;
  policer_output: RequestMessage<PolicerOutput, PolicerOutputReply>;
  policer_output_v2: RequestMessage<PolicerOutputV2, PolicerOutputV2Reply>;
  policer_reset: RequestMessage<PolicerReset, PolicerResetReply>;
  policer_update: RequestMessage<PolicerUpdate, PolicerUpdateReply>;
}

export type PolicerConfigInput = {
  cir?: number;
  eir?: number;
  cb?: LongInput;
  eb?: LongInput;
  rate_type?: Sse2QosRateTypeInput;
  round_type?: Sse2QosRoundTypeInput;
  type?: Sse2QosPolicerTypeInput;
  color_aware?: BoolInput;
  conform_action?: Sse2QosActionInput;
  exceed_action?: Sse2QosActionInput;
  violate_action?: Sse2QosActionInput;
};
export type Sse2QosAction = {
  type: Sse2QosActionType;
  dscp: number;
};
export type Sse2QosActionInput = {
  type?: Sse2QosActionTypeInput;
  dscp?: number;
};
export interface Sse2QosActionTypeValues {
  readonly SSE2_QOS_ACTION_API_DROP: 0;
  readonly SSE2_QOS_ACTION_API_TRANSMIT: 1;
  readonly SSE2_QOS_ACTION_API_MARK_AND_TRANSMIT: 2;
}
export type Sse2QosActionType = EnumValue<Sse2QosActionTypeValues>;
export type Sse2QosActionTypeInput = EnumInput<Sse2QosActionTypeValues, 'SSE2_QOS_ACTION_API_'>;
export interface Sse2QosPolicerTypeValues {
  readonly SSE2_QOS_POLICER_TYPE_API_1R2C: 0;
  readonly SSE2_QOS_POLICER_TYPE_API_1R3C_RFC_2697: 1;
  readonly SSE2_QOS_POLICER_TYPE_API_2R3C_RFC_2698: 2;
  readonly SSE2_QOS_POLICER_TYPE_API_2R3C_RFC_4115: 3;
  readonly SSE2_QOS_POLICER_TYPE_API_2R3C_RFC_MEF5CF1: 4;
  readonly SSE2_QOS_POLICER_TYPE_API_MAX: 5;
}
export type Sse2QosPolicerType = EnumValue<Sse2QosPolicerTypeValues>;
export type Sse2QosPolicerTypeInput = EnumInput<Sse2QosPolicerTypeValues, 'SSE2_QOS_POLICER_TYPE_'>;
export interface Sse2QosRateTypeValues {
  readonly SSE2_QOS_RATE_API_KBPS: 0;
  readonly SSE2_QOS_RATE_API_PPS: 1;
  readonly SSE2_QOS_RATE_API_INVALID: 2;
}
export type Sse2QosRateType = EnumValue<Sse2QosRateTypeValues>;
export type Sse2QosRateTypeInput = EnumInput<Sse2QosRateTypeValues, 'SSE2_QOS_RATE_API_'>;
export interface Sse2QosRoundTypeValues {
  readonly SSE2_QOS_ROUND_API_TO_CLOSEST: 0;
  readonly SSE2_QOS_ROUND_API_TO_UP: 1;
  readonly SSE2_QOS_ROUND_API_TO_DOWN: 2;
  readonly SSE2_QOS_ROUND_API_INVALID: 3;
}
export type Sse2QosRoundType = EnumValue<Sse2QosRoundTypeValues>;
export type Sse2QosRoundTypeInput = EnumInput<Sse2QosRoundTypeValues, 'SSE2_QOS_ROUND_API_'>;

export type PotProfileActivate = {
  id: number;
  list_name: string;
};
export type PotProfileActivateReply = {
  retval: number;
};
export type PotProfileAdd = {
  id: number;
  validator: number;
  secret_key: LongInput;
  secret_share: LongInput;
  prime: LongInput;
  max_bits: number;
  lpc: LongInput;
  polynomial_public: LongInput;
  list_name: string;
};
export type PotProfileAddReply = {
  retval: number;
};
export type PotProfileDel = {
  list_name: string;
};
export type PotProfileDelReply = {
  retval: number;
};
export type PotProfileShowConfigDetails = {
  retval: number;
  id: number;
  validator: number;
  secret_key: bigint;
  secret_share: bigint;
  prime: bigint;
  bit_mask: bigint;
  lpc: bigint;
  polynomial_public: bigint;
};
export type PotProfileShowConfigDump = {
  id: number;
};
export interface PotMessages {
  pot_profile_activate: RequestMessage<PotProfileActivate, PotProfileActivateReply>;
  pot_profile_add: RequestMessage<PotProfileAdd, PotProfileAddReply>;
  pot_profile_del: RequestMessage<PotProfileDel, PotProfileDelReply>;
  pot_profile_show_config_dump: DumpMessage<PotProfileShowConfigDump, PotProfileShowConfigDetails>;
}

export type MrvlPp2Create = {
  if_name: string;
  rx_q_sz: number;
  tx_q_sz: number;
};
export type MrvlPp2CreateReply = {
  retval: number;
  sw_if_index: number;
};
export type MrvlPp2Delete = {
  sw_if_index: number;
};
export type MrvlPp2DeleteReply = {
  retval: number;
};
export interface Pp2Messages {
  mrvl_pp2_create: RequestMessage<MrvlPp2Create, MrvlPp2CreateReply>;
  mrvl_pp2_delete: RequestMessage<MrvlPp2Delete, MrvlPp2DeleteReply>;
}

export type PppoeAddDelCp = {
  sw_if_index: number;
  is_add: number;
};
export type PppoeAddDelCpReply = {
  retval: number;
};
export type PppoeAddDelSession = {
  is_add?: BoolInput;
  session_id: number;
  client_ip: string | Uint8Array | AddressInput;
  decap_vrf_id: number;
  client_mac: BytesInput;
};
export type PppoeAddDelSessionReply = {
  retval: number;
  sw_if_index: number;
};
export type PppoeSessionDetails = {
  sw_if_index: number;
  session_id: number;
  client_ip: string;
  encap_if_index: number;
  decap_vrf_id: number;
  local_mac: string;
  client_mac: string;
};
export type PppoeSessionDump = {
  sw_if_index: number;
};
export interface PppoeMessages {
  pppoe_add_del_cp: RequestMessage<PppoeAddDelCp, PppoeAddDelCpReply>;
  pppoe_add_del_session: RequestMessage<PppoeAddDelSession, PppoeAddDelSessionReply>;
  pppoe_session_dump: DumpMessage<PppoeSessionDump, PppoeSessionDetails>;
}

export type Punt =
  | {
      type: 0;
      punt: { l4: PuntL4 };
    }
  | {
      type: 1;
      punt: { ip_proto: PuntIpProto };
    }
  | {
      type: 2;
      punt: { exception: PuntException };
    };
export type PuntInput =
  | {
      type?: EnumCase<PuntTypeValues, 'PUNT_API_TYPE_', 0>;
      punt?: Uint8Array | { l4: PuntL4Input; exception?: never; ip_proto?: never };
    }
  | {
      type: EnumCase<PuntTypeValues, 'PUNT_API_TYPE_', 1>;
      punt?: Uint8Array | { ip_proto: PuntIpProtoInput; exception?: never; l4?: never };
    }
  | {
      type: EnumCase<PuntTypeValues, 'PUNT_API_TYPE_', 2>;
      punt?: Uint8Array | { exception: PuntExceptionInput; l4?: never; ip_proto?: never };
    };
export type PuntException = {
  id: number;
};
export type PuntExceptionInput = {
  id?: number;
};
export type PuntIpProto = {
  af: AddressFamily;
  protocol: IpProto;
};
export type PuntIpProtoInput = {
  af?: AddressFamilyInput;
  protocol?: IpProtoInput;
};
export type PuntL4 = {
  af: AddressFamily;
  protocol: IpProto;
  port: number;
};
export type PuntL4Input = {
  af?: AddressFamilyInput;
  protocol?: IpProtoInput;
  port?: number;
};
export type PuntReason = {
  id: number;
  name: string;
};
export type PuntReasonInput = {
  id?: number;
  name?: string;
};
export interface PuntTypeValues {
  readonly PUNT_API_TYPE_L4: 0;
  readonly PUNT_API_TYPE_IP_PROTO: 1;
  readonly PUNT_API_TYPE_EXCEPTION: 2;
}
export type PuntType = EnumValue<PuntTypeValues>;
export type PuntTypeInput = EnumInput<PuntTypeValues, 'PUNT_API_TYPE_'>;
export type PuntReasonDetails = {
  reason: PuntReason;
};
export type PuntReasonDump = {
  reason: PuntReasonInput;
};
export type PuntSocketDeregister = {
  punt: PuntInput;
};
export type PuntSocketDeregisterReply = {
  retval: number;
};
export type PuntSocketDetails = {
  punt: Punt;
  pathname: string;
};
export type PuntSocketDump = {
  type: PuntTypeInput;
};
export type PuntSocketRegister = {
  header_version: number;
  punt: PuntInput;
  pathname: string;
};
export type PuntSocketRegisterReply = {
  retval: number;
  pathname: string;
};
export type SetPunt = {
  is_add?: BoolInput;
  punt: PuntInput;
};
export type SetPuntReply = {
  retval: number;
};
export interface PuntMessages {
  punt_reason_dump: DumpMessage<PuntReasonDump, PuntReasonDetails>;
  punt_socket_deregister: RequestMessage<PuntSocketDeregister, PuntSocketDeregisterReply>;
  punt_socket_dump: DumpMessage<PuntSocketDump, PuntSocketDetails>;
  punt_socket_register: RequestMessage<PuntSocketRegister, PuntSocketRegisterReply>;
  set_punt: RequestMessage<SetPunt, SetPuntReply>;
}

export type QosEgressMap = {
  id: number;
  rows: QosEgressMapRow[];
};
export type QosEgressMapInput = {
  id?: number;
  rows?: readonly QosEgressMapRowInput[];
};
export type QosEgressMapRow = {
  outputs: Uint8Array;
};
export type QosEgressMapRowInput = {
  outputs?: BytesInput;
};
export type QosMark = {
  sw_if_index: number;
  map_id: number;
  output_source: QosSource;
};
export type QosMarkInput = {
  sw_if_index?: number;
  map_id?: number;
  output_source?: QosSourceInput;
};
export type QosRecord = {
  sw_if_index: number;
  input_source: QosSource;
};
export type QosRecordInput = {
  sw_if_index?: number;
  input_source?: QosSourceInput;
};
export interface QosSourceValues {
  readonly QOS_API_SOURCE_EXT: 0;
  readonly QOS_API_SOURCE_VLAN: 1;
  readonly QOS_API_SOURCE_MPLS: 2;
  readonly QOS_API_SOURCE_IP: 3;
}
export type QosSource = EnumValue<QosSourceValues>;
export type QosSourceInput = EnumInput<QosSourceValues, 'QOS_API_SOURCE_'>;
export type QosStore = {
  sw_if_index: number;
  input_source: QosSource;
  value: number;
};
export type QosStoreInput = {
  sw_if_index?: number;
  input_source?: QosSourceInput;
  value?: number;
};
export type QosEgressMapDelete = {
  id: number;
};
export type QosEgressMapDeleteReply = {
  retval: number;
};
export type QosEgressMapDetails = {
  map: QosEgressMap;
};
export type QosEgressMapDump = Record<string, never>;
export type QosEgressMapUpdate = {
  map: QosEgressMapInput;
};
export type QosEgressMapUpdateReply = {
  retval: number;
};
export type QosMarkDetails = {
  mark: QosMark;
};
export type QosMarkDump = {
  sw_if_index: number;
};
export type QosMarkEnableDisable = {
  /** @default true */
  enable?: BoolInput;
  mark: QosMarkInput;
};
export type QosMarkEnableDisableReply = {
  retval: number;
};
export type QosRecordDetails = {
  record: QosRecord;
};
export type QosRecordDump = Record<string, never>;
export type QosRecordEnableDisable = {
  /** @default true */
  enable?: BoolInput;
  record: QosRecordInput;
};
export type QosRecordEnableDisableReply = {
  retval: number;
};
export type QosStoreDetails = {
  store: QosStore;
};
export type QosStoreDump = Record<string, never>;
export type QosStoreEnableDisable = {
  /** @default true */
  enable?: BoolInput;
  store: QosStoreInput;
};
export type QosStoreEnableDisableReply = {
  retval: number;
};
export interface QosMessages {
  qos_egress_map_delete: RequestMessage<QosEgressMapDelete, QosEgressMapDeleteReply>;
  qos_egress_map_dump: DumpMessage<QosEgressMapDump, QosEgressMapDetails>;
  qos_egress_map_update: RequestMessage<QosEgressMapUpdate, QosEgressMapUpdateReply>;
  qos_mark_dump: DumpMessage<QosMarkDump, QosMarkDetails>;
  qos_mark_enable_disable: RequestMessage<QosMarkEnableDisable, QosMarkEnableDisableReply>;
  qos_record_dump: DumpMessage<QosRecordDump, QosRecordDetails>;
  qos_record_enable_disable: RequestMessage<QosRecordEnableDisable, QosRecordEnableDisableReply>;
  qos_store_dump: DumpMessage<QosStoreDump, QosStoreDetails>;
  qos_store_enable_disable: RequestMessage<QosStoreEnableDisable, QosStoreEnableDisableReply>;
}

export type Ip6NdAddressAutoconfig = {
  sw_if_index: number;
  enable?: BoolInput;
  install_default_routes?: BoolInput;
};
export type Ip6NdAddressAutoconfigReply = {
  retval: number;
};
export interface RdCpMessages {
  ip6_nd_address_autoconfig: RequestMessage<Ip6NdAddressAutoconfig, Ip6NdAddressAutoconfigReply>;
}

export interface RdmaModeValues {
  readonly RDMA_API_MODE_AUTO: 0;
  readonly RDMA_API_MODE_IBV: 1;
  readonly RDMA_API_MODE_DV: 2;
}
export type RdmaMode = EnumValue<RdmaModeValues>;
export type RdmaModeInput = EnumInput<RdmaModeValues, 'RDMA_API_MODE_'>;
export interface RdmaRss4Values {
  readonly RDMA_API_RSS4_AUTO: 0;
  readonly RDMA_API_RSS4_IP: 1;
  readonly RDMA_API_RSS4_IP_UDP: 2;
  readonly RDMA_API_RSS4_IP_TCP: 3;
}
export type RdmaRss4 = EnumValue<RdmaRss4Values>;
export type RdmaRss4Input = EnumInput<RdmaRss4Values, 'RDMA_API_RSS4_'>;
export interface RdmaRss6Values {
  readonly RDMA_API_RSS6_AUTO: 0;
  readonly RDMA_API_RSS6_IP: 1;
  readonly RDMA_API_RSS6_IP_UDP: 2;
  readonly RDMA_API_RSS6_IP_TCP: 3;
}
export type RdmaRss6 = EnumValue<RdmaRss6Values>;
export type RdmaRss6Input = EnumInput<RdmaRss6Values, 'RDMA_API_RSS6_'>;
export type RdmaCreate = {
  host_if: string;
  name: string;
  /** @default 1 */
  rxq_num?: number;
  /** @default 1024 */
  rxq_size?: number;
  /** @default 1024 */
  txq_size?: number;
  /** @default 0 */
  mode?: RdmaModeInput;
};
export type RdmaCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type RdmaCreateV2 = {
  host_if: string;
  name: string;
  /** @default 1 */
  rxq_num?: number;
  /** @default 1024 */
  rxq_size?: number;
  /** @default 1024 */
  txq_size?: number;
  /** @default 0 */
  mode?: RdmaModeInput;
  /** @default false */
  no_multi_seg?: BoolInput;
  /** @default 0 */
  max_pktlen?: number;
};
export type RdmaCreateV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type RdmaCreateV3 = {
  host_if: string;
  name: string;
  /** @default 1 */
  rxq_num?: number;
  /** @default 1024 */
  rxq_size?: number;
  /** @default 1024 */
  txq_size?: number;
  /** @default 0 */
  mode?: RdmaModeInput;
  /** @default false */
  no_multi_seg?: BoolInput;
  /** @default 0 */
  max_pktlen?: number;
  /** @default 0 */
  rss4?: RdmaRss4Input;
  /** @default 0 */
  rss6?: RdmaRss6Input;
};
export type RdmaCreateV3Reply = {
  retval: number;
  sw_if_index: number;
};
export type RdmaDelete = {
  sw_if_index: number;
};
export type RdmaDeleteReply = {
  retval: number;
};
export interface RdmaMessages {
  /** @deprecated since 21.01 */
  rdma_create: RequestMessage<RdmaCreate, RdmaCreateReply>;
  /** @deprecated */
  rdma_create_v2: RequestMessage<RdmaCreateV2, RdmaCreateV2Reply>;
  rdma_create_v3: RequestMessage<RdmaCreateV3, RdmaCreateV3Reply>;
  rdma_delete: RequestMessage<RdmaDelete, RdmaDeleteReply>;
}

export interface SessionRuleScopeValues {
  readonly SESSION_RULE_SCOPE_API_GLOBAL: 0;
  readonly SESSION_RULE_SCOPE_API_LOCAL: 1;
  readonly SESSION_RULE_SCOPE_API_BOTH: 2;
}
export type SessionRuleScope = EnumValue<SessionRuleScopeValues>;
export type SessionRuleScopeInput = EnumInput<SessionRuleScopeValues, 'SESSION_RULE_SCOPE_API_'>;
export interface TransportProtoValues {
  readonly TRANSPORT_PROTO_API_TCP: 0;
  readonly TRANSPORT_PROTO_API_UDP: 1;
  readonly TRANSPORT_PROTO_API_NONE: 2;
  readonly TRANSPORT_PROTO_API_TLS: 3;
  readonly TRANSPORT_PROTO_API_QUIC: 4;
}
export type TransportProto = EnumValue<TransportProtoValues>;
export type TransportProtoInput = EnumInput<TransportProtoValues, 'TRANSPORT_PROTO_API_'>;
export type AppAddCertKeyPair = {
  cert_len: number;
  certkey_len?: number;
  certkey: BytesInput;
};
export type AppAddCertKeyPairReply = {
  retval: number;
  index: number;
};
export type AppAttach = {
  options: readonly LongInput[];
  namespace_id: string;
};
export type AppAttachReply = {
  retval: number;
  app_mq: bigint;
  vpp_ctrl_mq: bigint;
  vpp_ctrl_mq_thread: number;
  app_index: number;
  n_fds: number;
  fd_flags: number;
  segment_size: number;
  segment_handle: bigint;
  segment_name: string;
};
export type AppDelCertKeyPair = {
  index: number;
};
export type AppDelCertKeyPairReply = {
  retval: number;
};
export type AppNamespaceAddDel = {
  secret: LongInput;
  /** @default 4294967295 */
  sw_if_index?: number;
  ip4_fib_id: number;
  ip6_fib_id: number;
  namespace_id: string;
};
export type AppNamespaceAddDelReply = {
  retval: number;
  appns_index: number;
};
export type AppNamespaceAddDelV2 = {
  secret: LongInput;
  /** @default 4294967295 */
  sw_if_index?: number;
  ip4_fib_id: number;
  ip6_fib_id: number;
  namespace_id: string;
  netns: string;
};
export type AppNamespaceAddDelV2Reply = {
  retval: number;
  appns_index: number;
};
export type AppNamespaceAddDelV3 = {
  secret: LongInput;
  /** @default true */
  is_add?: BoolInput;
  /** @default 4294967295 */
  sw_if_index?: number;
  ip4_fib_id: number;
  ip6_fib_id: number;
  namespace_id: string;
  netns: string;
  sock_name: string;
};
export type AppNamespaceAddDelV3Reply = {
  retval: number;
  appns_index: number;
};
export type AppNamespaceAddDelV4 = {
  secret: LongInput;
  /** @default true */
  is_add?: BoolInput;
  /** @default 4294967295 */
  sw_if_index?: number;
  ip4_fib_id: number;
  ip6_fib_id: number;
  namespace_id: string;
  sock_name: string;
};
export type AppNamespaceAddDelV4Reply = {
  retval: number;
  appns_index: number;
};
export type AppWorkerAddDel = {
  app_index: number;
  wrk_index: number;
  /** @default true */
  is_add?: BoolInput;
};
export type AppWorkerAddDelReply = {
  retval: number;
  wrk_index: number;
  app_event_queue_address: bigint;
  n_fds: number;
  fd_flags: number;
  segment_handle: bigint;
  is_add: boolean;
  segment_name: string;
};
export type ApplicationDetach = Record<string, never>;
export type ApplicationDetachReply = {
  retval: number;
};
export type SessionEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type SessionEnableDisableReply = {
  retval: number;
};
export type SessionRuleAddDel = {
  transport_proto: TransportProtoInput;
  lcl: string | Uint8Array | PrefixInput;
  rmt: string | Uint8Array | PrefixInput;
  lcl_port: number;
  rmt_port: number;
  action_index: number;
  /** @default true */
  is_add?: BoolInput;
  appns_index: number;
  scope: SessionRuleScopeInput;
  tag: string;
};
export type SessionRuleAddDelReply = {
  retval: number;
};
export type SessionRulesDetails = {
  transport_proto: TransportProto;
  lcl: string;
  rmt: string;
  lcl_port: number;
  rmt_port: number;
  action_index: number;
  appns_index: number;
  scope: SessionRuleScope;
  tag: string;
};
export type SessionRulesDump = Record<string, never>;
export type SessionSapiEnableDisable = {
  /** @default true */
  is_enable?: BoolInput;
};
export type SessionSapiEnableDisableReply = {
  retval: number;
};
export interface SessionMessages {
  app_add_cert_key_pair: RequestMessage<AppAddCertKeyPair, AppAddCertKeyPairReply>;
  app_attach: RequestMessage<AppAttach, AppAttachReply>;
  app_del_cert_key_pair: RequestMessage<AppDelCertKeyPair, AppDelCertKeyPairReply>;
  /** @deprecated */
  app_namespace_add_del: RequestMessage<AppNamespaceAddDel, AppNamespaceAddDelReply>;
  /** @deprecated */
  app_namespace_add_del_v2: RequestMessage<AppNamespaceAddDelV2, AppNamespaceAddDelV2Reply>;
  /** @deprecated */
  app_namespace_add_del_v3: RequestMessage<AppNamespaceAddDelV3, AppNamespaceAddDelV3Reply>;
  /** @deprecated */
  app_namespace_add_del_v4: RequestMessage<AppNamespaceAddDelV4, AppNamespaceAddDelV4Reply>;
  app_worker_add_del: RequestMessage<AppWorkerAddDel, AppWorkerAddDelReply>;
  application_detach: RequestMessage<ApplicationDetach, ApplicationDetachReply>;
  session_enable_disable: RequestMessage<SessionEnableDisable, SessionEnableDisableReply>;
  session_rule_add_del: RequestMessage<SessionRuleAddDel, SessionRuleAddDelReply>;
  session_rules_dump: DumpMessage<SessionRulesDump, SessionRulesDetails>;
  session_sapi_enable_disable: RequestMessage<SessionSapiEnableDisable, SessionSapiEnableDisableReply>;
}

export interface SpanStateValues {
  readonly SPAN_STATE_API_DISABLED: 0;
  readonly SPAN_STATE_API_RX: 1;
  readonly SPAN_STATE_API_TX: 2;
  readonly SPAN_STATE_API_RX_TX: 3;
}
export type SpanState = EnumValue<SpanStateValues>;
export type SpanStateInput = EnumInput<SpanStateValues, 'SPAN_STATE_API_'>;
export type SwInterfaceSpanDetails = {
  sw_if_index_from: number;
  sw_if_index_to: number;
  state: SpanState;
  is_l2: boolean;
};
export type SwInterfaceSpanDump = {
  is_l2?: BoolInput;
};
export type SwInterfaceSpanEnableDisable = {
  sw_if_index_from: number;
  sw_if_index_to: number;
  state: SpanStateInput;
  is_l2?: BoolInput;
};
export type SwInterfaceSpanEnableDisableReply = {
  retval: number;
};
export interface SpanMessages {
  sw_interface_span_dump: DumpMessage<SwInterfaceSpanDump, SwInterfaceSpanDetails>;
  sw_interface_span_enable_disable: RequestMessage<SwInterfaceSpanEnableDisable, SwInterfaceSpanEnableDisableReply>;
}

export interface SrPolicyTypeValues {
  readonly SR_API_POLICY_TYPE_DEFAULT: 0;
  readonly SR_API_POLICY_TYPE_SPRAY: 1;
  readonly SR_API_POLICY_TYPE_TEF: 2;
}
export type SrPolicyType = EnumValue<SrPolicyTypeValues>;
export type SrPolicyTypeInput = EnumInput<SrPolicyTypeValues, 'SR_API_POLICY_TYPE_'>;
export type Srv6SidList = {
  num_sids: number;
  weight: number;
  sids: string[];
};
export type Srv6SidListInput = {
  num_sids?: number;
  weight?: number;
  sids?: readonly BytesInput[];
};
export type Srv6SidListWithSlIndex = {
  num_sids: number;
  weight: number;
  sl_index: number;
  sids: string[];
};
export type SrLocalsidAddDel = {
  /** @default false */
  is_del?: BoolInput;
  localsid: BytesInput;
  end_psp?: BoolInput;
  behavior: SrBehaviorInput;
  /** @default 4294967295 */
  sw_if_index?: number;
  vlan_index: number;
  fib_table: number;
  nh_addr: string | Uint8Array | AddressInput;
};
export type SrLocalsidAddDelReply = {
  retval: number;
};
export type SrLocalsidsDetails = {
  addr: string;
  end_psp: boolean;
  behavior: SrBehavior;
  fib_table: number;
  vlan_index: number;
  xconnect_nh_addr: string;
  xconnect_iface_or_vrf_table: number;
};
export type SrLocalsidsDump = Record<string, never>;
export type SrLocalsidsWithPacketStatsDetails = {
  addr: string;
  end_psp: boolean;
  behavior: SrBehavior;
  fib_table: number;
  vlan_index: number;
  xconnect_nh_addr: string;
  xconnect_iface_or_vrf_table: number;
  good_traffic_bytes: bigint;
  good_traffic_pkt_count: bigint;
  bad_traffic_bytes: bigint;
  bad_traffic_pkt_count: bigint;
};
export type SrLocalsidsWithPacketStatsDump = Record<string, never>;
export type SrPoliciesDetails = {
  bsid: string;
  is_spray: boolean;
  is_encap: boolean;
  fib_table: number;
  num_sid_lists: number;
  sid_lists: Srv6SidList[];
};
export type SrPoliciesDump = Record<string, never>;
export type SrPoliciesV2Details = {
  bsid: string;
  encap_src: string;
  type: SrPolicyType;
  is_encap: boolean;
  fib_table: number;
  num_sid_lists: number;
  sid_lists: Srv6SidList[];
};
export type SrPoliciesV2Dump = Record<string, never>;
export type SrPoliciesWithSlIndexDetails = {
  bsid: string;
  is_spray: boolean;
  is_encap: boolean;
  fib_table: number;
  num_sid_lists: number;
  sid_lists: Srv6SidListWithSlIndex[];
};
export type SrPoliciesWithSlIndexDump = Record<string, never>;
export type SrPolicyAdd = {
  bsid_addr: BytesInput;
  weight: number;
  is_encap?: BoolInput;
  is_spray?: BoolInput;
  fib_table: number;
  sids: Srv6SidListInput;
};
export type SrPolicyAddReply = {
  retval: number;
};
export type SrPolicyAddV2 = {
  bsid_addr: BytesInput;
  weight: number;
  is_encap?: BoolInput;
  /** @default 0 */
  type?: SrPolicyTypeInput;
  fib_table: number;
  sids: Srv6SidListInput;
  encap_src: BytesInput;
};
export type SrPolicyAddV2Reply = {
  retval: number;
};
export type SrPolicyDel = {
  bsid_addr: BytesInput;
  sr_policy_index: number;
};
export type SrPolicyDelReply = {
  retval: number;
};
export type SrPolicyMod = {
  bsid_addr: BytesInput;
  sr_policy_index: number;
  fib_table: number;
  operation: SrPolicyOpInput;
  sl_index: number;
  weight: number;
  sids: Srv6SidListInput;
};
export type SrPolicyModReply = {
  retval: number;
};
export type SrPolicyModV2 = {
  bsid_addr: BytesInput;
  sr_policy_index: number;
  fib_table: number;
  operation: SrPolicyOpInput;
  sl_index: number;
  weight: number;
  sids: Srv6SidListInput;
  encap_src: BytesInput;
};
export type SrPolicyModV2Reply = {
  retval: number;
};
export type SrSetEncapHopLimit = {
  hop_limit: number;
};
export type SrSetEncapHopLimitReply = {
  retval: number;
};
export type SrSetEncapSource = {
  encaps_source: BytesInput;
};
export type SrSetEncapSourceReply = {
  retval: number;
};
export type SrSteeringAddDel = {
  /** @default false */
  is_del?: BoolInput;
  bsid_addr: BytesInput;
  sr_policy_index: number;
  table_id: number;
  prefix: string | Uint8Array | PrefixInput;
  sw_if_index: number;
  traffic_type: SrSteerInput;
};
export type SrSteeringAddDelReply = {
  retval: number;
};
export type SrSteeringPolDetails = {
  traffic_type: SrSteer;
  fib_table: number;
  prefix: string;
  sw_if_index: number;
  bsid: string;
};
export type SrSteeringPolDump = Record<string, never>;
export interface SrMessages {
  sr_localsid_add_del: RequestMessage<SrLocalsidAddDel, SrLocalsidAddDelReply>;
  sr_localsids_dump: DumpMessage<SrLocalsidsDump, SrLocalsidsDetails>;
  /** In progress: its definition may still change. */
  sr_localsids_with_packet_stats_dump: DumpMessage<SrLocalsidsWithPacketStatsDump, SrLocalsidsWithPacketStatsDetails>;
  /** @deprecated */
  sr_policies_dump: DumpMessage<SrPoliciesDump, SrPoliciesDetails>;
  sr_policies_v2_dump: DumpMessage<SrPoliciesV2Dump, SrPoliciesV2Details>;
  /** In progress: its definition may still change. */
  sr_policies_with_sl_index_dump: DumpMessage<SrPoliciesWithSlIndexDump, SrPoliciesWithSlIndexDetails>;
  sr_policy_add: RequestMessage<SrPolicyAdd, SrPolicyAddReply>;
  /** In progress: its definition may still change. */
  sr_policy_add_v2: RequestMessage<SrPolicyAddV2, SrPolicyAddV2Reply>;
  sr_policy_del: RequestMessage<SrPolicyDel, SrPolicyDelReply>;
  sr_policy_mod: RequestMessage<SrPolicyMod, SrPolicyModReply>;
  /** In progress: its definition may still change. */
  sr_policy_mod_v2: RequestMessage<SrPolicyModV2, SrPolicyModV2Reply>;
  sr_set_encap_hop_limit: RequestMessage<SrSetEncapHopLimit, SrSetEncapHopLimitReply>;
  sr_set_encap_source: RequestMessage<SrSetEncapSource, SrSetEncapSourceReply>;
  sr_steering_add_del: RequestMessage<SrSteeringAddDel, SrSteeringAddDelReply>;
  sr_steering_pol_dump: DumpMessage<SrSteeringPolDump, SrSteeringPolDetails>;
}

export type SrMplsPolicyAdd = {
  bsid: number;
  weight: number;
  is_spray?: BoolInput;
  n_segments?: number;
  segments: readonly number[];
};
export type SrMplsPolicyAddReply = {
  retval: number;
};
export type SrMplsPolicyAssignEndpointColor = {
  bsid: number;
  endpoint: string | Uint8Array | AddressInput;
  color: number;
};
export type SrMplsPolicyAssignEndpointColorReply = {
  retval: number;
};
export type SrMplsPolicyDel = {
  bsid: number;
};
export type SrMplsPolicyDelReply = {
  retval: number;
};
export type SrMplsPolicyMod = {
  bsid: number;
  operation: SrPolicyOpInput;
  sl_index: number;
  weight: number;
  n_segments?: number;
  segments: readonly number[];
};
export type SrMplsPolicyModReply = {
  retval: number;
};
export type SrMplsSteeringAddDel = {
  /** @default false */
  is_del?: BoolInput;
  bsid: number;
  table_id: number;
  prefix: string | Uint8Array | PrefixInput;
  mask_width: number;
  next_hop: string | Uint8Array | AddressInput;
  color: number;
  co_bits: number;
  vpn_label: number;
};
export type SrMplsSteeringAddDelReply = {
  retval: number;
};
export interface SrMplsMessages {
  sr_mpls_policy_add: RequestMessage<SrMplsPolicyAdd, SrMplsPolicyAddReply>;
  sr_mpls_policy_assign_endpoint_color: RequestMessage<SrMplsPolicyAssignEndpointColor, SrMplsPolicyAssignEndpointColorReply>;
  sr_mpls_policy_del: RequestMessage<SrMplsPolicyDel, SrMplsPolicyDelReply>;
  sr_mpls_policy_mod: RequestMessage<SrMplsPolicyMod, SrMplsPolicyModReply>;
  sr_mpls_steering_add_del: RequestMessage<SrMplsSteeringAddDel, SrMplsSteeringAddDelReply>;
}

export type SrPtIfaceAdd = {
  sw_if_index: number;
  id: number;
  ingress_load: number;
  egress_load: number;
  tts_template: number;
};
export type SrPtIfaceAddReply = {
  retval: number;
};
export type SrPtIfaceDel = {
  sw_if_index: number;
};
export type SrPtIfaceDelReply = {
  retval: number;
};
export type SrPtIfaceDetails = {
  sw_if_index: number;
  id: number;
  ingress_load: number;
  egress_load: number;
  tts_template: number;
};
export type SrPtIfaceDump = Record<string, never>;
export interface SrPtMessages {
  sr_pt_iface_add: RequestMessage<SrPtIfaceAdd, SrPtIfaceAddReply>;
  sr_pt_iface_del: RequestMessage<SrPtIfaceDel, SrPtIfaceDelReply>;
  sr_pt_iface_dump: DumpMessage<SrPtIfaceDump, SrPtIfaceDetails>;
}

export interface SrBehaviorValues {
  readonly SR_BEHAVIOR_API_END: 1;
  readonly SR_BEHAVIOR_API_X: 2;
  readonly SR_BEHAVIOR_API_T: 3;
  readonly SR_BEHAVIOR_API_D_FIRST: 4;
  readonly SR_BEHAVIOR_API_DX2: 5;
  readonly SR_BEHAVIOR_API_DX6: 6;
  readonly SR_BEHAVIOR_API_DX4: 7;
  readonly SR_BEHAVIOR_API_DT6: 8;
  readonly SR_BEHAVIOR_API_DT4: 9;
  readonly SR_BEHAVIOR_API_LAST: 10;
}
export type SrBehavior = EnumValue<SrBehaviorValues>;
export type SrBehaviorInput = EnumInput<SrBehaviorValues, 'SR_BEHAVIOR_API_'>;
export interface SrPolicyOpValues {
  readonly SR_POLICY_OP_API_NONE: 0;
  readonly SR_POLICY_OP_API_ADD: 1;
  readonly SR_POLICY_OP_API_DEL: 2;
  readonly SR_POLICY_OP_API_MOD: 3;
}
export type SrPolicyOp = EnumValue<SrPolicyOpValues>;
export type SrPolicyOpInput = EnumInput<SrPolicyOpValues, 'SR_POLICY_OP_API_'>;
export interface SrSteerValues {
  readonly SR_STEER_API_L2: 2;
  readonly SR_STEER_API_IPV4: 4;
  readonly SR_STEER_API_IPV6: 6;
}
export type SrSteer = EnumValue<SrSteerValues>;
export type SrSteerInput = EnumInput<SrSteerValues, 'SR_STEER_API_'>;

export type StnAddDelRule = {
  ip_address: string | Uint8Array | AddressInput;
  sw_if_index: number;
  is_add?: BoolInput;
};
export type StnAddDelRuleReply = {
  retval: number;
};
export type StnRulesDetails = {
  ip_address: string;
  sw_if_index: number;
};
export type StnRulesDump = Record<string, never>;
export interface StnMessages {
  stn_add_del_rule: RequestMessage<StnAddDelRule, StnAddDelRuleReply>;
  stn_rules_dump: DumpMessage<StnRulesDump, StnRulesDetails>;
}

export type SvsDetails = {
  table_id: number;
  sw_if_index: number;
  af: AddressFamily;
};
export type SvsDump = Record<string, never>;
export type SvsEnableDisable = {
  is_enable?: BoolInput;
  af: AddressFamilyInput;
  table_id: number;
  sw_if_index: number;
};
export type SvsEnableDisableReply = {
  retval: number;
};
export type SvsPluginGetVersion = Record<string, never>;
export type SvsPluginGetVersionReply = {
  major: number;
  minor: number;
};
export type SvsRouteAddDel = {
  is_add?: BoolInput;
  prefix: string | Uint8Array | PrefixInput;
  table_id: number;
  source_table_id: number;
};
export type SvsRouteAddDelReply = {
  retval: number;
};
export type SvsTableAddDel = {
  is_add?: BoolInput;
  af: AddressFamilyInput;
  table_id: number;
};
export type SvsTableAddDelReply = {
  retval: number;
};
export interface SvsMessages {
  svs_dump: DumpMessage<SvsDump, SvsDetails>;
  svs_enable_disable: RequestMessage<SvsEnableDisable, SvsEnableDisableReply>;
  svs_plugin_get_version: RequestMessage<SvsPluginGetVersion, SvsPluginGetVersionReply>;
  svs_route_add_del: RequestMessage<SvsRouteAddDel, SvsRouteAddDelReply>;
  svs_table_add_del: RequestMessage<SvsTableAddDel, SvsTableAddDelReply>;
}

export interface SyslogSeverityValues {
  readonly SYSLOG_API_SEVERITY_EMERG: 0;
  readonly SYSLOG_API_SEVERITY_ALERT: 1;
  readonly SYSLOG_API_SEVERITY_CRIT: 2;
  readonly SYSLOG_API_SEVERITY_ERR: 3;
  readonly SYSLOG_API_SEVERITY_WARN: 4;
  readonly SYSLOG_API_SEVERITY_NOTICE: 5;
  readonly SYSLOG_API_SEVERITY_INFO: 6;
  readonly SYSLOG_API_SEVERITY_DBG: 7;
}
export type SyslogSeverity = EnumValue<SyslogSeverityValues>;
export type SyslogSeverityInput = EnumInput<SyslogSeverityValues, 'SYSLOG_API_SEVERITY_'>;
export type SyslogGetFilter = Record<string, never>;
export type SyslogGetFilterReply = {
  retval: number;
  severity: SyslogSeverity;
};
export type SyslogGetSender = Record<string, never>;
export type SyslogGetSenderReply = {
  retval: number;
  src_address: string;
  collector_address: string;
  collector_port: number;
  vrf_id: number;
  max_msg_size: number;
};
export type SyslogSetFilter = {
  severity: SyslogSeverityInput;
};
export type SyslogSetFilterReply = {
  retval: number;
};
export type SyslogSetSender = {
  src_address: BytesInput;
  collector_address: BytesInput;
  /** @default 514 */
  collector_port?: number;
  vrf_id: number;
  /** @default 480 */
  max_msg_size?: number;
};
export type SyslogSetSenderReply = {
  retval: number;
};
export interface SyslogMessages {
  syslog_get_filter: RequestMessage<SyslogGetFilter, SyslogGetFilterReply>;
  syslog_get_sender: RequestMessage<SyslogGetSender, SyslogGetSenderReply>;
  syslog_set_filter: RequestMessage<SyslogSetFilter, SyslogSetFilterReply>;
  syslog_set_sender: RequestMessage<SyslogSetSender, SyslogSetSenderReply>;
}

export interface TapFlagsValues {
  readonly TAP_API_FLAG_GSO: 1;
  readonly TAP_API_FLAG_CSUM_OFFLOAD: 2;
  readonly TAP_API_FLAG_PERSIST: 4;
  readonly TAP_API_FLAG_ATTACH: 8;
  readonly TAP_API_FLAG_TUN: 16;
  readonly TAP_API_FLAG_GRO_COALESCE: 32;
  readonly TAP_API_FLAG_PACKED: 64;
  readonly TAP_API_FLAG_IN_ORDER: 128;
}
export type TapFlags = number;
export type TapFlagsInput = FlagsInput<TapFlagsValues, 'TAP_API_FLAG_'>;
export type SwInterfaceTapV2Details = {
  sw_if_index: number;
  id: number;
  tx_ring_sz: number;
  rx_ring_sz: number;
  host_mtu_size: number;
  host_mac_addr: string;
  host_ip4_prefix: string;
  host_ip6_prefix: string;
  tap_flags: TapFlags;
  dev_name: string;
  host_if_name: string;
  host_namespace: string;
  host_bridge: string;
};
export type SwInterfaceTapV2Dump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type TapCreateV2 = {
  /** @default 4294967295 */
  id?: number;
  /** @default true */
  use_random_mac?: BoolInput;
  mac_address: BytesInput;
  /** @default 1 */
  num_rx_queues?: number;
  /** @default 256 */
  tx_ring_sz?: number;
  /** @default 256 */
  rx_ring_sz?: number;
  host_mtu_set?: BoolInput;
  host_mtu_size: number;
  host_mac_addr_set?: BoolInput;
  host_mac_addr: BytesInput;
  host_ip4_prefix_set?: BoolInput;
  host_ip4_prefix: string | Uint8Array | Ip4PrefixInput;
  host_ip6_prefix_set?: BoolInput;
  host_ip6_prefix: string | Uint8Array | Ip6PrefixInput;
  host_ip4_gw_set?: BoolInput;
  host_ip4_gw: BytesInput;
  host_ip6_gw_set?: BoolInput;
  host_ip6_gw: BytesInput;
  tap_flags: TapFlagsInput;
  host_namespace_set?: BoolInput;
  host_namespace: string;
  host_if_name_set?: BoolInput;
  host_if_name: string;
  host_bridge_set?: BoolInput;
  host_bridge: string;
  tag: string;
};
export type TapCreateV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type TapCreateV3 = {
  /** @default 4294967295 */
  id?: number;
  /** @default true */
  use_random_mac?: BoolInput;
  mac_address: BytesInput;
  /** @default 1 */
  num_rx_queues?: number;
  /** @default 1 */
  num_tx_queues?: number;
  /** @default 256 */
  tx_ring_sz?: number;
  /** @default 256 */
  rx_ring_sz?: number;
  host_mtu_set?: BoolInput;
  host_mtu_size: number;
  host_mac_addr_set?: BoolInput;
  host_mac_addr: BytesInput;
  host_ip4_prefix_set?: BoolInput;
  host_ip4_prefix: string | Uint8Array | Ip4PrefixInput;
  host_ip6_prefix_set?: BoolInput;
  host_ip6_prefix: string | Uint8Array | Ip6PrefixInput;
  host_ip4_gw_set?: BoolInput;
  host_ip4_gw: BytesInput;
  host_ip6_gw_set?: BoolInput;
  host_ip6_gw: BytesInput;
  tap_flags: TapFlagsInput;
  host_namespace_set?: BoolInput;
  host_namespace: string;
  host_if_name_set?: BoolInput;
  host_if_name: string;
  host_bridge_set?: BoolInput;
  host_bridge: string;
  tag: string;
};
export type TapCreateV3Reply = {
  retval: number;
  sw_if_index: number;
};
export type TapDeleteV2 = {
  sw_if_index: number;
};
export type TapDeleteV2Reply = {
  retval: number;
};
export interface Tapv2Messages {
  sw_interface_tap_v2_dump: DumpMessage<SwInterfaceTapV2Dump, SwInterfaceTapV2Details>;
  /** @deprecated */
  tap_create_v2: RequestMessage<TapCreateV2, TapCreateV2Reply>;
  tap_create_v3: RequestMessage<TapCreateV3, TapCreateV3Reply>;
  tap_delete_v2: RequestMessage<TapDeleteV2, TapDeleteV2Reply>;
}

export type TcpConfigureSrcAddresses = {
  vrf_id: number;
  first_address: string | Uint8Array | AddressInput;
  last_address: string | Uint8Array | AddressInput;
};
export type TcpConfigureSrcAddressesReply = {
  retval: number;
};
export interface TcpMessages {
  tcp_configure_src_addresses: RequestMessage<TcpConfigureSrcAddresses, TcpConfigureSrcAddressesReply>;
}

export type TeibEntry = {
  sw_if_index: number;
  peer: string;
  nh: string;
  nh_table_id: number;
};
export type TeibEntryInput = {
  sw_if_index?: number;
  peer?: string | Uint8Array | AddressInput;
  nh?: string | Uint8Array | AddressInput;
  nh_table_id?: number;
};
export type TeibDetails = {
  entry: TeibEntry;
};
export type TeibDump = Record<string, never>;
export type TeibEntryAddDel = {
  is_add: number;
  entry: TeibEntryInput;
};
export type TeibEntryAddDelReply = {
  retval: number;
};
export interface TeibMessages {
  teib_dump: DumpMessage<TeibDump, TeibDetails>;
  teib_entry_add_del: RequestMessage<TeibEntryAddDel, TeibEntryAddDelReply>;
}

export type TlsOpensslSetEngine = {
  async_enable: number;
  engine: BytesInput;
  algorithm: BytesInput;
  ciphers: BytesInput;
};
export type TlsOpensslSetEngineReply = {
  retval: number;
};
export interface TlsOpensslMessages {
  tls_openssl_set_engine: RequestMessage<TlsOpensslSetEngine, TlsOpensslSetEngineReply>;
}

export type TraceProfileAdd = {
  trace_type: number;
  num_elts: number;
  trace_tsp: number;
  node_id: number;
  app_data: number;
};
export type TraceProfileAddReply = {
  retval: number;
};
export type TraceProfileDel = Record<string, never>;
export type TraceProfileDelReply = {
  retval: number;
};
export type TraceProfileShowConfig = Record<string, never>;
export type TraceProfileShowConfigReply = {
  retval: number;
  trace_type: number;
  num_elts: number;
  trace_tsp: number;
  node_id: number;
  app_data: number;
};
export interface TraceMessages {
  trace_profile_add: RequestMessage<TraceProfileAdd, TraceProfileAddReply>;
  trace_profile_del: RequestMessage<TraceProfileDel, TraceProfileDelReply>;
  trace_profile_show_config: RequestMessage<TraceProfileShowConfig, TraceProfileShowConfigReply>;
}

export interface TraceFilterFlagValues {
  readonly TRACE_FF_NONE: 0;
  readonly TRACE_FF_INCLUDE_NODE: 1;
  readonly TRACE_FF_EXCLUDE_NODE: 2;
  readonly TRACE_FF_INCLUDE_CLASSIFIER: 3;
  readonly TRACE_FF_EXCLUDE_CLASSIFIER: 4;
}
export type TraceFilterFlag = number;
export type TraceFilterFlagInput = FlagsInput<TraceFilterFlagValues, 'TRACE_FF_'>;
export type TraceCapturePackets = {
  node_index: number;
  max_packets: number;
  use_filter?: BoolInput;
  verbose?: BoolInput;
  pre_capture_clear?: BoolInput;
};
export type TraceCapturePacketsReply = {
  retval: number;
};
export type TraceClearCache = Record<string, never>;
export type TraceClearCacheReply = {
  retval: number;
};
export type TraceClearCapture = Record<string, never>;
export type TraceClearCaptureReply = {
  retval: number;
};
export type TraceDetails = {
  thread_id: number;
  position: number;
  more_this_thread: number;
  more_threads: number;
  done: number;
  packet_number: number;
  trace_data: string;
};
export type TraceDump = {
  clear_cache: number;
  thread_id: number;
  position: number;
  max_records: number;
};
export type TraceDumpReply = {
  retval: number;
  last_thread_id: number;
  last_position: number;
  more_this_thread: number;
  more_threads: number;
  flush_only: number;
  done: number;
};
export type TraceFilterFunctionDetails = {
  selected: boolean;
  name: string;
};
export type TraceFilterFunctionDump = Record<string, never>;
export type TraceSetFilterFunction = {
  filter_function_name: string;
};
export type TraceSetFilterFunctionReply = {
  retval: number;
};
export type TraceSetFilters = {
  flag: TraceFilterFlagInput;
  count: number;
  /** @default 4294967295 */
  node_index?: number;
  /** @default 4294967295 */
  classifier_table_index?: number;
};
export type TraceSetFiltersReply = {
  retval: number;
};
export type TraceV2Details = {
  thread_id: number;
  position: number;
  more: boolean;
  trace_data: string;
};
export type TraceV2Dump = {
  /** @default 4294967295 */
  thread_id?: number;
  position: number;
  /** @default 50 */
  max?: number;
  clear_cache?: BoolInput;
};
export interface TracedumpMessages {
  trace_capture_packets: RequestMessage<TraceCapturePackets, TraceCapturePacketsReply>;
  trace_clear_cache: RequestMessage<TraceClearCache, TraceClearCacheReply>;
  trace_clear_capture: RequestMessage<TraceClearCapture, TraceClearCaptureReply>;
  trace_dump: DumpMessage<TraceDump, TraceDetails, TraceDumpReply>;
  trace_filter_function_dump: DumpMessage<TraceFilterFunctionDump, TraceFilterFunctionDetails>;
  trace_set_filter_function: RequestMessage<TraceSetFilterFunction, TraceSetFilterFunctionReply>;
  trace_set_filters: RequestMessage<TraceSetFilters, TraceSetFiltersReply>;
  trace_v2_dump: DumpMessage<TraceV2Dump, TraceV2Details>;
}

export type TracenodeEnableDisable = {
  sw_if_index: number;
  /** @default false */
  is_pcap?: BoolInput;
  /** @default true */
  enable?: BoolInput;
};
export type TracenodeEnableDisableReply = {
  retval: number;
};
export interface TracenodeMessages {
  tracenode_enable_disable: RequestMessage<TracenodeEnableDisable, TracenodeEnableDisableReply>;
}

export type Tunnel = {
  instance: number;
  src: string;
  dst: string;
  sw_if_index: number;
  table_id: number;
  encap_decap_flags: TunnelEncapDecapFlags;
  mode: TunnelMode;
  flags: TunnelFlags;
  dscp: IpDscp;
  hop_limit: number;
};
export type TunnelInput = {
  instance?: number;
  src?: string | Uint8Array | AddressInput;
  dst?: string | Uint8Array | AddressInput;
  sw_if_index?: number;
  table_id?: number;
  encap_decap_flags?: TunnelEncapDecapFlagsInput;
  mode?: TunnelModeInput;
  flags?: TunnelFlagsInput;
  dscp?: IpDscpInput;
  hop_limit?: number;
};
export interface TunnelEncapDecapFlagsValues {
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_NONE: 0;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_COPY_DF: 1;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_SET_DF: 2;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_COPY_DSCP: 4;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_COPY_ECN: 8;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_DECAP_COPY_ECN: 16;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_INNER_HASH: 32;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_COPY_HOP_LIMIT: 64;
  readonly TUNNEL_API_ENCAP_DECAP_FLAG_ENCAP_COPY_FLOW_LABEL: 128;
}
export type TunnelEncapDecapFlags = number;
export type TunnelEncapDecapFlagsInput = FlagsInput<TunnelEncapDecapFlagsValues, 'TUNNEL_API_ENCAP_DECAP_FLAG_'>;
export interface TunnelFlagsValues {
  readonly TUNNEL_API_FLAG_TRACK_MTU: 1;
}
export type TunnelFlags = number;
export type TunnelFlagsInput = FlagsInput<TunnelFlagsValues>;
export interface TunnelModeValues {
  readonly TUNNEL_API_MODE_P2P: 0;
  readonly TUNNEL_API_MODE_MP: 1;
}
export type TunnelMode = EnumValue<TunnelModeValues>;
export type TunnelModeInput = EnumInput<TunnelModeValues, 'TUNNEL_API_MODE_'>;

export type UdpDecapInput = {
  is_ip4?: number;
  port?: number;
  next_proto?: UdpDecapNextProtoInput;
};
export interface UdpDecapNextProtoValues {
  readonly UDP_API_DECAP_PROTO_IP4: 0;
  readonly UDP_API_DECAP_PROTO_IP6: 1;
  readonly UDP_API_DECAP_PROTO_MPLS: 2;
}
export type UdpDecapNextProto = EnumValue<UdpDecapNextProtoValues>;
export type UdpDecapNextProtoInput = EnumInput<UdpDecapNextProtoValues, 'UDP_API_DECAP_PROTO_'>;
export type UdpEncap = {
  table_id: number;
  src_port: number;
  dst_port: number;
  src_ip: string;
  dst_ip: string;
  id: number;
};
export type UdpEncapInput = {
  table_id?: number;
  src_port?: number;
  dst_port?: number;
  src_ip?: string | Uint8Array | AddressInput;
  dst_ip?: string | Uint8Array | AddressInput;
  id?: number;
};
export type UdpDecapAddDel = {
  is_add?: BoolInput;
  udp_decap: UdpDecapInput;
};
export type UdpDecapAddDelReply = {
  retval: number;
};
export type UdpEncapAdd = {
  udp_encap: UdpEncapInput;
};
export type UdpEncapAddReply = {
  retval: number;
  id: number;
};
export type UdpEncapDel = {
  id: number;
};
export type UdpEncapDelReply = {
  retval: number;
};
export type UdpEncapDetails = {
  udp_encap: UdpEncap;
};
export type UdpEncapDump = Record<string, never>;
export interface UdpMessages {
  udp_decap_add_del: RequestMessage<UdpDecapAddDel, UdpDecapAddDelReply>;
  udp_encap_add: RequestMessage<UdpEncapAdd, UdpEncapAddReply>;
  udp_encap_del: RequestMessage<UdpEncapDel, UdpEncapDelReply>;
  udp_encap_dump: DumpMessage<UdpEncapDump, UdpEncapDetails>;
}

export type UdpPingAddDel = {
  src_ip_address: string | Uint8Array | AddressInput;
  dst_ip_address: string | Uint8Array | AddressInput;
  start_src_port: number;
  end_src_port: number;
  start_dst_port: number;
  end_dst_port: number;
  interval: number;
  dis: number;
  fault_det: number;
  reserve: BytesInput;
};
export type UdpPingAddDelReply = {
  retval: number;
};
export type UdpPingExport = {
  enable?: BoolInput;
};
export type UdpPingExportReply = {
  retval: number;
};
export interface UdpPingMessages {
  udp_ping_add_del: RequestMessage<UdpPingAddDel, UdpPingAddDelReply>;
  udp_ping_export: RequestMessage<UdpPingExport, UdpPingExportReply>;
}

export interface UrpfModeValues {
  readonly URPF_API_MODE_OFF: 0;
  readonly URPF_API_MODE_LOOSE: 1;
  readonly URPF_API_MODE_STRICT: 2;
}
export type UrpfMode = EnumValue<UrpfModeValues>;
export type UrpfModeInput = EnumInput<UrpfModeValues, 'URPF_API_MODE_'>;
export type UrpfUpdate = {
  /** @default true */
  is_input?: BoolInput;
  mode: UrpfModeInput;
  af: AddressFamilyInput;
  sw_if_index: number;
};
export type UrpfUpdateReply = {
  retval: number;
};
export type UrpfUpdateV2 = {
  /** @default true */
  is_input?: BoolInput;
  mode: UrpfModeInput;
  af: AddressFamilyInput;
  sw_if_index: number;
  /** @default 4294967295 */
  table_id?: number;
};
export type UrpfUpdateV2Reply = {
  retval: number;
};
export interface UrpfMessages {
  urpf_update: RequestMessage<UrpfUpdate, UrpfUpdateReply>;
  urpf_update_v2: RequestMessage<UrpfUpdateV2, UrpfUpdateV2Reply>;
}

export type CreateVhostUserIf = {
  is_server?: BoolInput;
  sock_filename: string;
  renumber?: BoolInput;
  disable_mrg_rxbuf?: BoolInput;
  disable_indirect_desc?: BoolInput;
  enable_gso?: BoolInput;
  enable_packed?: BoolInput;
  custom_dev_instance: number;
  use_custom_mac?: BoolInput;
  mac_address: BytesInput;
  tag: string;
};
export type CreateVhostUserIfReply = {
  retval: number;
  sw_if_index: number;
};
export type CreateVhostUserIfV2 = {
  is_server?: BoolInput;
  sock_filename: string;
  renumber?: BoolInput;
  disable_mrg_rxbuf?: BoolInput;
  disable_indirect_desc?: BoolInput;
  enable_gso?: BoolInput;
  enable_packed?: BoolInput;
  enable_event_idx?: BoolInput;
  custom_dev_instance: number;
  use_custom_mac?: BoolInput;
  mac_address: BytesInput;
  tag: string;
};
export type CreateVhostUserIfV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type DeleteVhostUserIf = {
  sw_if_index: number;
};
export type DeleteVhostUserIfReply = {
  retval: number;
};
export type ModifyVhostUserIf = {
  sw_if_index: number;
  is_server?: BoolInput;
  sock_filename: string;
  renumber?: BoolInput;
  enable_gso?: BoolInput;
  enable_packed?: BoolInput;
  custom_dev_instance: number;
};
export type ModifyVhostUserIfReply = {
  retval: number;
};
export type ModifyVhostUserIfV2 = {
  sw_if_index: number;
  is_server?: BoolInput;
  sock_filename: string;
  renumber?: BoolInput;
  enable_gso?: BoolInput;
  enable_packed?: BoolInput;
  enable_event_idx?: BoolInput;
  custom_dev_instance: number;
};
export type ModifyVhostUserIfV2Reply = {
  retval: number;
};
export type SwInterfaceVhostUserDetails = {
  sw_if_index: number;
  interface_name: string;
  virtio_net_hdr_sz: number;
  features_first_32: VirtioNetFeaturesFirst32;
  features_last_32: VirtioNetFeaturesLast32;
  is_server: boolean;
  sock_filename: string;
  num_regions: number;
  sock_errno: number;
};
export type SwInterfaceVhostUserDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export interface VhostUserMessages {
  /** @deprecated */
  create_vhost_user_if: RequestMessage<CreateVhostUserIf, CreateVhostUserIfReply>;
  create_vhost_user_if_v2: RequestMessage<CreateVhostUserIfV2, CreateVhostUserIfV2Reply>;
  delete_vhost_user_if: RequestMessage<DeleteVhostUserIf, DeleteVhostUserIfReply>;
  /** @deprecated */
  modify_vhost_user_if: RequestMessage<ModifyVhostUserIf, ModifyVhostUserIfReply>;
  modify_vhost_user_if_v2: RequestMessage<ModifyVhostUserIfV2, ModifyVhostUserIfV2Reply>;
  sw_interface_vhost_user_dump: DumpMessage<SwInterfaceVhostUserDump, SwInterfaceVhostUserDetails>;
}

export interface VirtioFlagsValues {
  readonly VIRTIO_API_FLAG_GSO: 1;
  readonly VIRTIO_API_FLAG_CSUM_OFFLOAD: 2;
  readonly VIRTIO_API_FLAG_GRO_COALESCE: 4;
  readonly VIRTIO_API_FLAG_PACKED: 8;
  readonly VIRTIO_API_FLAG_IN_ORDER: 16;
  readonly VIRTIO_API_FLAG_BUFFERING: 32;
}
export type VirtioFlags = number;
export type VirtioFlagsInput = FlagsInput<VirtioFlagsValues, 'VIRTIO_API_FLAG_'>;
export type SwInterfaceVirtioPciDetails = {
  sw_if_index: number;
  pci_addr: PciAddress;
  mac_addr: string;
  tx_ring_sz: number;
  rx_ring_sz: number;
  features: bigint;
};
export type SwInterfaceVirtioPciDump = Record<string, never>;
export type VirtioPciCreate = {
  pci_addr: PciAddressInput;
  use_random_mac?: BoolInput;
  mac_address: BytesInput;
  gso_enabled?: BoolInput;
  checksum_offload_enabled?: BoolInput;
  features: LongInput;
};
export type VirtioPciCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type VirtioPciCreateV2 = {
  pci_addr: PciAddressInput;
  use_random_mac?: BoolInput;
  mac_address: BytesInput;
  virtio_flags: VirtioFlagsInput;
  features: LongInput;
};
export type VirtioPciCreateV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type VirtioPciDelete = {
  sw_if_index: number;
};
export type VirtioPciDeleteReply = {
  retval: number;
};
export interface VirtioMessages {
  sw_interface_virtio_pci_dump: DumpMessage<SwInterfaceVirtioPciDump, SwInterfaceVirtioPciDetails>;
  /** @deprecated */
  virtio_pci_create: RequestMessage<VirtioPciCreate, VirtioPciCreateReply>;
  virtio_pci_create_v2: RequestMessage<VirtioPciCreateV2, VirtioPciCreateV2Reply>;
  virtio_pci_delete: RequestMessage<VirtioPciDelete, VirtioPciDeleteReply>;
}

export interface VirtioNetFeaturesFirst32Values {
  readonly VIRTIO_NET_F_API_CSUM: 1;
  readonly VIRTIO_NET_F_API_GUEST_CSUM: 2;
  readonly VIRTIO_NET_F_API_GUEST_TSO4: 128;
  readonly VIRTIO_NET_F_API_GUEST_TSO6: 256;
  readonly VIRTIO_NET_F_API_GUEST_UFO: 1024;
  readonly VIRTIO_NET_F_API_HOST_TSO4: 2048;
  readonly VIRTIO_NET_F_API_HOST_TSO6: 4096;
  readonly VIRTIO_NET_F_API_HOST_UFO: 16384;
  readonly VIRTIO_NET_F_API_MRG_RXBUF: 32768;
  readonly VIRTIO_NET_F_API_CTRL_VQ: 131072;
  readonly VIRTIO_NET_F_API_GUEST_ANNOUNCE: 2097152;
  readonly VIRTIO_NET_F_API_MQ: 4194304;
  readonly VHOST_F_API_LOG_ALL: 67108864;
  readonly VIRTIO_F_API_ANY_LAYOUT: 134217728;
  readonly VIRTIO_F_API_INDIRECT_DESC: 268435456;
  readonly VHOST_USER_F_API_PROTOCOL_FEATURES: 1073741824;
}
export type VirtioNetFeaturesFirst32 = EnumValue<VirtioNetFeaturesFirst32Values>;
export interface VirtioNetFeaturesLast32Values {
  readonly VIRTIO_F_API_VERSION_1: 1;
}
export type VirtioNetFeaturesLast32 = EnumValue<VirtioNetFeaturesLast32Values>;

export type ThreadData = {
  id: number;
  name: string;
  type: string;
  pid: number;
  cpu_id: number;
  core: number;
  cpu_socket: number;
};
export type AddNodeNext = {
  node_name: string;
  next_name: string;
};
export type AddNodeNextReply = {
  retval: number;
  next_index: number;
};
export type Cli = {
  cmd_in_shmem: LongInput;
};
export type CliInband = {
  cmd: string;
};
export type CliInbandReply = {
  retval: number;
  reply: string;
};
export type CliReply = {
  retval: number;
  reply_in_shmem: bigint;
};
export type GetF64EndianValue = {
  /** @default 1 */
  f64_one?: number;
};
export type GetF64EndianValueReply = {
  retval: number;
  f64_one_result: number;
};
export type GetF64IncrementByOne = {
  /** @default 1 */
  f64_value?: number;
};
export type GetF64IncrementByOneReply = {
  retval: number;
  f64_value: number;
};
export type GetNextIndex = {
  node_name: string;
  next_name: string;
};
export type GetNextIndexReply = {
  retval: number;
  next_index: number;
};
export type GetNodeGraph = Record<string, never>;
export type GetNodeGraphReply = {
  retval: number;
  reply_in_shmem: bigint;
};
export type GetNodeIndex = {
  node_name: string;
};
export type GetNodeIndexReply = {
  retval: number;
  node_index: number;
};
export type ShowThreads = Record<string, never>;
export type ShowThreadsReply = {
  retval: number;
  count: number;
  thread_data: ThreadData[];
};
export interface VlibMessages {
  add_node_next: RequestMessage<AddNodeNext, AddNodeNextReply>;
  cli: RequestMessage<Cli, CliReply>;
  cli_inband: RequestMessage<CliInband, CliInbandReply>;
  get_f64_endian_value: RequestMessage<GetF64EndianValue, GetF64EndianValueReply>;
  get_f64_increment_by_one: RequestMessage<GetF64IncrementByOne, GetF64IncrementByOneReply>;
  get_next_index: RequestMessage<GetNextIndex, GetNextIndexReply>;
  get_node_graph: RequestMessage<GetNodeGraph, GetNodeGraphReply>;
  get_node_index: RequestMessage<GetNodeIndex, GetNodeIndexReply>;
  show_threads: RequestMessage<ShowThreads, ShowThreadsReply>;
}

export type Vmxnet3RxList = {
  rx_qsize: number;
  rx_fill: number[];
  rx_next: number;
  rx_produce: number[];
  rx_consume: number[];
};
export type Vmxnet3TxList = {
  tx_qsize: number;
  tx_next: number;
  tx_produce: number;
  tx_consume: number;
};
export type SwVmxnet3InterfaceDetails = {
  sw_if_index: number;
  if_name: string;
  hw_addr: string;
  pci_addr: number;
  version: number;
  admin_up_down: boolean;
  rx_count: number;
  rx_list: Vmxnet3RxList[];
  tx_count: number;
  tx_list: Vmxnet3TxList[];
};
export type SwVmxnet3InterfaceDump = {
  /** @default 4294967295 */
  sw_if_index?: number;
};
export type Vmxnet3Create = {
  pci_addr: number;
  enable_elog: number;
  rxq_size: number;
  rxq_num: number;
  txq_size: number;
  txq_num: number;
  bind: number;
  enable_gso?: BoolInput;
};
export type Vmxnet3CreateReply = {
  retval: number;
  sw_if_index: number;
};
export type Vmxnet3Delete = {
  sw_if_index: number;
};
export type Vmxnet3DeleteReply = {
  retval: number;
};
export type Vmxnet3Details = {
  sw_if_index: number;
  if_name: string;
  hw_addr: string;
  pci_addr: number;
  version: number;
  admin_up_down: boolean;
  rx_count: number;
  rx_list: Vmxnet3RxList[];
  tx_count: number;
  tx_list: Vmxnet3TxList[];
};
export type Vmxnet3Dump = Record<string, never>;
export interface Vmxnet3Messages {
  sw_vmxnet3_interface_dump: DumpMessage<SwVmxnet3InterfaceDump, SwVmxnet3InterfaceDetails>;
  vmxnet3_create: RequestMessage<Vmxnet3Create, Vmxnet3CreateReply>;
  vmxnet3_delete: RequestMessage<Vmxnet3Delete, Vmxnet3DeleteReply>;
  /** @deprecated */
  vmxnet3_dump: DumpMessage<Vmxnet3Dump, Vmxnet3Details>;
}

export type LogDetails = {
  timestamp: number;
  level: LogLevel;
  msg_class: string;
  message: string;
};
export type LogDump = {
  start_timestamp: number;
};
export type ShowVersion = Record<string, never>;
export type ShowVersionReply = {
  retval: number;
  program: string;
  version: string;
  build_date: string;
  build_directory: string;
};
export type ShowVpeSystemTime = Record<string, never>;
export type ShowVpeSystemTimeReply = {
  retval: number;
  vpe_system_time: number;
};
export interface VpeMessages {
  log_dump: DumpMessage<LogDump, LogDetails>;
  show_version: RequestMessage<ShowVersion, ShowVersionReply>;
  show_vpe_system_time: RequestMessage<ShowVpeSystemTime, ShowVpeSystemTimeReply>;
}

export interface LogLevelValues {
  readonly VPE_API_LOG_LEVEL_EMERG: 0;
  readonly VPE_API_LOG_LEVEL_ALERT: 1;
  readonly VPE_API_LOG_LEVEL_CRIT: 2;
  readonly VPE_API_LOG_LEVEL_ERR: 3;
  readonly VPE_API_LOG_LEVEL_WARNING: 4;
  readonly VPE_API_LOG_LEVEL_NOTICE: 5;
  readonly VPE_API_LOG_LEVEL_INFO: 6;
  readonly VPE_API_LOG_LEVEL_DEBUG: 7;
  readonly VPE_API_LOG_LEVEL_DISABLED: 8;
}
export type LogLevel = EnumValue<LogLevelValues>;

export type VrrpVrConf = {
  sw_if_index: number;
  vr_id: number;
  priority: number;
  interval: number;
  flags: VrrpVrFlags;
};
export interface VrrpVrFlagsValues {
  readonly VRRP_API_VR_PREEMPT: 1;
  readonly VRRP_API_VR_ACCEPT: 2;
  readonly VRRP_API_VR_UNICAST: 4;
  readonly VRRP_API_VR_IPV6: 8;
}
export type VrrpVrFlags = number;
export type VrrpVrFlagsInput = FlagsInput<VrrpVrFlagsValues, 'VRRP_API_VR_'>;
export type VrrpVrKey = {
  sw_if_index: number;
  vr_id: number;
  is_ipv6: number;
};
export type VrrpVrRuntime = {
  state: VrrpVrState;
  master_adv_int: number;
  skew: number;
  master_down_int: number;
  mac: string;
  tracking: VrrpVrTracking;
};
export interface VrrpVrStateValues {
  readonly VRRP_API_VR_STATE_INIT: 0;
  readonly VRRP_API_VR_STATE_BACKUP: 1;
  readonly VRRP_API_VR_STATE_MASTER: 2;
  readonly VRRP_API_VR_STATE_INTF_DOWN: 3;
}
export type VrrpVrState = EnumValue<VrrpVrStateValues>;
export type VrrpVrTrackIf = {
  sw_if_index: number;
  priority: number;
};
export type VrrpVrTrackIfInput = {
  sw_if_index?: number;
  priority?: number;
};
export type VrrpVrTracking = {
  interfaces_dec: number;
  priority: number;
};
export type VrrpVrAddDel = {
  is_add: number;
  sw_if_index: number;
  vr_id: number;
  priority: number;
  interval: number;
  flags: VrrpVrFlagsInput;
  n_addrs?: number;
  addrs: readonly (string | Uint8Array | AddressInput)[];
};
export type VrrpVrAddDelReply = {
  retval: number;
};
export type VrrpVrDel = {
  vrrp_index: number;
};
export type VrrpVrDelReply = {
  retval: number;
};
export type VrrpVrDetails = {
  config: VrrpVrConf;
  runtime: VrrpVrRuntime;
  n_addrs: number;
  addrs: string[];
};
export type VrrpVrDump = {
  sw_if_index: number;
};
export type VrrpVrEvent = {
  pid: number;
  vr: VrrpVrKey;
  old_state: VrrpVrState;
  new_state: VrrpVrState;
};
export type VrrpVrPeerDetails = {
  sw_if_index: number;
  vr_id: number;
  is_ipv6: number;
  n_peer_addrs: number;
  peer_addrs: string[];
};
export type VrrpVrPeerDump = {
  sw_if_index: number;
  is_ipv6: number;
  vr_id: number;
};
export type VrrpVrSetPeers = {
  sw_if_index: number;
  vr_id: number;
  is_ipv6: number;
  n_addrs?: number;
  addrs: readonly (string | Uint8Array | AddressInput)[];
};
export type VrrpVrSetPeersReply = {
  retval: number;
};
export type VrrpVrStartStop = {
  sw_if_index: number;
  vr_id: number;
  is_ipv6: number;
  is_start: number;
};
export type VrrpVrStartStopReply = {
  retval: number;
};
export type VrrpVrTrackIfAddDel = {
  sw_if_index: number;
  is_ipv6: number;
  vr_id: number;
  is_add: number;
  n_ifs?: number;
  ifs: readonly VrrpVrTrackIfInput[];
};
export type VrrpVrTrackIfAddDelReply = {
  retval: number;
};
export type VrrpVrTrackIfDetails = {
  sw_if_index: number;
  vr_id: number;
  is_ipv6: number;
  n_ifs: number;
  ifs: VrrpVrTrackIf[];
};
export type VrrpVrTrackIfDump = {
  sw_if_index: number;
  is_ipv6: number;
  vr_id: number;
  dump_all: number;
};
export type VrrpVrUpdate = {
  vrrp_index: number;
  sw_if_index: number;
  vr_id: number;
  priority: number;
  interval: number;
  flags: VrrpVrFlagsInput;
  n_addrs?: number;
  addrs: readonly (string | Uint8Array | AddressInput)[];
};
export type VrrpVrUpdateReply = {
  retval: number;
  vrrp_index: number;
};
export type WantVrrpVrEvents = {
  enable_disable?: BoolInput;
  pid: number;
};
export type WantVrrpVrEventsReply = {
  retval: number;
};
export interface VrrpMessages {
  vrrp_vr_add_del: RequestMessage<VrrpVrAddDel, VrrpVrAddDelReply>;
  vrrp_vr_del: RequestMessage<VrrpVrDel, VrrpVrDelReply>;
  vrrp_vr_dump: DumpMessage<VrrpVrDump, VrrpVrDetails>;
  vrrp_vr_event: EventMessage<VrrpVrEvent, WantVrrpVrEvents>;
  vrrp_vr_peer_dump: DumpMessage<VrrpVrPeerDump, VrrpVrPeerDetails>;
  vrrp_vr_set_peers: RequestMessage<VrrpVrSetPeers, VrrpVrSetPeersReply>;
  vrrp_vr_start_stop: RequestMessage<VrrpVrStartStop, VrrpVrStartStopReply>;
  vrrp_vr_track_if_add_del: RequestMessage<VrrpVrTrackIfAddDel, VrrpVrTrackIfAddDelReply>;
  vrrp_vr_track_if_dump: DumpMessage<VrrpVrTrackIfDump, VrrpVrTrackIfDetails>;
  vrrp_vr_update: RequestMessage<VrrpVrUpdate, VrrpVrUpdateReply>;
  want_vrrp_vr_events: RequestMessage<WantVrrpVrEvents, WantVrrpVrEventsReply>;
}

export type SwInterfaceSetVxlanBypass = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
  /** @default true */
  enable?: BoolInput;
};
export type SwInterfaceSetVxlanBypassReply = {
  retval: number;
};
export type VxlanAddDelTunnel = {
  /** @default true */
  is_add?: BoolInput;
  instance: number;
  src_address: string | Uint8Array | AddressInput;
  dst_address: string | Uint8Array | AddressInput;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
};
export type VxlanAddDelTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type VxlanAddDelTunnelV2 = {
  /** @default true */
  is_add?: BoolInput;
  /** @default 4294967295 */
  instance?: number;
  src_address: string | Uint8Array | AddressInput;
  dst_address: string | Uint8Array | AddressInput;
  src_port: number;
  dst_port: number;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
};
export type VxlanAddDelTunnelV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type VxlanAddDelTunnelV3 = {
  /** @default true */
  is_add?: BoolInput;
  /** @default 4294967295 */
  instance?: number;
  src_address: string | Uint8Array | AddressInput;
  dst_address: string | Uint8Array | AddressInput;
  src_port: number;
  dst_port: number;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
  /** @default false */
  is_l3?: BoolInput;
};
export type VxlanAddDelTunnelV3Reply = {
  retval: number;
  sw_if_index: number;
};
export type VxlanOffloadRx = {
  hw_if_index: number;
  sw_if_index: number;
  /** @default true */
  enable?: BoolInput;
};
export type VxlanOffloadRxReply = {
  retval: number;
};
export type VxlanTunnelDetails = {
  sw_if_index: number;
  instance: number;
  src_address: string;
  dst_address: string;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
};
export type VxlanTunnelDump = {
  sw_if_index: number;
};
export type VxlanTunnelV2Details = {
  sw_if_index: number;
  instance: number;
  src_address: string;
  dst_address: string;
  src_port: number;
  dst_port: number;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_next_index: number;
  vni: number;
};
export type VxlanTunnelV2Dump = {
  sw_if_index: number;
};
export interface VxlanMessages {
  sw_interface_set_vxlan_bypass: RequestMessage<SwInterfaceSetVxlanBypass, SwInterfaceSetVxlanBypassReply>;
  /** @deprecated */
  vxlan_add_del_tunnel: RequestMessage<VxlanAddDelTunnel, VxlanAddDelTunnelReply>;
  /** @deprecated */
  vxlan_add_del_tunnel_v2: RequestMessage<VxlanAddDelTunnelV2, VxlanAddDelTunnelV2Reply>;
  vxlan_add_del_tunnel_v3: RequestMessage<VxlanAddDelTunnelV3, VxlanAddDelTunnelV3Reply>;
  vxlan_offload_rx: RequestMessage<VxlanOffloadRx, VxlanOffloadRxReply>;
  /** @deprecated */
  vxlan_tunnel_dump: DumpMessage<VxlanTunnelDump, VxlanTunnelDetails>;
  vxlan_tunnel_v2_dump: DumpMessage<VxlanTunnelV2Dump, VxlanTunnelV2Details>;
}

export type SwInterfaceSetVxlanGpeBypass = {
  sw_if_index: number;
  is_ipv6?: BoolInput;
  /** @default true */
  enable?: BoolInput;
};
export type SwInterfaceSetVxlanGpeBypassReply = {
  retval: number;
};
export type VxlanGpeAddDelTunnel = {
  local: string | Uint8Array | AddressInput;
  remote: string | Uint8Array | AddressInput;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_vrf_id: number;
  protocol: IpProtoInput;
  vni: number;
  /** @default true */
  is_add?: BoolInput;
};
export type VxlanGpeAddDelTunnelReply = {
  retval: number;
  sw_if_index: number;
};
export type VxlanGpeAddDelTunnelV2 = {
  local: string | Uint8Array | AddressInput;
  remote: string | Uint8Array | AddressInput;
  local_port: number;
  remote_port: number;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_vrf_id: number;
  protocol: IpProtoInput;
  vni: number;
  /** @default true */
  is_add?: BoolInput;
};
export type VxlanGpeAddDelTunnelV2Reply = {
  retval: number;
  sw_if_index: number;
};
export type VxlanGpeTunnelDetails = {
  sw_if_index: number;
  local: string;
  remote: string;
  vni: number;
  protocol: IpProto;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_vrf_id: number;
  is_ipv6: boolean;
};
export type VxlanGpeTunnelDump = {
  sw_if_index: number;
};
export type VxlanGpeTunnelV2Details = {
  sw_if_index: number;
  local: string;
  remote: string;
  local_port: number;
  remote_port: number;
  vni: number;
  protocol: IpProto;
  mcast_sw_if_index: number;
  encap_vrf_id: number;
  decap_vrf_id: number;
  is_ipv6: boolean;
};
export type VxlanGpeTunnelV2Dump = {
  sw_if_index: number;
};
export interface VxlanGpeMessages {
  sw_interface_set_vxlan_gpe_bypass: RequestMessage<SwInterfaceSetVxlanGpeBypass, SwInterfaceSetVxlanGpeBypassReply>;
  vxlan_gpe_add_del_tunnel: RequestMessage<VxlanGpeAddDelTunnel, VxlanGpeAddDelTunnelReply>;
  vxlan_gpe_add_del_tunnel_v2: RequestMessage<VxlanGpeAddDelTunnelV2, VxlanGpeAddDelTunnelV2Reply>;
  vxlan_gpe_tunnel_dump: DumpMessage<VxlanGpeTunnelDump, VxlanGpeTunnelDetails>;
  vxlan_gpe_tunnel_v2_dump: DumpMessage<VxlanGpeTunnelV2Dump, VxlanGpeTunnelV2Details>;
}

export type VxlanGpeIoamExportEnableDisable = {
  is_disable?: BoolInput;
  collector_address: BytesInput;
  src_address: BytesInput;
};
export type VxlanGpeIoamExportEnableDisableReply = {
  retval: number;
};
export interface VxlanGpeIoamExportMessages {
  vxlan_gpe_ioam_export_enable_disable: RequestMessage<VxlanGpeIoamExportEnableDisable, VxlanGpeIoamExportEnableDisableReply>;
}

export type WireguardInterface = {
  user_instance: number;
  sw_if_index: number;
  private_key: Uint8Array;
  public_key: Uint8Array;
  port: number;
  src_ip: string;
};
export type WireguardInterfaceInput = {
  /** @default 4294967295 */
  user_instance?: number;
  sw_if_index?: number;
  private_key?: BytesInput;
  public_key?: BytesInput;
  port?: number;
  src_ip?: string | Uint8Array | AddressInput;
};
export type WireguardPeer = {
  peer_index: number;
  public_key: Uint8Array;
  port: number;
  persistent_keepalive: number;
  table_id: number;
  endpoint: string;
  sw_if_index: number;
  flags: WireguardPeerFlags;
  n_allowed_ips: number;
  allowed_ips: string[];
};
export type WireguardPeerInput = {
  peer_index?: number;
  public_key?: BytesInput;
  port?: number;
  persistent_keepalive?: number;
  table_id?: number;
  endpoint?: string | Uint8Array | AddressInput;
  sw_if_index?: number;
  flags?: WireguardPeerFlagsInput;
  n_allowed_ips?: number;
  allowed_ips?: readonly (string | Uint8Array | PrefixInput)[];
};
export interface WireguardPeerFlagsValues {
  readonly WIREGUARD_PEER_STATUS_DEAD: 1;
  readonly WIREGUARD_PEER_ESTABLISHED: 2;
}
export type WireguardPeerFlags = number;
export type WireguardPeerFlagsInput = FlagsInput<WireguardPeerFlagsValues, 'WIREGUARD_PEER_'>;
export type WantWireguardPeerEvents = {
  /** @default 4294967295 */
  sw_if_index?: number;
  /** @default 4294967295 */
  peer_index?: number;
  enable_disable: number;
  pid: number;
};
export type WantWireguardPeerEventsReply = {
  retval: number;
};
export type WgSetAsyncMode = {
  /** @default false */
  async_enable?: BoolInput;
};
export type WgSetAsyncModeReply = {
  retval: number;
};
export type WireguardInterfaceCreate = {
  interface: WireguardInterfaceInput;
  generate_key?: BoolInput;
};
export type WireguardInterfaceCreateReply = {
  retval: number;
  sw_if_index: number;
};
export type WireguardInterfaceDelete = {
  sw_if_index: number;
};
export type WireguardInterfaceDeleteReply = {
  retval: number;
};
export type WireguardInterfaceDetails = {
  interface: WireguardInterface;
};
export type WireguardInterfaceDump = {
  show_private_key?: BoolInput;
  sw_if_index: number;
};
export type WireguardPeerAdd = {
  peer: WireguardPeerInput;
};
export type WireguardPeerAddReply = {
  retval: number;
  peer_index: number;
};
export type WireguardPeerEvent = {
  pid: number;
  peer_index: number;
  flags: WireguardPeerFlags;
};
export type WireguardPeerRemove = {
  peer_index: number;
};
export type WireguardPeerRemoveReply = {
  retval: number;
};
export type WireguardPeersDetails = {
  peer: WireguardPeer;
};
export type WireguardPeersDump = {
  /** @default 4294967295 */
  peer_index?: number;
};
export interface WireguardMessages {
  want_wireguard_peer_events: RequestMessage<WantWireguardPeerEvents, WantWireguardPeerEventsReply>;
  wg_set_async_mode: RequestMessage<WgSetAsyncMode, WgSetAsyncModeReply>;
  wireguard_interface_create: RequestMessage<WireguardInterfaceCreate, WireguardInterfaceCreateReply>;
  wireguard_interface_delete: RequestMessage<WireguardInterfaceDelete, WireguardInterfaceDeleteReply>;
  wireguard_interface_dump: DumpMessage<WireguardInterfaceDump, WireguardInterfaceDetails>;
  wireguard_peer_add: RequestMessage<WireguardPeerAdd, WireguardPeerAddReply>;
  wireguard_peer_event: EventMessage<WireguardPeerEvent, WantWireguardPeerEvents>;
  wireguard_peer_remove: RequestMessage<WireguardPeerRemove, WireguardPeerRemoveReply>;
  wireguard_peers_dump: DumpMessage<WireguardPeersDump, WireguardPeersDetails>;
}

/** Every message that is declared, by its name. */
export interface Messages extends AbfMessages, AclMessages, AdlMessages, AfPacketMessages, AfXdpMessages, ArpMessages, ArpingMessages, AvfMessages, BfdMessages, BierMessages, BondMessages, BpfTraceFilterMessages, BuiltinurlMessages, CdpMessages, ClassifyMessages, CnatMessages, CryptoMessages, CryptoSwSchedulerMessages, Ct6Messages, Det44Messages, DhcpMessages, Dhcp6IaNaClientCpMessages, Dhcp6PdClientCpMessages, DnsMessages, DsliteMessages, FeatureMessages, FibMessages, FlowMessages, FlowprobeMessages, GeneveMessages, GraphMessages, GreMessages, GsoMessages, GtpuMessages, HttpStaticMessages, IdpfMessages, IgmpMessages, Ikev2Messages, InterfaceMessages, IoamCacheMessages, IoamExportMessages, IoamVxlanGpeMessages, IpMessages, Ip6NdMessages, IpNeighborMessages, IpSessionRedirectMessages, IpfixExportMessages, IpipMessages, IpsecMessages, L2Messages, L2tpMessages, L3xcMessages, LacpMessages, LbMessages, LcpMessages, LispMessages, LispGpeMessages, LldpMessages, MactimeMessages, MapMessages, MdataMessages, MemclntMessages, MemifMessages, MplsMessages, MssClampMessages, Nat44EdMessages, Nat44EiMessages, Nat64Messages, Nat66Messages, Npt66Messages, NshMessages, NsimMessages, OddbufMessages, OneMessages, P2pEthernetMessages, PgMessages, PipeMessages, PnatMessages, PolicerMessages, PotMessages, Pp2Messages, PppoeMessages, PuntMessages, QosMessages, RdCpMessages, RdmaMessages, SessionMessages, SpanMessages, SrMessages, SrMplsMessages, SrPtMessages, StnMessages, SvsMessages, SyslogMessages, Tapv2Messages, TcpMessages, TeibMessages, TlsOpensslMessages, TraceMessages, TracedumpMessages, TracenodeMessages, UdpMessages, UdpPingMessages, UrpfMessages, VhostUserMessages, VirtioMessages, VlibMessages, Vmxnet3Messages, VpeMessages, VrrpMessages, VxlanMessages, VxlanGpeMessages, VxlanGpeIoamExportMessages, WireguardMessages {}
