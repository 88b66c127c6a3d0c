/** VXLAN tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;

const TUNNEL: Fields = {
  is_add: true,
  instance: ALL,
  src_address: '192.0.2.1',
  dst_address: '192.0.2.2',
  mcast_sw_if_index: ALL,
  encap_vrf_id: 0,
  decap_next_index: ALL,
  vni: 13,
};

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}, version = '_v3') =>
    vpp.ask(`vxlan_add_del_tunnel${version}`, { ...TUNNEL, ...fields });
  /** Adds a tunnel that goes after the test; gives its sw_if_index. */
  const add = async (fields: Fields = {}, version = '_v3') => {
    const { retval, sw_if_index: swIfIndex } = await ask(fields, version);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await ask({ ...fields, is_add: false }, version)));
    return Number(swIfIndex);
  };
  const dump = (swIfIndex = ALL, version = '_v2') =>
    vpp.dump(`vxlan_tunnel${version}_dump`, { sw_if_index: swIfIndex });
  return { vpp, ask, add, dump };
}

describe('a tunnel', () => {
  it('is an Ethernet interface, up at once', async () => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add({ instance: 70 });
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: 'vxlan_tunnel70', interface_dev_type: 'VXLAN', flags: 3, link_speed: 0, link_duplex: 0 },
      ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0], l2_address: expect.stringMatching(/^02:fe:/) },
    });
    expect(await dump(swIfIndex)).toMatchObject([
      {
        ...{ sw_if_index: swIfIndex, instance: 70, src_address: '192.0.2.1', dst_address: '192.0.2.2' },
        ...{ src_port: 4789, dst_port: 4789, mcast_sw_if_index: ALL, encap_vrf_id: 0, decap_next_index: 1, vni: 13 },
      },
    ]);
    expect((await dump(swIfIndex, ''))[0]).not.toHaveProperty('src_port');
    expect(await dump(0)).toEqual([]);
  });

  it('of layer 3: without a MAC address and MTUs', async () => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add({ is_l3: true, src_port: 5000, dst_port: 6000 });
    expect(await vpp.details(swIfIndex)).toMatchObject({ flags: 3, link_mtu: 0, mtu: [0, 0, 0, 0] });
    expect(await vpp.details(swIfIndex)).toMatchObject({ l2_address: '00:00:00:00:00:00' });
    expect(await dump(swIfIndex)).toMatchObject([{ src_port: 5000, dst_port: 6000 }]);
    const at = { sw_if_index: swIfIndex };
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 1500 })).toBe(-30);
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:5e:00:53:09' })).toBe(-9);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(-7);
  });

  it('takes MTUs, MAC addresses and promiscuous mode, and goes down', async () => {
    const { vpp, add } = await begin();
    const at = { sw_if_index: await add() };
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 9300 })).toBe(0);
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:5e:00:53:09' })).toBe(0);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(0);
    expect(await vpp.retval('sw_interface_set_flags', { ...at, flags: 0 })).toBe(0);
    const changed = { flags: 0, link_mtu: 9300, mtu: [9300, 0, 0, 0], l2_address: '02:00:5e:00:53:09' };
    expect(await vpp.details(at.sw_if_index)).toMatchObject(changed);
  });

  it.each(['', '_v2', '_v3'])('by vxlan_add_del_tunnel%s, IPv6; deleted whatever the source', async (version) => {
    const { vpp, add, ask, dump } = await begin();
    const ends = { src_address: '2001:db8::1', dst_address: '2001:db8::2' };
    const swIfIndex = await add(ends, version);
    expect(await dump(swIfIndex)).toMatchObject([{ ...ends, src_port: 4789 }]);
    const gone = await ask({ ...ends, src_address: '2001:db8::7', is_add: false }, version);
    expect(gone).toMatchObject({ retval: 0, sw_if_index: swIfIndex });
    expect(await vpp.details(swIfIndex)).toBeUndefined();
    expect(await dump(swIfIndex)).toEqual([]);
  });

  it('to a multicast group', async () => {
    const { vpp, add, dump } = await begin();
    const loop = await vpp.loopback();
    const swIfIndex = await add({ dst_address: '239.1.1.1', mcast_sw_if_index: loop });
    expect(await dump(swIfIndex)).toMatchObject([{ dst_address: '239.1.1.1', mcast_sw_if_index: loop }]);
  });
});

describe('refusals', () => {
  it.each<[string, Fields, number]>([
    ['one that exists', { vni: 13 }, -75],
    ['one that exists, by 24 bits of its VNI', { vni: 0x100000d }, -75],
    ['its instance', { vni: 14, instance: 70 }, -147],
    ['the same address twice', { dst_address: '192.0.2.1' }, -82],
    ['an unknown table', { encap_vrf_id: 99 }, -3],
    ['two families', { dst_address: '2001:db8::1' }, -7],
    ['multicast without an interface', { dst_address: '239.1.1.1' }, -2],
    ['an unknown next node', { vni: 14, decap_next_index: 77777 }, -76],
    ['an unknown tunnel to delete', { vni: 14, is_add: false }, -6],
  ])('%s', async (_, fields, retval) => {
    const { ask, add } = await begin();
    await add({ instance: 70 });
    expect(await ask(fields)).toMatchObject({ retval, sw_if_index: ALL });
  });

  it('delete_loopback of a tunnel', async () => {
    const { vpp, add } = await begin();
    expect(await vpp.retval('delete_loopback', { sw_if_index: await add() })).toBe(-2);
  });
});

it('an index and an instance that are free again are given out', async () => {
  const { ask, add, dump } = await begin();
  const first = await add({ vni: 20 });
  const [{ instance } = {}] = await dump(first);
  await ask({ vni: 20, is_add: false });
  const second = await add({ vni: 21 });
  expect(second).toBe(first);
  expect(await dump(second)).toMatchObject([{ instance }]);
});

it('vxlan_offload_rx: refused where there is no card that could', async () => {
  const { vpp, add } = await begin();
  const loop = await vpp.loopback();
  const v4 = await add();
  const v6 = await add({ src_address: '2001:db8::1', dst_address: '2001:db8::2' });
  const offload = (hw_if_index: number, sw_if_index: number) =>
    vpp.retval('vxlan_offload_rx', { hw_if_index, sw_if_index, enable: true });
  expect([await offload(777_777, v4), await offload(0, 777_777), await offload(0, loop)]).toEqual([-6, -2, -10]);
  expect([await offload(0, v6), await offload(0, v4)]).toEqual([-97, -1]);
});

it('sw_interface_set_vxlan_bypass: of any interface, any number of times', async () => {
  const { vpp } = await begin();
  const loop = await vpp.loopback();
  const set = (fields: Fields) => vpp.retval('sw_interface_set_vxlan_bypass', { sw_if_index: loop, ...fields });
  for (const enable of [true, true, false, false]) expect(await set({ enable })).toBe(0);
  for (const enable of [true, false]) expect(await set({ is_ipv6: true, enable })).toBe(0);
  expect(await set({ sw_if_index: 777_777, enable: true })).toBe(-2);
});
