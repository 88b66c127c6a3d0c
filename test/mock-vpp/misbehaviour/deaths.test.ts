/** Requests that end the mock with VPP's bugs in the states in which they end VPP 26.06, and not in others. */
import { afterAll, expect, it } from 'vitest';
import type { Death } from '../../../mock-vpp/index.js';
import { servedRequests } from '../../../mock-vpp/kind.js';
import { KINDS } from '../../../mock-vpp/kinds/index.js';
import { HAZARDS } from '../../../src/mux/hazards/table.js';
import { endOfVpp, type Fields, type HazardState, hazardsOf } from '../../../src/mux/internal.js';
import { mockAndClient, rawClient } from '../../support/mock.js';
import type { RawClient } from '../../support/raw-client.js';

/** A request: its name and fields. */
type Step = readonly [string, Fields];

/** Sends a request, and waits until all of its answer, if any, has come. */
async function pass(client: RawClient, name: string, fields: Fields): Promise<void> {
  client.post(name, fields);
  const last = client.post('control_ping');
  while ((await client.next()).readUInt32BE(2) !== last);
}

const ALL = 0xffffffff;
const hop = (ip4: string) => ({ sw_if_index: ALL, nh: { address: { ip4 } } });
const table = (table_id: number, is_ip6: boolean): Step => [
  'ip_table_add_del',
  { is_add: true, table: { table_id, is_ip6 } },
];
const policer: Step[] = [['policer_add', { name: 'p', infos: { cir: 1000, cb: 1000n } }]];
const acl: Step = ['acl_add_replace', { acl_index: ALL, tag: 'a', r: [] }];
const policy = (is_add: boolean): Step => [
  'abf_policy_add_del',
  { is_add, policy: { policy_id: 1, paths: [hop('192.0.2.9')] } },
];
const attach = (is_add: boolean, is_ipv6 = false): Step => [
  'abf_itf_attach_add_del',
  { is_add, attach: { policy_id: 1, sw_if_index: 1, is_ipv6 } },
];
const gtpu = (is_add: boolean): Step => [
  'gtpu_add_del_tunnel_v2',
  { is_add, src_address: '192.0.2.1', dst_address: '192.0.2.2', teid: 5, decap_next_index: 1 },
];
const gpe = (decap_vrf_id: number): Step => [
  'vxlan_gpe_add_del_tunnel',
  { is_add: true, local: '192.0.2.1', remote: '192.0.2.2', vni: 5, protocol: 3, decap_vrf_id },
];
const geneve = (encap_vrf_id: number): Step => [
  'geneve_add_del_tunnel',
  { is_add: true, local_address: '2001:db8::1', remote_address: '2001:db8::2', vni: 5, encap_vrf_id },
];
const profile = (is_add: boolean): Step => ['ikev2_profile_add_del', { name: 'p', is_add }];
const router = (vr_id: number): Step => [
  'vrrp_vr_update',
  { vrrp_index: ALL, sw_if_index: 1, vr_id, priority: 100, interval: 100, flags: 1, addrs: [`192.0.2.${vr_id}`] },
];
const start = (vr_id: number): Step => ['vrrp_vr_start_stop', { sw_if_index: 1, vr_id, is_start: 1 }];
const chain = (fields: Fields): Step => [
  'classify_add_del_table',
  { nbuckets: 2, memory_size: 4096, match_n_vectors: 1, miss_next_index: ALL, mask: Buffer.alloc(16, 1), ...fields },
];
const ring = (next_table_index: number): Step[] => [
  chain({ is_add: true, table_index: ALL, next_table_index: ALL }),
  chain({ is_add: true, table_index: 0, next_table_index }),
  chain({ is_add: false, table_index: 0, del_chain: true }),
];
const snat = (flags: number, snat_ip4 = '0.0.0.0'): Step => [
  'cnat_set_snat_addresses_v2',
  { snat_ip4, sw_if_index: ALL, flags },
];
const sid = (behavior: number, sw_if_index: number): Step => [
  'sr_localsid_add_del',
  { localsid: '2001:db8::5', behavior, sw_if_index },
];
const sids = (num_sids: number) => ({ num_sids, sids: Array.from({ length: 16 }, () => '2001:db8::a') });
const segments: Step = ['sr_policy_add', { bsid_addr: '2001:db8::9', is_encap: true, sids: sids(1) }];
const steer = (table_id: number): Step => [
  'sr_steering_add_del',
  { bsid_addr: '2001:db8::9', table_id, prefix: '192.0.2.0/24', traffic_type: 4 },
];
const route = (path: Fields): Step => [
  'ip_route_add_del',
  { is_add: true, route: { prefix: '192.0.2.0/24', paths: [path] } },
];
const mplsTable: Step = ['mpls_table_add_del', { mt_is_add: true, mt_table: { mt_table_id: 0 } }];

