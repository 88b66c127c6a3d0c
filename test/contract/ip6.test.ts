/** IPv6 on interfaces: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
const MAC = '02:00:5e:00:53:21';
const OF_MAC = 'fe80::5eff:fe00:5321';

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback(MAC);
  const enable = (on: boolean, sw_if_index = loop) =>
    vpp.retval('sw_interface_ip6_enable_disable', { sw_if_index, enable: on });
  const linkLocal = async (sw_if_index = loop) => {
    const { retval, ip } = await vpp.ask('sw_interface_ip6_get_link_local_address', { sw_if_index });
    return retval === 0 ? ip : retval;
  };
  const address = (is_add: boolean, prefix: string) =>
    vpp.retval('sw_interface_add_del_address', { sw_if_index: loop, is_add, prefix });
  return { vpp, loop, enable, linkLocal, address };
}

describe('IPv6 on an interface', () => {
  it('each that enables it is counted, and the second is told', async () => {
    const { enable, linkLocal } = await begin();
    expect([await enable(true, UNKNOWN), await enable(false), await linkLocal()]).toEqual([-2, -62, -62]);
    expect([await enable(true), await enable(true), await linkLocal()]).toEqual([0, -81, OF_MAC]);
    expect([await enable(false), await linkLocal(), await enable(false), await linkLocal()]).toEqual([
      0,
      OF_MAC,
      0,
      -62,
    ]);
    expect([await enable(false), await linkLocal(UNKNOWN)]).toEqual([-62, -2]);
  });

  it('an address counts as well', async () => {
    const { enable, linkLocal, address } = await begin();
    expect([await address(true, '2001:db8:a1::1/64'), await linkLocal()]).toEqual([0, OF_MAC]);
    expect([await enable(true), await enable(false), await linkLocal()]).toEqual([-81, 0, OF_MAC]);
    expect([await address(true, '2001:db8:a2::1/64'), await address(false, '2001:db8:a1::1/64')]).toEqual([0, 0]);
    expect([await linkLocal(), await address(false, '2001:db8:a2::1/64'), await linkLocal()]).toEqual([OF_MAC, 0, -62]);
  });

  it('goes with its interface', async () => {
    const { vpp, enable, linkLocal } = await begin();
    const { sw_if_index } = await vpp.ask('create_loopback');
    const at = Number(sw_if_index);
    expect([await enable(true, at), await vpp.retval('delete_loopback', { sw_if_index })]).toEqual([0, 0]);
    expect(await linkLocal(at)).toBe(-2);
    const again = await vpp.loopback();
    expect([again, await linkLocal(again)]).toEqual([at, -62]);
  });

  it('an interface without a MAC address has a random link-local one, a VLAN that of its super-interface', async () => {
    const { vpp, loop, enable, linkLocal } = await begin();
    expect([await enable(true, 0), String(await linkLocal(0)).slice(0, 6)]).toEqual([0, 'fe80::']);
    expect([await enable(false, 0), await linkLocal(0)]).toEqual([0, -62]);
    const { sw_if_index } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 10 });
    expect([await enable(true, Number(sw_if_index)), await linkLocal(Number(sw_if_index))]).toEqual([0, OF_MAC]);
    await vpp.ask('delete_subif', { sw_if_index });
  });
});

describe('link-local addresses', () => {
  it('set: turns IPv6 on, takes any address, and :: turns it off', async () => {
    const { vpp, loop, enable, linkLocal } = await begin();
    const set = (ip: string, sw_if_index = loop) =>
      vpp.retval('sw_interface_ip6_set_link_local_address', { sw_if_index, ip });
    expect([await set('fe80::1', UNKNOWN), await set('fe80::1'), await linkLocal()]).toEqual([-2, 0, 'fe80::1']);
    expect([await set('2001:db8::1'), await linkLocal()]).toEqual([0, '2001:db8::1']);
    expect([await set('::'), await linkLocal(), await enable(false)]).toEqual([0, -62, -62]);
  });

  it('set as an address: one that is no address afterwards, and cannot be deleted', async () => {
    const { vpp, loop, linkLocal, address } = await begin();
    expect([await address(true, 'fe80::7/64'), await address(true, 'fe80::7/128')]).toEqual([-59, 0]);
    expect([await linkLocal(), await address(false, 'fe80::7/128'), await linkLocal()]).toEqual([
      'fe80::7',
      -61,
      'fe80::7',
    ]);
    expect(await vpp.dump('ip_address_dump', { sw_if_index: loop, is_ipv6: true })).toEqual([]);
  });
});

it('autoconfiguration: enables IPv6 once, and never disables it', async () => {
  const { vpp, loop, enable, linkLocal } = await begin();
  const configure = (on: boolean, sw_if_index = loop) =>
    vpp.retval('ip6_nd_address_autoconfig', { sw_if_index, enable: on, install_default_routes: on });
  expect([await configure(true, UNKNOWN), await configure(true), await configure(true)]).toEqual([-2, 0, 0]);
  expect([await linkLocal(), await configure(false), await linkLocal()]).toEqual([OF_MAC, 0, OF_MAC]);
  expect([await enable(false), await linkLocal()]).toEqual([0, -62]);
});

it('router solicitations, and IPv4 enabled: refused for unknown interfaces alone', async () => {
  const { vpp, loop } = await begin();
  const solicit = (sw_if_index: number, stop: boolean) =>
    vpp.retval('ip6nd_send_router_solicitation', { sw_if_index, stop, irt: 1, mrt: 1, mrc: 1, mrd: 1 });
  expect([await solicit(UNKNOWN, false), await solicit(loop, true), await solicit(loop, false)]).toEqual([-2, 0, 0]);
  expect(await solicit(loop, true)).toBe(0);
  const enable = (sw_if_index: number, on: boolean) =>
    vpp.retval('sw_interface_ip4_enable_disable', { sw_if_index, enable: on });
  expect([await enable(UNKNOWN, true), await enable(loop, true), await enable(loop, false)]).toEqual([-2, 0, 0]);
  expect(await enable(loop, false)).toBe(0);
});
