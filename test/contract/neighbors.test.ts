/** Neighbours: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. Each test flushes what it made. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;
const MACS = ['02:00:5e:00:53:11', '02:00:5e:00:53:12'] as const;
const Flag = { STATIC: 1, NO_FIB_ENTRY: 2 } as const;

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const change = (is_add: boolean, ip: string, flags = 0, mac: string = MACS[0], at = loop) =>
    vpp.ask('ip_neighbor_add_del', {
      is_add,
      neighbor: { sw_if_index: at, flags, mac_address: mac, ip_address: ip },
    });
  const add = async (ip: string, flags = 0, mac: string = MACS[0], at = loop) =>
    Number((await change(true, ip, flags, mac, at)).retval);
  const list = async (af = 0, at = loop) =>
    (await vpp.dump('ip_neighbor_dump', { sw_if_index: at, af }))
      .map(({ neighbor }) => neighbor as Fields)
      .map(({ ip_address, flags, mac_address }) => `${ip_address} ${flags} ${mac_address}`)
      .sort();
  const up = (flags: number) => vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags });
  const address = (is_add: boolean, prefix: string) =>
    vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix });
  return { vpp, loop, change, add, list, up, address };
}

describe('ip_neighbor_add_del', () => {
  it('keeps what it was given, also on an interface that is down', async () => {
    const { add, change, list, vpp, loop } = await begin();
    const { retval, stats_index } = await change(true, '192.0.2.9');
    expect(retval).toBe(0);
    expect(stats_index).not.toBe(ALL);
    expect(await change(true, '192.0.2.11', Flag.NO_FIB_ENTRY)).toMatchObject({ retval: 0, stats_index: ALL });
    await add('192.0.2.12', Flag.STATIC, MACS[1]);
    await add('2001:db8::9', Flag.STATIC);
    expect(await list()).toEqual([`192.0.2.11 2 ${MACS[0]}`, `192.0.2.12 1 ${MACS[1]}`, `192.0.2.9 0 ${MACS[0]}`]);
    expect(await list(1)).toEqual([`2001:db8::9 1 ${MACS[0]}`]);
    const [{ age }] = await vpp.dump('ip_neighbor_dump', { sw_if_index: loop, af: 1 });
    expect(age).toBeGreaterThanOrEqual(0);
    expect(await list(0, UNKNOWN)).toEqual([]);
    expect(await list(7)).toEqual([]);
  });

  it('makes a dynamic one static, not the other way round', async () => {
    const { add, change, list } = await begin();
    await add('192.0.2.9');
    expect(await list()).toEqual([`192.0.2.9 0 ${MACS[0]}`]);
    expect(await add('192.0.2.9', 0, MACS[1])).toBe(0);
    expect(await list()).toEqual([`192.0.2.9 0 ${MACS[1]}`]);
    expect(await add('192.0.2.9', Flag.STATIC)).toBe(0);
    expect(await change(true, '192.0.2.9', 0, MACS[1])).toMatchObject({ retval: -2, stats_index: ALL });
    expect(await add('192.0.2.9', 0, MACS[0])).toBe(0);
    expect(await list()).toEqual([`192.0.2.9 1 ${MACS[0]}`]);
  });

  it('removes by address and interface, whatever the MAC', async () => {
    const { add, change } = await begin();
    await add('192.0.2.9', Flag.STATIC);
    expect(await change(false, '192.0.2.9', 0, MACS[1])).toMatchObject({ retval: 0, stats_index: ALL });
    expect(await change(false, '192.0.2.9')).toMatchObject({ retval: -6, stats_index: ALL });
    expect(await change(true, '192.0.2.9', 0, MACS[0], UNKNOWN)).toMatchObject({ retval: -2, stats_index: ALL });
    expect(await change(true, '192.0.2.9', 0, MACS[0], ALL)).toMatchObject({ retval: -2 });
  });

  it('brings a route of source 15, in the table of its interface', async () => {
    const { vpp, loop, add, up, address, change } = await begin();
    const own = async (table_id: number) =>
      (await vpp.dump('ip_route_v2_dump', { table: { table_id }, src: 15 })).map(({ route }) => route as Fields);
    await up(1);
    await address(true, '192.0.2.1/24');
    await add('192.0.2.9', Flag.STATIC);
    await add('192.0.2.10', Flag.STATIC | Flag.NO_FIB_ENTRY);
    expect(await own(0)).toMatchObject([
      {
        prefix: '192.0.2.9/32',
        src: 15,
        paths: [{ sw_if_index: loop, type: 0, nh: { address: { ip4: '192.0.2.9' } } }],
      },
    ]);
    await address(false, '192.0.2.1/24');
    await vpp.ask('ip_table_add_del', { is_add: true, table: { table_id: 77 } });
    expect(await vpp.retval('sw_interface_set_table', { sw_if_index: loop, vrf_id: 77 })).toBe(0);
    expect([(await own(0)).length, (await own(77)).length]).toEqual([0, 2]); // VPP forgets who has none
    await change(false, '192.0.2.9');
    expect(await own(77)).toMatchObject([{ prefix: '192.0.2.10/32' }]);
    await change(false, '192.0.2.10');
    expect(await own(77)).toEqual([]);
    await vpp.ask('sw_interface_set_table', { sw_if_index: loop, vrf_id: 0 });
    await vpp.ask('ip_table_add_del', { is_add: false, table: { table_id: 77 } });
  });
});

describe('what ends a neighbour', () => {
  it('the interface going down, or losing the address: only dynamic ones', async () => {
    const { add, list, up, address } = await begin();
    await up(1);
    await address(true, '192.0.2.1/24');
    for (const ip of ['192.0.2.9', '203.0.113.9']) await add(ip);
    await add('192.0.2.10', Flag.STATIC);
    await address(false, '192.0.2.1/24');
    expect(await list()).toEqual([`192.0.2.10 1 ${MACS[0]}`, `203.0.113.9 0 ${MACS[0]}`]);
    await up(0);
    expect(await list()).toEqual([`192.0.2.10 1 ${MACS[0]}`]);
  });

  it('the deletion of the interface', async () => {
    const { vpp, add, list } = await begin();
    const { sw_if_index } = await vpp.ask('create_loopback');
    await add('192.0.2.10', Flag.STATIC, MACS[0], Number(sw_if_index));
    await vpp.ask('delete_loopback', { sw_if_index });
    expect(await list(0, ALL)).toEqual([]);
  });

  it('a flush, by interface and family', async () => {
    const { vpp, loop, add, list } = await begin();
    await add('192.0.2.9', Flag.STATIC);
    await add('2001:db8::9');
    const flush = (sw_if_index: number, af: number) => vpp.retval('ip_neighbor_flush', { sw_if_index, af });
    expect([await flush(UNKNOWN, 0), await flush(loop, 9), await flush(loop, 0)]).toEqual([-2, -97, 0]);
    expect([await list(0), await list(1)]).toEqual([[], [`2001:db8::9 0 ${MACS[0]}`]]);
    expect(await flush(ALL, 1)).toBe(0);
    expect(await list(1)).toEqual([]);
  });

  it('a replacement without it', async () => {
    const { vpp, add, list } = await begin();
    await add('192.0.2.9', Flag.STATIC);
    await add('192.0.2.10');
    expect(await vpp.retval('ip_neighbor_replace_begin')).toBe(0);
    await add('192.0.2.10');
    expect(await vpp.retval('ip_neighbor_replace_end')).toBe(0);
    expect(await list()).toEqual([`192.0.2.10 0 ${MACS[0]}`]);
  });
});

it('ip_neighbor_config: a limit, and room by the oldest dynamic one', async () => {
  const { vpp, add, list } = await begin();
  const config = (af: number, max_number: number, recycle: boolean) =>
    vpp.retval('ip_neighbor_config', { af, max_number, max_age: 0, recycle });
  const usual = { retval: 0, af: 0, max_number: 50000, max_age: 0, recycle: false };
  expect(await vpp.ask('ip_neighbor_config_get', { af: 0 })).toMatchObject(usual);
  const unknown = { retval: -97, af: 0, max_number: ALL, max_age: ALL, recycle: false };
  expect(await vpp.ask('ip_neighbor_config_get', { af: 2 })).toMatchObject(unknown);
  expect([await config(2, 2, false), await config(0, 2, false)]).toEqual([-97, 0]);
  expect([await add('192.0.2.1'), await add('192.0.2.2'), await add('192.0.2.3')]).toEqual([0, 0, -162]);
  await add('192.0.2.1');
  await config(0, 2, true);
  expect(await add('192.0.2.3', Flag.STATIC)).toBe(0);
  expect(await list()).toEqual([`192.0.2.1 0 ${MACS[0]}`, `192.0.2.3 1 ${MACS[0]}`]);
  await add('192.0.2.1', Flag.STATIC);
  expect(await add('192.0.2.4')).toBe(-162);
  await config(0, 50000, false);
});

it.each(['', '_v2'])('want_ip_neighbor_events%s: each addition, change and removal', async (version) => {
  const { vpp, loop, add, change } = await begin();
  const watcher = await vpp.another();
  await watcher.ask(`want_ip_neighbor_events${version}`, { enable: true, pid: 5, ip: '0.0.0.0', sw_if_index: loop });
  await add('192.0.2.9');
  await add('192.0.2.9', 0, MACS[1]);
  await add('192.0.2.9', Flag.STATIC, MACS[1]);
  await add('192.0.2.9', 0, MACS[0]); // refused
  await change(false, '192.0.2.9');
  const seen: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { name, fields } = await watcher.message();
    const { flags, mac_address } = fields.neighbor as Fields;
    expect(fields).toMatchObject({ pid: 5, client_index: watcher.index });
    seen.push(`${name} ${fields.flags} ${flags} ${mac_address}`);
  }
  const event = `ip_neighbor_event${version}`;
  const [added, removed] = version === '' ? [undefined, undefined] : [1, 2];
  expect(seen).toEqual([
    `${event} ${added} 0 ${MACS[0]}`,
    `${event} ${added} 0 ${MACS[1]}`,
    `${event} ${added} 1 ${MACS[1]}`,
    `${event} ${removed} 1 ${MACS[1]}`,
  ]);
});
