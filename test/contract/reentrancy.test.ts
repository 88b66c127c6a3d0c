/** The connection under callers that act from within their callbacks, and under hooks that throw. */
import { filter, retry } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Connection, createConnection } from '../../src/mux/index.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis, world } from '../support/world.js';

/** A dump that VPP does not answer. */
const hanging = { silent: { messages: ['sw_interface_dump', 'control_ping'] } };
const observed = (connection: Connection) => connection.channel().dump('sw_interface_dump').observe();

describe('re-entrancy of the connection', () => {
  it('a dump retried at once when the link is lost: does not find the dead session', async () => {
    const { mock, connection } = await world();
    mock.misbehave(hanging);
    const errors: unknown[] = [];
    observed(connection)
      .pipe(retry(1))
      .subscribe({ error: (error) => errors.push(error) });
    await expect.poll(() => mock.received('sw_interface_dump')).toBe(1);
    mock.kill();
    await expect.poll(() => errors).toMatchObject([{ code: 'NOT_CONNECTED', outcome: 'not-sent' }]);
  });

  it('destroy() from the failure of a dump, from the state backoff, from the state ready: ends cleanly', async () => {
    const { mock, connection } = await world();
    mock.misbehave(hanging);
    observed(connection).subscribe({ error: () => connection.destroy() });
    await expect.poll(() => mock.received('sw_interface_dump')).toBe(1);
    mock.kill();
    await expect.poll(() => connection.state).toBe('closed');

    const second = await world();
    const away = second.connection.states().pipe(filter(({ state }) => state === 'backoff'));
    away.subscribe(() => second.connection.destroy());
    second.mock.kill();
    await expect.poll(() => second.connection.state).toBe('closed');

    const third = await mockVpp();
    afterThis(third.stop);
    const early = createConnection({
      socket: third.socket,
      cacheDir: false,
      health: { intervalMs: 10, timeoutMs: 10 },
    });
    const ready = early.states().pipe(filter(({ state }) => state === 'ready'));
    ready.subscribe(() => early.destroy());
    await expect.poll(() => early.state).toBe('closed');
    await expect.poll(() => third.mock.clients.length).toBe(0);
  });

  it("the user's hooks throw: the connection goes on, each is told of once", async () => {
    const lines: string[] = [];
    const fail = (what: string) => () => {
      throw new Error(`a bug in ${what}`);
    };
    const log = (_level: string, message: string) => {
      lines.push(message);
      fail('log')();
    };
    const { mock, connection } = await world({ log, trace: fail('trace'), onLateReply: fail('onLateReply') });
    mock.misbehave({ late: { messages: 'show_version', ms: 60, count: 1 } });
    await expect(connection.channel().request('show_version', {}, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'REPLY_TIMEOUT',
    });
    await expect.poll(() => connection.stats().lateReplies).toBe(1);
    await expect(connection.channel().request('show_version')).resolves.toMatchObject({ program: 'vpe' });
    await mock.restart();
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation: 2 });
    expect(lines.filter((line) => /(trace|onLateReply) function of this connection throws/.test(line)).length).toBe(2);
  });

  it('events asked for after destroy() or close(): are refused with the reason', async () => {
    const destroyed = await world();
    const ch = destroyed.connection.channel();
    destroyed.connection.destroy(new Error('enough'));
    await expect(ch.events('sw_interface_event').ready()).rejects.toMatchObject({ code: 'CLOSED', message: /enough/ });
    const closed = await world();
    const other = closed.connection.channel();
    await closed.connection.close();
    await expect(other.events('sw_interface_event').ready()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('a renewal that VPP does not answer at first: is tried again, the subscription lives', async () => {
    const { mock, connection } = await world({ replyTimeoutMs: 100 });
    const items: unknown[] = [];
    const sink = { next: (item: unknown) => items.push(item), error: (error: unknown) => items.push(error) };
    connection.channel().events('sw_interface_event').observe().subscribe(sink);
    await expect.poll(() => mock.clients[0]?.wants).toEqual(['want_interface_events']);
    mock.misbehave({ silent: { messages: 'want_interface_events', count: 1 } });
    await mock.restart();
    await expect.poll(() => items).toMatchObject([{ resync: { generation: 2 } }]);
  });

  it('a probe that cannot be sent: says nothing of VPP, and control_ping takes its place', async () => {
    const lines: string[] = [];
    const log = (level: string, message: string) => lines.push(`${level} ${message}`);
    const { mock, connection } = await world({ log, health: { probe: 'control_pong', intervalMs: 20, timeoutMs: 50 } });
    mock.forget();
    await expect.poll(() => mock.received('control_ping')).toBeGreaterThan(2);
    expect(connection.state).toBe('ready');
    expect(lines.filter((line) => /warn the health probe control_pong cannot be used/.test(line)).length).toBe(1);
  });

  it("channels' small windows: are not the mux's own", async () => {
    const { mock, connection } = await world({
      channel: { requestBuffer: 1 },
      health: { intervalMs: 20, timeoutMs: 500 },
    });
    mock.misbehave({ silent: { messages: 'control_ping' } });
    await expect(connection.channel().events('sw_interface_event').ready()).resolves.toBeUndefined();
  });

  it('retryRequest: also for dumps, and bounded by signal and timeout', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const away = createConnection({ socket: path('none.sock'), retryRequest: { count: 1000, delayMs: 10 } });
    afterThis(() => away.destroy());
    const ch = away.channel();
    await expect(ch.request('show_version', {}, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    const leave = new AbortController();
    const waiting = ch.request('show_version', {}, { signal: leave.signal });
    leave.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
    const { mock, connection } = await world({ retryRequest: { count: 1000, delayMs: 10 } });
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    const list = connection.channel().dump('sw_interface_dump').toArray();
    await mock.start();
    expect(await list).toMatchObject([{ interface_name: 'local0' }]);
  });

  it('maxAttempts: a socket that is there before anybody listens is no failed attempt', async () => {
    const { mock, socket, stop } = await mockVpp();
    afterThis(stop);
    mock.kill();
    const reconnect = { delayMs: 3_600_000, maxDelayMs: 3_600_000, maxAttempts: 3 };
    const connection = createConnection({ socket, cacheDir: false, reconnect });
    afterThis(() => connection.destroy());
    await expect.poll(() => connection.state).toBe('backoff');
    await mock.start();
    await connection.ready();
  });
});
