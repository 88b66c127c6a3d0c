/** Interfaces over the API: dump and its filters, state, loopbacks, refusals. The numbers are VPP 26.06's. */

import { describe, expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/index.js';
import { mockAndClient } from '../../../support/mock.js';

const ALL = 0xffffffff;

describe('sw_interface_dump', () => {
  it('a new dataplane: local0 only', async () => {
    const { client } = await mockAndClient();
    const [local, ...others] = await client.dump('sw_interface_dump', { sw_if_index: ALL });
    expect(others).toEqual([]);
    expect(local).toMatchObject({ sw_if_index: 0, interface_name: 'local0', interface_dev_type: 'local', link_mtu: 0 });
  });

  it.each([
    [{ sw_if_index: 2 }, ['loop1']],
    [{ sw_if_index: 0 }, ['local0', 'loop0', 'loop1', 'loop10']],
    [{ sw_if_index: 77 }, []],
    [{ name_filter_valid: true, name_filter: 'LOOP1' }, ['loop1', 'loop10']],
    [{ name_filter_valid: true, name_filter: 'l0', sw_if_index: 2 }, ['local0']],
    [{ name_filter_valid: true, name_filter: '' }, ['local0', 'loop0', 'loop1', 'loop10']],
    [{ name_filter_valid: true, name_filter: 'eth' }, []],
  ])('filter %j: %j', async (filter, names) => {
    const { client } = await mockAndClient({
      setup: (dataplane) => [undefined, undefined, 10].map((instance) => dataplane.addLoopback({ instance })),
    });
    const details = await client.dump('sw_interface_dump', filter);
    expect(details.map((each) => each.interface_name)).toEqual(names);
  });
});

describe('loopbacks', () => {
  it('without a MAC: de:ad and the instance', async () => {
    const { mock, client } = await mockAndClient();
    expect(await client.ask('create_loopback')).toMatchObject({ retval: 0, sw_if_index: 1 });
    expect(await client.ask('create_loopback')).toMatchObject({ retval: 0, sw_if_index: 2 });
    expect(mock.dataplane.interfaceAt(2)).toMatchObject({ name: 'loop1', mac: 'de:ad:00:00:00:01', linkMtu: 9000 });
  });

  it('of an instance: that name; taken or too large: refused', async () => {
    const { client } = await mockAndClient();
    const ask = (user_instance: number) =>
      client.ask('create_loopback_instance', { is_specified: true, user_instance });
    expect(await ask(7)).toMatchObject({ retval: 0, sw_if_index: 1 });
    expect(await ask(7)).toMatchObject({ retval: -31, sw_if_index: ALL });
    expect(await ask(16384)).toMatchObject({ retval: -31, sw_if_index: ALL });
    expect(await client.ask('create_loopback_instance')).toMatchObject({ retval: 0, sw_if_index: 2 });
    const details = await client.dump('sw_interface_dump');
    expect(details.map((each) => each.interface_name)).toEqual(['local0', 'loop7', 'loop0']);
  });

  it('deleted: gone, with all that hung on it, and its index is used again', async () => {
    const { mock, client } = await mockAndClient();
    const before = await client.dump('ip_route_v2_dump');
    await client.ask('create_loopback', { mac_address: '02:00:00:00:00:01' });
    await client.ask('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
    await client.ask('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix: '192.0.2.1/24' });
    await client.ask('sw_interface_set_l2_bridge', { rx_sw_if_index: 1, bd_id: 5 });
    expect(await client.ask('delete_loopback', { sw_if_index: 1 })).toMatchObject({ retval: 0 });
    expect(await client.dump('ip_route_v2_dump')).toMatchObject(before.map(({ route }) => ({ route })));
    expect(mock.dataplane.of(kinds.bridges).find(5)?.members).toEqual([]);
    expect(await client.ask('delete_loopback', { sw_if_index: 1 })).toMatchObject({ retval: -2 });
    expect(await client.ask('create_loopback')).toMatchObject({ sw_if_index: 1 });
  });

  it('local0: cannot be deleted', async () => {
    const { client } = await mockAndClient();
    expect(await client.ask('delete_loopback', { sw_if_index: 0 })).toMatchObject({ retval: -2 });
  });
});

describe('physical interfaces', () => {
  const names = ['GigabitEthernet3/0/0', 'TenGigabitEthernet5/0/0'];

  it('by option: of type dpdk, with a speed while the link is up', async () => {
    const { client } = await mockAndClient({ interfaces: names });
    expect(await client.dump('sw_interface_dump')).toMatchObject([
      { interface_name: 'local0' },
      { sw_if_index: 1, interface_name: names[0], interface_dev_type: 'dpdk', link_mtu: 9000, link_speed: 0 },
      { sw_if_index: 2, interface_name: names[1], l2_address: '02:fe:00:00:00:02' },
    ]);
    await client.ask('sw_interface_set_flags', { sw_if_index: 2, flags: 1 });
    const [up] = await client.dump('sw_interface_dump', { sw_if_index: 2 });
    expect(up).toMatchObject({ flags: 3, link_speed: 10_000_000, link_duplex: 2 });
  });

  it('MTU: of the hardware and of all that is on it', async () => {
    const { client } = await mockAndClient({ interfaces: names });
    const { sw_if_index } = await client.ask('create_vlan_subif', { sw_if_index: 1, vlan_id: 100 });
    expect(await client.ask('hw_interface_set_mtu', { sw_if_index: 1, mtu: 1500 })).toMatchObject({ retval: 0 });
    for (const index of [1, sw_if_index]) {
      const [details] = await client.dump('sw_interface_dump', { sw_if_index: index });
      expect(details).toMatchObject({ link_mtu: 1500, mtu: [1500, 0, 0, 0] });
    }
    expect(await client.ask('hw_interface_set_mtu', { sw_if_index: 1, mtu: 65000 })).toMatchObject({ retval: -7 });
  });

  it('queues: one each way, placed and read back', async () => {
    const { client } = await mockAndClient({ interfaces: names });
    const rx = () => client.dump('sw_interface_rx_placement_dump', { sw_if_index: 0xffffffff });
    expect(await rx()).toMatchObject([
      { sw_if_index: 1, queue_id: 0, worker_id: 0, mode: 1 },
      { sw_if_index: 2, queue_id: 0 },
    ]);
    const set = async (name: string, fields: object) => (await client.ask(name, { sw_if_index: 1, ...fields })).retval;
    expect([
      await set('sw_interface_set_promisc', { promisc_on: true }),
      await set('sw_interface_set_rx_mode', { mode: 1 }),
      await set('sw_interface_set_rx_mode', { mode: 2 }),
      await set('sw_interface_set_rx_placement', { queue_id: 0, worker_id: 0 }),
      await set('sw_interface_set_rx_placement', { queue_id: 0, worker_id: 3 }),
      await set('sw_interface_set_tx_placement', { queue_id: 0, array_size: 1, threads: [0] }),
      await set('sw_interface_set_tx_placement', { queue_id: 0, array_size: 1, threads: [4] }),
      await set('sw_interface_set_tx_placement', { queue_id: 9, array_size: 1, threads: [0] }),
    ]).toEqual([0, 0, -9, 0, -9, 0, -7, -125]);
  });
});

describe('attributes', () => {
  it('set: shown by the dump', async () => {
    const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback() });
    const requests: [string, Record<string, unknown>][] = [
      ['sw_interface_set_flags', { sw_if_index: 1, flags: 1 }],
      ['sw_interface_set_mac_address', { sw_if_index: 1, mac_address: '02:00:00:00:00:09' }],
      ['sw_interface_set_mtu', { sw_if_index: 1, mtu: [1500, 1400, 1300, 1200] }],
      ['sw_interface_tag_add_del', { sw_if_index: 1, is_add: true, tag: 'uplink' }],
      ['hw_interface_set_mtu', { sw_if_index: 1, mtu: 9000 }],
    ];
    for (const [name, fields] of requests) expect([name, (await client.ask(name, fields)).retval]).toEqual([name, 0]);
    const [details] = await client.dump('sw_interface_dump', { sw_if_index: 1 });
    expect(details).toMatchObject({
      flags: 3,
      l2_address: '02:00:00:00:00:09',
      mtu: [1500, 1400, 1300, 1200],
      tag: 'uplink',
    });
    const mac = await client.ask('sw_interface_get_mac_address', { sw_if_index: 1 });
    expect(mac).toMatchObject({ retval: 0, mac_address: '02:00:00:00:00:09' });
    await client.ask('sw_interface_tag_add_del', { sw_if_index: 1, is_add: false });
    expect((await client.dump('sw_interface_dump', { sw_if_index: 1 }))[0].tag).toBe('');
  });

  it.each([
    ['sw_interface_set_flags', { flags: 1 }, -2],
    ['sw_interface_set_mtu', { mtu: [1, 1, 1, 1] }, -2],
    ['hw_interface_set_mtu', { mtu: 9000 }, -2],
    ['sw_interface_tag_add_del', { tag: 'x' }, -2],
    ['sw_interface_set_mac_address', {}, -2],
    ['sw_interface_get_mac_address', {}, -2],
    ['sw_interface_add_del_address', { prefix: '192.0.2.1/24' }, -2],
    ['sw_interface_set_table', { vrf_id: 0 }, -2],
    ['sw_interface_get_table', {}, -2],
    ['sw_interface_set_l2_bridge', { bd_id: 1 }, -2],
  ])('%s on an unknown interface: %j is refused with %i', async (name, fields, retval) => {
    const { client } = await mockAndClient();
    const index = name === 'sw_interface_set_l2_bridge' ? 'rx_sw_if_index' : 'sw_if_index';
    expect(await client.ask(name, { [index]: 99, ...fields })).toMatchObject({ retval });
  });

  it.each([
    ['hw_interface_set_mtu', { sw_if_index: 1, mtu: 1500 }, -126],
    ['hw_interface_set_mtu', { sw_if_index: 0, mtu: 1500 }, -30],
    ['sw_interface_set_mac_address', { sw_if_index: 0, mac_address: '02:00:00:00:00:09' }, -9],
    ['sw_interface_tag_add_del', { sw_if_index: 1, is_add: true, tag: '' }, -7],
    ['sw_interface_set_mtu', { sw_if_index: 0, mtu: [9, 0, 0, 0] }, 0],
  ])('%s %j: %i', async (name, fields, retval) => {
    const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback() });
    expect(await client.ask(name, fields)).toMatchObject({ retval });
  });
});

