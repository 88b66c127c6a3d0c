/** Behaviour of a connection over a real socket: its ends, its limits, its traces. */
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connect, createConnection, type TraceEntry } from '../../src/mux/index.js';
import { scratch } from '../support/vpp.js';
import { afterThis, world } from '../support/world.js';

describe('connection', () => {
  it('destroy: everything in flight fails with the cause, streams end with it, states() completes', async () => {
    const { mock, connection } = await world();
    mock.misbehave({ silent: { messages: 'show_version' } });
    const ch = connection.channel();
    const events = ch.events('sw_interface_event');
    await events.ready();
    const stream = events[Symbol.asyncIterator]().next();
    const reply = ch.request('show_version');
    const states = new Promise<void>((resolve) => connection.states().subscribe({ complete: resolve }));
    const cause = new Error('the operator pulled the plug');
    connection.destroy(cause);
    await expect(reply).rejects.toMatchObject({
      code: 'CLOSED',
      outcome: 'unknown',
      message: expect.stringContaining(cause.message),
    });
    await expect(stream).rejects.toMatchObject({ code: 'CLOSED', cause });
    await states;
    expect(connection.status).toMatchObject({ state: 'closed', reason: expect.stringContaining(cause.message) });
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'CLOSED', outcome: 'not-sent', cause });
    connection.destroy();
    await connection.close();
  });

  it('close while VPP is away, twice, or before it was ever there: resolves', async () => {
    const { mock, connection } = await world();
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    await Promise.all([connection.close(), connection.close()]);
    const { path, remove } = scratch();
    afterThis(remove);
    const never = createConnection({ socket: path('none') });
    await never.close();
    expect([connection.state, never.state]).toEqual(['closed', 'closed']);
    await expect(never.ready()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('close with a request that is never answered: ends within its time, the request fails typed', async () => {
    const { mock, connection } = await world();
    mock.misbehave({ silent: { messages: 'show_version' } });
    const reply = connection.channel().request('show_version');
    const failed = expect(reply).rejects.toMatchObject({ code: 'CLOSED', outcome: 'unknown' });
    await connection.close({ timeoutMs: 400 });
    await failed;
  });

  it('a frame over maxFrameBytes: FRAME_TOO_LARGE, and connected again', async () => {
    const { mock, connection } = await world({ maxFrameBytes: 1 << 20 });
    mock.misbehave({ oversize: { messages: 'show_version', count: 1 } });
    await expect(connection.channel().request('show_version')).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' });
    await connection.ready();
    await expect.poll(() => connection.status.generation).toBe(2);
  });

  it('something else behind the socket: HANDSHAKE_FAILED or FRAME_TOO_LARGE, no hang', async () => {
    const { path, remove } = scratch();
    const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n\r\n'));
    afterThis(remove, () => server.close());
    await new Promise<void>((resolve) => server.listen(path('odd.sock'), resolve));
    await expect(connect({ socket: path('odd.sock') })).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' });
  });

  it('traces: each message both ways, with what is beyond its definition', async () => {
    const entries: TraceEntry[] = [];
    const { mock, connection } = await world({ trace: (entry) => entries.push(entry) });
    mock.misbehave({ trailing: { messages: 'show_version', bytes: 5 } });
    await expect.poll(() => connection.status.pid).toBeDefined();
    entries.length = 0;
    await connection.channel().request('show_version');
    expect(entries.map(({ direction, name, trailing }) => [direction, name, trailing])).toEqual([
      ['out', 'show_version', 0],
      ['in', 'show_version_reply', 5],
    ]);
    expect(entries[0].context).toBe(entries[1].context);
    expect(connection.stats().trailingBytes).toBeGreaterThanOrEqual(5);
  });

  it('options out of range: BAD_OPTION with the name', () => {
    for (const [options, path] of [
      [{ replyTimeoutMs: 0 }, 'replyTimeoutMs'],
      [{ health: { threshold: 0 } }, 'health.threshold'],
      [{ channel: { requestBuffer: 1.5 } }, 'channel.requestBuffer'],
      [{ reconnect: { maxAttempts: -1 } }, 'reconnect.maxAttempts'],
    ] as const) {
      expect(() => createConnection(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', path }));
    }
  });
});
