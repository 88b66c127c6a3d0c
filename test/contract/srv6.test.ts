/** SRv6: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
const SR = 5;

async function begin() {
  const vpp = await Contract.begin();
  const routes = async (is_ip6: boolean) =>
    (await vpp.dump('ip_route_v2_dump', { table: { is_ip6 }, src: SR }))
      .map(({ route }) => route as { prefix: string; paths: Fields[] })
      .map(({ prefix, paths }) => {
        const [{ type, table_id, proto, nh }] = paths;
        return [prefix, type, Number(table_id) | 0, proto, (nh as { address: Fields }).address.ip6];
      })
      .sort();
  return { vpp, routes };
}

describe('local SIDs', () => {
  async function withSids() {
    const known = await begin();
    const { vpp } = known;
    const loop = await vpp.loopback();
    const request = (is_del: boolean, localsid: string, behavior: number, more: Fields) => {
      const fields = { is_del, localsid, behavior, sw_if_index: NONE, ...more };
      return vpp.retval('locator_block_len' in more ? 'sr_localsid_add_del_v2' : 'sr_localsid_add_del', fields);
    };
    const add = (localsid: string, behavior: number, more: Fields = {}) => request(false, localsid, behavior, more);
    const del = (localsid: string, behavior = 1, more: Fields = {}) => request(true, localsid, behavior, more);
    const list = async () =>
      (await vpp.dump('sr_localsids_dump')).map((each) =>
        [each.addr, each.end_psp, each.behavior, each.xconnect_nh_addr, each.xconnect_iface_or_vrf_table].join(' '),
      );
    return { ...known, loop, add, del, list };
  }

  it('each a route; with an interface and next hop, or a table, by behaviour', async () => {
    const { vpp, routes, loop, add, del, list } = await withSids();
    const table = { table_id: 5 };
    await vpp.ask('ip_table_add_del', { is_add: true, table });
    expect(await add('2001:db8:a::1', 1)).toBe(0);
    expect(await add('2001:db8:a::2', 2, { sw_if_index: loop, nh_addr: '2001:db8::99', end_psp: true })).toBe(0);
    expect(await add('2001:db8:a::3', 6, { sw_if_index: loop, nh_addr: '2001:db8::98' })).toBe(0);
    expect(await add('2001:db8:a::4', 7, { sw_if_index: loop, nh_addr: '192.0.2.5' })).toBe(0);
    expect(await add('2001:db8:a::5', 5, { sw_if_index: loop, vlan_index: 7 })).toBe(0);
    expect(await add('2001:db8:a::6', 9, { sw_if_index: 5 })).toBe(0);
    expect(await add('2001:db8:a::7', 8, { sw_if_index: 0 })).toBe(0);
    expect(await add('2001:db8:a::8', 3, { sw_if_index: 0 })).toBe(0);
    const all = [
      '2001:db8:a::1 false 1 0.0.0.0 0',
      `2001:db8:a::2 true 2 2001:db8::99 ${loop}`,
      `2001:db8:a::3 false 6 2001:db8::98 ${loop}`,
      `2001:db8:a::4 false 7 192.0.2.5 ${loop}`,
      `2001:db8:a::5 false 5 0.0.0.0 ${loop}`,
      '2001:db8:a::6 false 9 0.0.0.0 5',
      '2001:db8:a::7 false 8 0.0.0.0 0',
      '2001:db8:a::8 false 3 0.0.0.0 0',
    ];
    expect(await list()).toEqual(all);
    const [first] = await vpp.dump('sr_localsids_with_packet_stats_dump');
    expect(first).toMatchObject({ addr: '2001:db8:a::1', behavior: 1 });
    expect(await routes(true)).toHaveLength(8);
    for (let sid = 1; sid <= 8; sid++) expect(await del(`2001:db8:a::${sid}`)).toBe(0);
    expect([await list(), await routes(true)]).toEqual([[], []]);
    await vpp.ask('ip_table_add_del', { is_add: false, table });
  });

  it('refused: doubled, unknown ones, tables and interfaces, an address that has a route', async () => {
    const { vpp, loop, add, del, list } = await withSids();
    await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
    await vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix: '2001:db8:b::1/64' });
    expect([await add('2001:db8:a::1', 1), await add('2001:db8:a::1', 1), await del('2001:db8:a::9')]).toEqual([
      0, -1, -2,
    ]);
    expect([await add('2001:db8:a::9', 1, { fib_table: UNKNOWN }), await add('2001:db8:b::1', 1)]).toEqual([-3, -4]);
    for (const behavior of [2, 5, 6, 7])
      expect(await add('2001:db8:a::9', behavior, { sw_if_index: UNKNOWN })).toBe(-2);
    expect([await del('2001:db8:a::1'), await list()]).toEqual([0, []]);
  });

  it('micro SIDs: prefixes of 48 bits, or as long as version 2 says', async () => {
    const { routes, add, del, list } = await withSids();
    const lengths = (locator_block_len: number, locator_node_len: number, function_len: number) => ({
      locator_block_len,
      locator_node_len,
      function_len,
    });
    expect([await add('2001:db8:a::1', 12), await add('2001:db8:a::2', 11)]).toEqual([0, -4]);
    expect([await del('2001:db8:a::1'), await del('2001:db8:a::1', 12)]).toEqual([-2, 0]);
    expect([
      await add('2001:db8:c::', 1, lengths(32, 16, 16)),
      await add('2001:db8:d::', 11, lengths(32, 16, 16)),
    ]).toEqual([0, 0]);
    expect((await routes(true)).map(([prefix]) => prefix)).toEqual(['2001:db8:c::/64', '2001:db8:d::/64']);
    expect([
      await add('2001:db8:e::', 1, lengths(33, 16, 16)),
      await add('2001:db8:e::', 12, lengths(32, 32, 16)),
    ]).toEqual([-7, -7]);
    expect(await add('2001:db8:e::', 1, lengths(128, 16, 0))).toBe(-7);
    expect([
      await del('2001:db8:c::', 1, lengths(32, 16, 16)),
      await del('2001:db8:d::', 11, lengths(32, 16, 16)),
    ]).toEqual([0, 0]);
    expect(await list()).toEqual([]);
  });
});

describe('policies', () => {
  const segments = (weight: number, ...sids: string[]): Fields => ({
    num_sids: sids.length,
    weight,
    sids: [...sids, ...Array(16 - sids.length).fill('::')],
  });

  async function withPolicies() {
    const known = await begin();
    const { vpp } = known;
    const add = (bsid_addr: string, sids: Fields, more: Fields = {}) =>
      vpp.retval('type' in more ? 'sr_policy_add_v2' : 'sr_policy_add', { bsid_addr, is_encap: true, sids, ...more });
    const mod = (operation: number, more: Fields) =>
      vpp.retval('sr_policy_mod', { bsid_addr: '2001:db8:b5::1', operation, sids: segments(0), ...more });
    const del = (bsid_addr: string) => vpp.retval('sr_policy_del', { bsid_addr });
    const list = async (dump = 'sr_policies_dump') =>
      (await vpp.dump(dump)).map(({ bsid, is_spray, type, is_encap, encap_src, sid_lists }) => [
        bsid,
        Number(type ?? is_spray),
        is_encap,
        ...(encap_src === undefined ? [] : [encap_src]),
        ...(sid_lists as Fields[]).map(({ num_sids, weight, sids }) =>
          [weight, ...(sids as string[]).slice(0, Number(num_sids))].join(' '),
        ),
      ]);
    /** Indices of the segment lists of the first policy. */
    const indices = async () => {
      const [{ sid_lists }] = await vpp.dump('sr_policies_with_sl_index_dump');
      return (sid_lists as Fields[]).map(({ sl_index }) => Number(sl_index));
    };
    return { ...known, add, mod, del, list, indices };
  }

  it('each a route, with its segments; the weight is that of the list', async () => {
    const { vpp, routes, add, del, list } = await withPolicies();
    const two = segments(0, '2001:db8:5::1', '2001:db8:5::2');
    expect([await add('2001:db8:b5::1', two, { weight: 3 }), await add('2001:db8:b5::1', two)]).toEqual([0, -12]);
    expect(await add('2001:db8:b5::2', two, { fib_table: UNKNOWN })).toBe(-13);
    const spray = segments(7, '2001:db8:5::3');
    expect(await add('2001:db8:b5::3', spray, { is_encap: false, is_spray: true, fib_table: NONE })).toBe(0);
    expect(await list()).toEqual([
      ['2001:db8:b5::1', 0, true, '0 2001:db8:5::1 2001:db8:5::2'],
      ['2001:db8:b5::3', 1, false, '7 2001:db8:5::3'],
    ]);
    expect((await routes(true)).map(([prefix]) => prefix)).toEqual(['2001:db8:b5::1/128', '2001:db8:b5::3/128']);
    // The index freed last is given out first: the next tests begin with the first one.
    expect([await del('2001:db8:b5::9'), await del('2001:db8:b5::3'), await del('2001:db8:b5::1')]).toEqual([-1, 0, 0]);
    expect([await list(), await routes(true), await vpp.dump('sr_policies_v2_dump')]).toEqual([[], [], []]);
  });

  it('the source of the encapsulation: a policy’s own, or that of all when it was made or changed', async () => {
    const { vpp, add, del, list } = await withPolicies();
    const source = (encaps_source: string) => vpp.retval('sr_set_encap_source', { encaps_source });
    const hops = (hop_limit: number) => vpp.retval('sr_set_encap_hop_limit', { hop_limit });
    expect([await hops(0), await hops(64), await source('2001:db8:e::7')]).toEqual([-7, 0, 0]);
    const one = segments(1, '2001:db8:5::1');
    expect(await add('2001:db8:b5::1', one, { type: 2, encap_src: '2001:db8:e::1' })).toBe(0);
    expect([await add('2001:db8:b5::2', one, { type: 0 }), await add('2001:db8:b5::3', one)]).toEqual([0, 0]);
    expect(await list('sr_policies_v2_dump')).toEqual([
      ['2001:db8:b5::1', 2, true, '2001:db8:e::1', '1 2001:db8:5::1'],
      ['2001:db8:b5::2', 0, true, '2001:db8:e::7', '1 2001:db8:5::1'],
      ['2001:db8:b5::3', 0, true, '2001:db8:e::7', '1 2001:db8:5::1'],
    ]);
    for (const bsid of [3, 2, 1]) expect(await del(`2001:db8:b5::${bsid}`)).toBe(0);
    expect(await source('::')).toBe(0);
  });

  it('changed: lists added, weighed and removed, but the last', async () => {
    const { add, mod, del, list, indices } = await withPolicies();
    await add('2001:db8:b5::1', segments(0, '2001:db8:5::1'));
    expect([await mod(1, { bsid_addr: '2001:db8:b5::9' }), await mod(0, {}), await mod(4, {})]).toEqual([-1, -1, -1]);
    expect(await mod(1, { sids: segments(9, '2001:db8:5::7') })).toBe(0);
    expect(await list()).toEqual([['2001:db8:b5::1', 0, true, '0 2001:db8:5::1', '9 2001:db8:5::7']]);
    const [first, second] = await indices();
    expect([await mod(2, { sl_index: UNKNOWN }), await mod(3, { sl_index: UNKNOWN })]).toEqual([-22, -32]);
    expect(await mod(3, { sl_index: second, weight: 44, sids: segments(55) })).toBe(0);
    expect([await mod(2, { sl_index: first }), await mod(2, { sl_index: second })]).toEqual([0, -21]);
    expect([await list(), await indices()]).toEqual([[['2001:db8:b5::1', 0, true, '55 2001:db8:5::7']], [second]]);
    await del('2001:db8:b5::1');
  });

  it('steering of prefixes and interfaces into them', async () => {
    const { vpp, routes, add, del } = await withPolicies();
    const loop = await vpp.loopback();
    const [encap, plain] = ['2001:db8:b5::1', '2001:db8:b5::3'];
    await add(encap, segments(0, '2001:db8:5::1'));
    await add(plain, segments(0, '2001:db8:5::1'), { is_encap: false });
    const steer = (is_del: boolean, traffic_type: number, more: Fields = {}) =>
      vpp.retval('sr_steering_add_del', { is_del, traffic_type, bsid_addr: encap, ...more });
    const list = async () =>
      (await vpp.dump('sr_steering_pol_dump')).map((each) =>
        [each.traffic_type, each.fib_table, each.prefix, each.sw_if_index, each.bsid].join(' '),
      );
    const [four, six] = [{ prefix: '198.51.100.0/24' }, { prefix: '2001:db8:77::/48' }];
    expect([await steer(false, 6, six), await steer(false, 6, six), await steer(false, 4, four)]).toEqual([0, 0, 0]);
    expect([await steer(false, 6, { ...six, bsid_addr: '2001:db8:b5::9' }), await steer(false, 5, six)]).toEqual([
      -2, -1,
    ]);
    expect(await steer(false, 4, { prefix: '203.0.113.0/24', bsid_addr: plain })).toBe(-5);
    expect([await steer(false, 2, { sw_if_index: UNKNOWN }), await steer(false, 2, { sw_if_index: loop })]).toEqual([
      -2, 0,
    ]);
    const inMemory = `${Buffer.from([loop, 0]).readUInt16BE(0).toString(16)}::/0`;
    expect(await list()).toEqual([
      `6 0 2001:db8:77::/48 ${0xb80d0120} ${encap}`,
      `4 0 198.51.100.0/24 0 ${encap}`,
      `2 0 ${inMemory} ${loop} ${encap}`,
    ]);
    expect(await steer(false, 6, { ...six, bsid_addr: plain })).toBe(0);
    expect(await routes(false)).toEqual([['198.51.100.0/24', 0, -1, 1, encap]]);
    expect((await routes(true))[0]).toEqual(['2001:db8:77::/48', 0, -1, 1, plain]);
    // The binding SID does not count when it is taken back, and a policy goes first if it likes.
    expect([await del(plain), await steer(true, 6, six), await steer(true, 6, six)]).toEqual([0, 0, -4]);
    expect([await steer(true, 4, four), await steer(true, 2, { sw_if_index: loop })]).toEqual([0, 0]);
    expect([await list(), await del(encap), await routes(true), await routes(false)]).toEqual([[], 0, [], []]);
  });
});
