/** VXLAN-GPE tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const Protocol = { IP4: 1, IP6: 2, ETHERNET: 3 };
const TUNNEL: Fields = {
  ...{ is_add: true, local: '192.0.2.1', remote: '192.0.2.2', mcast_sw_if_index: ALL },
  ...{ encap_vrf_id: 0, decap_vrf_id: 0, protocol: Protocol.ETHERNET, vni: 13 },
};
const V6 = { local: '2001:db8::1', remote: '2001:db8::2' };

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}, version = '_v2') =>
    vpp.ask(`vxlan_gpe_add_del_tunnel${version}`, { ...TUNNEL, ...fields });
  /** Adds a tunnel that goes after the test; gives its sw_if_index. */
  const add = async (fields: Fields = {}, version = '_v2') => {
    const { retval, sw_if_index } = await ask(fields, version);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await ask({ ...fields, is_add: false }, version)));
    return Number(sw_if_index);
  };
  const dump = (swIfIndex: number, version = '_v2') =>
    vpp.dump(`vxlan_gpe_tunnel${version}_dump`, { sw_if_index: swIfIndex });
  return { vpp, ask, add, dump };
}

describe('a tunnel', () => {
  it.each<[string, Fields]>([
    ['', {}],
    ['_v2', V6],
  ])('by vxlan_gpe_add_del_tunnel%s: up at once, without a MAC address and MTUs', async (version, fields) => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add(fields, version);
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: expect.stringMatching(/^vxlan_gpe_tunnel\d+$/), interface_dev_type: 'VXLAN_GPE', flags: 3 },
      ...{ link_mtu: 0, mtu: [0, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
    });
    const { is_add, ...shown } = { ...TUNNEL, ...fields };
    const [details] = await dump(swIfIndex);
    // It is not set for IPv6, either.
    expect(details).toMatchObject({ ...shown, local_port: 4790, remote_port: 4790, is_ipv6: false });
    const [first] = await dump(swIfIndex, '');
    expect(first).toMatchObject(shown);
    expect(first).not.toHaveProperty('local_port');
    expect(await dump(0)).toEqual([]);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index: swIfIndex, mtu: 1500 })).toBe(-30);
  });

  it('with ports: the local one tells tunnels apart, the remote one does not', async () => {
    const { add, ask, dump } = await begin();
    await add();
    expect(await dump(await add({ local_port: 5000, remote_port: 6000 }))).toMatchObject([
      { local_port: 5000, remote_port: 6000 },
    ]);
    expect(await ask({ remote_port: 6000 })).toMatchObject({ retval: -75, sw_if_index: ALL });
    expect(await ask({ local_port: 4790 })).toMatchObject({ retval: -75 });
  });

  it('of IP packets: in a table inside', async () => {
    const { vpp, add, ask, dump } = await begin();
    const table = { table_id: 33_010, is_ip6: false };
    await vpp.ask('ip_table_add_del', { is_add: true, table });
    onTestFinished(async () => void (await vpp.ask('ip_table_add_del', { is_add: false, table })));
    const inside = { protocol: Protocol.IP4, decap_vrf_id: 33_010 };
    expect(await dump(await add(inside))).toMatchObject([inside]);
    expect(await ask({ vni: 14, protocol: Protocol.IP4, decap_vrf_id: 99 })).toMatchObject({ retval: -4 });
    const other = { vni: 15, protocol: Protocol.IP6 };
    expect(await dump(await add(other))).toMatchObject([{ ...other, decap_vrf_id: 0 }]);
  });

  it('to a multicast group', async () => {
    const { vpp, add, dump } = await begin();
    const group = { remote: '239.1.1.1', mcast_sw_if_index: await vpp.loopback() };
    expect(await dump(await add(group))).toMatchObject([group]);
  });

  it('is deleted; its index is for the next one', async () => {
    const { vpp, ask, add, dump } = await begin();
    const swIfIndex = await add();
    expect(await ask({ is_add: false, local: '192.0.2.77' })).toMatchObject({ retval: -6, sw_if_index: ALL });
    const gone = await ask({ is_add: false, protocol: 0, remote_port: 99, vni: 0x100000d });
    expect(gone).toMatchObject({ retval: 0, sw_if_index: swIfIndex });
    expect(await ask({ is_add: false })).toMatchObject({ retval: -6 });
    expect([await dump(swIfIndex), await vpp.details(swIfIndex)]).toEqual([[], undefined]);
    expect(await add({ vni: 16 })).toBe(swIfIndex);
    expect(await vpp.details(swIfIndex)).toMatchObject({ flags: 3 });
  });

  it('leaves its interface hidden: with index, address and tag, for the next tunnel only', async () => {
    const { vpp, ask, add } = await begin();
    const at = { sw_if_index: await add() };
    const address = { is_add: true, prefix: '10.7.5.1/24' };
    const setAddress = (on: object, isAdd = true) =>
      vpp.retval('sw_interface_add_del_address', { ...address, ...on, is_add: isAdd });
    expect(await setAddress(at)).toBe(0);
    expect(await vpp.retval('sw_interface_tag_add_del', { ...at, is_add: true, tag: 'kept' })).toBe(0);
    const watcher = await vpp.another();
    await watcher.ask('want_interface_events', { enable_disable: 1, pid: 5 });
    await ask({ is_add: false });
    expect((await watcher.message()).fields).toMatchObject({ ...at, flags: 0, deleted: false });
    expect(await vpp.retval('sw_interface_set_flags', { ...at, flags: 1 })).toBe(-2);
    const loop = await vpp.loopback();
    expect(loop).not.toBe(at.sw_if_index);
    expect(await setAddress({ sw_if_index: loop })).toBe(-105);
    expect(await add({ vni: 17 })).toBe(at.sw_if_index);
    expect(await vpp.details(at.sw_if_index)).toMatchObject({ flags: 3, tag: 'kept' });
    expect(await vpp.dump('ip_address_dump', at)).toMatchObject([{ prefix: '10.7.5.1/24' }]);
    expect(await setAddress(at, false)).toBe(0);
    expect(await vpp.retval('sw_interface_tag_add_del', { ...at, is_add: false })).toBe(0);
  });
});

