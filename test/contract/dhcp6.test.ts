/** DHCPv6 clients: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = [7777, 0xffffffff];

it('clients of addresses: as often as one likes, on any interface; the DUID is one of a link-layer address', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  expect(await vpp.ask('dhcp_plugin_get_version')).toMatchObject({ major: 1, minor: 0 });
  const duid = (type: number) =>
    vpp.retval('dhcp6_duid_ll_set', { duid_ll: Uint8Array.of(0, type, 0, 1, 2, 0, 0, 0, 0, 1) });
  expect([await duid(0), await duid(1), await duid(3)]).toEqual([-7, -7, 0]);
  for (const enable of [true, true, false, false]) {
    expect(await vpp.retval('dhcp6_clients_enable_disable', { enable })).toBe(0);
    expect(await vpp.retval('dhcp6_client_enable_disable', { sw_if_index: loop, enable })).toBe(0);
    for (const sw_if_index of UNKNOWN) {
      expect(await vpp.retval('dhcp6_client_enable_disable', { sw_if_index, enable })).toBe(-2);
    }
  }
});

it('clients of prefixes: one group for each interface', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const set = (prefix_group: string, enable = true, sw_if_index = loop) =>
    vpp.retval('dhcp6_pd_client_enable_disable', { sw_if_index, prefix_group, enable });
  expect([await set('inside', true, 7777), await set('')]).toEqual([-2, -7]);
  expect([await set('inside'), await set('inside'), await set('outside'), await set('')]).toEqual([0, 0, -7, -7]);
  expect([await set('inside', false), await set('inside', false), await set('outside')]).toEqual([0, 0, 0]);
  expect(await set('outside', false)).toBe(0);
});
