/** A disable of a registration that nobody has: VPP looks at its fields all the same. */
import { expect, it } from 'vitest';
import { ownSchema } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

it.each([
  ['want_ip_neighbor_events', { enable: false, pid: 1, sw_if_index: 4711 }],
  ['want_ip_neighbor_events_v2', { enable: false, pid: 1, sw_if_index: 4711 }],
  ['want_ip_neighbor_events', { enable: true, pid: 1, sw_if_index: 4711 }],
  ['want_ip_neighbor_events', { enable: false, pid: 1, sw_if_index: 0xffffffff }],
  ['want_interface_events', { enable_disable: 0, pid: 1 }],
  ['want_wireguard_peer_events', { enable_disable: 0, pid: 1, peer_index: 4711 }],
])('%s %j: is answered as VPP does', async (name, fields) => {
  const { client, mock } = await relayWorld();
  const direct = await RawClient.connect(mock.socket, await ownSchema());
  afterThis(() => direct.close());
  const { retval } = await direct.ask(name, fields);
  expect(await (await client()).ask(name, fields)).toMatchObject({ retval });
});
