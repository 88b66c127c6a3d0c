/** Bonds: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { beginBonds as begin, BondMode as Mode } from '../support/contract-bonds.js';

const UNKNOWN = 7777;

const A = '02:00:5e:00:53:0a';
const B = '02:00:5e:00:53:0b';

describe('creation', () => {
  it('an Ethernet interface; the balance goes with some modes', async () => {
    const { vpp, bond, dump } = await begin();
    const balanceOf = async (fields: Fields) => (await dump(await bond(fields))).lb;
    expect(await balanceOf({ mode: Mode.ROUND_ROBIN })).toBe(3);
    expect(await balanceOf({ mode: Mode.ACTIVE_BACKUP, lb: 1 })).toBe(5);
    expect(await balanceOf({ mode: Mode.BROADCAST, lb: 2 })).toBe(4);
    expect(await balanceOf({ mode: Mode.XOR, lb: 2 })).toBe(2);
    expect(await balanceOf({ mode: Mode.LACP })).toBe(0);
    const made = await bond({ mode: Mode.XOR, lb: 1, id: 4242, use_custom_mac: true, mac_address: A, numa_only: true });
    expect(await vpp.details(made)).toMatchObject({
      ...{ interface_name: 'BondEthernet4242', interface_dev_type: 'bond', l2_address: A, flags: 0 },
      ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0] },
    });
    const shared = { sw_if_index: made, id: 4242, mode: Mode.XOR, lb: 1, numa_only: true };
    expect(await dump(made)).toMatchObject({
      ...shared,
      active_members: 0,
      members: 0,
      interface_name: 'BondEthernet4242',
    });
    const older = (await vpp.dump('sw_interface_bond_dump')).find(({ sw_if_index }) => sw_if_index === made);
    expect(older).toMatchObject({ ...shared, active_slaves: 0, slaves: 0, interface_name: 'BondEthernet4242' });
    expect(await vpp.retval('hw_interface_set_mtu', { sw_if_index: made, mtu: 1500 })).toBe(-126);
    expect(await vpp.retval('sw_interface_set_promisc', { sw_if_index: made, promisc_on: true })).toBe(-1);
    expect(await vpp.dump('sw_interface_rx_placement_dump', { sw_if_index: made })).toEqual([]);
  });

  it.each(['bond_create', 'bond_create2'])('%s: refusals, with the index 0', async (request) => {
    const { make } = await begin();
    expect(await make({ mode: Mode.XOR, id: 4243 }, request)).toMatchObject({ retval: 0 });
    expect(await make({ mode: Mode.XOR, id: 4243 }, request)).toMatchObject({ retval: -147, sw_if_index: 0 });
    for (const mode of [0, 6]) expect(await make({ mode }, request)).toMatchObject({ retval: -73, sw_if_index: 0 });
    for (const lb of [3, 9]) {
      expect(await make({ mode: Mode.XOR, lb }, request)).toMatchObject({ retval: -73, sw_if_index: 0 });
    }
  });

  it('ids: that of the instance', async () => {
    const { vpp, make, bond, dump } = await begin();
    const [first, second] = [await bond({ mode: Mode.XOR }), await bond({ mode: Mode.XOR })];
    const { id } = await dump(first);
    expect(await vpp.retval('bond_delete', { sw_if_index: first })).toBe(0);
    const again = await make({ mode: Mode.XOR }, 'bond_create');
    expect(await dump(Number(again.sw_if_index))).toMatchObject({ id, interface_name: `BondEthernet${id}` });
    expect(second).toBeGreaterThan(0);
  });

  it('deletion: by a sub-interface too, and members have their MAC addresses again', async () => {
    const { vpp, bond, add, mac, dump } = await begin();
    const made = await bond({ mode: Mode.XOR, use_custom_mac: true, mac_address: A });
    const loop = await vpp.loopback(B);
    expect([await add(loop, made), await mac(loop)]).toEqual([0, A]);
    const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index: made, vlan_id: 5 });
    expect([await dump(Number(sub)), await vpp.retval('bond_delete', { sw_if_index: sub })]).toEqual([undefined, 0]);
    expect([await mac(loop), await vpp.details(made)]).toEqual([B, undefined]);
    for (const sw_if_index of [made, loop, 0, UNKNOWN]) {
      expect(await vpp.retval('bond_delete', { sw_if_index })).toBe(-2);
    }
  });
});

it('show bond', async () => {
  const { vpp, bond } = await begin();
  const made = await bond({ mode: Mode.LACP, lb: 1, id: 4244 });
  const lines = (await vpp.cli('show bond')).split('\n');
  expect(lines[0]).toBe('0 interface name   sw_if_index  mode          load balance  active members members');
  expect(lines).toContain(`BondEthernet4244 ${String(made).padEnd(13)}lacp          l34           0              0`);
});
