/**
 * Punt sockets: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did with `punt { socket … }` in its
 * configuration. A VPP without it refuses all of them.
 */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { needs } from '../support/needs.js';

const { VPP_API_SOCKET, VPP_PUNT_SOCKET } = process.env;
const unconfigured = VPP_API_SOCKET && !VPP_PUNT_SOCKET && 'a VPP with a punt socket (VPP_PUNT_SOCKET)';

const l4 = (protocol: number, port: number, af = 0) => ({ type: 0, punt: { l4: { af, protocol, port } } });
const ipProto = (protocol: number, af = 0) => ({ type: 1, punt: { ip_proto: { af, protocol } } });
const exception = (id: number) => ({ type: 2, punt: { exception: { id } } });

async function begin() {
  const vpp = await Contract.begin();
  const register = (punt: Fields, pathname = '/tmp/client.sock', header_version = 1) =>
    vpp.ask('punt_socket_register', { header_version, punt, pathname });
  const retval = async (punt: Fields, pathname?: string, version?: number) =>
    (await register(punt, pathname, version)).retval;
  const deregister = (punt: Fields) => vpp.retval('punt_socket_deregister', { punt });
  const list = (type: number) => vpp.dump('punt_socket_dump', { type });
  return { vpp, register, retval, deregister, list };
}

it('ports of UDP: each with its last socket', needs(unconfigured), async () => {
  const { register, retval, deregister, list } = await begin();
  const { retval: done, pathname } = await register(l4(17, 7001), '/tmp/a.sock');
  expect([done, typeof pathname, pathname === '']).toEqual([0, 'string', false]);
  expect([await retval(l4(17, 7001), '/tmp/b.sock'), await retval(l4(17, 7001, 1), '/tmp/c.sock')]).toEqual([0, 0]);
  expect([
    await retval(l4(6, 7001)),
    await retval(l4(17, 65535)),
    await retval(l4(17, 7002), '/tmp/a.sock', 2),
  ]).toEqual([-1, -1, -1]);
  const found = (await list(0)).map(({ punt, pathname: path }) => {
    const { af, protocol, port } = (punt as { punt: { l4: Fields } }).punt.l4;
    return [af, protocol, port, path];
  });
  expect(found).toEqual([
    [0, 17, 7001, '/tmp/b.sock'],
    [1, 17, 7001, '/tmp/c.sock'],
  ]);
  expect([await deregister(l4(17, 7001)), await deregister(l4(17, 7001)), await deregister(l4(6, 1))]).toEqual([
    0, 0, 0,
  ]);
  expect([await deregister(l4(17, 7001, 1)), await deregister(l4(17, 1, 5)), await list(0)]).toEqual([0, -97, []]);
});

it('IP protocols and exceptions', needs(unconfigured), async () => {
  const { retval, deregister, list } = await begin();
  expect([await retval(ipProto(89)), await retval(ipProto(89)), await retval(exception(1))]).toEqual([0, 0, 0]);
  expect((await list(1)).map(({ punt }) => (punt as { punt: Fields }).punt.ip_proto)).toEqual([
    { af: 0, protocol: 89 },
  ]);
  expect((await list(2)).map(({ punt }) => (punt as { punt: Fields }).punt.exception)).toEqual([{ id: 1 }]);
  expect([await deregister(ipProto(89)), await deregister(ipProto(89)), await deregister(exception(1))]).toEqual([
    0, 0, 0,
  ]);
  expect([await deregister(exception(999)), await deregister({ type: 3, punt: {} })]).toEqual([-1, -1]);
  expect([await list(1), await list(2), await list(3)]).toEqual([[], [], []]);
});

it('what cannot be punted: not answered', needs(unconfigured), async () => {
  const { vpp } = await begin();
  for (const punt of [l4(17, 7001, 5), exception(999), { type: 3, punt: {} }]) {
    vpp.client.post('punt_socket_register', { header_version: 1, punt, pathname: '/tmp/client.sock' });
    expect(await vpp.client.answersOnlyPing()).toBe(true);
  }
});
