/** Members of bonds: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { beginBonds as begin, BondMode as Mode } from '../support/contract-bonds.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;

const A = '02:00:5e:00:53:0a';
const B = '02:00:5e:00:53:0b';

describe('members', () => {
  it('the first gives the bond its MAC address, the others take it; back with the detachment', async () => {
    const { vpp, bond, add, detach, mac } = await begin();
    const made = await bond({ mode: Mode.ROUND_ROBIN });
    const [first, second] = [await vpp.loopback(A), await vpp.loopback(B)];
    expect([await add(first, made), await add(second, made, {}, 'bond_enslave')]).toEqual([0, 0]);
    expect([await mac(made), await mac(first), await mac(second)]).toEqual([A, A, A]);
    await vpp.ask('sw_interface_set_mac_address', { sw_if_index: made, mac_address: '02:00:5e:00:53:0c' });
    expect([await mac(first), await mac(second)]).toEqual([A, A]);
    await vpp.ask('sw_interface_set_mac_address', { sw_if_index: first, mac_address: '02:00:5e:00:53:0d' });
    expect([await detach(first), await detach(second, 'bond_detach_slave')]).toEqual([0, 0]);
    expect([await mac(made), await mac(first), await mac(second)]).toEqual(['02:00:5e:00:53:0c', A, B]);
    expect([await add(second, made), await mac(made)]).toEqual([0, B]);
  });

  it('refusals', async () => {
    const { vpp, bond, add, detach } = await begin();
    const [made, other, gso] = [
      await bond({ mode: Mode.ROUND_ROBIN }),
      await bond({ mode: Mode.XOR }),
      await bond({ mode: Mode.XOR, enable_gso: true }),
    ];
    const [loop, free] = [await vpp.loopback(), await vpp.loopback()];
    expect([await add(loop, made), await add(loop, made), await add(loop, other)]).toEqual([0, -81, -81]);
    for (const request of ['bond_add_member', 'bond_enslave']) {
      expect([await add(UNKNOWN, made, {}, request), await add(free, UNKNOWN, {}, request)]).toEqual([-2, -71]);
      expect([await add(free, loop, {}, request), await add(other, made, {}, request)]).toEqual([-71, -71]);
      expect(await add(free, gso, {}, request)).toBe(-71);
    }
    for (const request of ['bond_detach_member', 'bond_detach_slave']) {
      expect([await detach(UNKNOWN, request), await detach(free, request), await detach(made, request)]).toEqual([
        -2, -71, -71,
      ]);
    }
    expect([await detach(loop), await detach(loop)]).toEqual([0, -71]);
  });

  it('are active while they are up; the link of the bond follows', async () => {
    const { vpp, bond, add, detach, up, flags, dump } = await begin();
    const made = await bond({ mode: Mode.ROUND_ROBIN });
    const [first, second] = [await vpp.loopback(), await vpp.loopback()];
    await add(first, made);
    await up(made);
    expect([await flags(made), await up(first), await flags(made)]).toEqual([1, 0, 3]);
    await up(second);
    await add(second, made);
    expect(await dump(made)).toMatchObject({ active_members: 2, members: 2 });
    await up(first, 0);
    expect([await flags(made), (await dump(made)).active_members]).toEqual([3, 1]);
    await up(second, 0);
    expect([await flags(made), (await dump(made)).active_members]).toEqual([1, 0]);
    await up(first);
    await up(made, 0);
    expect([await flags(made), await flags(first), (await dump(made)).active_members]).toEqual([0, 3, 1]);
    await up(made);
    expect([await flags(made), await detach(first), await flags(made)]).toEqual([3, 0, 1]);
  });

  it('events: those of the member and of the bond', async () => {
    const { vpp, bond, add, up, detach } = await begin();
    const made = await bond({ mode: Mode.ROUND_ROBIN });
    const loop = await vpp.loopback();
    await add(loop, made);
    await up(made);
    const listener = await vpp.another();
    await listener.ask('want_interface_events', { enable_disable: 1, pid: 1 });
    /** The events of bond and member, until there are so many. */
    const heard = async (count: number) => {
      const events: Fields[] = [];
      while (events.length < count) {
        const { fields } = await listener.message();
        if (fields.sw_if_index === made || fields.sw_if_index === loop) events.push(fields);
      }
      return events.map(({ sw_if_index, flags }) => [sw_if_index, flags]);
    };
    await up(loop);
    const both = [
      [made, 2],
      [loop, 3],
    ];
    expect(await heard(2)).toEqual(expect.arrayContaining(both));
    await detach(loop);
    expect(await heard(1)).toEqual([[made, 0]]);
  });

  it('in the dumps; one that is deleted is gone', async () => {
    const { vpp, bond, add, up, members, dump } = await begin();
    const made = await bond({ mode: Mode.ACTIVE_BACKUP });
    const [first, second] = [await vpp.loopback(), await vpp.loopback()];
    await add(first, made, { is_passive: true, is_long_timeout: true });
    await add(second, made);
    await up(second);
    const name = async (index: number) => (await vpp.details(index))?.interface_name;
    const expected = [
      {
        sw_if_index: first,
        interface_name: await name(first),
        is_passive: true,
        is_long_timeout: true,
        is_local_numa: false,
      },
      {
        sw_if_index: second,
        interface_name: await name(second),
        is_passive: false,
        is_long_timeout: false,
        is_local_numa: true,
      },
    ];
    for (const request of ['sw_member_interface_dump', 'sw_interface_slave_dump']) {
      expect(await members(made, request)).toMatchObject(expected.map((each) => ({ ...each, weight: 0 })));
      for (const index of [UNKNOWN, first, ALL]) expect(await members(index, request)).toEqual([]);
    }
    expect(await vpp.retval('delete_loopback', { sw_if_index: second })).toBe(0);
    expect([await members(made), await dump(made)]).toMatchObject([
      [{ sw_if_index: first }],
      { members: 1, active_members: 0 },
    ]);
  });

  it('weights: in active-backup mode', async () => {
    const { vpp, bond, add, members } = await begin();
    const [made, other] = [await bond({ mode: Mode.ACTIVE_BACKUP }), await bond({ mode: Mode.XOR })];
    const [first, second, free] = [await vpp.loopback(), await vpp.loopback(), await vpp.loopback()];
    expect([await add(first, made), await add(second, other)]).toEqual([0, 0]);
    const weigh = (sw_if_index: number) => vpp.retval('sw_interface_set_bond_weight', { sw_if_index, weight: 9 });
    expect([await weigh(first), await weigh(second), await weigh(free)]).toEqual([0, -73, -71]);
    expect([await weigh(made), await weigh(UNKNOWN)]).toEqual([-71, -2]);
    expect([await members(made), await members(other)]).toMatchObject([[{ weight: 9 }], [{ weight: 0 }]]);
  });
});
