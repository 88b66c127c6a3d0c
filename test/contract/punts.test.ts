/** Punts and their redirects: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;

it('set_punt: UDP, all of TCP, exceptions; any number of times', async () => {
  const vpp = await Contract.begin();
  const set = (is_add: boolean, type: number, punt: Fields) => vpp.retval('set_punt', { is_add, punt: { type, punt } });
  const l4 = (is_add: boolean, protocol: number, port: number, af = 0) =>
    set(is_add, 0, { l4: { af, protocol, port } });
  expect([await l4(true, 17, 7000), await l4(true, 17, 7000)]).toEqual([0, 0]);
  expect([await l4(false, 17, 7000), await l4(false, 17, 7000)]).toEqual([0, 0]);
  expect([await l4(true, 6, 7000), await l4(true, 17, 7000, 3)]).toEqual([-1, -97]);
  expect([await l4(true, 6, 65535), await l4(false, 6, 65535)]).toEqual([0, 0]);
  expect(await set(true, 1, { ip_proto: { af: 0, protocol: 89 } })).toBe(-1);
  expect([await set(true, 2, { exception: { id: 1 } }), await set(false, 2, { exception: { id: 1 } })]).toEqual([0, 0]);
  expect([await set(true, 2, { exception: { id: 999 } }), await set(true, 3, {})]).toEqual([-1, -1]);
});

it('punt_reason_dump: all, or one by its whole name', async () => {
  const vpp = await Contract.begin();
  const reasons = async (name: string) =>
    (await vpp.dump('punt_reason_dump', { reason: { name } })).map(({ reason }) => reason as Fields);
  expect(await reasons('')).toEqual([
    { id: 1, name: 'ipsec4-spi-o-udp-0' },
    { id: 2, name: 'ipsec4-no-such-tunnel' },
    { id: 3, name: 'ipsec6-no-such-tunnel' },
    { id: 4, name: 'ipsec6-spi-o-udp-0' },
  ]);
  expect(await reasons('ipsec4-no-such-tunnel')).toEqual([{ id: 2, name: 'ipsec4-no-such-tunnel' }]);
  expect(await reasons('ipsec4')).toEqual([]);
});

describe('redirects of punts', () => {
  async function begin() {
    const vpp = await Contract.begin();
    const loop = await vpp.loopback();
    const redirect = (is_add: boolean, rx: number, nh: string, tx = loop) =>
      vpp.retval('ip_punt_redirect', { is_add, punt: { rx_sw_if_index: rx, tx_sw_if_index: tx, nh } });
    const list = async (sw_if_index: number, is_ipv6 = false) =>
      (await vpp.dump('ip_punt_redirect_dump', { sw_if_index, is_ipv6 }))
        .map(({ punt }) => punt as Fields)
        .map(({ rx_sw_if_index, tx_sw_if_index, nh }) => [rx_sw_if_index, tx_sw_if_index, nh]);
    return { vpp, loop, redirect, list };
  }

  it('one for each interface, and one for all, which is that of local0', async () => {
    const { loop, redirect, list } = await begin();
    expect([await redirect(true, ALL, '192.0.2.1'), await redirect(true, 0, '192.0.2.2')]).toEqual([0, 0]);
    expect([await redirect(true, loop, '192.0.2.3'), await redirect(true, loop, '2001:db8::1')]).toEqual([0, 0]);
    expect(await list(ALL)).toEqual([
      [ALL, loop, '192.0.2.2'],
      [loop, loop, '192.0.2.3'],
    ]);
    expect([await list(0), await list(UNKNOWN)]).toEqual([[[0, loop, '192.0.2.2']], []]);
    expect(await list(ALL, true)).toEqual([[loop, loop, '2001:db8::1']]);
    for (const rx of [ALL, loop]) expect(await redirect(false, rx, '0.0.0.0')).toBe(0);
    expect([await redirect(false, loop, '::'), await redirect(false, loop, '::')]).toEqual([0, 0]);
    expect([await list(ALL), await list(ALL, true)]).toEqual([[], []]);
  });

  it('from an unknown interface it is made, to an unknown one it is not, and neither refused', async () => {
    const { loop, redirect, list } = await begin();
    expect([await redirect(true, loop, '192.0.2.1', UNKNOWN), await list(ALL)]).toEqual([0, []]);
    expect([await redirect(true, UNKNOWN, '192.0.2.1'), await list(UNKNOWN)]).toEqual([
      0,
      [[UNKNOWN, loop, '192.0.2.1']],
    ]);
    expect([await redirect(false, UNKNOWN, '192.0.2.1'), await list(ALL)]).toEqual([0, []]);
  });

  it('version 2: many paths, in order', async () => {
    const { vpp, loop, list } = await begin();
    const path = (ip4: string, sw_if_index = loop) => ({ sw_if_index, weight: 1, nh: { address: { ip4 } } });
    const redirect = (is_add: boolean, af: number, paths: Fields[]) => {
      const punt = { rx_sw_if_index: loop, af, n_paths: paths.length, paths };
      return vpp.retval('add_del_ip_punt_redirect_v2', { is_add, punt });
    };
    expect(await redirect(true, 0, [path('192.0.2.6'), path('192.0.2.5')])).toBe(0);
    expect(await redirect(true, 5, [path('192.0.2.6')])).toBe(-97);
    expect(await redirect(true, 0, [path('192.0.2.6', UNKNOWN)])).toBe(-54);
    const hop = (ip4: string) => ({ sw_if_index: loop, type: 0, proto: 0, weight: 1, nh: { address: { ip4 } } });
    const details = { rx_sw_if_index: loop, af: 0, n_paths: 2, paths: [hop('192.0.2.5'), hop('192.0.2.6')] };
    expect(await vpp.dump('ip_punt_redirect_v2_dump', { sw_if_index: ALL, af: 0 })).toMatchObject([{ punt: details }]);
    expect(await vpp.dump('ip_punt_redirect_v2_dump', { sw_if_index: ALL, af: 5 })).toEqual([]);
    expect(await list(loop)).toEqual([[loop, loop, '192.0.2.5']]);
    expect([await redirect(false, 0, []), await list(ALL)]).toEqual([0, []]);
  });

  it('version 2: without a path it is there all the same', async () => {
    const { vpp, loop } = await begin();
    const punt = { rx_sw_if_index: loop, af: 1, n_paths: 0, paths: [] };
    const redirect = (is_add: boolean) => vpp.retval('add_del_ip_punt_redirect_v2', { is_add, punt });
    const dump = () => vpp.dump('ip_punt_redirect_v2_dump', { sw_if_index: loop, af: 1 });
    expect([await redirect(true), await dump()]).toEqual([0, [expect.objectContaining({ punt })]]);
    expect([await redirect(false), await dump()]).toEqual([0, []]);
  });
});
