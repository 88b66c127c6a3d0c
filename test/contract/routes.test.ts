/** Routes as they are read back: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const TABLE = 979;

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
  const put = (prefix: string, path: Fields, is_add = true) =>
    vpp.retval('ip_route_add_del', { is_add, route: { prefix, n_paths: 1, paths: [{ weight: 1, ...path }] } });
  const routes = async (is_ip6: boolean) =>
    (await vpp.dump('ip_route_v2_dump', { table: { is_ip6 } }))
      .map(({ route }) => route as { prefix: string; src: number; paths: Fields[] })
      .filter(({ prefix }) => /^(198\.51\.100|203\.0\.113).*\/24$|^2001:db8/.test(prefix));
  const prefixes = async (is_ip6 = false) => (await routes(is_ip6)).map(({ prefix, src }) => `${prefix} ${src}`).sort();
  return { vpp, loop, put, routes, prefixes };
}

it('prefixes: with the host bits that the route was made with', async () => {
  const { vpp, loop, put, prefixes } = await begin();
  const hop = { sw_if_index: loop, nh: { address: { ip4: '192.0.2.9' } } };
  const hop6 = { sw_if_index: loop, proto: 1, nh: { address: { ip6: '2001:db8::9' } } };
  expect([await put('198.51.100.7/24', hop), await put('198.51.100.9/24', hop)]).toEqual([0, 0]);
  expect([await put('2001:db8:f::5/64', hop6), await prefixes(true)]).toEqual([0, ['2001:db8:f::5/64 8']]);
  expect([await prefixes(), await put('198.51.100.11/24', hop, false)]).toEqual([['198.51.100.7/24 8'], 0]);
  expect([await put('198.51.100.11/24', hop), await prefixes()]).toEqual([0, ['198.51.100.11/24 8']]);
  await put('198.51.100.0/24', hop, false);
  await put('2001:db8:f::/64', hop6, false);
  for (const prefix of ['203.0.113.1/24', '2001:db8:f::1/64']) {
    await vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix });
  }
  // The network of an IPv6 address has none.
  expect(await prefixes()).toContain('203.0.113.1/24 4');
  expect(await prefixes(true)).toEqual(['2001:db8:f::/64 4', '2001:db8:f::1/128 4']);
});

it('a path that looks up the source: one that looks up the destination', async () => {
  const { vpp, loop, put, routes } = await begin();
  const table = { table_id: TABLE };
  await vpp.ask('ip_table_add_del', { is_add: true, table });
  const lookup = (more: Fields) => put('198.51.100.0/24', { type: 7, sw_if_index: NONE, ...more });
  expect(await lookup({ table_id: 7777 })).toBe(-3);
  expect([await lookup(table), await routes(false)]).toMatchObject([
    0,
    [{ paths: [{ type: 0, sw_if_index: NONE, table_id: TABLE, nh: { address: { ip4: '0.0.0.0' } } }] }],
  ]);
  expect([await lookup({ sw_if_index: loop }), await routes(false)]).toMatchObject([
    0,
    [{ paths: [{ type: 0, sw_if_index: loop, table_id: 0 }] }],
  ]);
  await put('198.51.100.0/24', {}, false);
  await vpp.ask('ip_table_add_del', { is_add: false, table });
});
