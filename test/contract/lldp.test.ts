/** LLDP: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;

it('lldp_config: an hour at most between two announcements, a hundred of them at most to live', async () => {
  const vpp = await Contract.begin();
  const config = (tx_hold: number, tx_interval: number) =>
    vpp.retval('lldp_config', { tx_hold, tx_interval, system_name: 'router' });
  expect([await config(4, 3600), await config(4, 3601), await config(0, 0)]).toEqual([0, -7, 0]);
  expect([await config(100, 30), await config(101, 30), await config(4, 30)]).toEqual([0, -7, 0]);
});

it('interfaces: Ethernet hardware alone, each once; VPP keeps one that goes', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const { sw_if_index: gone } = await vpp.ask('create_loopback');
  const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 9 });
  const set = (sw_if_index: unknown, enable = true) =>
    vpp.retval('sw_interface_set_lldp', { sw_if_index, enable, port_desc: 'uplink' });
  const list = async () =>
    (await vpp.dump('lldp_dump', {})).flatMap(({ sw_if_index }) => (sw_if_index === undefined ? [] : [sw_if_index]));
  expect([await set(UNKNOWN), await set(0xffffffff), await set(0), await set(sub)]).toEqual([-2, -2, -7, -7]);
  expect([await set(loop), await set(loop), await set(gone)]).toEqual([0, 0, 0]);
  expect((await vpp.dump('lldp_dump', {}))[0]).toMatchObject({ sw_if_index: loop, chassis_id_len: 0, ttl: 0 });
  await vpp.ask('delete_loopback', { sw_if_index: gone });
  expect(await list()).toEqual([loop, gone]);
  expect([await set(loop, false), await set(loop, false), await set(gone, false), await list()]).toEqual([
    0,
    0,
    -2,
    [gone],
  ]);
  const next = await vpp.loopback();
  expect([next, await set(next, false), await list()]).toEqual([gone, 0, []]);
});
