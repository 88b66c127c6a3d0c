/** VPP's resolver of names: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const SERVER = Uint8Array.from({ length: 16 }, (_, at) => at + 1);

it('runs only with a server; servers are added twice, and deleted once', async () => {
  const vpp = await Contract.begin();
  const enable = (enable: number) => vpp.retval('dns_enable_disable', { enable });
  const server = (is_add: number, is_ip6: number) =>
    vpp.retval('dns_name_server_add_del', { is_add, is_ip6, server_address: SERVER });
  expect([await enable(1), await enable(0), await server(0, 0), await server(0, 1)]).toEqual([-134, 0, -135, -135]);
  expect([await server(1, 0), await server(1, 0), await server(1, 1), await server(1, 1)]).toEqual([0, 0, 0, 0]);
  expect([await enable(1), await enable(1)]).toEqual([0, 0]);
  expect([await server(0, 0), await server(0, 0), await server(0, 1), await server(0, 1)]).toEqual([0, -135, 0, -135]);
  expect([await enable(0), await enable(0), await enable(1)]).toEqual([0, 0, -134]);
});
