/** The dataplane goes and comes, as users of a connection see it. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMock } from '../../mock-vpp/index.js';
import { type Connection, type ConnectionStatus, connect, createConnection } from '../../src/mux/index.js';
import { socketFileAt } from '../../src/socket-file.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis, world } from '../support/world.js';

/** Milliseconds of a timer that does not fire in this test. */
const NEVER_BY_TIMER = { delayMs: 3_600_000, maxDelayMs: 3_600_000 };

/** All states from now on, by name. */
function record(connection: Connection): ConnectionStatus[] {
  const seen: ConnectionStatus[] = [];
  const subscription = connection.states().subscribe((status) => seen.push(status));
  afterThis(() => subscription.unsubscribe());
  return seen;
}

describe('reconnect', () => {
  it('a restart with other ids: ready as soon as the socket is there, the same channel works, subscriptions live', async () => {
    const { mock, connection } = await world({ reconnect: NEVER_BY_TIMER });
    const ch = connection.channel();
    const before = connection.table.get('show_version')?.id;
    const items: unknown[] = [];
    ch.events('sw_interface_event')
      .observe()
      .subscribe({ next: (item) => items.push(item), error: () => {} });
    await ch.request('show_version');
    await expect.poll(() => mock.clients[0]?.wants).toEqual(['want_interface_events']);
    mock.kill();
    await expect.poll(() => connection.state).not.toBe('ready');
    await mock.restart({ renumber: true, downMs: 300 });
    await connection.ready();
    expect(connection.table.get('show_version')?.id).not.toBe(before);
    await expect(ch.request('show_version')).resolves.toMatchObject({ program: 'vpe' });
    await expect.poll(() => items).toEqual([{ resync: { generation: 2, reason: expect.any(String) } }]);
    const { sw_if_index } = await ch.request('create_loopback', {});
    await expect.poll(() => items).toContainEqual(expect.objectContaining({ sw_if_index }));
    expect(connection.status).toMatchObject({ generation: 2, reconnects: 1 });
  });

  it('the identity of its socket file: is in the status, another one after a restart', async () => {
    const { mock, connection } = await world({ reconnect: NEVER_BY_TIMER });
    const { socketFile } = connection.status;
    expect(socketFile).toBe(socketFileAt(mock.socket)?.identity);
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    expect(connection.status.socketFile).toBe(socketFile);
    await mock.restart({ downMs: 20 });
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation: 2 });
    expect(connection.status.socketFile).toBe(socketFileAt(mock.socket)?.identity);
    expect(connection.status.socketFile).not.toBe(socketFile);
  });

  it('while VPP is away: requests fail at once as not sent, and say since when', async () => {
    const { mock, connection } = await world();
    const ch = connection.channel();
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    const error = await ch.request('show_version').catch((failure) => failure);
    expect(error).toMatchObject({ code: 'NOT_CONNECTED', outcome: 'not-sent' });
    expect(error.message).toContain(mock.socket);
  });

  it('retryRequest: a request made while VPP is away is sent when it is back', async () => {
    const { mock, connection } = await world({ retryRequest: { count: 100, delayMs: 10 } });
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    const reply = connection.channel().request('show_version');
    await mock.start();
    await expect(reply).resolves.toMatchObject({ program: 'vpe' });
  });

  it('states: ready, backoff, connecting, ready; since goes on while it is away', async () => {
    const { mock, connection } = await world();
    const seen = record(connection);
    await mock.restart({ downMs: 50 });
    await expect.poll(() => connection.status.generation).toBe(2);
    const names = seen.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
    expect(names[0]).toBe('ready');
    expect(names.slice(0, 3)).toEqual(['ready', 'backoff', 'connecting']);
    expect(names.at(-1)).toBe('ready');
    const away = seen.filter(({ state }) => state === 'backoff' || state === 'connecting');
    expect(new Set(away.map(({ since }) => since.getTime())).size).toBe(1);
  });

  it('no VPP at the start: connect() says what is missing, createConnection() waits, also for the directory', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const socket = path('run/vpp/api.sock');
    await expect(connect({ socket })).rejects.toMatchObject({ code: 'SOCKET_MISSING', socket });
    const connection = createConnection({ socket, cacheDir: false, reconnect: NEVER_BY_TIMER });
    afterThis(() => connection.destroy());
    await expect(connection.ready({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    mkdirSync(dirname(socket), { recursive: true });
    const mock = await startMock({ socket });
    afterThis(() => mock.stop());
    await connection.ready();
  });

  it('a socket directory that is removed and made again: is noticed', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const socket = path('vpp/api.sock');
    const first = await startMock({ socket });
    const connection = await connect({ socket, cacheDir: false, reconnect: NEVER_BY_TIMER });
    afterThis(() => connection.destroy());
    await first.stop();
    rmSync(dirname(socket), { recursive: true });
    await expect.poll(() => connection.state).toBe('backoff');
    const second = await startMock({ socket });
    afterThis(() => second.stop());
    await connection.ready();
  });

  it('a dataplane that dies young again and again, and is back before its end is seen: no waiting for a timer', async () => {
    const { mock, connection } = await world({ reconnect: NEVER_BY_TIMER });
    for (let life = 1; life <= 6; life++) {
      mock.kill();
      await mock.start();
      await expect.poll(() => connection.status.generation, { interval: 2 }).toBe(life + 1);
    }
  });

  it('a path that cannot even be looked at: is an error, and tried again like any other', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    symlinkSync('loop.sock', path('loop.sock'));
    await expect(connect({ socket: path('loop.sock') })).rejects.toMatchObject({ code: 'SOCKET_FAILED' });
    const connection = createConnection({ socket: path('loop.sock'), cacheDir: false });
    afterThis(() => connection.destroy());
    await expect.poll(() => connection.state).toBe('backoff');
    rmSync(path('loop.sock'));
    const mock = await startMock({ socket: path('loop.sock') });
    afterThis(() => mock.stop());
    await connection.ready();
  });

  it('a socket file nobody listens on: SOCKET_REFUSED', async () => {
    const { mock, connection } = await world();
    mock.kill({ leaveSocket: true });
    await expect.poll(() => connection.state).toBe('backoff');
    await expect(connect({ socket: mock.socket })).rejects.toMatchObject({ code: 'SOCKET_REFUSED' });
  });

  it('maxAttempts: gives up, says why, and is closed for good', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const connection = createConnection({
      socket: path('none.sock'),
      reconnect: { delayMs: 5, maxDelayMs: 5, maxAttempts: 3 },
    });
    await expect(connection.ready()).rejects.toMatchObject({ code: 'GAVE_UP', cause: { code: 'SOCKET_MISSING' } });
    expect(connection.state).toBe('closed');
  });

  it('an abort while connecting: ABORTED, and nothing goes on', async () => {
    const { mock, socket, stop } = await mockVpp({ misbehave: { silent: { messages: 'sockclnt_create' } } });
    afterThis(stop);
    const leave = new AbortController();
    const connecting = connect({ socket, signal: leave.signal });
    await expect.poll(() => mock.received('sockclnt_create')).toBe(1);
    leave.abort();
    await expect(connecting).rejects.toMatchObject({ code: 'ABORTED' });
    await expect.poll(() => mock.clients.length).toBe(0);
  });

  it('a handshake without an answer: HANDSHAKE_TIMEOUT', async () => {
    const { socket, stop } = await mockVpp({ misbehave: { silent: { messages: 'sockclnt_create' } } });
    afterThis(stop);
    await expect(connect({ socket, connectTimeoutMs: 50 })).rejects.toMatchObject({ code: 'HANDSHAKE_TIMEOUT' });
  });

  it('goodbye: registrations are undone before sockclnt_delete, whose answer 1 is success', async () => {
    const { mock, connection } = await world();
    const events = connection.channel().events('sw_interface_event');
    await events.ready();
    mock.forget();
    await connection.close();
    const names = mock.receivedMessages().map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['want_interface_events', 'sockclnt_delete']);
    await expect.poll(() => mock.clients.length).toBe(0);
  });
});
