/** The messages that the table names are those that are sent, no more and no fewer, in their newest and oldest versions. */

import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/mux/index.js';
import {
  acls,
  bridgeDomains,
  interfaces,
  messagesOf,
  neighbors,
  type ObjectKind,
  routes,
  system,
} from '../../src/vpp/index.js';
import { channelToMock, recorder } from './support.js';

/** Calls everything that the door has of a kind. */
const USES: Readonly<Record<ObjectKind, (channel: Channel) => Promise<unknown>>> = {
  async interfaces(channel) {
    await interfaces.createLoopback(channel);
    const { name } = await interfaces.createLoopback(channel, { instance: 7 });
    await interfaces.setAdminUp(channel, name, true);
    await interfaces.addAddress(channel, name, '192.0.2.1/24');
    await interfaces.removeAddress(channel, name, '192.0.2.1/24');
    await interfaces.deleteLoopback(channel, name);
  },
  async routes(channel) {
    await routes.add(channel, ['10.1.0.0/16 drop']);
    await routes.list(channel);
    await routes.lookup(channel, '10.1.0.1');
    await routes.remove(channel, ['10.1.0.0/16']);
  },
  async bridgeDomains(channel) {
    await bridgeDomains.add(channel, { id: 5, interfaces: ['local0'] });
    await bridgeDomains.remove(channel, 5, { force: true });
  },
  neighbors: (channel) => neighbors.list(channel),
  acls: (channel) => acls.list(channel),
  async system(channel) {
    await system.version(channel);
    await system.cli(channel, 'show version');
  },
};

const NEWER = ['ip_route_add_del_v2', 'ip_route_v2_dump', 'ip_route_lookup_v2', 'bridge_domain_add_del_v2'];

describe.each(Object.keys(USES) as ObjectKind[])('messages of %s', (kind) => {
  it.each([
    ['VPP', []],
    ['an older VPP', NEWER],
  ])('%s: those that are sent', async (_, without) => {
    const { mock, channel } = await channelToMock();
    mock.handle('cli_inband', () => ({ retval: 0, reply: '' }));
    const { channel: recording, requests } = recorder(channel, ...without);
    await USES[kind](recording);
    const named = messagesOf(recording, kind);
    // Sources of routes have names only where the routes say them.
    expect([...requests].sort()).toEqual(
      named.filter((name) => name !== 'fib_source_dump' || without.length === 0).sort(),
    );
  });
});

it('messagesOf: fits the compatibility of a connection', async () => {
  const { vpp, channel } = await channelToMock();
  const names = messagesOf(channel, 'interfaces', 'routes');
  expect(names.filter((name) => name === 'sw_interface_dump')).toHaveLength(1);
  expect(await vpp.compatibility(names)).toMatchObject({ compatible: true });
});
