/**
 * AF_XDP and RDMA interfaces: facts of the sources of VPP 26.06, whose plugins need libraries of the kernel, and were not in the VPP
 * that the others were tried on. A VPP that has them also needs the interfaces of the host.
 */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { needs } from '../support/needs.js';
import { realSocket } from '../support/vpp.js';

const UNKNOWN = 7777;

const missing = realSocket !== undefined && 'interfaces of the host for AF_XDP and RDMA';

async function begin(request: string) {
  const vpp = await Contract.begin();
  return { vpp, make: (host_if: string, fields: Fields = {}) => vpp.ask(request, { host_if, ...fields }) };
}

describe('AF_XDP', needs(missing), () => {
  it('named as asked, or after the interface of the host', async () => {
    const { vpp, make } = await begin('af_xdp_create_v3');
    const { sw_if_index } = await make('eth0', { rxq_num: 2 });
    expect(await vpp.details(Number(sw_if_index))).toMatchObject({
      ...{ interface_name: 'eth0/0', interface_dev_type: 'AF_XDP interface', flags: 0, link_mtu: 9000 },
    });
    expect(await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index })).toHaveLength(2);
    const second = await make('eth1', { name: 'uplink', rxq_num: 65535 });
    expect(await vpp.details(Number(second.sw_if_index))).toMatchObject({ interface_name: 'uplink' });
    expect(await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index: second.sw_if_index })).toHaveLength(1);
    const third = await make('eth2', { netns: 'pid:42' });
    expect(await vpp.details(Number(third.sw_if_index))).toMatchObject({ interface_name: 'eth2/42' });
    await vpp.ask('sw_interface_set_flags', { sw_if_index, flags: 1 });
    expect((await vpp.details(Number(sw_if_index)))?.flags).toBe(3);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index, mtu: 1500 })).toBe(-126);
    expect(await vpp.retval('sw_interface_set_promisc', { sw_if_index, promisc_on: true })).toBe(-1);
    expect(await make('eth0')).toMatchObject({ retval: -12, sw_if_index: 0 });
    expect(await vpp.retval('af_xdp_delete', { sw_if_index })).toBe(0);
    expect(await make('eth0')).toMatchObject({ retval: 0, sw_if_index });
  });

  it('refusals', async () => {
    const { vpp, make } = await begin('af_xdp_create_v3');
    for (const name of ['', 'x/y', 'longer than a name'])
      expect(await make(name)).toMatchObject({ retval: -7, sw_if_index: 0 });
    for (const size of [128, 1000]) {
      expect(await make('eth0', { rxq_size: size })).toMatchObject({ retval: -7 });
      expect(await make('eth0', { txq_size: size })).toMatchObject({ retval: -7 });
    }
    for (const sw_if_index of [0, UNKNOWN]) expect(await vpp.retval('af_xdp_delete', { sw_if_index })).toBe(-71);
  });
});

describe('RDMA', needs(missing), () => {
  it.each(['rdma_create', 'rdma_create_v2', 'rdma_create_v3', 'rdma_create_v4'])('%s', async (request) => {
    const { vpp, make } = await begin(request);
    const { sw_if_index } = await make('mlx0', { rxq_num: 0, rxq_size: 256 });
    expect(await vpp.details(Number(sw_if_index))).toMatchObject({
      ...{ interface_name: 'mlx0/0', interface_dev_type: 'RDMA interface', flags: 2, link_mtu: 9000 },
    });
    expect(await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index })).toHaveLength(2);
    expect(await make('mlx1', { name: 'uplink' })).toMatchObject({ retval: 0 });
    expect(await make('mlx2', { rxq_size: 100 })).toMatchObject({ retval: -7, sw_if_index: 0 });
    expect(await make('mlx2', { txq_size: 128 })).toMatchObject({ retval: -7, sw_if_index: 0 });
    expect(await make('')).toMatchObject({ retval: -71, sw_if_index: 0 });
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index, mtu: 1500 })).toBe(-126);
    expect([await vpp.retval('rdma_delete', { sw_if_index }), await vpp.details(Number(sw_if_index))]).toEqual([
      0,
      undefined,
    ]);
    for (const index of [0, UNKNOWN]) expect(await vpp.retval('rdma_delete', { sw_if_index: index })).toBe(-71);
  });
});