/** States that a case below has met. */
const met = new Set<HazardState>();
let finished = 0;

/** Name, steps of which the last is deadly, and steps that are not. */
const IN_A_STATE: [string, Step[], Step[]][] = [
  [
    'a policer never applied',
    [...policer, ['policer_input', { name: 'p', apply: false }]],
    [...policer, ['policer_input', { name: 'p', apply: true }], ['policer_input', { name: 'p', apply: false }]],
  ],
  [
    'a policer applied the other way',
    [...policer, ['policer_input_v2', { apply: true }], ['policer_output_v2', {}]],
    [],
  ],
  [
    'NAT64 while it is off',
    [['nat64_add_del_static_bib', { is_add: true }]],
    [
      ['nat64_plugin_enable_disable', { enable: true }],
      ['nat64_add_del_static_bib', { is_add: true, proto: 6 }],
    ],
  ],
  [
    'FIBs that there are not',
    [['cnat_set_snat_addresses_v2', { fwd_fib_index: 7, snat_ip4: '192.0.2.1', sw_if_index: ALL }]],
    [],
  ],
  [
    'the default of CNAT, removed twice',
    [snat(4, '192.0.2.1'), snat(0), snat(0)],
    [snat(0, '192.0.2.1'), snat(0), snat(0)],
  ],
  ['a GTP-U tunnel that exists', [gtpu(true), gtpu(true)], [gtpu(true), gtpu(false)]],
  ['a GTP-U tunnel that does not', [gtpu(false)], []],
  [
    'GPE tunnels to no table',
    [gpe(ALL), ['vxlan_gpe_tunnel_dump', { sw_if_index: ALL }]],
    [gpe(0), ['vxlan_gpe_tunnel_dump', { sw_if_index: ALL }]],
  ],
  ['a table without a counterpart', [table(7, false), geneve(7)], [table(7, false), table(8, true), geneve(7)]],
  ['a local SID without its table', [sid(9, 7), ['sr_localsids_dump', {}]], [sid(9, 0), ['sr_localsids_dump', {}]]],
  ['steering into a table that there is not', [segments, steer(7)], [steer(7), segments, table(7, false), steer(7)]],
  ['no segments', [['sr_policy_add', { sids: sids(0) }]], []],
  [
    'a behaviour of a plugin',
    [sid(14, 0)],
    [['sr_localsid_add_del', { is_del: true, localsid: '2001:db8::5', behavior: 14 }]],
  ],
  [
    'a router whose interface lists one that is gone',
    [router(1), router(2), ['vrrp_vr_del', {}], start(2)],
    [router(1), ['vrrp_vr_del', {}], router(2), start(2)],
  ],
  ['a ring of classify tables', ring(0), ring(ALL)],
  [
    'the first request of IKEv2',
    [['ikev2_set_sa_lifetime', { name: 'p' }]],
    [profile(false), ['ikev2_set_sa_lifetime', { name: 'p' }]],
  ],
  [
    'a responder that nobody resolves',
    [
      profile(true),
      ['ikev2_set_responder_hostname', { name: 'p', hostname: 'example.org', sw_if_index: 1 }],
      ['ikev2_initiate_sa_init', { name: 'p' }],
    ],
    [
      profile(true),
      ['ikev2_set_responder_hostname', { name: 'p', hostname: 'example.org', sw_if_index: ALL }],
      ['ikev2_initiate_sa_init', { name: 'p' }],
    ],
  ],
  [
    'a path that a policy has already',
    [acl, policy(true), policy(true), policy(true)],
    [acl, policy(true), policy(true)],
  ],
  [
    'an attached policy without paths, listed',
    [acl, policy(true), attach(true), policy(false), ['abf_policy_dump', {}]],
    [acl, policy(true), attach(true), ['abf_policy_dump', {}]],
  ],
  [
    'a policy taken off as of the other family',
    [acl, policy(true), attach(true), attach(false, true)],
    [acl, policy(true), attach(true), attach(false)],
  ],
  [
    'a pipe with a sub-interface',
    [
      ['pipe_create', {}],
      ['create_vlan_subif', { sw_if_index: 2, vlan_id: 10 }],
      ['pipe_dump', {}],
    ],
    [
      ['pipe_create', {}],
      ['pipe_dump', {}],
    ],
  ],
  [
    'a path to a label, without an MPLS table',
    [route({ proto: 2, nh: { via_label: 16 } })],
    [mplsTable, route({ proto: 2, nh: { via_label: 16 } })],
  ],
  [
    'a path to an interface that there is not',
    [route({ type: 1, sw_if_index: 7 })],
    [route({ type: 1, sw_if_index: ALL })],
  ],
  ['a path that receives nowhere', [route({ type: 9, sw_if_index: ALL })], []],
  [
    'an SA whose tunnel leads nowhere',
    [['ipsec_sad_entry_add_del_v2', { is_add: true, entry: { sad_id: 1, flags: 4, tx_table_id: 7 } }]],
    [['ipsec_sad_entry_add_del_v2', { is_add: true, entry: { sad_id: 1, flags: 68, tx_table_id: 7 } }]],
  ],
  [
    'flows of a kind that there is not',
    [
      ['flowprobe_params', { record_flags: 1 }],
      ['flowprobe_tx_interface_add_del', { sw_if_index: 1, which: 200 }],
    ],
    [['flowprobe_tx_interface_add_del', { sw_if_index: 1, which: 200 }]],
  ],
];

