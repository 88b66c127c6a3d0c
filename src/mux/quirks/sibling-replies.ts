/**
 * Requests that VPP answers under the name of a sibling's reply, which has the same layout. The mux knows such an answer by its
 * CRC, whatever its name (session/identify.ts). Read in the sources of 26.06; that of `lcp_itf_pair_get_v2` was seen.
 */
const SIBLINGS: Readonly<Record<string, string>> = {
  acl_stats_intf_counters_enable: 'acl_del_reply',
  det44_close_session_in: 'det44_close_session_out_reply',
  ipfix_classify_table_add_del: 'set_ipfix_classify_stream_reply',
  lcp_itf_pair_get_v2: 'lcp_itf_pair_get_reply',
  lisp_map_register_enable_disable: 'lisp_enable_disable_reply',
  lisp_rloc_probe_enable_disable: 'lisp_enable_disable_reply',
  nat_det_close_session_in: 'nat_det_close_session_out_reply',
  one_map_register_enable_disable: 'one_enable_disable_reply',
  one_nsh_set_locator_set: 'one_pitr_set_locator_set_reply',
  one_rloc_probe_enable_disable: 'one_enable_disable_reply',
  one_stats_enable_disable: 'one_enable_disable_reply',
  policer_input_v2: 'policer_input_reply',
  policer_output_v2: 'policer_output_reply',
  snort_client_v2_get: 'snort_client_get_reply',
};

/** The name of the reply that VPP sends to `request`; undefined where it is the declared one. */
export function siblingReply(request: string): string | undefined {
  return Object.hasOwn(SIBLINGS, request) ? SIBLINGS[request] : undefined;
}

/** Details under the name of a sibling's, with the same layout. Seen on 26.06. */
const DETAILS: Readonly<Record<string, string>> = { nat44_ed_vrf_tables_v2_details: 'nat44_ed_vrf_tables_details' };

/** The name of the details that VPP sends for `details`; undefined where it is their own. */
export function siblingDetails(details: string): string | undefined {
  return Object.hasOwn(DETAILS, details) ? DETAILS[details] : undefined;
}

/** All of the replies, for tests. */
export const siblingReplies: readonly (readonly [request: string, reply: string])[] = Object.entries(SIBLINGS);
