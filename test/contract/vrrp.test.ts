/**
 * VRRP: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. `vrrp_vr_del` is not tried here: VPP aborts when
 * another router is started on the interface.
 */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;
const [PREEMPT, ACCEPT, UNICAST, IPV6] = [1, 2, 4, 8];
const [INIT, BACKUP, MASTER, INTF_DOWN] = [0, 1, 2, 3];

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const key = { sw_if_index: loop, vr_id: 10, is_ipv6: 0 };
  const config = (fields: Fields) => {
    const own = { sw_if_index: loop, vr_id: 10, priority: 100, interval: 100, flags: PREEMPT, addrs: ['192.0.2.5'] };
    const all = { ...own, ...fields } as Fields & { addrs: unknown[] };
    return { ...all, n_addrs: all.addrs.length };
  };
  const change = (is_add: number, fields: Fields = {}) => vpp.retval('vrrp_vr_add_del', { is_add, ...config(fields) });
  const update = (vrrp_index: number, fields: Fields = {}) =>
    vpp.ask('vrrp_vr_update', { vrrp_index, ...config(fields) });
  const start = (is_start = 1, fields: Fields = {}) =>
    vpp.retval('vrrp_vr_start_stop', { ...key, is_start, ...fields });
  const list = (sw_if_index = loop) => vpp.dump('vrrp_vr_dump', { sw_if_index });
  const up = async (prefix = '192.0.2.1/24') => {
    await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
    await vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix });
  };
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const { config } of await client.dump('vrrp_vr_dump', { sw_if_index: ALL })) {
      await client.ask('vrrp_vr_add_del', { is_add: 0, ...(config as Fields), addrs: [] });
    }
  });
  return { vpp, loop, key, change, update, start, list, up };
}

it('refusals', async () => {
  const { change, start, list } = await begin();
  for (const is_add of [0, 1]) {
    expect(await change(is_add, { sw_if_index: UNKNOWN })).toBe(-2);
    for (const field of ['priority', 'interval', 'vr_id']) expect(await change(is_add, { [field]: 0 })).toBe(-7);
  }
  expect([await change(0), await start(), await change(1, { addrs: [] })]).toEqual([-6, -6, -57]);
  expect([await change(1, { priority: 255 }), await list()]).toEqual([-60, []]);
  expect([await change(1), await change(1), await change(1, { vr_id: 11 })]).toEqual([0, -116, -105]);
  expect([await change(1, { vr_id: 11, addrs: ['192.0.2.6', '192.0.2.5'] }), await change(0), await change(0)]).toEqual(
    [-105, 0, -6],
  );
});

it('read back, each family by itself', async () => {
  const { loop, change, list } = await begin();
  await change(1, { flags: PREEMPT | ACCEPT, addrs: ['192.0.2.5', '192.0.2.6'] });
  await change(1, { flags: IPV6, priority: 1, interval: 4095, addrs: ['fe80::5'] });
  const runtime = { state: INIT, master_adv_int: 0, skew: 0, master_down_int: 0 };
  expect(await list()).toMatchObject([
    {
      config: { sw_if_index: loop, vr_id: 10, priority: 100, interval: 100, flags: PREEMPT | ACCEPT },
      runtime: { ...runtime, mac: '00:00:5e:00:01:0a', tracking: { interfaces_dec: 0, priority: 100 } },
      ...{ n_addrs: 2, addrs: ['192.0.2.5', '192.0.2.6'] },
    },
    {
      config: { vr_id: 10, priority: 1, interval: 4095, flags: IPV6 },
      runtime: { ...runtime, mac: '00:00:5e:00:02:0a' },
      addrs: ['fe80::5'],
    },
  ]);
  expect([(await list(ALL)).length, (await list(0)).length, await list(UNKNOWN)]).toEqual([2, 2, []]);
});

it('vrrp_vr_update: adds, or changes what its index names', async () => {
  const { change, update, list } = await begin();
  const { retval, vrrp_index } = await update(ALL);
  const index = Number(vrrp_index);
  expect([retval, index < 100]).toEqual([0, true]);
  expect(await update(ALL)).toMatchObject({ retval: -116, vrrp_index: ALL });
  expect(await update(99)).toMatchObject({ retval: -6, vrrp_index: 99 });
  expect(await update(index, { vr_id: 11 })).toMatchObject({ retval: -73, vrrp_index: index });
  expect(await update(index, { addrs: [] })).toMatchObject({ retval: -57 });
  expect(await update(index, { sw_if_index: UNKNOWN })).toMatchObject({ retval: -2 });
  await change(1, { vr_id: 11, addrs: ['192.0.2.7'] });
  expect(await update(index, { addrs: ['192.0.2.7'] })).toMatchObject({ retval: -105 });
  expect(await update(index, { priority: 77, flags: 0, addrs: ['192.0.2.6'] })).toMatchObject({
    retval: 0,
    vrrp_index: index,
  });
  const ours = (await list()).find(({ config }) => (config as Fields).vr_id === 10);
  expect(ours).toMatchObject({ config: { priority: 77, flags: 0 }, addrs: ['192.0.2.6'] });
});