it.each(IN_A_STATE)('in a state: %s', async (_, deadly, harmless) => {
  const deaths: Death[] = [];
  const { mock, client } = await mockAndClient({
    misbehave: { vppBugs: true },
    setup: (dataplane) => void dataplane.addLoopback(),
    onDeath: (death) => deaths.push(death),
    log: () => {},
  });
  for (const [name, fields] of harmless) await pass(client, name, fields);
  expect(deaths).toEqual([]);
  mock.kill();
  await mock.start();
  const again = await rawClient(mock);
  for (const [name, fields] of deadly.slice(0, -1)) await pass(again, name, fields);
  expect(deaths).toEqual([]);
  const [name, fields] = deadly[deadly.length - 1];
  again.post(name, fields);
  await again.untilClosed();
  expect(deaths).toEqual([{ request: name, client: 'raw-client', reason: expect.stringMatching(/dies$/) }]);
  expect(mock.running).toBe(false);
  const state = hazardsOf(name).find(({ reason }) => reason === deaths[0].reason)?.state;
  if (state !== undefined) met.add(state);
  finished++;
});

/** States that the mock does not know: of what it does not serve, or of memory. */
const UNKNOWN: readonly HazardState[] = ['sdlRule', 'onlyIp6NameServers', 'classifyFull', 'rivalOnSocket'];

// Behind all others, in whatever order they ran; not where only some of them were asked for.
afterAll(() => {
  if (finished < IN_A_STATE.length) return;
  const served = new Set(servedRequests(KINDS));
  const states = HAZARDS.filter((hazard) => endOfVpp(hazard) && served.has(hazard.message)).map(({ state }) => state);
  const known = states.filter((state) => state !== undefined && !UNKNOWN.includes(state));
  expect([...new Set(known)].sort(), 'states in which VPP dies, all of which a test above has to meet').toEqual(
    [...met].sort(),
  );
});
