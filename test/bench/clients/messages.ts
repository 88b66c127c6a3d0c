/**
 * Twenty messages as programs use them: the smallest and the largest of 26.06, what agents send all day, what
 * dumps and events bring. Text and values differ from one to the next, so that no cache makes them look cheap.
 */
import type { Fields } from '../../../src/mux/internal.js';

const ip4 = (i: number) => `192.0.${i & 127}.${i & 255}`;
const ip6 = (i: number) => `2001:db8:${(i & 255).toString(16)}::${(i & 255).toString(16)}`;
const mac = (i: number) => `de:ad:00:00:00:${(i & 255).toString(16).padStart(2, '0')}`;
const bytes = (length: number, i: number) => new Uint8Array(length).fill(i);

const path = (i: number): Fields => ({ sw_if_index: i, weight: 1, nh: { address: { ip4: ip4(i) } } });
const route = (i: number): Fields => ({ table_id: 0, prefix: `10.${i & 255}.1.0/24`, paths: [path(i)] });
const rule = (i: number): Fields => ({
  is_permit: 1,
  src_prefix: `10.0.${i & 255}.0/24`,
  dst_prefix: '0.0.0.0/0',
  proto: 6,
  srcport_or_icmptype_last: 65535,
  dstport_or_icmpcode_first: 443,
  dstport_or_icmpcode_last: 443,
});

const SAMPLES: Readonly<Record<string, (i: number) => Fields>> = {
  memclnt_read_timeout: (i) => ({ dummy: i }),
  control_ping: () => ({}),
  control_ping_reply: (i) => ({ vpe_pid: 1000 + i, client_index: 5 }),
  sw_interface_set_flags: (i) => ({ sw_if_index: i, flags: 1 }),
  sw_interface_event: (i) => ({ pid: 1000, sw_if_index: i, flags: 3 }),
  l2_fib_table_details: (i) => ({ bd_id: 1, mac: mac(i), sw_if_index: i, static_mac: true }),
  ip_address_details: (i) => ({ sw_if_index: i, prefix: `${ip4(i)}/24` }),
  sw_interface_add_del_address: (i) => ({ sw_if_index: i, is_add: true, prefix: `${ip6(i)}/64` }),
  ip_neighbor_details: (i) => ({
    age: i / 10,
    neighbor: { sw_if_index: i, flags: 1, mac_address: mac(i), ip_address: ip4(i) },
  }),
  nat44_user_session_v3_details: (i) => ({
    outside_ip_address: ip4(i),
    outside_port: 1024 + i,
    inside_ip_address: '10.0.0.1',
    inside_port: 5000,
    protocol: 6,
    last_heard: BigInt(i),
    total_bytes: 123_456_789n,
    total_pkts: i,
  }),
  bfd_udp_session_event: (i) => ({ pid: 1000, sw_if_index: i, local_addr: ip4(i), peer_addr: ip6(i), state: 3 }),
  wireguard_peers_details: (i) => ({
    peer: { peer_index: i, public_key: bytes(32, i), port: 51820, endpoint: ip4(i), allowed_ips: [`${ip6(i)}/128`] },
  }),
  bridge_domain_details: (i) => ({
    bd_id: i,
    flood: true,
    learn: true,
    bd_tag: `bridge ${i}`,
    sw_if_details: Array.from({ length: 4 }, (_, sw_if_index) => ({ sw_if_index })),
  }),
  acl_add_replace: (i) => ({ acl_index: 0xffffffff, tag: `web ${i}`, r: [rule(i), rule(i + 1), rule(i + 2)] }),
  sw_interface_details: (i) => ({
    sw_if_index: i,
    l2_address: mac(i),
    flags: 3,
    link_mtu: 9000,
    mtu: [9000, 0, 0, 0],
    interface_name: `loop${i}`,
    interface_dev_type: 'Loopback',
    tag: 'uplink',
  }),
  ip_route_add_del_v2: (i) => ({ is_add: true, route: route(i) }),
  ip_route_v2_details: (i) => ({ route: route(i) }),
  show_version_reply: (i) => ({
    program: 'vpe',
    version: `26.06-${i}`,
    build_date: '2026-06-24T12:00:00',
    build_directory: '/build/vpp',
  }),
  qos_egress_map_update: (i) => ({ map: { id: i, rows: [0, 1, 2, 3].map((row) => ({ outputs: bytes(256, row) })) } }),
  flow_add_v2: (i) => ({
    flow: {
      type: 5,
      index: i,
      actions: 4,
      flow: { ip4_n_tuple: { src_addr: { addr: ip4(i), mask: '255.255.255.0' } } },
    },
  }),
};

export const SAMPLED: readonly string[] = Object.keys(SAMPLES);

/** How many different ones there are of each. */
export const VARIANTS = 256;

/** Plain objects, as a program would give them. */
export function variants(name: string): readonly Fields[] {
  return Array.from({ length: VARIANTS }, (_, i) => SAMPLES[name](i));
}
