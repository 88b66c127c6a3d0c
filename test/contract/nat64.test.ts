/** NAT64: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const [OUTSIDE, INSIDE, STATIC] = [16, 32, 64];
const TIMEOUTS = { udp: 300, tcp_established: 7440, tcp_transitory: 240, icmp: 60 };

/** NAT64, and a loopback; disabled again after the test. */
async function nat64(isEnabled = true) {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const plugin = (enable: boolean) => vpp.retval('nat64_plugin_enable_disable', { enable });
  if (isEnabled) expect(await plugin(true)).toBe(0);
  const addressOf = (fields: Fields = {}) =>
    vpp.retval('nat64_add_del_interface_addr', { is_add: true, sw_if_index: loop, ...fields });
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('nat64_add_del_interface_addr', { is_add: false, sw_if_index: loop });
    for (const enable of [true, false]) await client.ask('nat64_plugin_enable_disable', { enable });
  });
  return {
    ...{ vpp, loop, plugin, addressOf },
    addresses: (start_addr: string, end_addr: string, fields: Fields = {}) =>
      vpp.retval('nat64_add_del_pool_addr_range', { is_add: true, start_addr, end_addr, vrf_id: NONE, ...fields }),
    feature: (fields: Fields = {}) =>
      vpp.retval('nat64_add_del_interface', { is_add: true, sw_if_index: loop, flags: INSIDE, ...fields }),
    prefix: (prefix: string, fields: Fields = {}) =>
      vpp.retval('nat64_add_del_prefix', { is_add: true, prefix, vrf_id: 0, ...fields }),
    bib: (fields: Fields = {}) =>
      vpp.retval('nat64_add_del_static_bib', {
        ...{ is_add: true, i_addr: '2001:db8::1', o_addr: '192.0.2.1', i_port: 80, o_port: 8080, vrf_id: 0, proto: 6 },
        ...fields,
      }),
    address: (prefix: string, is_add = true) =>
      vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix }),
    pool: async () => (await vpp.dump('nat64_pool_addr_dump')).map((each) => [each.address, each.vrf_id]),
    features: async () =>
      (await vpp.dump('nat64_interface_dump')).filter((each) => each.sw_if_index === loop).map((each) => each.flags),
    prefixes: async () => (await vpp.dump('nat64_prefix_dump')).map((each) => [each.prefix, each.vrf_id]),
    entries: async (proto = 255) =>
      (await vpp.dump('nat64_bib_dump', { proto })).map((each) => [
        ...[`${each.i_addr} ${each.i_port}`, `${each.o_addr} ${each.o_port}`, each.proto, each.vrf_id],
      ]),
    hasTable: async (id: number) =>
      (await vpp.dump('ip_table_dump')).some(({ table }) => {
        const { table_id, is_ip6 } = table as Fields;
        return table_id === id && is_ip6;
      }),
  };
}

it('the plugin: twice is 1; what was set before stays until it is disabled', async () => {
  const { vpp, loop, plugin, addresses, feature, prefix, pool, features, prefixes, hasTable } = await nat64(false);
  expect([await plugin(false), await addresses('192.0.2.1', '192.0.2.2'), await feature()]).toEqual([1, 0, 0]);
  expect([await prefix('64:ff9b::/96', { vrf_id: 511 }), await plugin(true), await plugin(true)]).toEqual([0, 0, 1]);
  expect([(await pool()).length, await features(), await prefixes()]).toEqual([2, [INSIDE], [['64:ff9b::/96', 511]]]);
  expect([await plugin(false), await pool(), await features(), await prefixes()]).toEqual([0, [], [], []]);
  expect([await hasTable(511), await feature({ sw_if_index: 9999 }), loop > 0]).toEqual([true, -2, true]);
  expect(await vpp.dump('nat64_st_dump', { proto: 255 })).toEqual([]);
});

it('timeouts: set while it is disabled, too; the defaults when it is disabled', async () => {
  const { vpp, plugin } = await nat64(false);
  const own = { udp: 1, tcp_established: 2, tcp_transitory: 3, icmp: 4 };
  const timeouts = () => vpp.ask('nat64_get_timeouts');
  expect([await vpp.retval('nat64_set_timeouts', own), await plugin(true)]).toEqual([0, 0]);
  expect([await timeouts(), await plugin(false), await timeouts()]).toMatchObject([own, 0, TIMEOUTS]);
});

it('pool: by range, until one is there; with tables of IPv6', async () => {
  const { addresses, pool, hasTable } = await nat64();
  expect([await addresses('192.0.2.1', '192.0.2.2'), await addresses('192.0.2.2', '192.0.2.3')]).toEqual([0, -81]);
  expect(await addresses('192.0.2.10', '192.0.2.11', { vrf_id: 501 })).toBe(0);
  expect([await addresses('192.0.2.9', '192.0.2.8'), await hasTable(501)]).toEqual([0, true]);
  const remove = (first: string, last = first) => addresses(first, last, { is_add: false });
  expect([await remove('192.0.2.1'), await remove('192.0.2.1')]).toEqual([0, -6]);
  expect(await pool()).toEqual([
    ['192.0.2.11', 501],
    ['192.0.2.2', NONE],
    ['192.0.2.10', 501],
  ]);
  expect([await remove('192.0.2.10', '192.0.2.11'), await hasTable(501)]).toEqual([0, false]);
});

