/** Clients with a link to VPP of their own. */

import { describe, expect, it, vi } from 'vitest';
import { type RelayWorld, relayWorld } from '../../support/relay-world.js';

/** Names of VPP's clients, besides the mux itself. */
const namesAt = ({ mock }: RelayWorld) =>
  mock.clients
    .map(({ name }) => name)
    .filter((name) => name !== 'vppmux')
    .sort();

describe('dedicated', () => {
  it('each client: has a link of its own, and VPP sees its name; it goes with the client', async () => {
    const world = await relayWorld({ socket: { dedicated: true } });
    const one = await world.client('one');
    const two = await world.client('two');
    expect(namesAt(world)).toEqual(['one', 'two']);
    expect(await one.ask('show_version')).toMatchObject({ retval: 0 });
    expect(await two.dump('sw_interface_dump')).toHaveLength(1);
    one.close();
    await vi.waitFor(() => expect(namesAt(world)).toEqual(['two']));
    expect(await two.ask('show_version')).toMatchObject({ retval: 0 });
    await world.api.close();
    await vi.waitFor(() => expect(namesAt(world)).toEqual([]));
  });

  it('it is a client as others: in the list, under access, listeners and trace', async () => {
    const traced: (string | undefined)[] = [];
    const seen: string[] = [];
    const { api, client, connection } = await relayWorld({ socket: { dedicated: true, access: 'read', role: 'own' } });
    connection.dataEvents.listen({
      name: 'test',
      firstMessage: ({ role, name }, message) => {
        if (role !== undefined) seen.push(`${role} ${name} ${message.name}`);
        return undefined;
      },
    });
    const one = await client('one');
    const untrace = connection.trace((entry) => void traced.push(entry.channelName));
    expect(await one.ask('show_version')).toMatchObject({ retval: 0 });
    untrace();
    expect(traced.filter((name) => name !== 'vppmux')).toEqual(['one', 'one']);
    expect(await one.ask('create_loopback')).toMatchObject({ retval: -126 });
    expect(api.clients()).toMatchObject([{ name: 'one', role: 'own', messagesIn: 2, messagesOut: 3, refused: 1 }]);
    expect(seen).toEqual(['own one show_version']);
  });

  it('events: are those of its own registration', async () => {
    const { client, mock } = await relayWorld({ socket: { dedicated: true } });
    const [one, two] = [await client('one'), await client('two')];
    for (const each of [one, two]) {
      expect(await each.ask('want_interface_events', { enable_disable: 1, pid: 7 })).toMatchObject({ retval: 0 });
    }
    mock.dataplane.addLoopback();
    for (const each of [one, two]) {
      const { name, fields } = await each.message();
      expect([name, fields.client_index, fields.pid]).toEqual(['sw_interface_event', each.index, 7]);
    }
  });

  it('message ids: are those of all clients of the agent', async () => {
    const world = await relayWorld({ socket: { dedicated: true } });
    const one = await world.client('one');
    const { table } = world.connection;
    expect(one.ids.get('show_version')).toBe(table.get('show_version')?.id);
  });

  it('the end of VPP: ends the client', async () => {
    const { client, mock, connection } = await relayWorld({ socket: { dedicated: true, holdMs: 60_000 } });
    const one = await client('one');
    await one.ask('show_version');
    await mock.stop();
    await one.untilClosed();
    await vi.waitFor(() => expect(connection.state).not.toBe('ready'));
  });

  it('a name of 64 bytes: is cut for VPP, and whole in the list', async () => {
    const world = await relayWorld({ socket: { dedicated: true } });
    const { client, api } = world;
    await client('n'.repeat(64));
    expect(namesAt(world)).toEqual(['n'.repeat(63)]);
    expect(api.clients()[0].name).toBe('n'.repeat(64));
  });

  it('another value than true or false: is refused', async () => {
    const dedicated = 'yes' as unknown as boolean;
    await expect(relayWorld({ socket: { dedicated } })).rejects.toThrow(
      'dedicated of an API socket must be true or false',
    );
  });
});
