/** Cross-connects and the rewriting of VLAN tags: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

/** No interface has it. */
const UNKNOWN = 7777;
const BRIDGE = 4711;

/** Bits of `sub_if_flags`. */
const Flag = { ONE: 2, TWO: 4, AD: 8, EXACT: 16, DEFAULT: 32, INNER_ANY: 128 } as const;

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const other = await vpp.loopback();
  /** One that a test deletes itself. */
  const third = async () =>
    Number((await vpp.ask('create_loopback', { mac_address: '00:00:00:00:00:00' })).sw_if_index);
  const connect = (rx: number, tx: number, enable = true) =>
    vpp.retval('sw_interface_set_l2_xconnect', { rx_sw_if_index: rx, tx_sw_if_index: tx, enable });
  /** Cross-connects from the two loopbacks. */
  const pairs = async () => {
    const all = await vpp.dump('l2_xconnect_dump');
    return all.map((each) => [each.rx_sw_if_index, each.tx_sw_if_index]).filter(([rx]) => rx === loop || rx === other);
  };
  const bridge = (rx: number, enable = true) =>
    vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index: rx, bd_id: BRIDGE, port_type: 0, enable });
  const members = async () => {
    const [domain] = await vpp.dump('bridge_domain_dump', { bd_id: BRIDGE, sw_if_index: 0xffffffff });
    return (domain?.sw_if_details as { sw_if_index: number }[] | undefined)?.map((each) => each.sw_if_index) ?? [];
  };
  return { vpp, loop, other, third, connect, pairs, bridge, members };
}

describe('sw_interface_set_l2_xconnect', () => {
  it('one way each, in the order of their interfaces', async () => {
    const { loop, other, connect, pairs } = await begin();
    expect(await connect(other, loop)).toBe(0);
    expect(await connect(loop, other)).toBe(0);
    expect(await pairs()).toEqual(
      [
        [loop, other],
        [other, loop],
      ].sort(([a = 0], [b = 0]) => a - b),
    );
    expect(await connect(loop, loop)).toBe(0);
    expect(await connect(other, UNKNOWN, false)).toBe(0);
    expect(await pairs()).toEqual([[loop, loop]]);
  });

  it('refuses interfaces that are not there', async () => {
    const { loop, connect } = await begin();
    expect(await connect(loop, UNKNOWN)).toBe(-2);
    expect(await connect(UNKNOWN, loop)).toBe(-2);
    expect(await connect(UNKNOWN, loop, false)).toBe(-2);
  });

  it('an interface is bridged, or cross-connected', async () => {
    const { loop, other, connect, pairs, bridge, members } = await begin();
    await connect(loop, other);
    expect(await bridge(loop)).toBe(0);
    expect([await pairs(), await members()]).toEqual([[], [loop]]);
    await connect(loop, other);
    expect([await pairs(), await members()]).toEqual([[[loop, other]], []]);
    expect(await bridge(loop, false)).toBe(0);
    expect(await pairs()).toEqual([]);
  });

  it('stays when the interface that sends is deleted', async () => {
    const { vpp, loop, connect, pairs, ...made } = await begin();
    const third = await made.third();
    await connect(loop, third);
    await vpp.ask('delete_loopback', { sw_if_index: third });
    expect(await pairs()).toEqual([[loop, third]]);
  });

  it('goes when the interface that receives is deleted; the other one leaves layer 2, too', async () => {
    const { vpp, loop, other, connect, pairs, ...made } = await begin();
    const third = await made.third();
    await connect(loop, other);
    await connect(third, loop);
    await vpp.ask('delete_loopback', { sw_if_index: third });
    expect(await pairs()).toEqual([]);
    expect((await vpp.dump('l2_xconnect_dump')).filter((each) => each.rx_sw_if_index === third)).toEqual([]);
  });
});

const Op = { OFF: 0, PUSH_1: 1, PUSH_2: 2, POP_1: 3, POP_2: 4, TO_1: 5, TO_2: 6, TWO_TO_1: 7, TWO_TO_2: 8 } as const;

async function beginTags() {
  const base = await begin();
  const rewrite = (sw_if_index: number, vtr_op: number, fields = {}) =>
    base.vpp.retval('l2_interface_vlan_tag_rewrite', {
      ...{ sw_if_index, vtr_op, push_dot1q: 1, tag1: 100, tag2: 200, ...fields },
    });
  const read = async (swIfIndex: number) => {
    const itf = await base.vpp.details(swIfIndex);
    return [itf?.vtr_op, itf?.vtr_push_dot1q, itf?.vtr_tag1, itf?.vtr_tag2];
  };
  const sub = async (fields: object) =>
    Number((await base.vpp.ask('create_subif', { sw_if_index: base.loop, sub_id: 9, ...fields })).sw_if_index);
  return { ...base, rewrite, read, sub };
}