it('features: inside and outside', async () => {
  const { feature, features } = await nat64();
  expect([await feature({ is_add: false }), await feature(), await feature({ flags: 0 })]).toEqual([-6, 0, 0]);
  expect([await features(), await feature({ flags: 0, is_add: false })]).toEqual([[INSIDE | OUTSIDE], 0]);
  expect([await features(), await feature({ flags: OUTSIDE, is_add: false }), await features()]).toEqual([
    [INSIDE],
    0,
    [],
  ]);
});

it('prefixes: of six lengths, one for each table, which stays', async () => {
  const { prefix, prefixes, hasTable } = await nat64();
  expect([await prefix('64:ff9b::/96'), await prefix('2001:db8::/32')]).toEqual([0, 0]);
  expect(await prefix('2001:db9::1/48', { vrf_id: 503 })).toBe(0);
  expect([await prefix('2001:db9::/33'), await prefix('::/0')]).toEqual([-7, -7]);
  expect(await prefixes()).toEqual([
    ['2001:db8::/32', 0],
    ['2001:db9::1/48', 503],
  ]);
  const remove = (text: string, vrf_id = 0) => prefix(text, { is_add: false, vrf_id });
  expect([await remove('64:ff9b::/96'), await remove('64:ff9b::/96'), await remove('64:ff9b::/95')]).toEqual([
    0, -6, -7,
  ]);
  expect([await remove('1::/96', 503), await prefixes(), await hasTable(503)]).toEqual([0, [], true]);
});

it('static entries: one for each inside, and port of the pool', async () => {
  const { vpp, addresses, bib, entries, pool } = await nat64();
  await addresses('192.0.2.2', '192.0.2.2');
  const inPool = { o_addr: '192.0.2.2' };
  expect([await bib(), await bib(inPool), await bib({ i_port: 81 })]).toEqual([0, -81, 0]);
  expect([await bib({ ...inPool, i_port: 82 }), await bib({ ...inPool, i_port: 83 })]).toEqual([0, -7]);
  expect([await bib({ ...inPool, i_port: 83, proto: 17 }), await bib({ ...inPool, i_port: 84, proto: 1 })]).toEqual([
    0, 0,
  ]);
  expect([await bib({ i_port: 85, proto: 50 }), await bib({ vrf_id: 502 })]).toEqual([0, 0]);
  const tcp = [
    ['2001:db8::1 80', '192.0.2.1 8080', 6, 0],
    ['2001:db8::1 81', '192.0.2.1 8080', 6, 0],
    ['2001:db8::1 82', '192.0.2.2 8080', 6, 0],
    ['2001:db8::1 80', '192.0.2.1 8080', 6, 502],
  ];
  const [other, udp, icmp] = [
    ['2001:db8::1 85', '192.0.2.1 8080', 50, 0],
    ['2001:db8::1 83', '192.0.2.2 8080', 17, 0],
    ['2001:db8::1 84', '192.0.2.2 8080', 1, 0],
  ];
  expect([await entries(), await entries(6), await entries(0)]).toEqual([[other, udp, ...tcp, icmp], tcp, [other]]);
  expect(await vpp.dump('nat64_bib_dump', { proto: 17 })).toMatchObject([{ flags: STATIC, ses_num: 0 }]);
  const remove = (fields: Fields) => bib({ is_add: false, o_addr: '9.9.9.9', o_port: 0, ...fields });
  expect([await remove({}), await remove({}), await remove({ i_port: 82 })]).toEqual([0, -6, 0]);
  expect([await bib({ ...inPool, i_port: 83 }), await remove({ vrf_id: 502 })]).toEqual([0, 0]);
  expect([await addresses('192.0.2.2', '192.0.2.2', { is_add: false }), await pool()]).toEqual([0, []]);
  expect(await entries(6)).toEqual([['2001:db8::1 83', '192.0.2.2 8080', 6, 0], tcp[1]].reverse().sort());
});

it('addresses of an interface: all of them, while it is enabled', async () => {
  const { addressOf, address, pool } = await nat64();
  expect([await addressOf({ sw_if_index: 9999 }), await addressOf(), await addressOf()]).toEqual([-2, 0, -81]);
  expect([await address('198.51.100.1/24'), await address('198.51.101.1/24')]).toEqual([0, 0]);
  const second = ['198.51.101.1', NONE];
  expect(await pool()).toEqual([['198.51.100.1', NONE], second]);
  expect([await address('198.51.100.1/24', false), await pool()]).toEqual([0, [second]]);
  expect([await addressOf({ is_add: false }), await pool(), await addressOf({ is_add: false })]).toEqual([0, [], -6]);
});
