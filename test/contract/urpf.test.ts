/** uRPF: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const OWN_TABLE = 0xffffffff;
const UNKNOWN = 7777;
const LOOSE = 1;
const STRICT = 2;

async function withUrpf() {
  const vpp = await Contract.begin();
  const one = await vpp.loopback();
  const update = (more: Fields = {}) =>
    vpp.retval('urpf_update_v2', {
      sw_if_index: one,
      is_input: true,
      mode: STRICT,
      af: 0,
      table_id: OWN_TABLE,
      ...more,
    });
  const list = async (sw_if_index: number = ALL) =>
    (await vpp.dump('urpf_interface_dump', { sw_if_index })).map((each) => [
      each.sw_if_index,
      `${each.is_input ? 'in' : 'out'} ip${each.af === 1 ? 6 : 4} ${each.mode} ${each.table_id}`,
    ]);
  return { vpp, one, update, list };
}

describe('uRPF', () => {
  it('by family and direction: on, changed and off', async () => {
    const { one, update, list } = await withUrpf();
    expect([await list(), await list(UNKNOWN), await update(), await update(), await list()]).toEqual([
      [],
      [],
      0,
      0,
      [[one, 'in ip4 2 0']],
    ]);
    expect([await update({ af: 1, is_input: false, mode: LOOSE }), await update({ is_input: false })]).toEqual([0, 0]);
    expect(await list(one)).toEqual([
      [one, 'in ip4 2 0'],
      [one, 'out ip4 2 0'],
      [one, 'out ip6 1 0'],
    ]);
    expect([await update({ mode: LOOSE }), await update({ is_input: false, mode: 0 }), await list()]).toEqual([
      0,
      0,
      [
        [one, 'in ip4 1 0'],
        [one, 'out ip6 1 0'],
      ],
    ]);
    expect([await update({ mode: 0 }), await update({ af: 1, is_input: false, mode: 0 }), await list()]).toEqual([
      0,
      0,
      [],
    ]);
  });

  it.each([
    ['interface', { sw_if_index: UNKNOWN, mode: 9 }, -2],
    ['mode', { mode: 3, af: 9, table_id: UNKNOWN }, -7],
    ['family', { af: 2, table_id: UNKNOWN }, -97],
    ['table', { table_id: UNKNOWN }, -7],
  ])('refused: an unknown %s', async (_, fields, retval) => {
    const { update, list } = await withUrpf();
    expect([await update(fields), await list()]).toEqual([retval, []]);
  });

  it('the older message: names table 0, which is shown for ever', async () => {
    const { vpp, one, update, list } = await withUrpf();
    const older = (mode: number) => vpp.retval('urpf_update', { sw_if_index: one, is_input: true, mode, af: 0 });
    expect([await older(LOOSE), await list()]).toEqual([0, [[one, 'in ip4 1 0']]]);
    expect([await older(0), await list()]).toEqual([0, [[one, 'in ip4 0 0']]]);
    expect([await update({ mode: 0 }), await list()]).toEqual([0, []]);
  });

  it("tables: the one that is named, else the interface's", async () => {
    const { vpp, one, update, list } = await withUrpf();
    const two = await vpp.loopback();
    const table = (is_add: boolean) => vpp.retval('ip_table_add_del', { is_add, table: { table_id: 4713 } });
    const move = (vrf_id: number) => vpp.retval('sw_interface_set_table', { sw_if_index: one, is_ipv6: false, vrf_id });
    expect([await table(true), await update(), await update({ sw_if_index: two, table_id: 4713 })]).toEqual([0, 0, 0]);
    expect([await list(), await move(4713), await list()]).toEqual([
      [
        [one, 'in ip4 2 0'],
        [two, 'in ip4 2 4713'],
      ],
      0,
      [
        [one, 'in ip4 2 4713'],
        [two, 'in ip4 2 4713'],
      ],
    ]);
    expect([await move(0), await update({ mode: 0 }), await update({ sw_if_index: two, mode: 0 })]).toEqual([0, 0, 0]);
    expect([await list(), await table(false)]).toEqual([[], 0]);
  });

  it('of a deleted interface: kept for the next of its index', async () => {
    const { vpp, update, list } = await withUrpf();
    const { sw_if_index } = await vpp.ask('create_loopback');
    expect(await update({ sw_if_index })).toBe(0);
    await vpp.ask('delete_loopback', { sw_if_index });
    expect(await list()).toEqual([]);
    expect((await vpp.ask('create_loopback')).sw_if_index).toBe(sw_if_index);
    expect([await list(), await update({ sw_if_index, mode: 0 })]).toEqual([[[sw_if_index, 'in ip4 2 0']], 0]);
    await vpp.ask('delete_loopback', { sw_if_index });
  });
});
