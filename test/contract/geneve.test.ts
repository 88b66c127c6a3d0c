/** GENEVE tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const TUNNEL: Fields = {
  ...{ is_add: true, local_address: '192.0.2.1', remote_address: '192.0.2.2', mcast_sw_if_index: ALL },
  ...{ encap_vrf_id: 0, decap_next_index: ALL, vni: 13 },
};
const V6 = { local_address: '2001:db8::1', remote_address: '2001:db8::2' };

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}, version = '2') =>
    vpp.ask(`geneve_add_del_tunnel${version}`, { ...TUNNEL, ...fields });
  /** Adds a tunnel that goes after the test; gives its sw_if_index. */
  const add = async (fields: Fields = {}, version = '2') => {
    const { retval, sw_if_index } = await ask(fields, version);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await ask({ ...fields, is_add: false }, version)));
    return Number(sw_if_index);
  };
  const dump = (swIfIndex: number) => vpp.dump('geneve_tunnel_dump', { sw_if_index: swIfIndex });
  return { vpp, ask, add, dump };
}

describe('a tunnel', () => {
  it.each<[string, Fields]>([
    ['', {}],
    ['2', V6],
  ])('by geneve_add_del_tunnel%s: up at once, without a MAC address and MTUs', async (version, fields) => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add(fields, version);
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: expect.stringMatching(/^geneve_tunnel\d+$/), interface_dev_type: 'GENEVE', flags: 3 },
      ...{ link_mtu: 0, mtu: [0, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
    });
    const { is_add, local_address: src_address, remote_address: dst_address, ...rest } = { ...TUNNEL, ...fields };
    expect(await dump(swIfIndex)).toMatchObject([{ ...rest, src_address, dst_address, decap_next_index: 1 }]);
    expect(await dump(0)).toEqual([]);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index: swIfIndex, mtu: 1500 })).toBe(-30);
  });

  it('in layer 3 mode: an Ethernet interface', async () => {
    const { vpp, add } = await begin();
    const at = { sw_if_index: await add({ l3_mode: true }) };
    const details = { flags: 3, link_mtu: 9000, mtu: [9000, 0, 0, 0] };
    const mac = expect.stringMatching(/^d0:0b:ee:d0:/);
    expect(await vpp.details(at.sw_if_index)).toMatchObject({ ...details, l2_address: mac });
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:5e:00:53:09' })).toBe(0);
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 1500 })).toBe(-126);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(-1);
  });

  it('to a multicast group, or one that drops', async () => {
    const { vpp, add, dump } = await begin();
    const loop = await vpp.loopback();
    const group = { remote_address: '239.1.1.1', mcast_sw_if_index: loop };
    expect(await dump(await add(group))).toMatchObject([{ dst_address: '239.1.1.1', mcast_sw_if_index: loop }]);
    expect(await dump(await add({ vni: 14, decap_next_index: 0 }))).toMatchObject([{ decap_next_index: 0 }]);
  });

  it('is deleted by its peer and VNI', async () => {
    const { vpp, ask, add, dump } = await begin();
    const swIfIndex = await add({ l3_mode: true });
    expect(await vpp.retval('delete_loopback', { sw_if_index: swIfIndex })).toBe(-2);
    const gone = await ask({ is_add: false, local_address: '192.0.2.77', decap_next_index: 777, vni: 0x100000d });
    expect(gone).toMatchObject({ retval: 0, sw_if_index: swIfIndex });
    expect(await ask({ is_add: false })).toMatchObject({ retval: -6, sw_if_index: ALL });
    expect([await dump(swIfIndex), await vpp.details(swIfIndex)]).toEqual([[], undefined]);
    expect(await add()).toBe(swIfIndex);
  });
});

it.each<[string, Fields, number]>([
  ['one that exists', {}, -75],
  ['one that exists, from another address', { local_address: '192.0.2.9' }, -75],
  ['one that exists, by 24 bits of its VNI', { vni: 0x100000d }, -75],
  ['the same address twice', { remote_address: '192.0.2.1' }, -82],
  ['an unknown table', { encap_vrf_id: 99 }, -3],
  ['an unknown next node', { vni: 14, decap_next_index: 2 }, -76],
  ['multicast without an interface', { remote_address: '239.1.1.1' }, -2],
])('refusals: %s', async (_, fields, retval) => {
  const { ask, add } = await begin();
  await add();
  for (const version of ['', '2']) expect(await ask(fields, version)).toMatchObject({ retval, sw_if_index: ALL });
});

it('over IPv6, the table is one of IPv4 by its number', async () => {
  const { vpp, ask } = await begin();
  const table = { table_id: 33_009, is_ip6: true };
  await vpp.ask('ip_table_add_del', { is_add: true, table });
  onTestFinished(async () => void (await vpp.ask('ip_table_add_del', { is_add: false, table })));
  expect(await ask({ ...V6, encap_vrf_id: 33_009 })).toMatchObject({ retval: -3, sw_if_index: ALL });
});

it('sw_interface_set_geneve_bypass: of any interface, any number of times', async () => {
  const { vpp } = await begin();
  const loop = await vpp.loopback();
  const set = (fields: Fields) => vpp.retval('sw_interface_set_geneve_bypass', { sw_if_index: loop, ...fields });
  for (const enable of [true, true, false, false]) expect(await set({ enable })).toBe(0);
  for (const enable of [true, false]) expect(await set({ is_ipv6: true, enable })).toBe(0);
  expect(await set({ sw_if_index: 777_777, enable: true })).toBe(-2);
});

it('the CLI lists tunnels', async () => {
  const { vpp, add } = await begin();
  const at = `sw-if-idx ${await add({ l3_mode: true })}`;
  expect(await vpp.cli('show geneve tunnel')).toMatch(
    new RegExp(
      `\\[\\d+\\] lcl 192\\.0\\.2\\.1 rmt 192\\.0\\.2\\.2 vni 13 fib-idx 0 ${at} encap-dpo-idx \\d+ decap-next-l2 l3-mode 1 \\n`,
    ),
  );
});
