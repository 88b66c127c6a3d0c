/** Features, ARP termination and BVIs of bridge domains: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
const ALL = 0xffffffff;
const [BRIDGE, OTHER] = [4811, 4812];
const FEATURES = ['learn', 'forward', 'flood', 'uu_flood', 'arp_term', 'arp_ufwd'];

/** A domain with four features, and another; both go after the test. */
async function begin() {
  const vpp = await Contract.begin();
  const domain = (bd_id: number, is_add = true) =>
    vpp.retval('bridge_domain_add_del', { bd_id, is_add, flood: true, uu_flood: true, forward: true, learn: true });
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const bd_id of [BRIDGE, OTHER]) await client.ask('bridge_domain_add_del', { bd_id, is_add: false });
  });
  for (const id of [BRIDGE, OTHER]) expect(await domain(id)).toBe(0);
  return {
    ...{ vpp, domain },
    details: async () => (await vpp.dump('bridge_domain_dump', { bd_id: BRIDGE, sw_if_index: ALL }))[0],
    flags: (flags: number, is_set: boolean, bd_id = BRIDGE) => vpp.ask('bridge_flags', { bd_id, flags, is_set }),
    entry: (ip: string, mac: string, fields: Fields = {}, bd_id = BRIDGE) =>
      vpp.retval('bd_ip_mac_add_del', { is_add: true, ...fields, entry: { bd_id, ip, mac } }),
    /** Entries: domain, IP, MAC. VPP has them in the order of a hash. */
    entries: async (bd_id = ALL) =>
      (await vpp.dump('bd_ip_mac_dump', { bd_id }))
        .map(({ entry }) => Object.values(entry as Fields).join(' '))
        .filter((line) => [BRIDGE, OTHER].includes(Number(line.split(' ')[0])))
        .sort(),
  };
}

describe('bridge_flags', () => {
  it('sets and clears features, and answers with all bits of VPP', async () => {
    const { details, flags } = await begin();
    expect(await flags(0, true)).toMatchObject({ retval: 0, resulting_feature_bitmap: 0xffffffa7 });
    const bitmaps: unknown[] = [];
    for (const flag of [1, 2, 4, 8]) bitmaps.push((await flags(flag, false)).resulting_feature_bitmap);
    expect(bitmaps).toEqual([0xfffffda7, 0xfffffd27, 0xfffffd23, 0xfffffd03]);
    const off = await details();
    expect(FEATURES.filter((name) => off[name])).toEqual([]);
    expect(await flags(63, true)).toMatchObject({ resulting_feature_bitmap: 0xffffffbf });
    const on = await details();
    expect(FEATURES.filter((name) => on[name])).toEqual(FEATURES);
    expect(await flags(64, true)).toMatchObject({ retval: 0, resulting_feature_bitmap: 0xffffffbf });
  });

  it('refuses the placeholder and an unknown domain', async () => {
    const { flags } = await begin();
    expect((await flags(1, true, 0)).retval).toBe(-121);
    expect((await flags(1, true, UNKNOWN)).retval).toBe(-6);
  });
});

it('ageing and limits: of a domain that there is', async () => {
  const { vpp, details } = await begin();
  const age = (bd_id: number) => vpp.retval('bridge_domain_set_mac_age', { bd_id, mac_age: 7 });
  expect([await age(BRIDGE), await age(0), await age(UNKNOWN)]).toEqual([0, -121, -6]);
  expect(await details()).toMatchObject({ mac_age: 7 });
  const limit = (bd_id: number) => vpp.retval('bridge_domain_set_learn_limit', { bd_id, learn_limit: 7 });
  expect([await limit(BRIDGE), await limit(0), await limit(UNKNOWN)]).toEqual([0, -121, -6]);
  expect(await vpp.retval('bridge_domain_set_default_learn_limit', { learn_limit: 1 << 24 })).toBe(0);
});

it('a domain that an interface joins before it is there: with the ageing of the last one with its index', async () => {
  const { vpp, domain, details } = await begin();
  const loop = await vpp.loopback();
  expect(await vpp.retval('bridge_domain_set_mac_age', { bd_id: BRIDGE, mac_age: 7 })).toBe(0);
  expect(await domain(BRIDGE, false)).toBe(0);
  const join = (enable: boolean) =>
    vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index: loop, bd_id: BRIDGE, enable });
  expect([await join(true), await details()]).toMatchObject([0, { mac_age: 7, learn: true, flood: true }]);
  expect([await join(false), await domain(BRIDGE, false), await domain(BRIDGE)]).toEqual([0, 0, 0]);
  expect(await details()).toMatchObject({ mac_age: 0 });
});

