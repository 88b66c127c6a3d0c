/**
 * The link to VPP breaks: what was in flight is answered with "not connected", a client with an open dump is closed, and the others stay
 * where the same VPP is behind the new link. A VPP that was restarted has nothing of them: they are closed.
 */
import { describe, expect, it } from 'vitest';
import type { MockVpp } from '../../../mock-vpp/index.js';
import { type Connection, type Fields, refuse } from '../../../src/mux/index.js';
import { fakeClock, turns } from '../../support/fake-clock.js';
import { hold } from '../../support/held-vpp.js';
import { until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

const NOT_CONNECTED = -78;
/** Request that VPP is at; the mux itself never sends it. */
const HELD = 'sw_interface_tag_add_del';

/** Ends all connections of a VPP that goes on. */
function breakLink(mock: MockVpp): void {
  mock.misbehave({ close: true });
  mock.behave();
}

const back = (connection: Connection, generation = 2) =>
  until(() => connection.status.generation === generation && connection.status.state === 'ready');

/** Brings requests on their way, the first of which VPP is at. */
async function underWay(mock: MockVpp, posts: () => number[]): Promise<number[]> {
  const held = hold(mock, HELD);
  const contexts = posts();
  await until(() => held.waiting === 1);
  await turns(10);
  return contexts;
}

describe('the link breaks, and the same VPP is behind the new one', () => {
  it('idle clients: stay, with their index and ids', async () => {
    const { mock, connection, client, api } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    breakLink(mock);
    await back(connection);
    for (const one of [a, b]) expect((await one.ask('show_version')).retval).toBe(0);
    expect(api.clients()).toHaveLength(2);
  });

  it('what is sent meanwhile: waits, and is answered in order', async () => {
    const { mock, connection, client } = await relayWorld();
    const one = await client();
    breakLink(mock);
    await until(() => connection.status.state !== 'ready');
    const contexts = ['show_version', 'memclnt_keepalive', 'control_ping', 'show_version'].map((name) =>
      one.post(name),
    );
    for (const context of contexts) {
      expect((await one.message()).fields).toMatchObject({ context, retval: 0 });
    }
  });

  it('requests in flight: are answered with "not connected", in order, those that are answered here as well', async () => {
    const { mock, connection, client, api } = await relayWorld({ socket: { limits: { inFlight: 3 } } });
    const one = await client();
    await one.ask('api_versions');
    const contexts = await underWay(mock, () =>
      [
        ...[HELD, 'control_ping', 'memclnt_keepalive', 'sw_interface_set_flags', 'sock_init_shm'],
        ...['want_interface_events', 'show_version', 'api_versions'],
      ].map((name) => one.post(name, { context: 0x80000000 + Math.floor(Math.random() * 1000) })),
    );
    breakLink(mock);
    const heard = [];
    for (const context of contexts) {
      const { name, fields } = await one.message();
      expect(fields.context).toBe(context);
      heard.push([name, fields.retval]);
    }
    expect(heard).toEqual([
      [`${HELD}_reply`, NOT_CONNECTED],
      ['control_ping_reply', NOT_CONNECTED],
      ['memclnt_keepalive_reply', 0],
      ['sw_interface_set_flags_reply', NOT_CONNECTED],
      ['sock_init_shm_reply', -126],
      ['want_interface_events_reply', NOT_CONNECTED],
      ['show_version_reply', expect.any(Number)],
      ['api_versions_reply', 0],
    ]);
    await back(connection);
    expect(await one.answersOnlyPing()).toBe(true);
    expect(api.clients()[0]).toMatchObject({ inFlight: 0, waiting: 0, openDumps: 0 });
  });

  it('a dump that is open: its client is closed, and gets no reply to the ping behind it', async () => {
    const { mock, client, warnings } = await relayWorld();
    const [one, idle] = [await client('one'), await client('idle')];
    await underWay(mock, () => {
      const context = one.post(HELD);
      one.post('sw_interface_dump', { context: 5 });
      return [context, one.post('control_ping', { context: 5 })];
    });
    breakLink(mock);
    expect((await one.message()).fields.retval).toBe(NOT_CONNECTED);
    await one.untilClosed();
    expect(one.pending).toBe(0);
    expect((await idle.ask('show_version').catch(() => ({ retval: 'closed' }))).retval).not.toBe('closed');
    expect(warnings.join('\n')).toMatch(/"one" .* was closed: no reply can say what became of its sw_interface_dump/);
  });

  it('a dump whose details have come, and its ping not yet: is a client closed', async () => {
    const { mock, client } = await relayWorld();
    const one = await client();
    one.post('sw_interface_dump');
    expect((await one.message()).name).toBe('sw_interface_details');
    breakLink(mock);
    await one.untilClosed();
  });

  it('registrations: are made anew, and the events go on', async () => {
    const { mock, connection, client } = await relayWorld();
    const one = await client();
    await one.ask('want_interface_events', { enable_disable: 1, pid: 9 });
    breakLink(mock);
    await back(connection);
    await until(() => mock.clients.some(({ wants }) => wants.length === 1));
    await turns(50);
    mock.emit('sw_interface_event');
    expect((await one.message()).fields).toMatchObject({ pid: 9, client_index: one.index });
  });

  it('a registration that is being made: is answered in the end', async () => {
    const { mock, connection, client } = await relayWorld();
    const one = await client();
    const held = hold(mock, 'want_interface_events');
    const context = one.post('want_interface_events', { enable_disable: 1 });
    await until(() => held.waiting === 1);
    mock.handle('want_interface_events', () => 0);
    breakLink(mock);
    await back(connection);
    expect((await one.message()).fields).toMatchObject({ context, retval: 0 });
    expect((await one.ask('show_version')).retval).toBe(0);
  });

  it('a look at VPP before a request is under way: the request is answered, and the client goes on', async () => {
    const { mock, connection, client } = await relayWorld();
    const one = await client();
    const held = hold(mock, 'pipe_dump');
    const context = one.post('pipe_delete', { sw_if_index: 1 });
    await until(() => held.waiting === 1);
    mock.handle('pipe_dump', () => []);
    breakLink(mock);
    expect((await one.message()).fields).toMatchObject({ context, retval: NOT_CONNECTED });
    await back(connection);
    expect((await one.ask('show_version')).retval).toBe(0);
  });

  it('again and again: nothing is left of what was in flight', async () => {
    const { mock, connection, client, api } = await relayWorld();
    const clients = [await client('a'), await client('b')];
    for (let round = 2; round < 6; round++) {
      for (const one of clients) for (let i = 0; i < 20; i++) one.post('control_ping', { context: i });
      breakLink(mock);
      for (const one of clients) {
        for (let i = 0; i < 20; i++) {
          const { retval, context } = (await one.message()).fields;
          expect([[0, NOT_CONNECTED].includes(Number(retval)), context]).toEqual([true, i]);
        }
      }
      await back(connection, round);
    }
    for (const each of api.clients()) expect(each).toMatchObject({ inFlight: 0, waiting: 0, openDumps: 0 });
  });
});

describe('VPP is restarted', () => {
  it('its clients are closed, and the log says why; the next ones get the new table', async () => {
    const { mock, connection, client, warnings, api } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    await a.ask('want_interface_events', { enable_disable: 1 });
    await mock.restart({ renumber: false });
    await Promise.all([a.untilClosed(), b.untilClosed()]);
    expect(warnings.filter((line) => line.includes('VPP was restarted'))).toHaveLength(2);
    await back(connection);
    expect((await (await client('c')).ask('show_version')).retval).toBe(0);
    expect(api.clients().map(({ name }) => name)).toEqual(['c']);
    expect(mock.clients.flatMap(({ wants }) => wants)).toEqual([]);
  });

  it('what was in flight: is answered with "not connected" before the end', async () => {
    const { mock, client } = await relayWorld();
    const one = await client();
    const contexts = await underWay(mock, () => [one.post(HELD), one.post('control_ping')]);
    const restarted = mock.restart();
    for (const context of contexts) {
      expect((await one.message()).fields).toMatchObject({ context, retval: NOT_CONNECTED });
    }
    await one.untilClosed();
    await restarted;
  });

  it('it stays away: its clients are closed after two seconds, and what they sent meanwhile is not answered', async () => {
    const { mock, connection, client, warnings } = await relayWorld();
    const one = await client('patient');
    const clock = fakeClock(afterThis);
    mock.kill();
    await until(() => connection.status.state !== 'ready');
    one.post('show_version');
    await clock.pass(1900);
    expect(one.closed).toBe(false);
    await clock.pass(200);
    await one.untilClosed();
    expect(one.pending).toBe(0);
    expect(warnings.join('\n')).toMatch(/"patient" .* was closed: VPP is away/);
  });
});

describe('message ids over a restart that moves them', () => {
  it('a client of the new VPP: has the ids that a name has had, and memclnt ids of VPP; all is translated', async () => {
    const { mock, connection, client } = await relayWorld();
    const before = await client('before');
    await mock.restart({ renumber: true });
    await before.untilClosed();
    await back(connection);
    const after = await client('after');
    expect(new Map([...after.ids].sort())).toEqual(new Map([...before.ids].sort()));
    const moved = [...after.ids].filter(([name, id]) => mock.table.idOf.get(name) !== id);
    expect(moved.length).toBeGreaterThan(1000);
    expect(moved.map(([name]) => name).filter((name) => /^(sockclnt|memclnt)_|^control_ping/.test(name))).toEqual([]);
    expect((await after.ask('show_version')).retval).toBe(0);
    expect((await after.dump('sw_interface_dump')).length).toBe(1);
    expect((await after.ask('want_interface_events', { enable_disable: 1, pid: 3 })).retval).toBe(0);
    mock.emit('sw_interface_event');
    expect(await after.message()).toMatchObject({ name: 'sw_interface_event', fields: { pid: 3 } });
    expect(await after.ask('sock_init_shm')).toMatchObject({ retval: -126 });
    expect(await after.ask('memclnt_keepalive')).toMatchObject({ retval: 0 });
  });

  it('get_first_msg_id: is translated as well', async () => {
    const { mock, connection, client } = await relayWorld();
    const before = await client('before');
    await mock.restart({ renumber: true });
    await before.untilClosed();
    await back(connection);
    const one = await client();
    mock.handle('get_first_msg_id', () => ({ first_msg_id: mock.table.idOf.get('sw_interface_dump') }));
    expect((await one.ask('get_first_msg_id', { name: 'any' })).first_msg_id).toBe(one.ids.get('sw_interface_dump'));
  });

  it('clients that stay over a restart (onLinkLoss: keep): go on with the ids that they have', async () => {
    const { mock, connection, client } = await relayWorld({ socket: { onLinkLoss: 'keep' } });
    const one = await client();
    await one.ask('want_interface_events', { enable_disable: 1 });
    await mock.restart({ renumber: true });
    await back(connection);
    expect((await one.ask('show_version')).retval).toBe(0);
    mock.emit('sw_interface_event');
    expect((await one.message()).name).toBe('sw_interface_event');
    expect((await one.ask('want_interface_events', { enable_disable: 0 })).retval).toBe(0);
  });
});

it('a policy: still holds on the new link', async () => {
  const { mock, connection, client } = await relayWorld();
  connection.dataEvents.listen({
    firstMessage: (_info, { name }) => (name === 'create_loopback' ? refuse('REFUSED', 'no') : undefined),
  });
  const one = await client();
  breakLink(mock);
  await back(connection);
  expect((await one.ask('create_loopback')).retval).toBe(-126);
  expect(mock.received('create_loopback')).toBe(0);
  const fields: Fields = await one.ask('show_version');
  expect(fields.retval).toBe(0);
});