describe('l2_interface_vlan_tag_rewrite', () => {
  it.each([
    ['one tag', { sub_if_flags: Flag.ONE | Flag.EXACT, outer_vlan_id: 7 }, 1],
    ['dot1ad', { sub_if_flags: Flag.ONE | Flag.AD | Flag.EXACT, outer_vlan_id: 7 }, 1],
    ['two tags', { sub_if_flags: Flag.TWO | Flag.EXACT, outer_vlan_id: 8, inner_vlan_id: 9 }, 2],
    ['two tags, any inner', { sub_if_flags: Flag.TWO | Flag.INNER_ANY, outer_vlan_id: 8 }, 1],
    ['default', { sub_if_flags: Flag.DEFAULT }, 0],
  ])('%s: the operations that its tags allow, as it was asked for', async (_, fields, tags) => {
    const { sub, rewrite, read } = await beginTags();
    const itf = await sub(fields);
    for (const [op, needs, wanted] of [
      [Op.PUSH_1, 0, [1, 1, 100, 0]],
      [Op.PUSH_2, 0, [2, 1, 100, 200]],
      [Op.POP_1, 1, [3, 0, 0, 0]],
      [Op.POP_2, 2, [4, 0, 0, 0]],
      [Op.TO_1, 1, [5, 1, 100, 0]],
      [Op.TO_2, 1, [6, 1, 100, 200]],
      [Op.TWO_TO_1, 2, [7, 1, 100, 0]],
      [Op.TWO_TO_2, 2, [8, 1, 100, 200]],
    ] as const) {
      expect(await rewrite(itf, op)).toBe(tags >= needs ? 0 : -72);
      if (tags >= needs) expect(await read(itf)).toEqual(wanted);
    }
    expect(await rewrite(itf, Op.OFF)).toBe(0);
    expect(await read(itf)).toEqual([0, 0, 0, 0]);
  });

  it('a refusal for tags keeps the operation before, without its tags', async () => {
    const { loop, rewrite, read } = await beginTags();
    expect(await rewrite(loop, Op.PUSH_2, { push_dot1q: 0 })).toBe(0);
    expect(await read(loop)).toEqual([2, 0, 100, 200]);
    expect(await rewrite(loop, Op.POP_1)).toBe(-72);
    expect(await read(loop)).toEqual([2, 0, 0, 0]);
  });

  it('16 bits of a tag; unknown operations and interfaces are refused', async () => {
    const { loop, rewrite, read } = await beginTags();
    expect(await rewrite(loop, Op.PUSH_1, { tag1: 70000, push_dot1q: 5 })).toBe(0);
    expect(await rewrite(loop, 9)).toBe(-7);
    expect(await read(loop)).toEqual([1, 1, 4464, 0]);
    expect(await rewrite(UNKNOWN, Op.PUSH_1)).toBe(-2);
    expect(await rewrite(0, Op.PUSH_1)).toBe(-71);
  });

  it('ends when the interface leaves layer 2', async () => {
    const { loop, other, rewrite, read, bridge, connect } = await beginTags();
    await bridge(loop);
    await rewrite(loop, Op.PUSH_1);
    await bridge(loop);
    expect(await read(loop)).toEqual([1, 1, 100, 0]);
    await connect(loop, other);
    expect(await read(loop)).toEqual([1, 1, 100, 0]);
    await connect(loop, other, false);
    expect(await read(loop)).toEqual([0, 0, 0, 0]);
    await rewrite(loop, Op.PUSH_1);
    await bridge(loop, false);
    expect(await read(loop)).toEqual([0, 0, 0, 0]);
  });

  it('is left to the next interface with the number, unless that was deleted in layer 2', async () => {
    const { vpp, third, rewrite, read, bridge } = await beginTags();
    const remove = (sw_if_index: number) => vpp.ask('delete_loopback', { sw_if_index });
    const first = await third();
    await rewrite(first, Op.PUSH_1);
    await remove(first);
    const second = await third();
    expect([second, await read(second)]).toEqual([first, [1, 1, 100, 0]]);
    await bridge(second);
    await remove(second);
    const last = await third();
    expect([last, await read(last)]).toEqual([first, [0, 0, 0, 0]]);
    await remove(last);
  });
});
