/**
 * VPP's objects over a real socket: against the mock, or against the VPP that VPP_API_SOCKET names. Writes are read again, and
 * nothing is left behind.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Channel, type Connection, connect } from '../../src/mux/index.js';
import { acls, bridgeDomains, type Interface, interfaces, messagesOf, routes, system } from '../../src/vpp/index.js';
import { anyVpp, type TestVpp } from '../support/vpp.js';

let vpp: TestVpp;
let connection: Connection;
let channel: Channel;

beforeAll(async () => {
  vpp = await anyVpp();
  connection = await connect({ socket: vpp.socket, cacheDir: false });
  channel = connection.channel();
});
afterAll(async () => {
  await connection.close();
  await vpp.stop();
});

/** A loopback that is up, for the time of `work`. */
async function withLoopback(work: (loopback: Interface) => Promise<void>): Promise<void> {
  const made = await interfaces.createLoopback(channel, { mac: '02:00:5e:00:53:03' });
  try {
    await work((await interfaces.setAdminUp(channel, made, true)).interface);
  } finally {
    await interfaces.deleteLoopback(channel, made);
  }
}

it('messages: VPP has all that the objects need', async () => {
  const names = messagesOf(channel, 'interfaces', 'routes', 'bridgeDomains', 'acls', 'system');
  expect((await connection.compatibility(names)).messages.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
});

it('an interface: found as it was made, with its addresses', () =>
  withLoopback(async (loopback) => {
    expect(loopback).toMatchObject({ type: 'Loopback', adminUp: true, mac: '02:00:5e:00:53:03', mtu: 9000, tag: '' });
    for (const ref of [loopback.name, loopback.swIfIndex]) {
      expect(await interfaces.find(channel, ref)).toEqual({ ...loopback, linkUp: true });
    }
    for (const address of ['198.51.100.33/28', '2001:db8:54::1/64']) {
      expect(await interfaces.addAddress(channel, loopback, address)).toMatchObject({ changed: true });
    }
    expect(await interfaces.listAddresses(channel, loopback.swIfIndex)).toEqual([
      '198.51.100.33/28',
      '2001:db8:54::1/64',
    ]);
  }));

it('routes: read as they were added', () =>
  withLoopback(async ({ name }) => {
    const wanted = [
      { prefix: '100.123.0.0/16', paths: [{ type: 'prohibit' }] },
      { prefix: '2001:db8:55::/48', paths: [{ nextHop: '2001:db8:54::2', interface: name, weight: 3, preference: 2 }] },
    ] as const;
    try {
      await routes.add(channel, wanted);
      const [four] = (await routes.list(channel, { within: '100.123.0.0/16' })).routes;
      expect(four).toMatchObject({ table: 0, source: 'API', paths: [{ type: 'prohibit' }] });
      const [six] = (await routes.list(channel, { within: '2001:db8:55::/48' })).routes;
      expect(six.paths).toEqual([{ type: 'via', ...wanted[1].paths[0] }]);
    } finally {
      await routes.remove(
        channel,
        wanted.map(({ prefix }) => prefix),
      );
    }
    expect(await routes.list(channel, { within: '100.123.0.0/16' })).toEqual({ routes: [], total: 0 });
  }));

it('a bridge domain: read as it was made', () =>
  withLoopback(async ({ name, swIfIndex }) => {
    const { bridgeDomain } = await bridgeDomains.add(channel, { bvi: name, arpTerm: true, macAge: 5 });
    const { id } = bridgeDomain;
    try {
      expect(bridgeDomain).toMatchObject({ arpTerm: true, macAge: 5, bvi: { name, swIfIndex } });
      expect(await bridgeDomains.list(channel)).toContainEqual(bridgeDomain);
    } finally {
      expect(await bridgeDomains.remove(channel, id, { force: true })).toEqual([{ name, swIfIndex, shg: 0 }]);
    }
  }));

it('ACLs and VPP itself: can be read', async () => {
  expect(await acls.list(channel)).toEqual(expect.any(Array));
  const { version } = await system.version(channel);
  expect(await system.cli(channel, 'show version')).toMatchObject({
    retval: 0,
    output: expect.stringContaining(version),
  });
  expect((await system.cli(channel, 'show nonsense')).retval).toBeLessThan(0);
});
