/** VPP keeps some registrations at the objects that exist: who has asked for all of them is to hear of those that a client makes. */
import { expect, it } from 'vitest';
import { relayWorld } from '../../support/relay-world.js';

it('a WireGuard peer that a client adds: the events of a channel cover it, too', async () => {
  const { client, connection, mock } = await relayWorld();
  const channel = connection.channel();
  const created = await channel.request('wireguard_interface_create', {
    interface: { port: 51820 },
    generate_key: true,
  });
  const events = channel.events('wireguard_peer_event')[Symbol.asyncIterator]();
  const event = events.next();
  await expect.poll(() => mock.received('want_wireguard_peer_events')).toBe(1);
  const peer = { sw_if_index: created.sw_if_index, public_key: Buffer.alloc(32, 1), endpoint: '192.0.2.2' };
  const one = await client();
  const added = await one.ask('wireguard_peer_add', {
    peer: { ...peer, allowed_ips: ['10.0.0.0/8'], n_allowed_ips: 1 },
  });
  expect(added.retval).toBe(0);
  await expect.poll(() => mock.received('want_wireguard_peer_events')).toBe(2);
  await events.return?.();
  await event;
});
