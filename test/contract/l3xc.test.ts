/** Cross-connects of layer 3: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;

const hop = (sw_if_index: number, ip4: string, more: Fields = {}): Fields => ({
  sw_if_index,
  weight: 1,
  nh: { address: { ip4 } },
  ...more,
});

async function begin() {
  const vpp = await Contract.begin();
  const [one, two] = [await vpp.loopback(), await vpp.loopback()];
  const update = (sw_if_index: number, paths: Fields[], is_ip6 = false) =>
    vpp.ask('l3xc_update', { l3xc: { sw_if_index, is_ip6, n_paths: paths.length, paths } });
  const retval = async (sw_if_index: number, paths: Fields[], is_ip6 = false) =>
    (await update(sw_if_index, paths, is_ip6)).retval;
  const del = (sw_if_index: number, is_ip6 = false) => vpp.retval('l3xc_del', { sw_if_index, is_ip6 });
  const list = async (sw_if_index = ALL) =>
    (await vpp.dump('l3xc_dump', { sw_if_index }))
      .map(({ l3xc }) => l3xc as { sw_if_index: number; is_ip6: boolean; paths: Fields[] })
      .map(({ sw_if_index: at, is_ip6, paths }) => [
        at,
        is_ip6,
        ...paths.map((path) => {
          const { ip4, ip6 } = (path.nh as { address: Fields }).address;
          return `${path.proto === 1 ? ip6 : ip4} ${path.sw_if_index} ${path.weight}`;
        }),
      ]);
  return { vpp, one, two, update, retval, del, list };
}

it('of an interface: one of each family, with its last paths, in order', async () => {
  const { vpp, one, two, update, retval, del, list } = await begin();
  expect(await vpp.ask('l3xc_plugin_get_version')).toMatchObject({ major: 1, minor: 0 });
  expect(await update(one, [hop(two, '192.0.2.2')])).toMatchObject({ retval: 0, stats_index: 0 });
  expect(await retval(one, [hop(two, '192.0.2.4'), hop(two, '192.0.2.3', { weight: 3 })])).toBe(0);
  const six = { sw_if_index: two, weight: 1, proto: 1, nh: { address: { ip6: '2001:db8::1' } } };
  expect([await retval(two, [hop(one, '192.0.2.9')]), await retval(one, [six], true)]).toEqual([0, 0]);
  const first = [one, false, `192.0.2.3 ${two} 3`, `192.0.2.4 ${two} 1`];
  const second = [two, false, `192.0.2.9 ${one} 1`];
  // VPP does not say that it is of IPv6.
  const third = [one, false, `2001:db8::1 ${two} 1`];
  expect([await list(), await list(one), await list(UNKNOWN)]).toEqual([[first, second, third], [first, third], []]);
  expect([await del(two, true), await del(two), await del(two)]).toEqual([-7, 0, -7]);
  expect([await del(one), await del(one, true), await list()]).toEqual([0, 0, []]);
});

it('refused: unknown interfaces, no paths, and paths that there cannot be', async () => {
  const { one, two, update, retval, del, list } = await begin();
  expect(await update(UNKNOWN, [hop(one, '192.0.2.2')])).toMatchObject({ retval: -2, stats_index: 0 });
  expect([await retval(UNKNOWN, []), await retval(one, []), await retval(one, [hop(UNKNOWN, '192.0.2.2')])]).toEqual([
    -2, -7, -54,
  ]);
  expect(await retval(one, [hop(ALL, '192.0.2.2', { table_id: UNKNOWN })])).toBe(-3);
  expect([await del(UNKNOWN), await del(two), await list()]).toEqual([-2, -7, []]);
});

it('stays when its interface is deleted, and is that of the next with this index', async () => {
  const { vpp, one, retval, del, list } = await begin();
  const { sw_if_index } = await vpp.ask('create_loopback');
  const gone = Number(sw_if_index);
  expect(await retval(gone, [hop(one, '192.0.2.7')])).toBe(0);
  await vpp.ask('delete_loopback', { sw_if_index });
  expect([await list(gone), await del(gone)]).toEqual([[[gone, false, `192.0.2.7 ${one} 1`]], -2]);
  expect([await vpp.loopback(), await del(gone), await list()]).toEqual([gone, 0, []]);
});
