/** Routes of what tunnels and path MTUs look up: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
/** Source of the routes of what is looked up. */
const RECURSIVE = 18;
const [LOCAL, PEER, GROUP] = ['192.0.2.1', '192.0.2.77', '239.1.2.3'];

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const change = (is_add: boolean) =>
    vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix: `${LOCAL}/24` });
  await vpp.retval('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
  expect(await change(true)).toBe(0);
  /** The route of the peer: its source and where it leads. */
  const route = async (prefix = `${PEER}/32`) => {
    const table = { table_id: 0, is_ip6: prefix.includes(':') };
    const routes = (await vpp.dump('ip_route_v2_dump', { table })).map((each) => each.route as Fields);
    const found = routes.find((each) => each.prefix === prefix);
    return found && [found.src, (found.paths as Fields[]).map(({ sw_if_index }) => sw_if_index)];
  };
  return { vpp, loop, route, attached: [RECURSIVE, [loop]] };
}

const VXLAN: Fields = { src_address: LOCAL, dst_address: PEER, decap_next_index: ALL, instance: ALL, vni: 13 };
const GENEVE: Fields = { local_address: LOCAL, remote_address: PEER, decap_next_index: ALL, vni: 13 };
const GTPU: Fields = { src_address: LOCAL, dst_address: PEER, decap_next_index: ALL, teid: 13 };

it.each([
  ['vxlan_add_del_tunnel_v3', VXLAN],
  ['geneve_add_del_tunnel2', GENEVE],
  ['gtpu_add_del_tunnel', GTPU],
  ['vxlan_gpe_add_del_tunnel_v2', { local: LOCAL, remote: PEER, vni: 13, protocol: 3 }],
])('%s: the peer has a route while there is a tunnel to it', async (request, fields) => {
  const { vpp, route, attached } = await begin();
  expect(await route()).toBeUndefined();
  const id = request.startsWith('gtpu') ? 'teid' : 'vni';
  const change = (is_add: boolean, number: number) => vpp.retval(request, { ...fields, is_add, [id]: number });
  for (const number of [13, 14]) expect(await change(true, number)).toBe(0);
  expect(await route()).toEqual(attached);
  expect(await change(false, 13)).toBe(0);
  expect(await route()).toEqual(attached);
  expect(await change(false, 14)).toBe(0);
  expect(await route()).toBeUndefined();
});

it('a group has none', async () => {
  const { vpp, loop, route } = await begin();
  const change = (is_add: boolean) =>
    vpp.retval('vxlan_add_del_tunnel_v3', { ...VXLAN, dst_address: GROUP, mcast_sw_if_index: loop, is_add });
  expect(await change(true)).toBe(0);
  expect(await route(`${GROUP}/32`)).toBeUndefined();
  expect(await change(false)).toBe(0);
});

it('a next hop with a path MTU has one', async () => {
  const { vpp, route, attached } = await begin();
  const update = (path_mtu: number) => vpp.retval('ip_path_mtu_update', { pmtu: { nh: PEER, table_id: 0, path_mtu } });
  for (const mtu of [1400, 1300]) expect(await update(mtu)).toBe(0);
  expect(await route()).toEqual(attached);
  expect(await update(0)).toBe(0);
  expect(await route()).toBeUndefined();
});

const TUNNEL: Fields = { instance: 77, src: LOCAL, dst: PEER };
const gre = (is_add: boolean): [string, Fields] => ['gre_tunnel_add_del_v2', { is_add, tunnel: TUNNEL }];

describe.each([
  { name: 'GRE', create: gre(true), remove: () => gre(false) },
  {
    name: 'IPIP',
    create: ['ipip_add_tunnel', { tunnel: TUNNEL }] as [string, Fields],
    remove: (sw_if_index: number): [string, Fields] => ['ipip_del_tunnel', { sw_if_index }],
  },
])('$name: the peer has a route', ({ create, remove }) => {
  const made = async () => {
    const begun = await begin();
    const { retval, sw_if_index } = await begun.vpp.ask(...create);
    expect(retval).toBe(0);
    const index = Number(sw_if_index);
    const set = (flags: number) => begun.vpp.retval('sw_interface_set_flags', { sw_if_index: index, flags });
    const address = (prefix: string, is_add = true) =>
      begun.vpp.retval('sw_interface_add_del_address', { sw_if_index: index, is_add, prefix });
    const gone = () => begun.vpp.retval(...remove(index));
    return { ...begun, index, set, address, gone };
  };

  it('from when it is up with an address until the last has gone', async () => {
    const { route, attached, set, address, gone } = await made();
    expect([await address('198.51.100.1/30'), await route()]).toEqual([0, undefined]);
    expect([await set(1), await route()]).toEqual([0, attached]);
    expect([await set(0), await route(), await set(1)]).toEqual([0, attached, 0]);
    expect([await address('198.51.101.1/30'), await address('198.51.100.1/30', false)]).toEqual([0, 0]);
    expect(await route()).toEqual(attached);
    expect([await address('198.51.101.1/30', false), await route()]).toEqual([0, undefined]);
    expect([await address('2001:db8::1/64'), await route()]).toEqual([0, attached]);
    expect([await gone(), await route()]).toEqual([0, undefined]);
  });

  it('while a route goes through it', async () => {
    const { vpp, index, route, attached, set, gone } = await made();
    const path = { sw_if_index: index, weight: 1, nh: { address: { ip4: '198.51.100.2' } } };
    const change = (is_add: boolean) =>
      vpp.retval('ip_route_add_del_v2', { is_add, route: { prefix: '203.0.113.0/24', n_paths: 1, paths: [path] } });
    expect([await set(1), await change(true), await route()]).toEqual([0, 0, attached]);
    expect([await change(false), await route()]).toEqual([0, undefined]);
    expect(await gone()).toBe(0);
  });
});

it('GRE of Ethernet: the peer has a route from when it is first up until it is deleted', async () => {
  const { vpp, route, attached } = await begin();
  const change = (is_add: boolean) => vpp.ask('gre_tunnel_add_del_v2', { is_add, tunnel: { ...TUNNEL, type: 1 } });
  const { sw_if_index } = await change(true);
  const set = (flags: number) => vpp.retval('sw_interface_set_flags', { sw_if_index: Number(sw_if_index), flags });
  expect(await route()).toBeUndefined();
  expect([await set(1), await set(0), await route()]).toEqual([0, 0, attached]);
  await change(false);
  expect(await route()).toBeUndefined();
});
