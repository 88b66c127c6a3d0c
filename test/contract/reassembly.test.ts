/** Reassembly: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

it('limits of each kind and family', async () => {
  const vpp = await Contract.begin();
  const get = async (type: number, is_ip6: boolean) => {
    const got = await vpp.ask('ip_reassembly_get', { type, is_ip6 });
    expect(got).toMatchObject({ retval: 0, is_ip6 });
    return [got.timeout_ms, got.max_reassemblies, got.max_reassembly_length, got.expire_walk_interval_ms];
  };
  const set = (
    type: number,
    is_ip6: boolean,
    [timeout_ms, max_reassemblies, max_reassembly_length, walk]: number[],
  ) => {
    const limits = { timeout_ms, max_reassemblies, max_reassembly_length, expire_walk_interval_ms: walk };
    return vpp.retval('ip_reassembly_set', { type, is_ip6, ...limits });
  };
  const [full, shallow, other] = [
    [200, 1024, 3, 50],
    [100, 1024, 3, 10_000],
    [150, 500, 0, 2000],
  ];
  for (const is_ip6 of [false, true]) {
    expect([await get(0, is_ip6), await get(1, is_ip6)]).toEqual([full, shallow]);
    expect([await set(0, is_ip6, other), await get(0, is_ip6), await get(1, is_ip6)]).toEqual([0, other, shallow]);
    expect([await set(1, is_ip6, other), await get(1, is_ip6), await get(0, !is_ip6)]).toEqual([0, other, full]);
    expect([await set(0, is_ip6, full), await set(1, is_ip6, shallow), await set(2, is_ip6, other)]).toEqual([0, 0, 0]);
  }
});

it('of interfaces, known or not, and of VPP’s own packets', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const enable = (sw_if_index: number, on: boolean, type = 0) =>
    vpp.retval('ip_reassembly_enable_disable', { sw_if_index, enable_ip4: on, enable_ip6: on, type });
  expect([await enable(loop, true), await enable(loop, true), await enable(loop, false)]).toEqual([0, 0, 0]);
  expect([await enable(loop, true, 1), await enable(loop, false, 1), await enable(7777, false)]).toEqual([0, 0, 0]);
  const local = async () => {
    const { ip4_is_enabled, ip6_is_enabled } = await vpp.ask('ip_local_reass_get');
    return [ip4_is_enabled, ip6_is_enabled];
  };
  const set = (enable_ip4: boolean, enable_ip6: boolean) =>
    vpp.retval('ip_local_reass_enable_disable', { enable_ip4, enable_ip6 });
  expect([await local(), await set(false, true), await local()]).toEqual([[true, true], 0, [false, true]]);
  expect([await set(true, true), await local()]).toEqual([0, [true, true]]);
});
