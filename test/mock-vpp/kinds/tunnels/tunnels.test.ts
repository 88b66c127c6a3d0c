/** Tunnels that would kill VPP: the mock refuses them, says so in its log, and goes on. */
import { expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';

const ALL = 0xffffffff;
const GPE = { is_add: true, local: '192.0.2.1', remote: '192.0.2.2', mcast_sw_if_index: ALL, protocol: 3, vni: 13 };
const GENEVE = { is_add: true, local_address: '2001:db8::1', remote_address: '2001:db8::2', vni: 13 };
const GTPU = { src_address: '192.0.2.1', dst_address: '192.0.2.2', decap_next_index: 1, teid: 13 };

async function begin() {
  const warnings: string[] = [];
  const { mock, client } = await mockAndClient({
    log: (level, message) => void (level === 'warn' && warnings.push(message)),
    setup: ({ tables }) => void tables.add(33, false, ''),
  });
  return { mock, client, warnings };
}

it.each<[string, string, Fields, number]>([
  ['a group without an interface', 'vxlan_gpe_add_del_tunnel_v2', { ...GPE, remote: '239.1.1.1' }, -2],
  [
    'a table of IPv4 without a counterpart',
    'vxlan_gpe_add_del_tunnel_v2',
    { ...GPE, local: '2001:db8::1', remote: '2001:db8::2', encap_vrf_id: 33 },
    -3,
  ],
  ['a table of IPv4 without a counterpart', 'geneve_add_del_tunnel2', { ...GENEVE, encap_vrf_id: 33 }, -3],
  ['an unknown tunnel', 'gtpu_add_del_tunnel_v2', GTPU, -6],
  ['local0', 'teib_entry_add_del', { is_add: 1, entry: { sw_if_index: 0, peer: '10.7.0.1', nh: '192.0.2.2' } }, -2],
])('%s: %s is refused, and the log says why', async (_, name, fields, retval) => {
  const { client, warnings } = await begin();
  expect(await client.ask(name, fields)).toMatchObject({ retval });
  expect(warnings).toEqual([expect.stringMatching(/VPP/)]);
});

it('a table of IPv4 and IPv6: a tunnel over IPv6 is in the one with the same index', async () => {
  const { mock, client } = await begin();
  mock.dataplane.tables.add(34, true, '');
  const { retval, sw_if_index } = await client.ask('geneve_add_del_tunnel2', { ...GENEVE, encap_vrf_id: 33 });
  expect(retval).toBe(0);
  expect(await client.dump('geneve_tunnel_dump', { sw_if_index })).toMatchObject([{ encap_vrf_id: 34 }]);
});

it('an interface that goes takes its tunnel with it', async () => {
  const { mock, client } = await begin();
  const made = [
    await client.ask('gre_tunnel_add_del', { is_add: true, tunnel: { src: '192.0.2.1', dst: '192.0.2.2' } }),
    await client.ask('geneve_add_del_tunnel2', GENEVE),
    await client.ask('vxlan_gpe_add_del_tunnel_v2', GPE),
    await client.ask('gtpu_add_del_tunnel', { ...GTPU, is_add: true }),
    await client.ask('wireguard_interface_create', { interface: { port: 51820 }, generate_key: true }),
  ];
  for (const { sw_if_index } of made) mock.dataplane.deleteInterface(mock.dataplane.interfaceAt(Number(sw_if_index)));
  const all = { sw_if_index: ALL };
  for (const name of ['gre_tunnel', 'geneve_tunnel', 'vxlan_gpe_tunnel', 'gtpu_tunnel', 'wireguard_interface']) {
    expect(await client.dump(`${name}_dump`, all), name).toEqual([]);
  }
});
