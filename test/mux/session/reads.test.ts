import { beforeAll, describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { forbidden } from '../../../src/mux/hazards/find.js';
import type { MessageDef } from '../../../src/mux/schema/model.js';
import { reads } from '../../../src/mux/session/reads.js';
import { ownApiDir } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

/** Looked at one by one, in VPP 26.06. */
const READ = `
  control_ping acl_plugin_control_ping show_version show_threads show_vpe_system_time show_one_stats_enable_disable
  nat44_show_running_config nat44_ed_show_fq_options trace_profile_show_config one_show_xtr_mode pot_profile_show_config_dump
  sw_interface_dump sw_interface_get_table sw_interface_get_mac_address sw_interface_tx_placement_get l2_flags_get
  ip_route_v2_dump ip_route_lookup ip_route_lookup_v2 ip_path_mtu_get lldp_dump gre_tunnel_dump mactime_dump
  lisp_locator_set_dump log_dump graph_node_get get_node_index get_next_index get_api_json get_first_msg_id api_versions
  nat44_ei_get_addr_and_port_alloc_alg lcp_itf_pair_get_v2 snort_instance_v2_get ikev2_plugin_get_version
  classify_pcap_get_tables classify_table_info feature_is_enabled map_summary_stats gtpu_get_transfer_counts
  want_interface_events want_ip_neighbor_events_v2 want_wireguard_peer_events want_bfd_events`;
const WRITES = `
  cli_inband cli sw_interface_set_flags create_loopback delete_loopback sw_interface_set_table sw_interface_clear_stats
  collect_detailed_interface_stats ip_route_add_del_v2 ip_table_flush ip_session_redirect_add acl_plugin_use_hash_lookup_set
  l2tpv3_set_lookup_key bd_ip_mac_flush one_stats_flush one_stats_enable_disable nat44_ei_ha_resync
  want_ping_finished_events want_l2_macs_events want_l2_macs_events2 mfib_signal_dump trace_dump trace_v2_dump trace_capture_packets trace_clear_capture
  pg_capture pg_create_interface_v3 pg_enable_disable udp_ping_add_del arping arping_acd dns_resolve_name
  classify_pcap_lookup_table pnat_flow_lookup det44_forward tm_sys_node_read_stats add_node_next pcap_trace_on
  get_node_graph selog_get_shm app_attach app_worker_add_del rpc_call sockclnt_delete memclnt_keepalive`;
const words = (text: string) => text.trim().split(/\s+/);

const defs = new Map<string, ReadonlyMap<string, MessageDef>>();
const requests = (vpp: string) => [...(defs.get(vpp)?.values() ?? [])].filter(({ service }) => service);

describe('reads', needs(sharedMissing), () => {
  beforeAll(async () => {
    for (const vpp of ['22.10', '23.10', '25.10', '26.06']) {
      defs.set(vpp, (await loadSchema(sharedPath('vpp-api', vpp))).model.messages);
    }
  });
  const judged = (name: string) => {
    const def = defs.get('26.06')?.get(name);
    if (!def) throw new Error(`no ${name}`);
    return reads(def);
  };

  it.each(words(READ))('%s: reads', (name) => expect(judged(name)).toBe(true));
  it.each(words(WRITES))('%s: does more', (name) => expect(judged(name)).toBe(false));

  it('all of VPP 26.06: whose name says that it changes something is no read, but for names of things', () => {
    const changing =
      /(^|_)(add|del|delete|set|create|update|remove|enable|disable|clear|flush|reset|start|stop|bind)(_|$)/;
    const suspects = requests('26.06')
      .filter((def) => reads(def) && changing.test(def.name))
      .map(({ name }) => name);
    expect(suspects).toEqual(['lisp_locator_set_dump', 'one_locator_set_dump', 'show_one_stats_enable_disable']);
  });

  it.each([
    ['22.10', 282],
    ['23.10', 291],
    ['25.10', 322],
    ['26.06', 345],
  ])('VPP %s: %d requests read; another number is to be looked at', (vpp, count) => {
    expect(requests(vpp).filter(reads)).toHaveLength(count);
  });

  it('all versions: what is answered with file descriptors is forbidden', () => {
    for (const [vpp, messages] of defs) {
      const passing = requests(vpp).filter(({ service }) =>
        messages.get(service?.reply ?? '')?.fields.some(({ name }) => name === 'n_fds'),
      );
      expect(passing.length).toBeGreaterThan(0);
      expect(passing.filter(({ name }) => !forbidden(name))).toEqual([]);
    }
  });

  it('replies, details and events: are no requests', () => {
    const [reply, details, event] = ['show_version_reply', 'sw_interface_details', 'sw_interface_event'].map(judged);
    expect([reply, details, event]).toEqual([false, false, false]);
  });
});

it('the definitions that come with the mock: judged alike, wherever these tests run', async () => {
  const { model } = await loadSchema(ownApiDir);
  const judged = (text: string) => {
    const known = words(text).flatMap((name) => model.messages.get(name) ?? []);
    return known.map((def) => `${def.name} ${reads(def)}`);
  };
  const [reading, writing] = [judged(READ), judged(WRITES)];
  expect(reading.filter((line) => !line.endsWith(' true'))).toEqual([]);
  expect(writing.filter((line) => !line.endsWith(' false'))).toEqual([]);
  expect(Math.min(reading.length, writing.length)).toBeGreaterThan(15);
});
