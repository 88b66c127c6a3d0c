/** Limits of an API socket and of the names of its clients, and what an operator does to clients. */
import { describe, expect, it, vi } from 'vitest';
import { fakeClock, turns } from '../../support/fake-clock.js';
import { hold } from '../../support/held-vpp.js';
import { until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

describe('clients', () => {
  it('one above the limit: is turned away, the others stay; when one has gone, there is room', async () => {
    const { client, stranger, api, warnings } = await relayWorld({ socket: { limits: { clients: 2 } } });
    const [a] = [await client('a'), await client('b')];
    await (await stranger()).untilClosed();
    expect(api.counters).toMatchObject({ accepted: 3, turnedAway: 1 });
    expect(warnings.join('\n')).toContain('was turned away: 2 clients are the limit');
    expect((await a.ask('control_ping')).retval).toBe(0);
    a.close();
    await until(() => api.clients().length === 1);
    expect((await (await client('c')).ask('control_ping')).retval).toBe(0);
  });

  it('strangers that never shake hands: count as well', async () => {
    const { stranger } = await relayWorld({ socket: { limits: { clients: 2 } } });
    for (let i = 0; i < 2; i++) await stranger();
    await (await stranger()).untilClosed();
  });

  it('strangers that never shake hands: are closed after ten seconds, which makes room', async () => {
    fakeClock(afterThis);
    const { client, stranger, warnings } = await relayWorld({ socket: { limits: { clients: 1 } } });
    const silent = await stranger();
    await turns(20);
    vi.advanceTimersByTime(10_000);
    await silent.untilClosed();
    expect(warnings.join('\n')).toContain('there was no handshake within 10000 ms');
    expect((await (await client()).ask('control_ping')).retval).toBe(0);
  });

  it('a limit for a name: holds for those that have it', async () => {
    const named = [{ name: 'exporter*', clients: 1, messagesPerSecond: 2 }];
    const { client, stranger, warnings } = await relayWorld({ socket: { named } });
    const one = await client('exporter-1');
    const two = await stranger();
    await expect(two.handshake('exporter-2')).rejects.toThrow('closed');
    expect(warnings.join('\n')).toContain('"exporter-2": 1 clients of that name are the limit');
    const other = await client('other');
    const retvals = async (from: typeof one) => {
      const contexts = [1, 2, 3].map(() => from.post('show_version'));
      return Promise.all(contexts.map(async () => (await from.message()).fields.retval));
    };
    expect(await retvals(one)).toEqual([0, 0, -167]);
    expect(await retvals(other)).toEqual([0, 0, 0]);
  });

  it('that shake hands at the same time: are no more than the limit of their name', async () => {
    const { stranger, api } = await relayWorld({ socket: { named: [{ name: 'e', clients: 3 }] } });
    const all = await Promise.all(Array.from({ length: 10 }, () => stranger()));
    const outcomes = await Promise.allSettled(all.map((each) => each.handshake('e')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(api.clients()).toHaveLength(3);
  });
});

it('requests in flight: no more than the limit are at VPP', async () => {
  const { mock, client, api } = await relayWorld({ socket: { limits: { inFlight: 3 } } });
  const one = await client();
  const held = hold(mock, 'sw_interface_tag_add_del');
  for (let i = 0; i < 10; i++) one.post('sw_interface_tag_add_del');
  await until(() => held.waiting === 1);
  await turns(20);
  expect(api.clients()[0]).toMatchObject({ inFlight: 3, waiting: 7, state: 'waiting' });
  for (let i = 0; i < 10; i++) {
    await until(() => held.waiting === 1);
    held.answer();
    await one.message();
  }
  expect(api.clients()[0]).toMatchObject({ inFlight: 0, waiting: 0, state: 'idle' });
});

it('large requests that wait: are few, and the client is not read on', async () => {
  const { mock, client, api, connection } = await relayWorld({ socket: { limits: { inFlight: 1 } } });
  const held = hold(mock, 'sw_interface_tag_add_del');
  const [one, other] = [await client('large'), await client('other')];
  one.post('sw_interface_tag_add_del');
  await until(() => held.waiting === 1);
  const { body } = one.body('control_ping');
  const large = Buffer.concat([body, Buffer.alloc(600_000)]);
  for (let i = 0; i < 12; i++) one.sendBody(large);
  await until(() => connection.stats().waiting === 2);
  await turns(50);
  expect(connection.stats().waiting).toBe(2);
  held.answer();
  for (let i = 0; i < 13; i++) await one.message();
  expect(api.clients().map(({ waiting }) => waiting)).toEqual([0, 0]);
  expect(await other.answersOnlyPing()).toBe(true);
});

describe('an operator', () => {
  it('kills a client: its requests and registrations go with it, the others stay', async () => {
    const { mock, client, api, connection } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    const held = hold(mock, 'sw_interface_tag_add_del');
    await a.ask('want_interface_events', { enable_disable: 1 });
    a.post('sw_interface_tag_add_del');
    await until(() => held.waiting === 1);
    expect(api.kill(api.clients()[0].id)).toBe(true);
    expect(api.kill(99_999)).toBe(false);
    await a.untilClosed();
    held.answer();
    expect(await b.answersOnlyPing()).toBe(true);
    await until(() => mock.clients.every(({ wants }) => wants.length === 0));
    await until(() => connection.stats().inFlight === 0);
    expect(connection.stats().channels).toBe(1);
  });

  it('pauses: what is at VPP is answered, the rest waits, new clients too; resumes: all go on, in order', async () => {
    const { mock, client, stranger, api } = await relayWorld();
    const one = await client();
    const held = hold(mock, 'sw_interface_tag_add_del');
    one.post('sw_interface_tag_add_del');
    await until(() => held.waiting === 1);
    api.pause();
    expect(api.isPaused).toBe(true);
    held.answer();
    expect((await one.message()).name).toBe('sw_interface_tag_add_del_reply');
    mock.forget();
    const contexts = Array.from({ length: 30 }, () => one.post('show_version'));
    const late = await stranger();
    const shaken = late.handshake('late');
    await turns(30);
    expect(mock.received('show_version')).toBe(0);
    expect([one.pending, late.pending]).toEqual([0, 0]);
    expect(api.clients()[0].state).toBe('paused');
    api.resume();
    for (const context of contexts) expect((await one.message()).fields.context).toBe(context);
    await shaken;
    expect(api.isPaused).toBe(false);
  });

  it('pauses for a time: goes on by itself', async () => {
    const { client, api, warnings } = await relayWorld();
    const one = await client();
    const clock = fakeClock(afterThis);
    api.pause({ timeoutMs: 500 });
    one.post('show_version');
    await clock.pass(490);
    expect(one.pending).toBe(0);
    await clock.pass(20);
    expect((await one.message()).name).toBe('show_version_reply');
    expect(warnings.join('\n')).toContain('the pause of 500 ms is over');
  });

  it('pauses over a restart of VPP, then resumes: who waited to shake hands has the new VPP', async () => {
    const { mock, connection, stranger, api } = await relayWorld();
    api.pause();
    const one = await stranger();
    const shaken = one.handshake('patient');
    await mock.restart();
    await until(() => connection.status.state === 'ready' && connection.status.generation === 2);
    api.resume();
    await shaken;
    expect((await one.ask('control_ping')).vpe_pid).toBe(mock.pid);
  });

  it('drains: nobody new comes in, those that are there go on, and when the last has left it is closed', async () => {
    const { client, stranger, api } = await relayWorld();
    const one = await client();
    const drained = api.drain();
    await expect(stranger()).rejects.toThrow();
    expect((await one.ask('show_version')).retval).toBe(0);
    expect((await one.ask('sockclnt_delete')).response).toBe(1);
    await drained;
    await api.closed;
  });

  it('drains for a time: closes those that are left then', async () => {
    const { client, api, mock } = await relayWorld();
    const one = await client('sitter');
    await one.ask('want_interface_events', { enable_disable: 1 });
    const clock = fakeClock(afterThis);
    const drained = api.drain({ timeoutMs: 300 });
    await clock.pass(290);
    expect(one.closed).toBe(false);
    await clock.pass(20);
    await drained;
    await one.untilClosed();
    await until(() => mock.clients.every(({ wants }) => wants.length === 0));
  });

  it('closes the connection: its clients are closed, and VPP has nothing of them', async () => {
    const { connection, client, api, mock } = await relayWorld();
    const one = await client();
    await one.ask('want_interface_events', { enable_disable: 1 });
    await connection.close();
    await one.untilClosed();
    await api.closed;
    expect(mock.received('want_interface_events')).toBe(2);
    await until(() => mock.clients.length === 0);
  });
});

it('a list of clients: has what each has done', async () => {
  const { client, api } = await relayWorld({ socket: { role: 'shared' } });
  const one = await client('busy');
  await one.ask('show_version');
  await one.dump('sw_interface_dump');
  expect(api.clients()).toMatchObject([
    { name: 'busy', role: 'shared', access: 'write', state: 'idle', messagesIn: 3, messagesOut: 4, refused: 0 },
  ]);
});
