/** want_interface_events, and the events that clients get. */

import { describe, expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/index.js';
import { mockAndClient, rawClient, testMock, until } from '../../../support/mock.js';
import { frameOf, type RawClient } from '../../../support/raw-client.js';

const want = async (client: RawClient, enable_disable = 1, pid = 4242) =>
  (await client.ask('want_interface_events', { enable_disable, pid })).retval;

/** Reply first, then the event. */
async function withEvent(client: RawClient, name: string, fields: Record<string, unknown>) {
  client.post(name, fields);
  const reply = await client.message();
  const event = await client.message();
  expect([reply.name, event.name]).toEqual([`${name}_reply`, 'sw_interface_event']);
  return event.fields;
}

describe('registration', () => {
  it('twice, or undone when it is not there: -31', async () => {
    const { mock, client } = await mockAndClient();
    expect(await want(client, 0)).toBe(-31);
    expect(await want(client)).toBe(0);
    expect(await want(client)).toBe(-31);
    expect(mock.clients[0].wants).toEqual(['want_interface_events']);
    expect(await want(client, 0)).toBe(0);
    expect(await want(client, 0)).toBe(-31);
  });

  it('per client: the others are not told', async () => {
    const mock = await testMock();
    const [first, second] = [await rawClient(mock), await rawClient(mock)];
    await want(first, 1, 1);
    mock.dataplane.addLoopback();
    expect((await first.message()).fields).toMatchObject({ sw_if_index: 1, pid: 1, client_index: first.index });
    expect(await second.answersOnlyPing()).toBe(true);
    await want(second, 1, 2);
    mock.dataplane.setAdmin(1, true);
    expect((await first.message()).fields).toMatchObject({ pid: 1, flags: 3 });
    expect((await second.message()).fields).toMatchObject({ pid: 2, client_index: second.index, flags: 3 });
  });

  it('disconnected: gone, also for the next client with that index', async () => {
    const { mock, client } = await mockAndClient();
    await want(client);
    client.close();
    await until(() => mock.clients.length === 0);
    const next = await rawClient(mock);
    expect(next.index).toBe(client.index);
    mock.dataplane.addLoopback();
    expect(await next.answersOnlyPing()).toBe(true);
    expect(await want(next)).toBe(0);
  });
});

describe('sw_interface_event', () => {
  it('the life of a loopback: added, up, down, deleted; each behind its reply', async () => {
    const { client } = await mockAndClient();
    await want(client);
    expect(await withEvent(client, 'create_loopback', {})).toMatchObject({
      sw_if_index: 1,
      flags: 0,
      deleted: false,
      pid: 4242,
    });
    const flags = (value: number) => withEvent(client, 'sw_interface_set_flags', { sw_if_index: 1, flags: value });
    expect(await flags(1)).toMatchObject({ flags: 3 });
    expect(await flags(0)).toMatchObject({ flags: 0, deleted: false });
    await flags(1);
    expect(await withEvent(client, 'delete_loopback', { sw_if_index: 1 })).toMatchObject({ flags: 0, deleted: true });
  });

  it('pipelined changes: one event for each interface, behind all replies, with all that came up', async () => {
    const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
    await want(client);
    const bodies = [0, 1].map((flags) => client.body('sw_interface_set_flags', { sw_if_index: 1, flags }).body);
    client.send(Buffer.concat(bodies.map((body) => frameOf(body))));
    const names = [await client.message(), await client.message(), await client.message()].map(({ name }) => name);
    expect(names).toEqual(['sw_interface_set_flags_reply', 'sw_interface_set_flags_reply', 'sw_interface_event']);
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('no change: no event', async () => {
    const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
    await want(client);
    await client.ask('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('a link that fails and comes back: told without any request', async () => {
    const { mock, client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
    await want(client);
    mock.dataplane.setLink(1, false);
    expect((await client.message()).fields).toMatchObject({ sw_if_index: 1, flags: 0 });
    mock.dataplane.setLink(1, true);
    expect((await client.message()).fields).toMatchObject({ sw_if_index: 1, flags: 2 });
  });

  it('several happenings in one go: one event for each interface', async () => {
    const { mock, client } = await mockAndClient();
    await want(client);
    for (const up of [true, false]) mock.dataplane.addLoopback({ up });
    expect([(await client.message()).fields, (await client.message()).fields]).toMatchObject([
      { sw_if_index: 1, flags: 3 },
      { sw_if_index: 2, flags: 0 },
    ]);
    expect(await client.answersOnlyPing()).toBe(true);
  });
});

describe('by hand', () => {
  it('emit: to those who want it; says how many', async () => {
    const { mock, client } = await mockAndClient();
    expect(mock.emit('sw_interface_event', { sw_if_index: 9 })).toBe(0);
    await want(client);
    expect(mock.emit('sw_interface_event', { sw_if_index: 9, deleted: true })).toBe(1);
    expect((await client.message()).fields).toMatchObject({ sw_if_index: 9, deleted: true, pid: 4242 });
  });

  it('MAC events: one owner by pid in the whole VPP, also when it is gone; each enable flushes what was learnt', async () => {
    const { mock, client } = await mockAndClient();
    const ask = (enable_disable: boolean, pid = 7) =>
      client.ask('want_l2_macs_events2', { enable_disable, max_macs_in_event: 10, pid });
    expect(await ask(true)).toMatchObject({ retval: 0 });
    expect(await ask(true)).toMatchObject({ retval: 0 });
    expect(mock.dataplane.of(kinds.l2Learning).flushes).toBe(2);
    expect(await ask(true, 8)).toMatchObject({ retval: -124 });
    expect(mock.emit('l2_macs_event', { n_macs: 1, mac: [{ sw_if_index: 3 }] })).toBe(1);
    expect((await client.message()).fields).toMatchObject({ pid: 7, n_macs: 1 });
    expect(await ask(false)).toMatchObject({ retval: 0 });
  });

  it('inject: any message to everybody', async () => {
    const { mock, client } = await mockAndClient();
    mock.inject('show_version_reply', { program: 'nobody asked' }, 123);
    expect((await client.message()).fields).toMatchObject({ context: 123, program: 'nobody asked' });
  });

  it('an unknown event: an error with the nearest names', async () => {
    const mock = await testMock();
    expect(() => mock.emit('sw_interface_evnt')).toThrow(/sw_interface_event/);
  });
});
