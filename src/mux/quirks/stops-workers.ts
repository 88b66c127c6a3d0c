/**
 * Requests during which VPP's workers go on forwarding packets; during all others they stand still (WIRE 3.8; read in VPP 26.06:
 * the messages that are marked as safe for that). Earlier releases have fewer, which costs their users only time.
 */

const WORKERS_GO_ON: ReadonlySet<string> = new Set([
  ...['control_ping', 'show_version', 'show_threads', 'show_vpe_system_time', 'api_versions', 'get_first_msg_id'],
  ...['cli_inband', 'graph_node_get', 'sw_interface_dump', 'sw_interface_tag_add_del'],
  ...['sw_interface_set_interface_name', 'ip_address_dump', 'ip_route_add_del', 'ip_route_add_del_v2'],
  ...[
    'bridge_domain_dump',
    'l2_flags',
    'l2_flags_get',
    'l2_flags_set',
    'l2_interface_feat_flags_get',
    'l2_interface_feat_flags_set',
  ],
  ...['udp_encap_add', 'udp_encap_del', 'udp_encap_dump', 'sw_interface_lacp_dump'],
  ...['create_vhost_user_if', 'create_vhost_user_if_v2', 'trace_dump', 'trace_v2_dump', 'auto_sdl_config'],
  ...['arping', 'arping_acd', 'idpf_delete', 'dev_attach', 'dev_detach', 'dev_create_port_if', 'dev_remove_port_if'],
]);

/** Whether VPP stops its workers while it handles `name`. */
export function stopsWorkers(name: string): boolean {
  return !WORKERS_GO_ON.has(name) && !name.startsWith('session_sdl_') && !name.endsWith('_control_ping');
}
