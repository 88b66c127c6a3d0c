/** Routes of what tunnels and path MTUs look up: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
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
