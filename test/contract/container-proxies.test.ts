/** Container proxies: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
const PROXY = 3;

it('a prefix on an interface: a route of source 3, until all that asked have taken it back', async () => {
  const vpp = await Contract.begin();
  const [one, two] = [await vpp.loopback(), await vpp.loopback()];
  const change = (is_add: boolean, pfx: string, sw_if_index = one) =>
    vpp.retval('ip_container_proxy_add_del', { is_add, pfx, sw_if_index });
  const list = async () =>
    (await vpp.dump('ip_container_proxy_dump')).map(({ sw_if_index, prefix }) => [sw_if_index, prefix]).sort();
  const routes = async (is_ip6: boolean) =>
    (await vpp.dump('ip_route_v2_dump', { table: { is_ip6 }, src: PROXY })).map(
      ({ route }) => (route as { prefix: string }).prefix,
    );
  expect(await change(true, '198.51.100.5/32', UNKNOWN)).toBe(-71);
  for (const pfx of ['198.51.100.5/32', '198.51.100.64/26', '2001:db8:9::5/128', '2001:db8:9::/64']) {
    expect(await change(true, pfx)).toBe(0);
  }
  expect(await list()).toEqual([
    [one, '198.51.100.5/32'],
    [one, '198.51.100.64/26'],
    [one, '2001:db8:9::/64'],
    [one, '2001:db8:9::5/128'],
  ]);
  expect((await routes(false)).sort()).toEqual(['198.51.100.5/32', '198.51.100.64/26']);
  expect((await routes(true)).sort()).toEqual(['2001:db8:9::/64', '2001:db8:9::5/128']);
  expect([await change(true, '198.51.100.5/32', two), await change(false, '198.51.100.5/32')]).toEqual([0, 0]);
  expect((await list())[0]).toEqual([one, '198.51.100.5/32']);
  expect([await change(false, '198.51.100.5/32'), await change(false, '198.51.100.5/32')]).toEqual([0, 0]);
  for (const pfx of ['198.51.100.64/26', '2001:db8:9::5/128', '2001:db8:9::/64'])
    expect(await change(false, pfx)).toBe(0);
  expect([await list(), await routes(false), await routes(true)]).toEqual([[], [], []]);
});
