/** Dumps: the relay adds no ping, and a dump is over when VPP has answered a later one, whoever sent it. */
import { expect, it } from 'vitest';
import { kinds, type MockOptions } from '../../../mock-vpp/index.js';
import { fakeClock } from '../../support/fake-clock.js';
import { hold } from '../../support/held-vpp.js';
import { until } from '../../support/mock.js';
import { frameOf } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

const LOOPBACKS = 3;
/** More is to come. */
const EAGAIN = -165;
const mock: Partial<MockOptions> = {
  setup: (dataplane) => {
    for (let i = 0; i < LOOPBACKS; i++) dataplane.addLoopback();
  },
};

it('a dump without a ping: gives its details, and nothing of the relay comes behind', async () => {
  const { client, mock: vpp } = await relayWorld({ mock });
  const one = await client();
  vpp.forget();
  one.post('sw_interface_dump');
  for (let i = 0; i <= LOOPBACKS; i++) expect((await one.message()).name).toBe('sw_interface_details');
  expect(vpp.received('control_ping')).toBe(0);
  expect(one.pending).toBe(0);
});

it('a dump: is open until the reply to a later ping', async () => {
  const { client, api } = await relayWorld({ mock });
  const one = await client();
  one.post('sw_interface_dump');
  for (let i = 0; i <= LOOPBACKS; i++) await one.message();
  expect(api.clients()[0]).toMatchObject({ openDumps: 1, inFlight: 1 });
  await one.ask('control_ping');
  expect(api.clients()[0]).toMatchObject({ openDumps: 0, inFlight: 0 });
});

it.each(['control_ping', 'acl_plugin_control_ping', 'dhcp_plugin_control_ping'])(
  'a %s of another client: ends it as well',
  async (ping) => {
    const { client, api, mock: vpp } = await relayWorld({ mock });
    vpp.handle(ping, () => ({}));
    const [one, other] = [await client('one'), await client('other')];
    one.post('sw_interface_dump');
    for (let i = 0; i <= LOOPBACKS; i++) await one.message();
    await other.ask(ping);
    expect(api.clients()[0]).toMatchObject({ name: 'one', openDumps: 0, inFlight: 0 });
  },
);

it('a ping of the mux itself: ends it, for a client that never pings', async () => {
  const clock = fakeClock(afterThis);
  const { client, api } = await relayWorld({ mock, connect: { health: { probe: false } } });
  const one = await client();
  one.post('sw_interface_dump');
  for (let i = 0; i <= LOOPBACKS; i++) await one.message();
  await clock.pass(600);
  expect(api.clients()[0]).toMatchObject({ openDumps: 0, inFlight: 0 });
});

it('one dump after the other, and no ping: each gets all of its own', async () => {
  const { client } = await relayWorld({ mock });
  const one = await client();
  const contexts = Array.from({ length: 20 }, () => one.post('sw_interface_dump'));
  for (const context of contexts) {
    for (let i = 0; i <= LOOPBACKS; i++) {
      const { name, fields } = await one.message();
      expect([name, fields.context]).toEqual(['sw_interface_details', context]);
    }
  }
});

it('an empty list: has nothing but the reply to the ping', async () => {
  const { client } = await relayWorld();
  const one = await client();
  expect(await one.dump('sw_bond_interface_dump')).toEqual([]);
});

it('a dump and its ping in one write, of many clients at once: each has all of its own', async () => {
  const { client } = await relayWorld({ mock });
  const all = await Promise.all(Array.from({ length: 8 }, (_, i) => client(`c${i}`)));
  const lists = await Promise.all(
    all.flatMap(async (one) => {
      const counts = [];
      for (let i = 0; i < 10; i++) counts.push((await one.dump('sw_interface_dump', { context: 5 })).length);
      return counts;
    }),
  );
  expect(lists.flat()).toEqual(Array(80).fill(LOOPBACKS + 1));
});

it('a dump whose details are declared as an event: is a dump', async () => {
  const { client, mock: vpp } = await relayWorld();
  const one = await client();
  vpp.handle('gre_tunnel_dump_v2', () => [{}, {}]);
  one.post('gre_tunnel_dump_v2', { context: 0x80000001 });
  const { name, fields } = await one.message();
  expect([name, fields.context]).toEqual(['gre_tunnel_details_v2', 0x80000001]);
});

it('a dump with a cursor: is over with its reply, and goes on where the client wants it to', async () => {
  const setup: MockOptions['setup'] = (dataplane) => {
    for (let i = 0; i < 20; i++) dataplane.of(kinds.pathMtus).update(0, `10.1.0.${i}`, 1400);
  };
  const { client, api } = await relayWorld({ mock: { pageSize: 8, setup } });
  const one = await client();
  const pages = [];
  for (let cursor = 0; cursor !== 0xffffffff; ) {
    const context = one.post('ip_path_mtu_get', { cursor });
    let details = 0;
    for (;;) {
      const { name, fields } = await one.message();
      expect(fields.context).toBe(context);
      if (name === 'ip_path_mtu_get_reply') {
        cursor = fields.retval === EAGAIN ? Number(fields.cursor) : 0xffffffff;
        break;
      }
      details++;
    }
    pages.push(details);
    expect(api.clients()[0]).toMatchObject({ openDumps: 0, inFlight: 0 });
  }
  expect(pages).toEqual([8, 8, 4]);
});

it('a client that leaves with a dump open: nothing of it is left, and nobody else gets it', async () => {
  const { mock: vpp, client, connection, api } = await relayWorld({ mock });
  const [one, other] = [await client('one'), await client('other')];
  const held = hold(vpp, 'show_version');
  other.post('show_version');
  await until(() => held.waiting === 1);
  one.post('sw_interface_dump');
  await until(() => api.clients()[0].openDumps === 1);
  one.close();
  await until(() => api.clients().length === 1);
  held.answer();
  expect((await other.message()).name).toBe('show_version_reply');
  expect(await other.answersOnlyPing()).toBe(true);
  await until(() => connection.stats().inFlight === 0);
});

it('a dump sent twice with the same context, and one ping: comes twice', async () => {
  const { client } = await relayWorld({ mock });
  const one = await client();
  const { body } = one.body('sw_interface_dump', { context: 9 });
  const ping = one.body('control_ping', { context: 9 });
  one.send(Buffer.concat([frameOf(body), frameOf(body), frameOf(ping.body)]));
  let details = 0;
  while ((await one.message()).name === 'sw_interface_details') details++;
  expect(details).toBe(2 * (LOOPBACKS + 1));
});
