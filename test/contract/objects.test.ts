/**
 * VPP's objects over a real socket: against the mock, or against the VPP that VPP_API_SOCKET names. Writes are read again, and
 * nothing is left behind.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Channel, type Connection, connect } from '../../src/mux/index.js';
import {
  acls,
  bridgeDomains,
  type Interface,
  interfaces,
  messagesOf,
  neighbors,
  routes,
  system,
} from '../../src/vpp/index.js';
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
  const names = messagesOf(channel, 'interfaces', 'routes', 'neighbors', 'bridgeDomains', 'acls', 'system');
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
    expect(await routes.list(channel, { within: '100.123.0.0/16' })).toMatchObject({ routes: [], total: 0 });
  }));

it('an address looked up: the longest prefix around it; undefined and NOT_FOUND for the rest', () =>
  withLoopback(async ({ name }) => {
    await routes.add(channel, [`100.122.0.0/16 via ${name}`, '100.122.7.0/24 drop']);
    try {
      const prefixFor = async (address: string) => (await routes.lookup(channel, address))?.prefix;
      expect(await prefixFor('100.122.7.1')).toBe('100.122.7.0/24');
      expect(await prefixFor('100.122.8.1')).toBe('100.122.0.0/16');
      expect((await routes.lookup(channel, '100.122.8.1'))?.paths).toMatchObject([{ type: 'via', interface: name }]);
      await expect(routes.lookup(channel, '100.122.8.1', { table: 7777 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'there is no IPv4 table 7777',
      });
    } finally {
      await routes.remove(channel, ['100.122.0.0/16', '100.122.7.0/24']);
    }
  }));

it('routes by page: each route once, in order, whatever the order of VPP', async () => {
  const lines = Array.from({ length: 40 }, (_, i) => `100.121.${(i * 37) % 256}.0/24`);
  await routes.add(
    channel,
    lines.map((prefix) => `${prefix} drop`),
  );
  try {
    const found: string[] = [];
    for (let after: string | undefined, isLast = false; !isLast; ) {
      const page = await routes.list(channel, { within: '100.121.0.0/16', limit: 7, ...(after && { after }) });
      expect(page.total).toBe(40);
      found.push(...page.routes.map(({ prefix }) => prefix));
      after = page.next;
      isLast = after === undefined;
    }
    const third = (prefix: string) => Number(prefix.split('.')[2]);
    expect(found).toEqual([...lines].sort((a, b) => third(a) - third(b)));
  } finally {
    await routes.remove(channel, lines);
  }
});

it('neighbours: read as they were added, by page', () =>
  withLoopback(async (loopback) => {
    await interfaces.addAddress(channel, loopback, '198.51.100.65/28');
    const { swIfIndex: sw_if_index } = loopback;
    for (const last of [70, 68, 69]) {
      const neighbor = { sw_if_index, flags: 1, mac_address: '02:00:5e:00:53:44', ip_address: `198.51.100.${last}` };
      await channel.request('ip_neighbor_add_del', { is_add: true, neighbor });
    }
    const query = { interface: loopback.name, family: 'ip4' } as const;
    const { neighbors: all, total } = await neighbors.list(channel, query);
    expect([all.length, total]).toEqual([3, 3]);
    const first = await neighbors.list(channel, { ...query, limit: 2 });
    expect(first.neighbors.map(({ address }) => address)).toEqual(['198.51.100.68', '198.51.100.69']);
    expect(first.next).toBe(`198.51.100.69 ${sw_if_index}`);
    const second = await neighbors.list(channel, { ...query, limit: 2, after: first.next });
    expect(second).toMatchObject({
      neighbors: [
        {
          ...{ address: '198.51.100.70', mac: '02:00:5e:00:53:44', interface: loopback.name },
          ...{ swIfIndex: sw_if_index, isStatic: true, hasRoute: true },
        },
      ],
      total: 3,
    });
    expect(second.next).toBeUndefined();
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