it('a name as long as it may be: that of a sub-interface is cut in its details', async () => {
  const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback() });
  await client.ask('sw_interface_set_interface_name', { sw_if_index: 1, name: 'n'.repeat(63) });
  const { sw_if_index } = await client.ask('create_vlan_subif', { sw_if_index: 1, vlan_id: 100 });
  const [sub] = await client.dump('sw_interface_dump', { sw_if_index });
  expect(sub.interface_name).toBe('n'.repeat(63));
});

const help = (name: string, text: string) => `  ${name.padEnd(40)} ${text}\n`;

describe('cli_inband', () => {
  it.each([
    ['show version', 0, 'vpp v26.06-mock built by mock on mock at 2026-06-24T00:00:00\n'],
    ['sh ver', 0, 'vpp v26.06-mock built by mock on mock at 2026-06-24T00:00:00\n'],
    ['no such command', -1, "unknown input `no such command'\n"],
    ['', -1, "unknown input `'\n"],
    ['show', -1, "show: unknown input `'\n"],
    [
      'show interface ?',
      0,
      `${help('show interface', 'Show interfaces')}${help('show interface address', 'Show addresses of interfaces')}`,
    ],
    ['help sh ver', 0, help('show version', 'Show version information')],
    ['nosuch ?', -1, "unknown input `nosuch'\n"],
    ['s v', -1, "unknown input `s v'\n"],
    ['show interface nosuch', -1, "show interface: unknown input `nosuch'\n"],
    ['show ver foo', -1, "vpp v26.06-mock built by mock on mock at 2026-06-24T00:00:00\nunknown input `foo'\n"],
  ])('%j: %i', async (cmd, retval, reply) => {
    const { client } = await mockAndClient();
    expect(await client.ask('cli_inband', { cmd })).toMatchObject({ retval, reply });
  });

  it('show clock: seconds since the start, and the time of day', async () => {
    const { client } = await mockAndClient();
    const { reply } = await client.ask('cli_inband', { cmd: 'show clock' });
    expect(reply).toMatch(
      /^Time now \d*\.\d{6}, \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\nTime last barrier release 0\.0+\n0: Time now .*\nThread 0 .*\n$/,
    );
  });

  it('show interface address: states, bridges, addresses', async () => {
    const { client } = await mockAndClient({
      setup: (dataplane) => {
        dataplane.addLoopback({ up: true, addresses: ['2001:db8::1/64', '10.9.0.1/24'] });
        dataplane.addLoopback();
        dataplane.of(kinds.bridges).bridge(dataplane.interfaceAt(2), 5, 1, 3);
      },
    });
    const { reply } = await client.ask('cli_inband', { cmd: 'show int addr' });
    expect(reply).toBe(
      'local0 (dn):\nloop0 (up):\n  L3 10.9.0.1/24\n  L3 2001:db8::1/64\nloop1 (dn):\n  L2 bridge bd-id 5 idx 1 shg 3 bvi\n',
    );
  });
});
