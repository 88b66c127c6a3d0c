/**
 * Proxy ARP and ND: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. Proxies of ND are read back as routes:
 * VPP sends the details of ip6nd_proxy_dump under the id of another message.
 */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;

describe('proxy ARP', () => {
  it('ranges of a table: each once, as given', async () => {
    const vpp = await Contract.begin();
    const change = (is_add: boolean, low: string, hi: string, table_id = 0) =>
      vpp.retval('proxy_arp_add_del', { is_add, proxy: { table_id, low, hi } });
    const ranges = async () => (await vpp.dump('proxy_arp_dump')).map(({ proxy }) => proxy as Fields);
    expect(await change(true, '192.0.2.1', '192.0.2.9')).toBe(0);
    expect(await change(true, '192.0.2.1', '192.0.2.9')).toBe(0);
    expect(await change(true, '192.0.2.9', '192.0.2.1')).toBe(0);
    expect(await change(true, '192.0.2.1', '192.0.2.9', UNKNOWN)).toBe(-3);
    expect(await ranges()).toEqual([
      { table_id: 0, low: '192.0.2.1', hi: '192.0.2.9' },
      { table_id: 0, low: '192.0.2.9', hi: '192.0.2.1' },
    ]);
    expect(await change(false, '192.0.2.1', '192.0.2.8')).toBe(-6);
    expect(await change(false, '192.0.2.1', '192.0.2.9', UNKNOWN)).toBe(-3);
    expect([await change(false, '192.0.2.1', '192.0.2.9'), await change(false, '192.0.2.9', '192.0.2.1')]).toEqual([
      0, 0,
    ]);
    expect(await ranges()).toEqual([]);
  });

  it('interfaces: on and off any number of times, on also when deleted', async () => {
    const vpp = await Contract.begin();
    const one = await vpp.loopback();
    const { sw_if_index } = await vpp.ask('create_loopback');
    const enable = (at: number, on: boolean) =>
      vpp.retval('proxy_arp_intfc_enable_disable', { sw_if_index: at, enable: on });
    const list = async () => (await vpp.dump('proxy_arp_intfc_dump')).map((each) => each.sw_if_index);
    const two = Number(sw_if_index);
    expect([await enable(UNKNOWN, true), await enable(one, false), await enable(two, true)]).toEqual([-2, 0, 0]);
    expect([await enable(one, true), await enable(one, true)]).toEqual([0, 0]);
    expect(await list()).toEqual([one, two]);
    await vpp.ask('delete_loopback', { sw_if_index: two });
    expect(await list()).toEqual([one, two]);
    expect(await enable(two, false)).toBe(-2);
    const again = await vpp.ask('create_loopback');
    expect(again.sw_if_index).toBe(two);
    expect([await enable(two, false), await enable(one, false)]).toEqual([0, 0]);
    await vpp.ask('delete_loopback', { sw_if_index: two });
    expect(await list()).toEqual([]);
  });
});

describe('proxy ND', () => {
  it('a host: a route of source 13 through the interface, which takes a neighbour along', async () => {
    const vpp = await Contract.begin();
    const one = await vpp.loopback();
    const two = await vpp.loopback();
    const change = (is_add: boolean, ip: string, sw_if_index = one) =>
      vpp.retval('ip6nd_proxy_add_del', { is_add, ip, sw_if_index });
    const routes = async () =>
      (await vpp.dump('ip_route_v2_dump', { table: { table_id: 0, is_ip6: true }, src: 13 }))
        .map(({ route }) => route as { prefix: string; paths: Fields[] })
        .map(({ prefix, paths }) => [prefix, ...paths.map((path) => path.sw_if_index)]);
    expect([await change(true, '2001:db8::5'), await change(true, '2001:db8::5')]).toEqual([0, 0]);
    expect([await change(true, '2001:db8::5', UNKNOWN), await change(false, '2001:db8::7')]).toEqual([-2, 0]);
    expect(await routes()).toEqual([['2001:db8::5/128', one]]);
    await change(true, '2001:db8::5', two);
    expect(await routes()).toEqual([['2001:db8::5/128', one, two]]);
    const neighbor = { sw_if_index: one, flags: 1, mac_address: '02:00:5e:00:53:11', ip_address: '2001:db8::5' };
    await vpp.ask('ip_neighbor_add_del', { is_add: true, neighbor });
    expect([await change(false, '2001:db8::5'), await routes()]).toEqual([0, [['2001:db8::5/128', two]]]);
    expect(await vpp.dump('ip_neighbor_dump', { sw_if_index: one, af: 1 })).toEqual([]);
    expect([await change(false, '2001:db8::5', two), await routes()]).toEqual([0, []]);
  });

  it('of a whole interface', async () => {
    const vpp = await Contract.begin();
    const one = await vpp.loopback();
    const enable = (sw_if_index: number, is_enable: boolean) =>
      vpp.retval('ip6nd_proxy_enable_disable', { sw_if_index, is_enable });
    expect([await enable(UNKNOWN, true), await enable(one, true), await enable(one, false)]).toEqual([-2, 0, 0]);
  });
});