describe('bd_ip_mac_add_del', () => {
  it('one MAC for each IP; refuses the placeholder and an unknown domain', async () => {
    const { entry, entries } = await begin();
    const [one, two] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];
    expect([await entry('10.0.0.1', one), await entry('10.0.0.1', one), await entry('10.0.0.1', two)]).toEqual([
      0, 0, 0,
    ]);
    expect([await entry('2001:db8::1', one), await entry('10.0.0.3', one, {}, OTHER)]).toEqual([0, 0]);
    expect([await entry('10.0.0.1', one, {}, 0), await entry('10.0.0.1', one, {}, UNKNOWN)]).toEqual([-121, -6]);
    const own = [`${BRIDGE} 10.0.0.1 ${two}`, `${BRIDGE} 2001:db8::1 ${one}`];
    expect(await entries()).toEqual([...own, `${OTHER} 10.0.0.3 ${one}`]);
    expect([await entries(BRIDGE), await entries(0), await entries(UNKNOWN)]).toEqual([own, [], []]);
  });

  it('deletes with the MAC that it has; goes with the domain', async () => {
    const { vpp, domain, entry, entries } = await begin();
    const [one, two] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];
    await entry('10.0.0.1', one);
    await entry('10.0.0.2', one);
    await entry('10.0.0.3', one, {}, OTHER);
    const remove = (mac: string) => entry('10.0.0.1', mac, { is_add: false });
    expect([await remove(two), await remove(one), await remove(one)]).toEqual([-1, 0, -1]);
    const flush = (bd_id: number) => vpp.retval('bd_ip_mac_flush', { bd_id });
    expect([await flush(0), await flush(UNKNOWN), await flush(ALL)]).toEqual([-121, -6, -6]);
    expect(await entries(BRIDGE)).toEqual([`${BRIDGE} 10.0.0.2 ${one}`]);
    expect([await flush(BRIDGE), await entries(BRIDGE)]).toEqual([0, []]);
    expect([await domain(OTHER, false), await domain(OTHER), await entries(OTHER)]).toEqual([0, 0, []]);
  });
});

it('bvi_create: bviN with a MAC of its own, until it is deleted', async () => {
  const { vpp } = await begin();
  const create = async (user_instance: number, mac = '00:00:00:00:00:00') => {
    const { retval, sw_if_index } = await vpp.ask('bvi_create', { user_instance, mac });
    return { retval, index: Number(sw_if_index) };
  };
  const remove = (sw_if_index: number) => vpp.retval('bvi_delete', { sw_if_index });
  const { index } = await create(300);
  expect(await vpp.details(index)).toMatchObject({
    ...{ interface_name: 'bvi300', interface_dev_type: 'BVI', l2_address: 'b0:b0:00:00:00:2c' },
    ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0], flags: 0 },
  });
  expect([await create(300), await create(16384)]).toMatchObject([{ retval: -31 }, { retval: -31 }]);
  const other = await create(301, '02:00:00:00:00:aa');
  expect(await vpp.details(other.index)).toMatchObject({ l2_address: '02:00:00:00:00:aa' });
  await vpp.ask('sw_interface_set_flags', { sw_if_index: index, flags: 1 });
  expect(await vpp.details(index)).toMatchObject({ flags: 3 });
  expect([await remove(0), await remove(UNKNOWN), await remove(index), await remove(index)]).toEqual([-2, -2, 0, -2]);
  expect([await remove(other.index), await vpp.details(index)]).toEqual([0, undefined]);
});

describe('members', () => {
  const [NORMAL, BVI] = [0, 1];

  it('stand in the order of flooding: the BVI, interfaces, tunnels, loopbacks', async () => {
    const { vpp, details } = await begin();
    const [bvi, loop] = [await vpp.loopback(), await vpp.loopback()];
    const sub = Number((await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 7 })).sw_if_index);
    const change = (dst_address: string, is_add: boolean) =>
      vpp.ask('vxlan_add_del_tunnel_v3', {
        ...{ is_add, src_address: '192.0.2.1', dst_address, mcast_sw_if_index: loop },
        ...{ instance: ALL, decap_next_index: ALL, vni: 13 },
      });
    const [tunnel, group] = [
      Number((await change('192.0.2.2', true)).sw_if_index),
      Number((await change('239.1.1.1', true)).sw_if_index),
    ];
    const bridge = (rx_sw_if_index: number, port_type = NORMAL, enable = true) =>
      vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id: BRIDGE, port_type, enable });
    const members = async () =>
      ((await details()).sw_if_details as Fields[]).map(({ sw_if_index }) => Number(sw_if_index));
    const flooded = async () => {
      const lines = (await vpp.cli(`show bridge-domain ${BRIDGE} int`)).split('\n').slice(4);
      return lines.flatMap((line) => (line === '' ? [] : [line.trim().split(/ +/)[5]]));
    };
    for (const each of [loop, tunnel, sub]) expect(await bridge(each)).toBe(0);
    expect(await members()).toEqual([sub, tunnel, loop]);
    expect(await flooded()).toEqual(['*', '*', '-']);
    expect([await bridge(bvi, BVI), await bridge(group)]).toEqual([0, 0]);
    expect(await members()).toEqual([bvi, sub, group, tunnel, loop]);
    expect(await flooded()).toEqual(['*', '*', '*', '-', '-']);
    // An interface that has been a BVI is not flooded to.
    expect(await bridge(bvi)).toBe(0);
    expect(await members()).toEqual([sub, group, tunnel, loop, bvi]);
    expect([await bridge(sub, BVI), await bridge(sub)]).toEqual([0, 0]);
    expect(await members()).toEqual([group, tunnel, loop, bvi, sub]);
    for (const each of await members()) expect(await bridge(each, NORMAL, false)).toBe(0);
    for (const peer of ['192.0.2.2', '239.1.1.1']) await change(peer, false);
    await vpp.ask('delete_subif', { sw_if_index: sub });
  });

  it('have a sequence number, which grows as addresses are given up', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const bridge = (enable = true) =>
      vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index: loop, bd_id: BRIDGE, enable });
    const sequence = async () =>
      Number((await vpp.cli(`show bridge-domain ${BRIDGE} int`)).split('\n')[4].trim().split(/ +/)[2]);
    await bridge();
    const first = await sequence();
    const since = async () => ((await sequence()) - first + 256) % 256;
    await vpp.ask('l2fib_flush_int', { sw_if_index: loop });
    expect(await since()).toBe(1);
    await bridge();
    expect(await since()).toBe(3);
    for (const flags of [1, 0]) await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags });
    expect(await since()).toBe(4);
    await bridge(false);
  });
});
