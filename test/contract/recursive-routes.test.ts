/** Routes of recursive next hops: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const RECURSIVE = 18;

it('a recursive next hop: has a route of its own, with the paths of what covers it', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
  const own = async () => {
    const found = (await vpp.dump('ip_route_v2_dump', { src: RECURSIVE })).map(({ route }) => route as Fields);
    return found.filter(({ prefix }) => prefix === '198.51.100.34/32');
  };
  const change = (is_add: boolean, prefix: string) => {
    const paths = [{ sw_if_index: NONE, nh: { address: { ip4: '198.51.100.34' } } }];
    return vpp.retval('ip_route_add_del', { is_add, route: { prefix, ...(is_add && { n_paths: 1, paths }) } });
  };
  const address = (is_add: boolean) =>
    vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix: '198.51.100.33/30' });
  expect([await change(true, '100.123.0.0/16'), await change(true, '100.124.0.0/16')]).toEqual([0, 0]);
  expect(await own()).toMatchObject([{ src: RECURSIVE, paths: [{ type: 2, sw_if_index: NONE }] }]);
  expect(await address(true)).toBe(0);
  const attached = { type: 0, sw_if_index: loop, nh: { address: { ip4: '198.51.100.34' } } };
  expect(await own()).toMatchObject([{ paths: [attached] }]);
  expect([await address(false), await change(false, '100.123.0.0/16')]).toEqual([0, 0]);
  expect(await own()).toHaveLength(1);
  expect(await change(false, '100.124.0.0/16')).toBe(0);
  expect(await own()).toEqual([]);
});
