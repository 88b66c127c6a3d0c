/**
 * Pairs of linux-cp: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did, as far as it could be asked: where the
 * host has no /dev/vhost-net, VPP makes no pair, and the rest are facts of its sources.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { needs } from '../support/needs.js';
import { realSocket } from '../support/vpp.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;
const EXACT = 16;
const ONE_TAG = 2;
const TWO_TAGS = 4;

const missing = realSocket !== undefined && !existsSync('/dev/vhost-net') && '/dev/vhost-net';

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const pair = (sw_if_index: number, host_if_name: string, fields: Fields = {}) =>
    vpp.ask('lcp_itf_pair_add_del_v3', { is_add: true, sw_if_index, host_if_name, ...fields });
  const remove = (sw_if_index: number) => vpp.retval('lcp_itf_pair_add_del', { is_add: false, sw_if_index });
  const pairs = async () =>
    (await vpp.dump('lcp_itf_pair_get', {})).filter(({ phy_sw_if_index }) => phy_sw_if_index !== undefined);
  return { vpp, loop, pair, remove, pairs };
}

it('refusals', async () => {
  const { vpp, loop, pair, remove, pairs } = await begin();
  const refused = (retval: number) => ({ retval, vif_index: ALL, host_sw_if_index: ALL });
  for (const at of [UNKNOWN, ALL]) expect(await pair(at, 'vmlcp0')).toMatchObject(refused(-2));
  expect(await pair(0, 'vmlcp0')).toMatchObject(refused(-73));
  for (const name of ['vm/lcp', 'vm lcp']) expect(await pair(loop, name)).toMatchObject(refused(-73));
  expect([await remove(loop), await remove(UNKNOWN)]).toEqual([-2, -2]);
  const v2 = await vpp.ask('lcp_itf_pair_add_del_v2', { is_add: true, sw_if_index: UNKNOWN, host_if_name: 'vmlcp0' });
  expect(v2).toMatchObject({ retval: -2, host_sw_if_index: ALL });
  expect(await pairs()).toEqual([]);
  for (const sw_if_index of [loop, UNKNOWN]) {
    expect(await vpp.ask('lcp_itf_pair_get_v2', { sw_if_index })).toMatchObject({ retval: -2, cursor: ALL });
  }
});

it('sub-interfaces: not without an exact match, nor without a pair below', async () => {
  const { vpp, loop, pair } = await begin();
  const sub = async (sub_id: number, sub_if_flags: number) => {
    const fields = { sw_if_index: loop, sub_id, sub_if_flags, outer_vlan_id: sub_id, inner_vlan_id: 0 };
    return Number((await vpp.ask('create_subif', fields)).sw_if_index);
  };
  expect(await pair(await sub(5, ONE_TAG), 'vmlcp0')).toMatchObject({ retval: -73 });
  expect(await pair(await sub(6, ONE_TAG | EXACT), 'vmlcp0')).toMatchObject({ retval: -2 });
});

it('settings: default namespace, unnumbered interfaces', async () => {
  const vpp = await Contract.begin();
  const setNamespace = (netns: string) => vpp.retval('lcp_default_ns_set', { netns });
  expect(await vpp.ask('lcp_default_ns_get')).toMatchObject({ netns: '' });
  expect([await setNamespace('dataplane'), await vpp.ask('lcp_default_ns_get')]).toMatchObject([
    0,
    { netns: 'dataplane' },
  ]);
  expect(await vpp.cli('show lcp')).toMatch(
    /^0 lcp default netns 'dataplane'\nlcp lcp-auto-subint off\nlcp lcp-sync off\nlcp lcp-sync-unnumbered on\n/,
  );
  expect([await setNamespace(''), await vpp.ask('lcp_default_ns_get')]).toMatchObject([0, { netns: '' }]);
  for (const is_enable of [false, true]) {
    expect(await vpp.retval('lcp_sync_unnumbered_set', { is_enable })).toBe(0);
    expect(await vpp.ask('lcp_sync_unnumbered_get')).toMatchObject({ retval: 0, is_enable });
  }
});

it('protocols for the host: those that VPP knows and does not take itself', async () => {
  const vpp = await Contract.begin();
  const ethertype = (number: number) => vpp.retval('lcp_ethertype_enable', { ethertype: number });
  const osi = (osi_proto: number) => vpp.retval('lcp_osi_proto_enable', { osi_proto });
  // VPP reads this number with its bytes the other way round: 0x0800, 0x1234, 0x88f7 is unknown, 0x8035.
  expect([await ethertype(0x0008), await ethertype(0x3412), await ethertype(0xf788)]).toEqual([-31, -7, -7]);
  expect([await ethertype(0x3580), await ethertype(0x3580)]).toEqual([0, 0]);
  expect((await vpp.ask('lcp_ethertype_get')).ethertypes).toContain(0x8035);
  expect([await osi(7), await osi(0x83), await osi(0x83)]).toEqual([-31, 0, 0]);
  expect(Buffer.from((await vpp.ask('lcp_osi_proto_get')).osi_protos as Uint8Array).includes(0x83)).toBe(true);
});

describe('with a host', needs(missing), () => {
  it('a pair: a tap that is up, with the MAC address and MTU of the interface for the host', async () => {
    const { vpp, loop, pair, remove, pairs } = await begin();
    const made = await pair(loop, 'vmlcp1', { netns: '' });
    expect(made.retval).toBe(0);
    const { host_sw_if_index: host, vif_index } = made;
    const details = { phy_sw_if_index: loop, host_sw_if_index: host, vif_index, host_if_name: 'vmlcp1', netns: '' };
    expect(await pairs()).toMatchObject([{ ...details, host_if_type: 0 }]);
    expect((await vpp.dump('lcp_itf_pair_get_v2', { sw_if_index: loop }))[0]).toMatchObject(details);
    const tap = { interface_name: 'tap4096', interface_dev_type: 'tap', flags: 3, mtu: [9000, 0, 0, 0] };
    expect(await vpp.details(Number(host))).toMatchObject(tap);
    const mac = (await vpp.details(loop))?.l2_address;
    expect(await vpp.dump('sw_interface_tap_v2_dump', { sw_if_index: host })).toMatchObject([
      { id: 4096, host_if_name: 'vmlcp1', host_mac_addr: mac, host_mtu_size: 9000, rx_ring_sz: 256 },
    ]);
    expect(await vpp.dump('ip_punt_redirect_dump', { sw_if_index: loop })).toMatchObject([
      { punt: { rx_sw_if_index: loop, tx_sw_if_index: host } },
    ]);
    expect(await pair(loop, 'vmlcp2')).toMatchObject({ retval: -81 });
    expect([await remove(loop), await pairs(), await vpp.details(Number(host))]).toEqual([0, [], undefined]);
  });

  it('sub-interfaces: a sub-interface of the tap, with two tags only next to one with the outer tag', async () => {
    const { vpp, loop, pair, pairs } = await begin();
    const { host_sw_if_index: host } = await pair(loop, 'vmlcp3');
    onTestFinished(async () => {
      const client = await vpp.another();
      await client.ask('lcp_itf_pair_add_del', { is_add: false, sw_if_index: loop });
    });
    const sub = async (sub_id: number, flags: number, inner_vlan_id = 0) => {
      const fields = { sw_if_index: loop, sub_id, sub_if_flags: flags | EXACT, outer_vlan_id: 100, inner_vlan_id };
      return Number((await vpp.ask('create_subif', fields)).sw_if_index);
    };
    const [outer, inner] = [await sub(100, ONE_TAG), await sub(107, TWO_TAGS, 7)];
    expect(await pair(inner, 'vmlcp3.100.7')).toMatchObject({ retval: -73 });
    const made = await pair(outer, 'vmlcp3.100');
    expect(await vpp.details(Number(made.host_sw_if_index))).toMatchObject({
      ...{ sup_sw_if_index: host, sub_id: 100, sub_outer_vlan_id: 100, interface_name: 'tap4096.100' },
    });
    expect(await pair(inner, 'vmlcp3.100.7')).toMatchObject({ retval: 0 });
    expect(await pairs()).toHaveLength(3);
    await vpp.ask('delete_subif', { sw_if_index: inner });
    expect(await pairs()).toHaveLength(2);
  });

  it('a replacement removes the pairs that were not made meanwhile', async () => {
    const { vpp, loop, pair, pairs } = await begin();
    const other = await vpp.loopback();
    await pair(loop, 'vmlcp4');
    expect(await vpp.retval('lcp_itf_pair_replace_begin')).toBe(0);
    expect(await pair(other, 'vmlcp5', { host_if_type: 1 })).toMatchObject({ retval: 0 });
    expect(await vpp.retval('lcp_itf_pair_replace_end')).toBe(0);
    expect(await pairs()).toMatchObject([{ phy_sw_if_index: other, host_if_type: 1 }]);
    expect(await vpp.details(Number((await pairs())[0].host_sw_if_index))).toMatchObject({ interface_name: 'tun4097' });
  });
});
