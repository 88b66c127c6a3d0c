/**
 * virtio and vmxnet3 cards: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did, which had no card. What it
 * says of one are facts of its sources, for the mock alone.
 */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { needs } from '../support/needs.js';
import { realSocket } from '../support/vpp.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;

const missing = realSocket !== undefined && 'cards';

const at = (slot: number): Fields => ({ domain: 0, bus: 0x2b, slot, function: 1 });

it('no card: refused', async () => {
  const vpp = await Contract.begin();
  for (const request of ['virtio_pci_create', 'virtio_pci_create_v2']) {
    expect(await vpp.ask(request, { use_random_mac: true })).toMatchObject({ retval: -71, sw_if_index: ALL });
  }
  const vmxnet3 = (fields: Fields = {}) => vpp.ask('vmxnet3_create', { pci_addr: 0, ...fields });
  expect([await vmxnet3(), await vmxnet3({ rxq_size: 128 })]).toMatchObject([
    { retval: -71, sw_if_index: 0 },
    { retval: -71, sw_if_index: 0 },
  ]);
  for (const fields of [{ rxq_num: 17 }, { txq_num: 2 }, { rxq_size: 63 }, { rxq_size: 100 }, { txq_size: 8192 }]) {
    expect(await vmxnet3(fields)).toMatchObject({ retval: -7, sw_if_index: 0 });
  }
  const loop = await vpp.loopback();
  for (const request of ['virtio_pci_delete', 'vmxnet3_delete']) {
    for (const sw_if_index of [loop, 0, UNKNOWN, ALL]) expect(await vpp.retval(request, { sw_if_index })).toBe(-2);
  }
  expect(await vpp.dump('sw_interface_virtio_pci_dump')).toEqual([]);
  expect([await vpp.dump('vmxnet3_dump'), await vpp.dump('sw_vmxnet3_interface_dump', { sw_if_index: loop })]).toEqual([
    [],
    [],
  ]);
});

describe('with cards', needs(missing), () => {
  it.each(['virtio_pci_create', 'virtio_pci_create_v2'])('%s: named after its address', async (request) => {
    const vpp = await Contract.begin();
    const mac_address = '02:00:5e:00:53:71';
    const { retval, sw_if_index } = await vpp.ask(request, { pci_addr: at(3), mac_address, features: 5n });
    expect(retval).toBe(0);
    expect(await vpp.details(Number(sw_if_index))).toMatchObject({
      ...{ interface_name: 'virtio-0/2b/3/1', interface_dev_type: 'virtio', l2_address: mac_address, flags: 2 },
      ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0] },
    });
    expect(await vpp.dump('sw_interface_virtio_pci_dump')).toMatchObject([
      { sw_if_index, pci_addr: at(3), mac_addr: mac_address, rx_ring_sz: 256, tx_ring_sz: 256, features: 5n },
    ]);
    expect(await vpp.ask(request, { pci_addr: at(3) })).toMatchObject({ retval: -105, sw_if_index: ALL });
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index, mtu: 1500 })).toBe(-126);
    expect(await vpp.retval('virtio_pci_delete', { sw_if_index })).toBe(0);
    expect(await vpp.dump('sw_interface_virtio_pci_dump')).toEqual([]);
  });

  it('vmxnet3_create: queues and rings', async () => {
    const vpp = await Contract.begin();
    const pci_addr = (((1 << 29) | (3 << 24) | (0x2b << 16)) >>> 0) as number;
    const { retval, sw_if_index } = await vpp.ask('vmxnet3_create', { pci_addr, rxq_num: 2, rxq_size: 128 });
    expect(retval).toBe(0);
    const if_name = 'vmxnet3-0/2b/3/1';
    expect(await vpp.details(Number(sw_if_index))).toMatchObject({
      ...{ interface_name: if_name, interface_dev_type: 'VMXNET3 interface', flags: 2 },
    });
    for (const [request, fields] of [
      ['vmxnet3_dump', {}],
      ['sw_vmxnet3_interface_dump', { sw_if_index }],
    ] as const) {
      const [details] = await vpp.dump(request, fields);
      expect(details).toMatchObject({ sw_if_index, if_name, pci_addr, admin_up_down: false, rx_count: 2, tx_count: 1 });
      expect((details.rx_list as Fields[]).map(({ rx_qsize }) => rx_qsize).slice(0, 3)).toEqual([128, 128, 0]);
      expect((details.tx_list as Fields[]).map(({ tx_qsize }) => tx_qsize).slice(0, 2)).toEqual([1024, 0]);
    }
    expect(await vpp.dump('sw_vmxnet3_interface_dump', { sw_if_index: 0 })).toEqual([]);
    expect(await vpp.ask('vmxnet3_create', { pci_addr })).toMatchObject({ retval: -105, sw_if_index: 0 });
    expect(await vpp.retval('sw_interface_set_mac_address', { sw_if_index, mac_address: '02:00:5e:00:53:72' })).toBe(
      -9,
    );
    expect(await vpp.retval('vmxnet3_delete', { sw_if_index })).toBe(0);
  });
});
