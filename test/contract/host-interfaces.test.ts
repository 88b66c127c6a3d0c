/**
 * af_packet: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. VPP needs two interfaces of the host:
 * `ip link add vppmux0 type veth peer name vppmux1`.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { needs } from '../support/needs.js';
import { realSocket } from '../support/vpp.js';

const ALL = 0xffffffff;
const IP = 2;
const CREATES = ['af_packet_create', 'af_packet_create_v2', 'af_packet_create_v3'];

const missing =
  realSocket !== undefined && !existsSync('/sys/class/net/vppmux0') && 'the interface vppmux0 of the host';

async function begin() {
  const vpp = await Contract.begin();
  const remove = (host_if_name: string) => vpp.retval('af_packet_delete', { host_if_name });
  const make = async (host_if_name: string, fields: Fields = {}, request = 'af_packet_create_v3') => {
    const mode = request === 'af_packet_create_v3' ? { mode: 1 } : {};
    const made = await vpp.ask(request, { ...mode, use_random_hw_addr: true, host_if_name, ...fields });
    if (made.retval === 0) vpp.afterwards('af_packet_delete', { host_if_name });
    return made;
  };
  return { vpp, make, remove };
}

it('refusals', async () => {
  const { vpp, make, remove } = await begin();
  for (const request of CREATES) {
    for (const name of ['', 'x/y', 'longer than a name can be']) {
      expect(await make(name, {}, request)).toMatchObject({ retval: -71, sw_if_index: 0 });
    }
  }
  for (const mode of [0, 7]) expect(await make('lo', { mode })).toMatchObject({ retval: -7, sw_if_index: ALL });
  expect([await remove('lo'), await remove('')]).toEqual([-11, -11]);
  expect(await vpp.retval('af_packet_set_l4_cksum_offload', { sw_if_index: 7777, set: true })).toBe(0);
});

describe('with a host', needs(missing), () => {
  it.each(CREATES)('%s: an Ethernet interface, with its link up from the beginning', async (request) => {
    const { vpp, make, remove } = await begin();
    const hw_addr = '02:00:5e:00:53:61';
    const { retval, sw_if_index } = await make('vppmux0', { use_random_hw_addr: false, hw_addr }, request);
    expect(retval).toBe(0);
    const swIfIndex = Number(sw_if_index);
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: 'host-vppmux0', interface_dev_type: 'af-packet', l2_address: hw_addr, flags: 2 },
      ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0] },
    });
    for (const again of CREATES) {
      expect(await make('vppmux0', {}, again)).toMatchObject({ retval: -79, sw_if_index });
    }
    expect(await vpp.dump('af_packet_dump')).toMatchObject([{ sw_if_index, host_if_name: 'vppmux0' }]);
    const up = (flags: number) => vpp.retval('sw_interface_set_flags', { sw_if_index, flags });
    expect([await up(1), (await vpp.details(swIfIndex))?.flags]).toEqual([0, 3]);
    expect([await up(0), (await vpp.details(swIfIndex))?.flags]).toEqual([0, 0]);
    expect(await vpp.retval('sw_interface_set_promisc', { sw_if_index, promisc_on: true })).toBe(-1);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index, mtu: 1400 })).toBe(0);
    expect(await vpp.details(swIfIndex)).toMatchObject({ link_mtu: 1400, mtu: [1400, 0, 0, 0] });
    expect(await vpp.ask('create_vlan_subif', { sw_if_index, vlan_id: 5 })).toMatchObject({ retval: 0 });
    expect([await remove('vppmux0'), await remove('vppmux0')]).toEqual([0, -11]);
    const left = await vpp.dump('sw_interface_dump', { name_filter_valid: true, name_filter: 'host-vppmux0' });
    expect(left).toEqual([]);
    expect(await vpp.dump('af_packet_dump')).toEqual([]);
  });

  it('queues: interrupts to begin with, or polling', async () => {
    const { vpp, make } = await begin();
    const { sw_if_index } = await make('vppmux0', { num_rx_queues: 3, num_tx_queues: 2 });
    const modes = async () =>
      (await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index })).map(({ mode }) => mode);
    expect(await modes()).toEqual([2, 2, 2]);
    const set = (mode: number) => vpp.retval('sw_interface_set_rx_mode', { sw_if_index, mode });
    expect([await set(1), await set(3), await modes()]).toEqual([0, -9, [1, 1, 1]]);
  });

  it('mode IP: neither a MAC address nor an MTU', async () => {
    const { vpp, make } = await begin();
    const { sw_if_index } = await make('vppmux0', { mode: IP });
    expect(await vpp.details(Number(sw_if_index))).toMatchObject({
      ...{ l2_address: '00:00:00:00:00:00', link_mtu: 0, mtu: [0, 0, 0, 0], flags: 2, interface_name: 'host-vppmux0' },
    });
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index, mtu: 1500 })).toBe(-30);
    expect(await vpp.retval('sw_interface_set_promisc', { sw_if_index, promisc_on: true })).toBe(-7);
    expect(await vpp.retval('sw_interface_set_mac_address', { sw_if_index, mac_address: '02:00:5e:00:53:62' })).toBe(
      -9,
    );
  });
});
