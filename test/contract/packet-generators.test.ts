/** Interfaces of the packet generator: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;
const [GSO, IP4] = [2, 1];

async function begin() {
  const vpp = await Contract.begin();
  const ask = (interface_id: number, fields: Fields = {}, version = '_v3') =>
    vpp.ask(`pg_create_interface${version}`, { interface_id, ...fields });
  const create = async (...args: Parameters<typeof ask>) => {
    const { retval, sw_if_index } = await ask(...args);
    expect(retval).toBe(0);
    vpp.afterwards('pg_delete_interface', { sw_if_index: Number(sw_if_index) });
    return Number(sw_if_index);
  };
  return { vpp, create, remove: (sw_if_index: number) => vpp.retval('pg_delete_interface', { sw_if_index }) };
}

it.each(['', '_v2', '_v3'])('pg_create_interface%s: an Ethernet interface, one for each id', async (version) => {
  const { vpp, create } = await begin();
  const index = await create(81, {}, version);
  expect(await vpp.details(index)).toMatchObject({
    ...{ interface_name: 'pg81', interface_dev_type: 'pg', flags: 0, link_speed: 0, link_duplex: 0, type: 0 },
    ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0], l2_address: expect.stringMatching(/^02:fe:/) },
  });
  expect((await vpp.ask(`pg_create_interface${version}`, { interface_id: 81 })).sw_if_index).toBe(index);
  expect(await create(82)).not.toBe(index);
  expect(await vpp.retval('sw_interface_set_flags', { sw_if_index: index, flags: 1 })).toBe(0);
  expect(await vpp.details(index)).toMatchObject({ flags: 3 });
});

it('of IP packets: without a MAC address', async () => {
  const { vpp, create } = await begin();
  const index = await create(83, { mode: IP4 });
  expect(await vpp.details(index)).toMatchObject({
    ...{ interface_name: 'pg83', link_mtu: 0, mtu: [0, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
  });
});

describe('as hardware', () => {
  it('MTUs, MAC address, promiscuous mode, VLANs', async () => {
    const { vpp, create } = await begin();
    const at = { sw_if_index: await create(84) };
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 1500 })).toBe(-126);
    expect(await vpp.retval('sw_interface_set_mtu', { ...at, mtu: [1500, 0, 0, 0] })).toBe(0);
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:00:00:00:01' })).toBe(0);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(0);
    expect(await vpp.retval('create_vlan_subif', { ...at, vlan_id: 7 })).toBe(0);
    expect(await vpp.details(at.sw_if_index)).toMatchObject({
      ...{ l2_address: '02:00:00:00:00:01', link_mtu: 9000, mtu: [1500, 0, 0, 0] },
    });
    expect(await vpp.dump('sw_interface_rx_placement_dump', at)).toEqual([]);
  });

  it('can be a member of a bond, and of a bridge domain', async () => {
    const { vpp, create } = await begin();
    const member = await create(85);
    const bond = await vpp.ask('bond_create2', { id: 85, mode: 1 });
    const to = { bond_sw_if_index: bond.sw_if_index, sw_if_index: member };
    expect(await vpp.ask('bond_add_member', to)).toMatchObject({ retval: 0 });
    expect(await vpp.details(Number(bond.sw_if_index))).toMatchObject({ link_mtu: 9000 });
    expect(await vpp.retval('bond_delete', { sw_if_index: bond.sw_if_index })).toBe(0);
  });
});

it('coalescing needs GSO', async () => {
  const { vpp, create } = await begin();
  const coalesce = (sw_if_index: number) =>
    vpp.retval('pg_interface_enable_disable_coalesce', { sw_if_index, coalesce_enabled: true });
  expect([await coalesce(await create(86)), await coalesce(await create(87, { pg_flags: GSO }))]).toEqual([-100, 0]);
  expect(await coalesce(await create(88, { gso_enabled: true, gso_size: 1500 }, '_v2'))).toBe(0);
  expect(await coalesce(UNKNOWN)).toBe(-2);
});

it('pg_delete_interface: refuses others; takes sub-interfaces along', async () => {
  const { vpp, create, remove } = await begin();
  const index = await create(89);
  const sub = Number((await vpp.ask('create_vlan_subif', { sw_if_index: index, vlan_id: 7 })).sw_if_index);
  expect([await remove(0), await remove(UNKNOWN), await remove(ALL)]).toEqual([-2, -2, -2]);
  expect([await remove(await vpp.loopback()), await remove(index), await remove(index)]).toEqual([-2, 0, -2]);
  expect([await vpp.details(index), await vpp.details(sub)]).toEqual([undefined, undefined]);
  expect(await vpp.retval('pg_enable_disable', { is_enabled: false })).toBe(0);
});
