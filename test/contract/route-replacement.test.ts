/** Replacement of routes: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const TABLE = 978;
const CLI = 9;

it('begun, ended, flushed: routes of clients that were not set again go, of other sources they stay', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const table = { table_id: TABLE };
  await vpp.ask('ip_table_add_del', { is_add: true, table });
  const paths = [{ sw_if_index: loop, weight: 1, nh: { address: { ip4: '192.0.2.9' } } }];
  const put = (prefix: string, src = 0) =>
    vpp.retval('ip_route_add_del_v2', { is_add: true, route: { ...table, prefix, src, n_paths: 1, paths } });
  const putGroup = (ip4: string) => {
    const prefix = { af: 0, grp_address_length: 32, grp_address: { ip4 }, src_address: { ip4: '0.0.0.0' } };
    const route = { ...table, prefix, n_paths: 1, paths: [{ itf_flags: 2, path: { sw_if_index: loop } }] };
    return vpp.retval('ip_mroute_add_del', { is_add: true, is_multipath: true, route });
  };
  const list = async () =>
    (await vpp.dump('ip_route_v2_dump', { table }))
      .map(({ route }) => route as { prefix: string; src: number })
      .filter(({ prefix }) => prefix.startsWith('198.'))
      .map(({ prefix, src }) => `${prefix} ${src}`)
      .sort();
  const groups = async () =>
    (await vpp.dump('ip_mroute_dump', { table }))
      .map(({ route }) => ((route as Fields).prefix as { grp_address: Fields }).grp_address.ip4)
      .filter((group) => String(group).startsWith('232.'));
  const change = (what: string, table_id = TABLE) => vpp.retval(`ip_table_${what}`, { table: { table_id } });
  for (const what of ['replace_begin', 'replace_end', 'flush']) expect(await change(what, 7777)).toBe(-3);
  for (const prefix of ['198.51.100.0/24', '198.51.101.0/24']) expect(await put(prefix)).toBe(0);
  expect([await put('198.51.102.0/24', CLI), await put('198.51.101.0/24', CLI)]).toEqual([0, 0]);
  expect([await putGroup('232.0.0.1'), await putGroup('232.0.0.2')]).toEqual([0, 0]);
  expect([await change('replace_begin'), await put('198.51.100.0/24'), await putGroup('232.0.0.2')]).toEqual([0, 0, 0]);
  expect([await put('198.51.103.0/24'), await list(), await groups()]).toEqual([
    0,
    ['198.51.100.0/24 8', '198.51.101.0/24 8', '198.51.102.0/24 9', '198.51.103.0/24 8'],
    ['232.0.0.1', '232.0.0.2'],
  ]);
  const left = ['198.51.100.0/24 8', '198.51.101.0/24 9', '198.51.102.0/24 9', '198.51.103.0/24 8'];
  expect([await change('replace_end'), await list(), await groups()]).toEqual([0, left, ['232.0.0.2']]);
  expect([await change('replace_end'), await list()]).toEqual([0, left]);
  expect([await change('flush'), await list(), await groups()]).toEqual([0, left.slice(1, 3), []]);
  await vpp.ask('ip_table_add_del', { is_add: false, table });
});
