/** Ways round the rights of a client: none of them has an effect on VPP, or on other clients. */
import { describe, expect, it } from 'vitest';
import { type ChannelInfo, type ChannelMessage, refuse } from '../../../src/mux/index.js';
import { turns } from '../../support/fake-clock.js';
import { until } from '../../support/mock.js';
import { type RelayWorld, relayWorld } from '../../support/relay-world.js';

const UNSUPPORTED = -126;

/** Refuses `message` to the client of this name. */
const refusing = ({ connection }: RelayWorld, message: string, client: string) =>
  connection.dataEvents.listen({
    firstMessage: ({ name }: ChannelInfo, { name: asked }: ChannelMessage) =>
      name === client && asked === message ? refuse('REFUSED', 'not for it') : undefined,
  } as never);

describe('what VPP has one of, and another client has', () => {
  it.each([
    { what: 'a disable', fields: { enable_disable: 0, pid: 2 } },
    { what: "an enable with the owner's pid", fields: { enable_disable: 1, pid: 1 } },
  ])('$what of a client that may not ask for it: is refused, and the owner keeps it', async ({ fields }) => {
    const world = await relayWorld();
    refusing(world, 'want_l2_macs_events2', 'nosy');
    const [owner, nosy] = [await world.client('owner'), await world.client('nosy')];
    expect((await owner.ask('want_l2_macs_events2', { enable_disable: 1, pid: 1 })).retval).toBe(0);
    expect((await nosy.ask('want_l2_macs_events2', fields)).retval).toBe(UNSUPPORTED);
    world.mock.emit('l2_macs_event');
    expect((await owner.message()).name).toBe('l2_macs_event');
    expect(world.mock.received('want_l2_macs_events2')).toBe(1);
  });

  it('a client that only reads: does not end what VPP keeps for one that is gone', async () => {
    const { mock, client } = await relayWorld({ socket: { access: 'read' } });
    const one = await client();
    expect((await one.ask('want_l2_macs_events2', { enable_disable: 0 })).retval).toBe(UNSUPPORTED);
    expect(mock.received('want_l2_macs_events2')).toBe(0);
  });

  it('an owner that may not have it any more: may give it back', async () => {
    const world = await relayWorld();
    const owner = await world.client('owner');
    await owner.ask('want_l2_macs_events2', { enable_disable: 1, pid: 1 });
    refusing(world, 'want_l2_macs_events2', 'owner');
    expect((await owner.ask('want_l2_macs_events2', { enable_disable: 0, pid: 1 })).retval).toBe(0);
  });
});

it('an answer that is kept: is not for a client that may not ask for it', async () => {
  const world = await relayWorld();
  refusing(world, 'api_versions', 'nosy');
  const [one, nosy] = [await world.client('one'), await world.client('nosy')];
  expect((await one.ask('api_versions')).retval).toBe(0);
  expect((await nosy.ask('api_versions')).retval).toBe(UNSUPPORTED);
  expect(world.mock.received('api_versions')).toBe(1);
});

it("a request that is refused: does not bring its sender another client's events", async () => {
  const world = await relayWorld();
  refusing(world, 'dhcp_client_config', 'nosy');
  const nosy = await world.client('nosy');
  const client = { want_dhcp_event: true, pid: 4711 };
  expect((await nosy.ask('dhcp_client_config', { is_add: true, client })).retval).toBe(UNSUPPORTED);
  expect(world.api.clients()[0].events).toEqual([]);
  world.mock.emit('dhcp_compl_event', { pid: 4711 });
  await turns(20);
  expect(await nosy.answersOnlyPing()).toBe(true);
});

it('registrations of one client: are bounded, and the refusal says that it is a limit', async () => {
  const { client, api } = await relayWorld();
  const one = await client();
  const retvals: unknown[] = [];
  for (let pid = 1; pid <= 258; pid++) {
    retvals.push((await one.ask('want_ip_neighbor_events_v2', { enable: true, pid })).retval);
  }
  expect(retvals.slice(0, 256).every((each) => each === 0)).toBe(true);
  expect(retvals.slice(256)).toEqual([-162, -162]);
  expect((await one.ask('want_ip_neighbor_events_v2', { enable: false, pid: 7 })).retval).toBe(0);
  expect((await one.ask('want_ip_neighbor_events_v2', { enable: true, pid: 300 })).retval).toBe(0);
  one.close();
  await until(() => api.clients().length === 0);
});

describe('events, where a policy changes', () => {
  const denyLater = ({ connection }: RelayWorld, message: string, client: string) => {
    let isDenied = false;
    const listener = {
      firstMessage: ({ name }: ChannelInfo, { name: asked }: ChannelMessage) =>
        isDenied && name === client && asked === message ? refuse('REFUSED', 'not any more') : undefined,
    };
    connection.dataEvents.listen(listener);
    return () => {
      isDenied = true;
      connection.dataEvents.decideAgain(listener);
    };
  };

  it.each(['sw_interface_event', 'want_interface_events'])(
    '%s refused from now on: the client gets no more of them, VPP neither has the registration, and the log says it',
    async (message) => {
      const world = await relayWorld();
      const deny = denyLater(world, message, 'one');
      const one = await world.client('one');
      expect((await one.ask('want_interface_events', { enable_disable: 1, pid: 3 })).retval).toBe(0);
      world.mock.emit('sw_interface_event');
      expect((await one.message()).name).toBe('sw_interface_event');
      deny();
      await until(() => world.mock.clients.every(({ wants }) => wants.length === 0));
      world.mock.emit('sw_interface_event');
      expect((await one.ask('control_ping')).retval).toBe(0);
      expect(world.warnings.join('\n')).toMatch(/"one" gets no sw_interface_event any more: .*not any more/);
      expect((await one.ask('want_interface_events', { enable_disable: 1, pid: 3 })).retval).toBe(UNSUPPORTED);
    },
  );

  it('the only owner loses them: another client may have them', async () => {
    const world = await relayWorld();
    const [one, two] = [await world.client('one'), await world.client('two')];
    expect((await one.ask('want_l2_macs_events2', { enable_disable: 1, pid: 1 })).retval).toBe(0);
    expect((await two.ask('want_l2_macs_events2', { enable_disable: 1, pid: 2 })).retval).not.toBe(0);
    denyLater(world, 'l2_macs_event', 'one')();
    await until(() => world.mock.clients.every(({ wants }) => wants.length === 0));
    expect((await two.ask('want_l2_macs_events2', { enable_disable: 1, pid: 2 })).retval).toBe(0);
    world.mock.emit('l2_macs_event');
    expect((await two.message()).name).toBe('l2_macs_event');
  });
});
