/** Routes looked up, and the flow hash: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;

it('ip_route_lookup: the exact prefix, or the longest around it', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
  await vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix: '2001:db8:7::1/64' });
  const paths = [{ sw_if_index: loop, weight: 1, nh: { address: { ip4: '192.0.2.9' } } }];
  const change = (is_add: boolean) =>
    vpp.ask('ip_route_add_del', { is_add, route: { prefix: '198.51.100.0/24', n_paths: 1, paths } });
  const { stats_index } = await change(true);
  for (const request of ['ip_route_lookup', 'ip_route_lookup_v2']) {
    const look = async (prefix: string, exact: number, table_id = 0) => {
      const { retval, route } = await vpp.ask(request, { table_id, exact, prefix });
      return retval === 0 ? (route as Fields).prefix : retval;
    };
    expect([await look('198.51.100.0/24', 1), await look('198.51.100.7/24', 1)]).toEqual(
      Array(2).fill('198.51.100.0/24'),
    );
    expect([await look('198.51.100.7/32', 1), await look('198.51.100.7/32', 0)]).toEqual([-6, '198.51.100.0/24']);
    expect([await look('10.1.1.1/32', 0), await look('240.1.1.1/32', 0)]).toEqual(['0.0.0.0/0', '240.0.0.0/4']);
    expect([await look('2001:db8:7::/64', 1), await look('2001:db8:7::5/128', 0)]).toEqual(
      Array(2).fill('2001:db8:7::/64'),
    );
    expect([await look('2001:db8:7::1/128', 1), await look('fe80::1/128', 0)]).toEqual([
      '2001:db8:7::1/128',
      'fe80::/10',
    ]);
    expect([await look('198.51.100.0/24', 1, UNKNOWN), await look('2001:db8::/32', 1)]).toEqual([-3, -6]);
  }
  const { route } = await vpp.ask('ip_route_lookup_v2', { prefix: '198.51.100.7/32' });
  expect(route).toMatchObject({
    table_id: 0,
    stats_index,
    src: 8,
    n_paths: 1,
    paths: [{ type: 0, sw_if_index: loop, nh: { address: { ip4: '192.0.2.9' } } }],
  });
  await change(false);
});

it('the flow hash of a table: any fields, of a table that there is', async () => {
  const vpp = await Contract.begin();
  const first = (fields: Fields) => vpp.retval('set_ip_flow_hash', fields);
  expect([await first({ vrf_id: UNKNOWN, src: true }), await first({ vrf_id: 0 })]).toEqual([-3, 0]);
  const five = { src: true, dst: true, sport: true, dport: true, proto: true };
  expect([await first({ vrf_id: 0, is_ipv6: true, ...five }), await first({ vrf_id: 0, ...five })]).toEqual([0, 0]);
  for (const request of ['set_ip_flow_hash_v2', 'set_ip_flow_hash_v3']) {
    const set = (table_id: number, af: number, flow_hash_config: number) =>
      vpp.retval(request, { table_id, af, flow_hash_config });
    expect([await set(0, 4, 1), await set(UNKNOWN, 4, 1), await set(UNKNOWN, 0, 1)]).toEqual([-97, -97, -3]);
    expect([await set(0, 0, 0), await set(0, 0, 511), await set(0, 0, 159), await set(0, 1, 159)]).toEqual([
      0, 0, 0, 0,
    ]);
  }
  expect(await vpp.retval('set_ip_flow_hash_router_id', { router_id: 5 })).toBe(0);
});