it.each<[string, Fields, number]>([
  ['one that exists', {}, -75],
  ['one that exists, by 24 bits of its VNI', { vni: 0x100000d }, -75],
  ['the same address twice', { remote: '192.0.2.1' }, -82],
  ['an unknown table', { encap_vrf_id: 99 }, -3],
])('refusals: %s', async (_, fields, retval) => {
  const { ask, add } = await begin();
  await add();
  for (const version of ['', '_v2']) expect(await ask(fields, version)).toMatchObject({ retval, sw_if_index: ALL });
});

it('sw_interface_set_vxlan_gpe_bypass: of any interface, any number of times', async () => {
  const { vpp } = await begin();
  const loop = await vpp.loopback();
  const set = (fields: Fields) => vpp.retval('sw_interface_set_vxlan_gpe_bypass', { sw_if_index: loop, ...fields });
  for (const enable of [true, true, false, false]) expect(await set({ enable })).toBe(0);
  expect(await set({ sw_if_index: 777_777, enable: true })).toBe(-2);
});

it('the CLI lists tunnels', async () => {
  const { vpp, add } = await begin();
  const one = await add({ local_port: 5000 });
  const two = await add({ protocol: Protocol.IP4, vni: 14 });
  const shown = await vpp.cli('show vxlan-gpe');
  const ends = 'lcl 192.0.2.1 rmt 192.0.2.2';
  expect(shown).toContain(
    `${ends} lcl_port 5000 rmt_port 4790 vni 13 fib-idx 0 sw-if-idx ${one} decap-next-protocol ethernet \n`,
  );
  expect(shown).toContain(
    `${ends} lcl_port 4790 rmt_port 4790 vni 14 fib-idx 0 sw-if-idx ${two} decap-next-protocol ip4 fib-idx 0 \n`,
  );
});
