/** Requests that end a VPP with certain values, or where it lacks what they name: refused before they are sent. */
import { describe, expect, it } from 'vitest';
import { detailsThen } from '../../mock-vpp/index.js';
import type { ConnectOptions } from '../../src/mux/index.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { mockVpp } from '../support/vpp.js';
import { afterThis, world } from '../support/world.js';

const UDP_ENCAP = { type: 'FIB_API_PATH_TYPE_UDP_ENCAP', nh: { obj_id: 7 }, weight: 1 };
const forbidden = (text: RegExp) => ({
  code: 'FORBIDDEN_MESSAGE',
  outcome: 'not-sent',
  message: expect.stringMatching(text),
});

describe('a route', () => {
  const route = (more: object) => ({
    is_add: true,
    route: { prefix: '192.0.2.0/24', paths: [{ type: 'FIB_API_PATH_TYPE_DROP' }], ...more },
  });

  it('from a source that VPP does not have: refused, after VPP was asked once', async () => {
    const { mock, connection } = await world();
    mock.handle('fib_source_dump', () => [{ src: { id: 4, priority: 1, name: 'API' } }]);
    const ch = connection.channel();
    await expect(ch.request('ip_route_add_del_v2', route({ src: 200 }))).rejects.toMatchObject(
      forbidden(
        /VPP does not look whether there is such a source, and dies; here there is no source of routes with the id in route\.src/,
      ),
    );
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
    expect(mock.received('fib_source_dump')).toBe(1);
  });

  it('from a source that VPP has, and from none: sent', async () => {
    const { mock, connection } = await world();
    mock.handle('fib_source_dump', () => [{ src: { id: 4, priority: 1, name: 'API' } }]);
    const ch = connection.channel();
    await ch.request('ip_route_add_del_v2', route({ src: 4, prefix: '192.0.2.0/25' }));
    expect(mock.received('fib_source_dump')).toBe(1);
    await ch.request('ip_route_add_del_v2', route({ src: 0, prefix: '192.0.2.128/25' }));
    await ch.request('ip_route_add_del_v2', route({ prefix: '198.51.100.0/24' }));
    expect(mock.received('fib_source_dump')).toBe(1);
    expect(mock.received('ip_route_add_del_v2')).toBe(3);
  });

  it('by a UDP encapsulation of which VPP cannot be asked: refused, and says why', async () => {
    const { mock, connection } = await world();
    for (const path of [UDP_ENCAP, { ...UDP_ENCAP, type: 3 }]) {
      const asked = connection.channel().request('ip_route_add_del_v2', route({ paths: [path] }));
      await expect(asked).rejects.toMatchObject(forbidden(/could not be found out: .*udp_encap_dump/));
    }
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it('whose fields change between two looks: what was looked at is sent', async () => {
    const { mock, connection } = await world();
    mock.handle('fib_source_dump', () => [{ src: { id: 4, priority: 1, name: 'API' } }]);
    const sent: unknown[] = [];
    mock.handle('ip_route_add_del_v2', ({ route }) => {
      sent.push(route);
      return { stats_index: 0 };
    });
    let looks = 0;
    const sly = {
      prefix: '192.0.2.0/24',
      paths: [],
      get src() {
        return ++looks <= 2 ? 4 : 200;
      },
    };
    await connection.channel().request('ip_route_add_del_v2', { is_add: true, route: sly });
    expect(sent).toMatchObject([{ src: 4 }]);
  });

  it('unsafe: sent without a question', async () => {
    const { mock, connection } = await world({ unsafe: true });
    mock.handle('ip_route_add_del_v2', () => ({ stats_index: 0 }));
    await connection.channel().request('ip_route_add_del_v2', route({ src: 200 }));
    expect(mock.received('ip_route_add_del_v2')).toBe(1);
    expect(mock.received('fib_source_dump')).toBe(0);
  });

  it('refused: listeners of the data events hear of it, with the fields', async () => {
    const { mock, connection } = await world();
    mock.handle('fib_source_dump', () => []);
    const heard: unknown[] = [];
    connection.dataEvents.listen({
      refused: (_session, { name, fields }, { refuse, text }) => heard.push([name, refuse, fields.route, text]),
    });
    await connection
      .channel()
      .request('ip_route_add_del_v2', route({ src: 9 }))
      .catch(() => undefined);
    expect(heard).toEqual([
      [
        'ip_route_add_del_v2',
        'FORBIDDEN_MESSAGE',
        expect.objectContaining({ src: 9 }),
        expect.stringMatching(/^ip_route_add_del_v2 was not sent/),
      ],
    ]);
  });

  /** A VPP that is asked and does not answer until it is let. */
  async function asking(options: ConnectOptions = {}) {
    const { mock, connection } = await world(options);
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    let answer = () => {};
    mock.handle('fib_source_dump', () => {
      ask();
      return new Promise((resolve) => {
        answer = () => resolve([{ src: { id: 4, priority: 1, name: 'API' } }]);
      });
    });
    return { mock, connection, ch: connection.channel(), asked, answer: () => answer() };
  }

  it('a channel closed while VPP is asked: rejects, and nothing is sent', async () => {
    const { mock, ch, asked } = await asking();
    const refused = expect(ch.request('ip_route_add_del_v2', route({ src: 4 }))).rejects.toMatchObject({
      code: 'CHANNEL_CLOSED',
    });
    await asked;
    ch.close();
    await refused;
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it('given up while VPP is asked: rejects at once, and nothing is sent', async () => {
    const { mock, ch, asked } = await asking();
    const leave = new AbortController();
    const request = ch.request('ip_route_add_del_v2', route({ src: 4 }), { signal: leave.signal });
    await asked;
    leave.abort();
    await expect(request).rejects.toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
    const hurried = ch.request('ip_route_add_del_v2', route({ src: 4 }), { timeoutMs: 50 });
    await expect(hurried).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', outcome: 'not-sent' });
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it('VPP goes while it is asked: that is the error, and no refusal', async () => {
    const { mock, connection, ch, asked } = await asking();
    const refusals: unknown[] = [];
    connection.dataEvents.listen({ refused: (_session, { name }) => void refusals.push(name) });
    const lost = expect(ch.request('ip_route_add_del_v2', route({ src: 4 }))).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
      outcome: 'not-sent',
      message: expect.stringMatching(/ip_route_add_del_v2 was not sent: whether .* could not be found out: /),
    });
    await asked;
    mock.kill();
    await lost;
    expect(refusals).toEqual([]);
  });

  it('another VPP serves before it is sent: that one is asked, too', async () => {
    const other = await mockVpp({});
    afterThis(other.stop);
    other.mock.handle('fib_source_dump', () => []);
    const { mock, connection, ch, asked, answer } = await asking({
      backup: { socket: other.socket, failBack: 'manual' },
    });
    await expect.poll(() => connection.status.redundancy?.standby.state).toBe('ready');
    const request = ch.request('ip_route_add_del_v2', route({ src: 4 }));
    const refused = expect(request).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE' });
    await asked;
    // A request in flight keeps the present dataplane from being left before the answer.
    mock.misbehave({ late: { messages: 'show_version', ms: 200 } });
    const last = connection.channel().request('show_version');
    const switched = connection.switchTo('backup');
    await expect.poll(() => connection.state).toBe('connecting');
    answer();
    await Promise.all([refused, last, switched]);
    expect([mock.received('ip_route_add_del_v2'), other.mock.received('ip_route_add_del_v2')]).toEqual([0, 0]);
    expect(other.mock.received('fib_source_dump')).toBe(1);
  });
});

describe('with all of VPP 26.06', needs(sharedMissing), () => {
  const TEXTS: Readonly<Record<string, string>> = {
    'show dns cache': 'The DNS cache is disabled...\n',
    'show abf policy': `abf:[0]: policy:2 acl:0
     path-list:[13] locks:1 flags:shared,no-uRPF, uRPF-list: None
      path:[13] pl-index:13 ip4 weight=1 pref=0 special:  cfg-flags:drop,
        [@0]: dpo-drop ip4
abf:[1]: policy:4 acl:0
     path-list:[14] locks:1 flags:shared,no-uRPF, uRPF-list: None
`,
  };
  const whole = () => world({}, { apiDir: sharedPath('vpp-api', '26.06') });
  const ALL = 0xffffffff;

  it.each<[string, object, RegExp]>([
    [
      'graph_node_get',
      {},
      /cursor is not ~0.*: VPP looks for a queue.*; use cursor ~0 with the index or name of one node/,
    ],
    ['graph_node_get', { cursor: ALL, index: ALL }, /neither index nor name/],
    ['policer_classify_dump', { sw_if_index: ALL }, /never sent: VPP lists its own memory.*show classify policer/],
    ['flow_classify_dump', { sw_if_index: 1 }, /never sent: VPP lists its own memory/],
  ])('%s %j: a list that is refused', async (name, fields, text) => {
    const { mock, connection } = await whole();
    await expect(
      connection
        .channel()
        .dump(name, { ...fields })
        .toArray(),
    ).rejects.toMatchObject(forbidden(text));
    expect(mock.received(name)).toBe(0);
  });

  it.each<[string, object, RegExp]>([
    ['bond_add_member', { bond_sw_if_index: 1 }, /sw_if_index is 0: VPP dies of local0/],
    ['trace_set_filter_function', {}, /filter_function_name is empty: VPP reads a name where there is none/],
    ['pcap_set_filter_function', { filter_function_name: '' }, /filter_function_name is empty/],
    ['trace_capture_packets', { node_index: ALL, max_packets: 5 }, /node_index is ~0: VPP does not look/],
    ['trace_set_filters', { flag: 1, count: 5 }, /flag is INCLUDE_NODE or EXCLUDE_NODE and node_index is ~0/],
    [
      'pcap_trace_on',
      { capture_rx: true, preallocate_data: true, max_packets: 1_000_000, filename: 'x' },
      /more than 256 MiB/,
    ],
    ['tls_openssl_set_engine', {}, /engine is empty/],
    ['l2_patch_add_del', {}, /rx_sw_if_index is 0 and tx_sw_if_index is 0: VPP looks into a table/],
    ['adl_allowlist_enable_disable', { ip4: true }, /sw_if_index is 0: VPP looks into a table/],
    ['sfdp_gateway_set_geneve_output', { tenant_id: 1 }, /never sent: VPP looks for the tenant/],
    ['sfdp_interface_input_set', { sw_if_index: 1, tenant_id: 1 }, /here there is no tenant/],
    ['sfdp_nat_set_external_interface', { sw_if_index: ALL }, /sw_if_index is ~0/],
    ['p2p_ethernet_add', { parent_if_index: 0 }, /here there is no Ethernet interface with this parent_if_index/],
    ['l2fib_flush_int', { sw_if_index: 1 }, /here the interface is in no bridge domain/],
    ['pnat_flow_lookup', { sw_if_index: 1 }, /here PNAT is on no interface/],
    ['cnat_translation_update', {}, /there are no paths/],
    ['cnat_set_snat_policy', {}, /here CNAT has no source addresses/],
    ['cnat_snat_policy_add_del_exclude_pfx', { is_add: 1 }, /here CNAT has no source addresses/],
    ['npol_configure_policies', { num_rx_policies: 1, policy_ids: [] }, /total_ids is less than num_rx_policies/],
    ['nat44_add_del_lb_static_mapping', { locals: Array(256).fill({ port: 1 }) }, /more than 255 locals/],
    ['nat44_ei_del_user', {}, /here NAT44 EI is off/],
    ['dhcp6_send_client_message', { sw_if_index: 1 }, /here IPv6 is off on this interface/],
    ['bond_enslave', { bond_sw_if_index: 1 }, /sw_if_index is 0: VPP dies of local0/],
    ['ikev2_initiate_sa_init', {}, /here there is no IKEv2 profile of this name/],
    ['ikev2_initiate_sa_init', { name: 'branch' }, /here there is no IKEv2 profile of this name/],
    [
      'abf_itf_attach_add_del',
      { is_add: true, attach: { policy_id: 3 } },
      /here there is no ABF policy with this policy_id/,
    ],
    [
      'abf_itf_attach_add_del',
      { is_add: true, attach: { policy_id: 4 } },
      /here there is no ABF policy with this policy_id, or it has lost its paths/,
    ],
    [
      'abf_itf_attach_add_del',
      { is_add: true, attach: { policy_id: 2, sw_if_index: ALL } },
      /attach\.sw_if_index is ~0/,
    ],
    [
      'abf_itf_attach_add_del',
      { is_add: false, attach: { policy_id: 2, sw_if_index: 1, is_ipv6: true } },
      /here the policy is on this interface for the other family/,
    ],
    ['abf_policy_add_del', { is_add: false, policy: { policy_id: 4 } }, /here the policy has lost its paths/],
    ['sw_interface_span_enable_disable', { sw_if_index_from: 2 ** 24 }, /sw_if_index_from or sw_if_index_to is beyond/],
    ['sw_interface_span_enable_disable', { sw_if_index_to: ALL - 1, state: 3 }, /makes room for every index/],
    ['stn_add_del_rule', { is_add: true, sw_if_index: 99 }, /there is no interface with this sw_if_index/],
    ['classify_add_del_table', { is_add: true, nbuckets: 2 ** 31 }, /nbuckets is from 67,108,865/],
    ['classify_pcap_set_table', { sw_if_index: ALL - 1 }, /beyond 16,777,215, but not ~0/],
    ['ip_reassembly_set', { max_reassemblies: 1024 }, /expire_walk_interval_ms is 0: VPP walks without a pause/],
    ['ip_reassembly_set', { expire_walk_interval_ms: 50, max_reassemblies: 4_000_000 }, /runs out of memory/],
    ['sr_policy_add', {}, /sids\.num_sids is 0/],
    ['sr_policy_mod_v2', { operation: 1 }, /operation is 1 and sids\.num_sids is 0/],
    ['sr_localsid_add_del', { behavior: 14 }, /is_del is false and behavior is beyond 13/],
    ['sr_localsid_add_del', { behavior: 9, sw_if_index: 7 }, /here there is no table with this sw_if_index/],
    ['sr_localsid_add_del_v2', { behavior: 8, sw_if_index: 6 }, /here there is no table with this sw_if_index/],
    [
      'sr_steering_add_del',
      { traffic_type: 6, table_id: 6, prefix: '2001:db8::/32' },
      /here there is no table with this table_id/,
    ],
    [
      'ipsec_sad_entry_add_del_v2',
      { is_add: true, entry: { flags: 4, tx_table_id: 7, tunnel_dst: '192.0.2.1' } },
      /here there is no table with this entry\.tx_table_id/,
    ],
    [
      'geneve_add_del_tunnel2',
      { is_add: true, remote_address: '2001:db8::1', encap_vrf_id: 6 },
      /here there is no IPv6 table with this encap_vrf_id/,
    ],
    ['flowprobe_tx_interface_add_del', { which: 200 }, /here records of flows are on/],
    ['ikev2_set_sa_lifetime', { name: 'branch' }, /here there is no IKEv2 profile of this name/],
    [
      'ip_route_add_del_v2',
      { route: { paths: [{ type: 'FIB_API_PATH_TYPE_DVR', sw_if_index: ALL }] } },
      /a path has the type DVR or INTERFACE_RX and the sw_if_index ~0/,
    ],
    [
      'ip_route_add_del',
      { route: { paths: [{ type: 'FIB_API_PATH_TYPE_LOCAL', sw_if_index: 99 }] } },
      /here there is no interface with its sw_if_index/,
    ],
    [
      'mpls_tunnel_add_del',
      { mt_tunnel: { mt_paths: [{ proto: 'FIB_API_PATH_NH_PROTO_MPLS', sw_if_index: 1 }] } },
      /here there is no MPLS table/,
    ],
    ['tm_sys_get_capabilities', { sw_if_idx: ALL }, /there is no interface with this sw_if_idx/],
    ['pipe_delete', { sw_if_index: 1 }, /there is no pipe with this sw_if_index/],
    [
      'ip_mroute_add_del',
      { is_add: true, route: { paths: [{ path: UDP_ENCAP }] } },
      /here there is no UDP encapsulation with its nh\.obj_id/,
    ],
    [
      'ip_route_add_del',
      { is_add: true, route: { paths: [{ type: 'FIB_API_PATH_TYPE_BIER_IMP', nh: { obj_id: 7 } }] } },
      /here there is no BIER imposition with its nh\.obj_id/,
    ],
    ['memif_create', { mode: 2 }, /mode is neither ETHERNET nor IP: VPP makes no interface in such a mode/],
    ['memif_create_v2', { mode: 'MEMIF_MODE_API_PUNT_INJECT' }, /mode is neither ETHERNET nor IP/],
    ['pppoe_add_del_cp', { sw_if_index: ALL }, /sw_if_index is beyond 16,777,215/],
    ['qos_mark_enable_disable', { mark: { sw_if_index: ALL } }, /mark\.sw_if_index is ~0: VPP makes room/],
    ['teib_entry_add_del', { is_add: 1 }, /entry\.sw_if_index is 0: VPP dies of local0/],
    ['vxlan_gpe_add_del_tunnel_v2', { remote: '239.1.1.1', mcast_sw_if_index: ALL }, /remote is a multicast group/],
    ['dns_resolve_ip', {}, /VPP asks a name server though it has none, and dies; here DNS is disabled/],
    ['dns_resolve_name', { name: 'text:example.org' }, /though it has none, and dies; here DNS is disabled/],
  ])('%s %j: refused', async (name, fields, text) => {
    const { mock, connection } = await whole();
    mock.handle('abf_itf_attach_dump', () => [{ attach: { policy_id: 2, sw_if_index: 1, is_ipv6: false } }]);
    mock.handle('ip_table_dump', () => [
      { table: { table_id: 6, is_ip6: false } },
      { table: { table_id: 7, is_ip6: true } },
    ]);
    mock.handle('flowprobe_get_params', () => ({ record_flags: 1 }));
    mock.handle('pipe_dump', () => []);
    mock.handle('pnat_interfaces_get', () => []);
    mock.handle('sfdp_tenant_dump', () => []);
    mock.handle('ikev2_profile_dump', () => [{ profile: { name: 'main' } }]);
    mock.handle('sw_interface_ip6_get_link_local_address', () => ({ retval: -62 }));
    mock.handle('udp_encap_dump', () => [{ udp_encap: { id: 8 } }]);
    mock.handle('cli_inband', ({ cmd }) => ({ reply: TEXTS[String(cmd)] ?? '' }));
    await expect(connection.channel().request(name, { ...fields })).rejects.toMatchObject(forbidden(text));
    expect(mock.received(name)).toBe(0);
  });

  it('what VPP has: the same messages are sent', async () => {
    const { mock, connection } = await whole();
    const ch = connection.channel();
    mock.handle('graph_node_get', () => detailsThen([], { cursor: ALL }));
    mock.handle('cli_inband', ({ cmd }) => ({ reply: TEXTS[String(cmd)] ?? '' }));
    mock.handle('abf_itf_attach_dump', () => []);
    mock.handle('abf_itf_attach_add_del', () => ({}));
    mock.handle('sw_interface_span_enable_disable', () => ({}));
    await ch.dump('graph_node_get', { cursor: ALL, name: 'ip4-lookup' }).toArray();
    await ch.request('abf_itf_attach_add_del', { is_add: true, attach: { policy_id: 2 } });
    await ch.request('abf_itf_attach_add_del', { is_add: false, attach: { policy_id: 3 } });
    await ch.request('sw_interface_span_enable_disable', { sw_if_index_from: 0, state: 'SPAN_STATE_API_RX' });
    mock.handle('cli_inband', () => ({ reply: 'DNS cache contains 1 entries\n' }));
    mock.handle('dns_resolve_ip', () => ({}));
    mock.handle('ikev2_profile_dump', () => [{ profile: { name: 'main' } }]);
    mock.handle('ikev2_initiate_sa_init', () => ({}));
    await ch.request('ikev2_initiate_sa_init', { name: 'main' });
    await ch.request('dns_resolve_ip', {});
    expect(mock.received('graph_node_get')).toBe(1);
    expect(mock.received('abf_itf_attach_add_del')).toBe(2);
    expect(mock.received('dns_resolve_ip')).toBe(1);
    expect(mock.received('ikev2_initiate_sa_init')).toBe(1);
  });

  it('sessions of NAT44 EI: listed while it is on, and else refused', async () => {
    const { mock, connection } = await whole();
    let sessions = 0;
    mock.handle('nat44_ei_show_running_config', () => ({ sessions }));
    mock.handle('nat44_ei_user_session_dump', () => []);
    const dump = connection.channel().dump('nat44_ei_user_session_dump', { vrf_id: 0 });
    await expect(dump.toArray()).rejects.toMatchObject(forbidden(/here NAT44 EI is off/));
    sessions = 10_240;
    expect(await dump.toArray()).toEqual([]);
  });

  it('redirects of punts: listed by the old dump unless one has no paths', async () => {
    const { mock, connection } = await whole();
    let paths: readonly object[] = [{ type: 2 }];
    mock.handle('ip_punt_redirect_v2_dump', () => [{ punt: { af: 1, paths: [{}] } }, { punt: { af: 1, paths } }]);
    mock.handle('ip_punt_redirect_dump', () => []);
    const dump = connection.channel().dump('ip_punt_redirect_dump', { sw_if_index: ALL, is_ipv6: true });
    expect(await dump.toArray()).toEqual([]);
    expect(mock.receivedMessages('ip_punt_redirect_v2_dump')[0].fields).toMatchObject({ sw_if_index: ALL, af: 1 });
    paths = [];
    await expect(dump.toArray()).rejects.toMatchObject(
      forbidden(/use ip_punt_redirect_v2_dump; here a redirect of punts has no paths/),
    );
    expect(mock.received('ip_punt_redirect_dump')).toBe(1);
  });

  it('local SIDs: listed, though VPP dies where a table of theirs was not there; those are not made', async () => {
    const { mock, connection } = await whole();
    const ch = connection.channel();
    expect(await ch.dump('sr_localsids_dump').toArray()).toEqual([]);
    const sid = { localsid: '2001:db8::1', behavior: 'SR_BEHAVIOR_API_DT6', sw_if_index: 0 };
    expect(await ch.request('sr_localsid_add_del', sid)).toMatchObject({ retval: 0 });
    await expect(ch.request('sr_localsid_add_del', { ...sid, sw_if_index: 7 })).rejects.toMatchObject(
      forbidden(/VPP takes it, and ends when local SIDs are listed, by the command line as well; here/),
    );
    expect(mock.received('sr_localsid_add_del')).toBe(1);
  });

  it('ABF policies: listed, unless the last path of one was deleted while it was on an interface', async () => {
    const { mock, connection } = await whole();
    const swIfIndex = mock.dataplane.addLoopback();
    const ch = connection.channel();
    await ch.request('acl_add_replace', { acl_index: ALL, tag: 'a', r: [] });
    const policy = (is_add: boolean) =>
      ch.request('abf_policy_add_del', {
        is_add,
        policy: {
          policy_id: 2,
          acl_index: 0,
          paths: [{ sw_if_index: swIfIndex, nh: { address: { ip4: '192.0.2.9' } } }],
        },
      });
    await policy(true);
    await ch.request('abf_itf_attach_add_del', { is_add: true, attach: { policy_id: 2, sw_if_index: swIfIndex } });
    expect(await ch.dump('abf_policy_dump').toArray()).toHaveLength(1);
    await policy(false);
    await expect(ch.dump('abf_policy_dump').toArray()).rejects.toMatchObject(
      forbidden(/use cli_inband 'show abf policy'; here the last path of a policy was deleted/),
    );
  });

  it('pipes: listed, unless one has a sub-interface', async () => {
    const { connection } = await whole();
    const ch = connection.channel();
    const { sw_if_index } = await ch.request('pipe_create');
    expect(await ch.dump('pipe_dump').toArray()).toHaveLength(1);
    await ch.request('create_vlan_subif', { sw_if_index, vlan_id: 10 });
    await expect(ch.dump('pipe_dump').toArray()).rejects.toMatchObject(forbidden(/here a pipe has a sub-interface/));
  });
});
