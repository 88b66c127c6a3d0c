/** memif interfaces: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { beginMemifs as begin, MASTER, SLAVE } from '../support/contract-memifs.js';

const ALL = 0xffffffff;

describe('interfaces', () => {
  it.each(['memif_create', 'memif_create_v2'])('%s: an Ethernet interface without a link', async (request) => {
    const { vpp, socket, make, dump, up } = await begin();
    await socket(true, 41, '/tmp/vppmux-41');
    const hw_addr = '02:00:5e:00:53:41';
    const made = await make(
      { role: SLAVE, id: 3, socket_id: 41, hw_addr, ring_size: 512, no_zero_copy: true },
      request,
    );
    expect(made.retval).toBe(0);
    const swIfIndex = Number(made.sw_if_index);
    await up(swIfIndex);
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: 'memif41/3', interface_dev_type: 'memif', l2_address: hw_addr, flags: 1 },
      ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0] },
    });
    expect(await dump(swIfIndex)).toMatchObject({
      ...{ hw_addr, id: 3, role: SLAVE, mode: 0, zero_copy: false, socket_id: 41, ring_size: 1, buffer_size: 0 },
      ...{ flags: 1, if_name: 'memif41/3' },
    });
    expect(await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index: swIfIndex })).toEqual([]);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index: swIfIndex, mtu: 12000 })).toBe(0);
    expect(await vpp.retval('sw_interface_set_promisc', { sw_if_index: swIfIndex, promisc_on: true })).toBe(0);
    expect(await socket(false, 41)).toBe(-74);
    expect(await vpp.retval('memif_delete', { sw_if_index: swIfIndex })).toBe(0);
    expect(await socket(false, 41)).toBe(0);
  });

  it.each(['memif_create', 'memif_create_v2'])('%s: refusals, with the index 0', async (request) => {
    const { socket, make } = await begin();
    await socket(true, 42, '/tmp/vppmux-42');
    expect(await make({ role: MASTER, id: 1, socket_id: 42 }, request)).toMatchObject({ retval: 0 });
    const again = (fields: Fields) => make({ role: MASTER, id: 2, socket_id: 42, ...fields }, request);
    expect(await again({ id: 1 })).toMatchObject({ retval: -68, sw_if_index: 0 });
    expect(await again({ role: SLAVE })).toMatchObject({ retval: -68, sw_if_index: 0 });
    expect(await again({ ring_size: 1000 })).toMatchObject({ retval: -73, sw_if_index: 0 });
    expect(await again({ socket_id: 4242 })).toMatchObject({ retval: -73, sw_if_index: 0 });
  });

  it('masters of another socket id on the same file: refused, with the index of what was undone', async () => {
    const { vpp, socket, make } = await begin();
    expect([await socket(true, 43, '/tmp/vppmux-43'), await socket(true, 44, '/tmp/vppmux-43')]).toEqual([0, 0]);
    const { sw_if_index } = await make({ role: MASTER, id: 1, socket_id: 43 });
    const next = await vpp.loopback();
    await vpp.ask('delete_loopback', { sw_if_index: next });
    expect(await make({ role: MASTER, id: 1, socket_id: 44 })).toMatchObject({ retval: -14, sw_if_index: next });
    expect([await vpp.details(next), (await vpp.details(Number(sw_if_index)))?.flags]).toEqual([undefined, 0]);
  });

  it('mode IP: neither a MAC address nor an MTU', async () => {
    const { vpp, make } = await begin();
    const { sw_if_index } = await make({ role: SLAVE, id: 77, mode: 1 });
    const none = { l2_address: '00:00:00:00:00:00', link_mtu: 0, mtu: [0, 0, 0, 0], interface_name: 'memif0/77' };
    expect(await vpp.details(Number(sw_if_index))).toMatchObject(none);
    expect(await vpp.retval('sw_interface_set_promisc', { sw_if_index, promisc_on: true })).toBe(-7);
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index, mtu: 1500 })).toBe(-30);
    expect(await vpp.retval('sw_interface_set_mac_address', { sw_if_index, mac_address: '02:00:5e:00:53:01' })).toBe(
      -9,
    );
  });

  it('deletion: by a sub-interface too; what is no memif stays', async () => {
    const { vpp, make } = await begin();
    const { sw_if_index } = await make({ role: SLAVE, id: 78 });
    const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index, vlan_id: 5 });
    expect(await vpp.retval('memif_delete', { sw_if_index: sub })).toBe(0);
    const loop = await vpp.loopback();
    for (const index of [Number(sw_if_index) === loop ? 7777 : Number(sw_if_index), loop, 0, 7777, ALL]) {
      expect(await vpp.retval('memif_delete', { sw_if_index: index })).toBe(-2);
    }
  });
});

describe('two ends on one file', () => {
  /** Master and slave; `settled` waits for both links, as events tell of them. */
  async function pair(id: number, master: Fields = {}, slave: Fields = {}) {
    const { vpp, socket, make, dump, up } = await begin();
    await socket(true, id, `/tmp/vppmux-${id}`);
    await socket(true, id + 1, `/tmp/vppmux-${id}`);
    const listener = await vpp.another();
    await listener.ask('want_interface_events', { enable_disable: 1, pid: 1 });
    const ends = [
      Number((await make({ role: MASTER, id: 0, socket_id: id, ...master })).sw_if_index),
      Number((await make({ role: SLAVE, id: 0, socket_id: id + 1, ...slave })).sw_if_index),
    ] as const;
    const heard = async (swIfIndex: number, flags: number) => {
      for (;;) {
        const { name, fields } = await listener.message();
        if (name === 'sw_interface_event' && fields.sw_if_index === swIfIndex && fields.flags === flags) return;
      }
    };
    const queues = async (sw_if_index: number) =>
      (await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index })).length;
    return { vpp, make, dump, up, ends, heard, queues };
  }

  it('connect once the slave is up: links, queues and rings; a deletion takes the other link down', async () => {
    const rings = { ring_size: 512, buffer_size: 4096, rx_queues: 2, tx_queues: 3 };
    const { vpp, dump, up, ends, heard, queues } = await pair(51, { ring_size: 256 }, rings);
    const [master, slave] = ends;
    await up(slave);
    await heard(master, 2);
    expect([(await vpp.details(master))?.flags, (await vpp.details(slave))?.flags]).toEqual([2, 3]);
    expect([await queues(master), await queues(slave)]).toEqual([3, 2]);
    expect([await dump(master), await dump(slave)]).toMatchObject([
      { ring_size: 1, buffer_size: 0, flags: 2 },
      { ring_size: 512, buffer_size: 4096, flags: 3 },
    ]);
    expect(await vpp.retval('sw_interface_set_rx_mode', { sw_if_index: master, mode: 2 })).toBe(0);
    await up(slave, 0);
    expect([(await vpp.details(master))?.flags, (await vpp.details(slave))?.flags]).toEqual([2, 0]);
    await up(slave);
    expect((await vpp.details(slave))?.flags).toBe(3);
    expect(await vpp.retval('memif_delete', { sw_if_index: slave })).toBe(0);
    await heard(master, 0);
    expect([(await vpp.details(master))?.flags, await queues(master)]).toEqual([0, 0]);
  });

  it('of two modes: no link, though the slave has its rings', async () => {
    const { vpp, dump, up, ends, heard } = await pair(53, { mode: 1 });
    const [master, slave] = ends;
    await up(slave);
    await heard(slave, 1);
    await expect.poll(async () => (await dump(slave))?.ring_size).toBe(1024);
    expect([await dump(slave), (await vpp.details(master))?.flags]).toMatchObject([{ buffer_size: 2048, flags: 1 }, 0]);
  });
});