it('states: backup, then master, with the addresses if it accepts packets; down with the interface', async () => {
  const { vpp, loop, change, start, list, up } = await begin();
  const watcher = await vpp.another();
  await watcher.ask('want_vrrp_vr_events', { enable_disable: true, pid: 5 });
  const next = async () => {
    const { name, fields } = await watcher.message();
    expect([name, fields]).toMatchObject([
      'vrrp_vr_event',
      { pid: 5, vr: { sw_if_index: loop, vr_id: 10, is_ipv6: 0 } },
    ]);
    return [fields.old_state, fields.new_state];
  };
  await up();
  await change(1, { interval: 4, flags: PREEMPT | ACCEPT });
  expect([await start(), await start(), await next(), await next()]).toEqual([0, 0, [INIT, BACKUP], [BACKUP, MASTER]]);
  expect((await list())[0].runtime).toMatchObject({ state: MASTER, master_adv_int: 4, skew: 2, master_down_int: 14 });
  const addresses = async () => (await vpp.dump('ip_address_dump', { sw_if_index: loop })).map(({ prefix }) => prefix);
  expect(await addresses()).toEqual(['192.0.2.1/24', '192.0.2.5/24']);
  await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 0 });
  expect([await next(), await addresses()]).toEqual([[MASTER, INTF_DOWN], ['192.0.2.1/24']]);
  await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
  expect([await next(), await next()]).toEqual([
    [INTF_DOWN, BACKUP],
    [BACKUP, MASTER],
  ]);
  expect([await start(0), await next(), await start(0), await addresses()]).toEqual([
    0,
    [MASTER, INIT],
    0,
    ['192.0.2.1/24'],
  ]);
  expect((await list())[0].runtime).toMatchObject({ state: INIT, master_adv_int: 4, master_down_int: 14 });
});

it('an owner of the addresses is master immediately', async () => {
  const { change, start, list, up } = await begin();
  await up('192.0.2.5/24');
  expect([await change(1, { priority: 255 }), await start()]).toEqual([0, 0]);
  expect((await list())[0].runtime).toMatchObject({ state: MASTER, master_adv_int: 0, master_down_int: 0 });
});

it('peers: of a unicast router that does not run', async () => {
  const { vpp, key, change, start, up } = await begin();
  await up();
  const set = (addrs: string[], fields: Fields = {}) =>
    vpp.retval('vrrp_vr_set_peers', { ...key, n_addrs: addrs.length, addrs, ...fields });
  expect([await set(['192.0.2.77']), await change(1), await set(['192.0.2.77'])]).toEqual([-6, 0, -73]);
  expect([await change(0), await change(1, { flags: UNICAST }), await start()]).toEqual([0, 0, -144]);
  expect([await set([]), await set(['192.0.2.77', '192.0.2.78'])]).toEqual([-58, 0]);
  expect(await vpp.dump('vrrp_vr_peer_dump', { ...key, vr_id: 11 })).toEqual([]);
  expect([await start(), await set(['192.0.2.79']), await start(0)]).toEqual([0, -155, 0]);
});

it('tracked interfaces: they lower the priority while they are down', async () => {
  const { vpp, loop, key, change, list } = await begin();
  const other = await vpp.loopback();
  const track = (is_add: number, ifs: Fields[], fields: Fields = {}) =>
    vpp.retval('vrrp_vr_track_if_add_del', { ...key, is_add, n_ifs: ifs.length, ifs, ...fields });
  const tracked = async () => (await vpp.dump('vrrp_vr_track_if_dump', { ...key, dump_all: 0 }))[0];
  const tracking = async () => ((await list())[0].runtime as Fields).tracking;
  expect([await track(1, []), await change(1)]).toEqual([-7, 0]);
  expect(await track(1, [{ sw_if_index: UNKNOWN, priority: 5 }])).toBe(-2);
  expect(await track(1, [{ sw_if_index: loop, priority: 5 }])).toBe(-10);
  expect(await tracked()).toMatchObject({ ...key, n_ifs: 0 });
  expect(await track(1, [{ sw_if_index: other, priority: 30 }])).toBe(0);
  expect(
    await track(1, [
      { sw_if_index: other, priority: 40 },
      { sw_if_index: 0, priority: 90 },
    ]),
  ).toBe(0);
  expect(await tracked()).toMatchObject({
    ifs: [
      { sw_if_index: other, priority: 30 },
      { sw_if_index: 0, priority: 90 },
    ],
  });
  expect(await tracking()).toMatchObject({ interfaces_dec: 120, priority: 1 });
  expect([await track(0, [{ sw_if_index: 0, priority: 0 }]), await tracking()]).toMatchObject([
    0,
    { interfaces_dec: 30, priority: 70 },
  ]);
  await vpp.ask('sw_interface_set_flags', { sw_if_index: other, flags: 1 });
  await vpp.ask('sw_interface_add_del_address', { sw_if_index: other, is_add: true, prefix: '198.51.100.1/24' });
  expect(await tracking()).toMatchObject({ interfaces_dec: 0, priority: 100 });
  expect(await vpp.dump('vrrp_vr_track_if_dump', { sw_if_index: ALL, dump_all: 1 })).toHaveLength(1);
  expect([await track(0, [{ sw_if_index: other, priority: 0 }]), await track(0, [{ sw_if_index: other }])]).toEqual([
    0, 0,
  ]);
  expect(await vpp.dump('vrrp_vr_track_if_dump', { sw_if_index: ALL, dump_all: 1 })).toEqual([]);
});
