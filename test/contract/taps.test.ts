/**
 * tap and tun: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did, as far as it could be asked: where the host
 * has no /dev/vhost-net, VPP makes none, and the rest are facts of its sources.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { needs } from '../support/needs.js';
import { realSocket } from '../support/vpp.js';

const ALL = 0xffffffff;
const ATTACH = 8;
const TUN = 16;

const missing = realSocket !== undefined && !existsSync('/dev/vhost-net') && '/dev/vhost-net';

async function begin() {
  const vpp = await Contract.begin();
  const make = async (fields: Fields = {}, request = 'tap_create_v3') => {
    const made = await vpp.ask(request, fields);
    const swIfIndex = Number(made.sw_if_index);
    if (made.retval === 0) onTestFinished(async () => void (await remove(swIfIndex)));
    return made;
  };
  const remove = async (sw_if_index: number) => {
    const client = await vpp.another();
    return Number((await client.ask('tap_delete_v2', { sw_if_index })).retval);
  };
  const dump = (sw_if_index = ALL) => vpp.dump('sw_interface_tap_v2_dump', { sw_if_index });
  return { vpp, make, dump };
}

it('refusals', async () => {
  const { vpp, make, dump } = await begin();
  const refused = (retval: number) => ({ retval, sw_if_index: ALL });
  expect(await make({ id: 131072 })).toMatchObject(refused(-1));
  expect(await make({ id: 131072 }, 'tap_create_v2')).toMatchObject(refused(-1));
  expect(await make({ tap_flags: ATTACH })).toMatchObject(refused(-13));
  expect(await make({ host_if_name_set: true, host_if_name: 'x/y' })).toMatchObject(refused(-13));
  const loop = await vpp.loopback();
  for (const sw_if_index of [0, 7777, ALL, loop]) {
    expect(await vpp.retval('tap_delete_v2', { sw_if_index })).toBe(-2);
  }
  expect([...(await dump(7777)), ...(await dump(loop))]).toEqual([]);
});

describe('with a host', needs(missing), () => {
  it.each(['tap_create_v2', 'tap_create_v3'])(
    '%s: an Ethernet interface, with its link up from the beginning',
    async (request) => {
      const { vpp, make, dump } = await begin();
      const asked = { id: 77, use_random_mac: false, mac_address: '02:00:5e:00:53:07', tag: 'to the host' };
      const host = {
        host_mac_addr_set: true,
        host_mac_addr: '02:00:5e:00:53:08',
        host_if_name_set: true,
        host_if_name: 'vmtap77',
      };
      const made = await make({ ...asked, ...host, host_mtu_set: true, host_mtu_size: 1400, rx_ring_sz: 512 }, request);
      expect(made.retval).toBe(0);
      const swIfIndex = Number(made.sw_if_index);
      expect(await vpp.details(swIfIndex)).toMatchObject({
        ...{ interface_name: 'tap77', interface_dev_type: 'tap', l2_address: '02:00:5e:00:53:07', flags: 2 },
        ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0], tag: 'to the host' },
      });
      expect(await dump(swIfIndex)).toMatchObject([
        {
          ...{ sw_if_index: swIfIndex, id: 77, rx_ring_sz: 512, tx_ring_sz: 256, host_mtu_size: 1400, tap_flags: 0 },
          ...{ dev_name: 'tap77', host_if_name: 'vmtap77', host_mac_addr: '02:00:5e:00:53:08', host_bridge: '' },
        },
      ]);
      expect(await make({ id: 77 }, request)).toMatchObject({ retval: -71, sw_if_index: ALL });
      expect(await vpp.retval('sw_interface_set_flags', { sw_if_index: swIfIndex, flags: 1 })).toBe(0);
      expect(await vpp.details(swIfIndex)).toMatchObject({ flags: 3 });
      expect(await vpp.retval('sw_interface_set_flags', { sw_if_index: swIfIndex, flags: 0 })).toBe(0);
      expect(await vpp.details(swIfIndex)).toMatchObject({ flags: 0 });
    },
  );

  it('ids: the lowest free one, again after a deletion', async () => {
    const { vpp, make, dump } = await begin();
    const first = await make();
    const second = await make();
    const ids = async () => (await dump()).map(({ id }) => Number(id));
    const [low, high] = await ids();
    expect(high).toBe(low + 1);
    expect(await vpp.retval('tap_delete_v2', { sw_if_index: first.sw_if_index })).toBe(0);
    expect(await vpp.details(Number(first.sw_if_index))).toBeUndefined();
    expect(await dump(Number(first.sw_if_index))).toEqual([]);
    expect(await make()).toMatchObject({ retval: 0, sw_if_index: first.sw_if_index });
    expect(await ids()).toEqual([low, high]);
    expect(second.retval).toBe(0);
  });

  it('a tun: no Ethernet, and the MTU of the host', async () => {
    const { vpp, make, dump } = await begin();
    const made = await make({ id: 78, tap_flags: TUN, host_ip4_prefix_set: true, host_ip4_prefix: '198.51.100.1/30' });
    const swIfIndex = Number(made.sw_if_index);
    const tun = { interface_name: 'tun78', l2_address: '00:00:00:00:00:00', mtu: [1500, 0, 0, 0] };
    expect(await vpp.details(swIfIndex)).toMatchObject(tun);
    expect(await dump(swIfIndex)).toMatchObject([
      { tap_flags: TUN, host_ip4_prefix: '198.51.100.1/30', host_mac_addr: '00:00:00:00:00:00', dev_name: 'tun78' },
    ]);
  });

  it('a ring whose size is no power of two', async () => {
    const { make } = await begin();
    expect(await make({ rx_ring_sz: 1000 })).toMatchObject({ retval: -144, sw_if_index: ALL });
    expect(await make({ tx_ring_sz: 3 })).toMatchObject({ retval: -144, sw_if_index: ALL });
  });

  it('queues; a deletion by a sub-interface', async () => {
    const { vpp, make } = await begin();
    const { sw_if_index } = await make({ num_rx_queues: 2, num_tx_queues: 3 });
    expect(await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index })).toHaveLength(2);
    const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index, vlan_id: 5 });
    expect(await vpp.retval('tap_delete_v2', { sw_if_index: sub })).toBe(0);
    expect(await vpp.details(Number(sw_if_index))).toBeUndefined();
  });
});
