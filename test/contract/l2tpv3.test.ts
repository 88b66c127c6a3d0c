/**
 * L2TPv3 tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. VPP cannot delete them, so each run
 * leaves its tunnels behind, with addresses of its own.
 */
import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const Lookup = { SOURCE: 0, DESTINATION: 1, SESSION: 2 };
const part = () => (randomBytes(2).readUInt16BE(0) | 0x8000).toString(16);
const address = () => `2001:db8:${part()}:${part()}:${part()}::1`;
const session = () => randomBytes(4).readUInt32BE(0);

async function begin() {
  const vpp = await Contract.begin();
  const tunnel: Fields = {
    ...{ client_address: address(), our_address: address(), local_session_id: session(), remote_session_id: 2 },
    ...{ local_cookie: 3n, remote_cookie: 4n, l2_sublayer_present: true, encap_vrf_id: 0 },
  };
  const create = (fields: Fields = {}) => vpp.ask('l2tpv3_create_tunnel', { ...tunnel, ...fields });
  const lookup = (key: number) => vpp.retval('l2tpv3_set_lookup_key', { key });
  onTestFinished(async () => void (await lookup(Lookup.DESTINATION)));
  const details = async (swIfIndex: unknown) =>
    (await vpp.dump('sw_if_l2tpv3_tunnel_dump')).find(({ sw_if_index }) => sw_if_index === swIfIndex);
  return { vpp, tunnel, create, lookup, details };
}

it('a tunnel is an interface without a MAC address, whose link stays down; its cookies can be changed', async () => {
  const { vpp, tunnel, create, details } = await begin();
  const { retval, sw_if_index } = await create();
  expect(retval).toBe(0);
  const interface_name = expect.stringMatching(/^l2tpv3_tunnel\d+$/);
  const shown = { interface_name, interface_dev_type: 'L2TPv3', link_mtu: 0, mtu: [0, 0, 0, 0] };
  expect(await vpp.details(Number(sw_if_index))).toMatchObject({ ...shown, l2_address: '00:00:00:00:00:00', flags: 0 });
  expect(await vpp.retval('sw_interface_set_flags', { sw_if_index, flags: 1 })).toBe(0);
  expect(await vpp.details(Number(sw_if_index))).toMatchObject({ flags: 1 });
  const { local_cookie, encap_vrf_id, ...rest } = tunnel;
  expect(await details(sw_if_index)).toMatchObject({ ...rest, interface_name, local_cookie: [3n, 0n] });
  const cookies = (at: unknown, new_local_cookie: bigint) =>
    vpp.retval('l2tpv3_set_tunnel_cookies', { sw_if_index: at, new_local_cookie, new_remote_cookie: 11n });
  expect([await cookies(sw_if_index, 10n), await cookies(sw_if_index, 20n), await cookies(777_777, 1n)]).toEqual([
    0, 0, -2,
  ]);
  expect(await details(sw_if_index)).toMatchObject({ local_cookie: [20n, 10n], remote_cookie: 11n });
  expect(await vpp.retval('delete_loopback', { sw_if_index })).toBe(-2);
  expect(await vpp.cli('show l2tpv3')).toMatch(/^0 \d+ l2tp sessions\.\.\.\n$/);
});

it('tunnels are told apart by the lookup key, first by the own address', async () => {
  const { create, lookup } = await begin();
  const retval = async (fields: Fields = {}) => (await create(fields)).retval;
  expect([await retval(), await retval({ client_address: address() })]).toEqual([0, -7]);
  expect(await lookup(Lookup.SOURCE)).toBe(0);
  expect([await retval(), await retval({ our_address: address() })]).toEqual([0, -7]);
  expect(await lookup(Lookup.SESSION)).toBe(0);
  expect([
    await retval(),
    await retval({ our_address: address() }),
    await retval({ local_session_id: session() }),
  ]).toEqual([0, -7, 0]);
  expect([await lookup(3), await lookup(200)]).toEqual([-7, -7]);
});

it('refusals', async () => {
  const { vpp, create } = await begin();
  const v4 = { our_address: '192.0.2.1', client_address: '192.0.2.2' };
  expect(await create(v4)).toMatchObject({ retval: -9, sw_if_index: ALL });
  expect(await create({ encap_vrf_id: 99 })).toMatchObject({ retval: -3, sw_if_index: ALL });
  const loop = await vpp.loopback();
  const enable = (sw_if_index: number, on: boolean) =>
    vpp.retval('l2tpv3_interface_enable_disable', { sw_if_index, enable_disable: on });
  expect([await enable(loop, true), await enable(loop, true), await enable(loop, false)]).toEqual([0, 0, 0]);
  expect(await enable(777_777, true)).toBe(-2);
});
