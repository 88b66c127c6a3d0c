/** The frames of /ws over a real socket, in both forms. */

import { describe, expect, it } from 'vitest';
import { eventually, READ, remoteWorld } from './world.js';

const SHOWN = { type: 'reply', fields: { program: 'vpe', version: '26.06-mock' } };

describe.each(['json', 'cbor'] as const)('%s', (form) => {
  it('hello: comes first, and says what the socket may', async () => {
    const { connect, mux } = await remoteWorld();
    const client = await connect(form, READ);
    const hello = await client.next('hello');
    expect(hello).toMatchObject({
      ...{ protocol: 1, access: 'read', caller: 'read-token', resumeMs: 30_000 },
      state: { state: 'ready', generation: 1, socket: mux.status.socket, tableHash: mux.tableHash },
      limits: { frameBytes: 1_048_576, channels: 256, streams: 4096, credit: 65_536, replyTimeoutMs: 5000 },
    });
    expect(hello.session).toMatch(/^[\w-]{43}$/);
    expect(client.socket.protocol).toBe(`vppmux.v1.${form}`);
  });

  it('a request: its reply, in the form of the subprotocol', async () => {
    const { connect, mux } = await remoteWorld();
    const client = await connect(form);
    client.send({ type: 'open', channel: 1, name: 'probe', requestBuffer: 10 });
    const { number } = await client.next('opened');
    expect(mux.stats().perChannel.find(({ id }) => id === number)).toMatchObject({
      owner: 'remote/write-token',
      name: 'probe (write-token at 127.0.0.1)',
      access: 'write',
    });
    expect(await client.ask(1, 'show_version')).toMatchObject({ id: 1, ...SHOWN });
    const loopback = await client.ask(2, 'create_loopback', { mac_address: 'de:ad:00:00:00:42' });
    expect(loopback).toMatchObject({ type: 'reply', fields: { retval: 0, sw_if_index: 1 } });
  });

  it('a refusal by VPP: an error with number, name and the whole reply', async () => {
    const { connect } = await remoteWorld();
    const client = await connect(form);
    client.send({ type: 'open', channel: 1 });
    const fields = { sw_if_index: 99, flags: 1 };
    expect(await client.ask(1, 'sw_interface_set_flags', fields)).toMatchObject({
      ...{ type: 'error', id: 1 },
      error: { code: 'RETVAL', retval: -2, retvalName: 'INVALID_SW_IF_INDEX', reply: { retval: -2 } },
    });
    client.send({
      ...{ type: 'request', id: 1, channel: 1 },
      message: 'sw_interface_set_flags',
      fields,
      anyRetval: true,
    });
    expect(await client.next('reply')).toMatchObject({ id: 1, fields: { retval: -2 } });
  });

  it('wrong fields, an unknown message, a channel that is not open: errors, and the socket goes on', async () => {
    const { connect } = await remoteWorld();
    const client = await connect(form);
    client.send({ type: 'open', channel: 1 });
    expect(await client.ask(1, 'create_loopback', { mac_adress: '' })).toMatchObject({
      error: { code: 'BAD_FIELD', path: 'mac_adress', nearest: ['mac_address'] },
    });
    expect(await client.ask(2, 'show_versio')).toMatchObject({ error: { code: 'UNKNOWN_MESSAGE' } });
    expect(await client.ask(3, 'show_version', {}, 7)).toMatchObject({
      error: { code: 'CHANNEL_CLOSED', outcome: 'not-sent' },
    });
    expect(await client.ask(4, 'show_version')).toMatchObject(SHOWN);
  });

  it('a dump: rows as far as the credit goes, then the end', async () => {
    const setup = {
      setup: (dataplane: { addLoopback(): void }) => void [1, 2, 3, 4].map(() => dataplane.addLoopback()),
    };
    const { connect } = await remoteWorld({ mock: setup as never });
    const client = await connect(form);
    client.send({ type: 'open', channel: 1 }, { type: 'dump', id: 1, channel: 1, message: 'sw_interface_dump' });
    await client.settled();
    const rows = () => client.frames.flatMap((frame) => (frame.type === 'details' ? frame.rows : []));
    expect(rows()).toEqual([]);
    client.send({ type: 'credit', id: 1, count: 2 });
    await eventually(() => expect(rows()).toHaveLength(2));
    await client.settled();
    expect(rows()).toHaveLength(2);
    client.send({ type: 'credit', id: 1, count: 100 });
    expect(await client.next('end')).toEqual({ type: 'end', id: 1 });
    expect(rows()).toMatchObject([0, 1, 2, 3, 4].map((index) => ({ sw_if_index: index })));
    expect(rows()[0].link_speed).toBe(0);
  });

  it('events: ready, then items with their numbers as far as the credit goes', async () => {
    const { connect, mock } = await remoteWorld();
    const client = await connect(form);
    client.send(
      { type: 'open', channel: 1 },
      { type: 'events', id: 1, channel: 1, message: 'sw_interface_event', credit: 1 },
    );
    await client.next('ready');
    for (let at = 0; at < 3; at++) mock.dataplane.addLoopback();
    mock.dataplane.setAdmin(1, true);
    mock.dataplane.setAdmin(2, true);
    const first = await client.next('events');
    expect(first).toMatchObject({ id: 1, seq: 1, items: [{ event: { sw_if_index: expect.any(Number) } }] });
    await client.settled();
    expect(client.frames.map(({ type }) => type)).toEqual(['hello', 'opened']);
    client.send({ type: 'credit', id: 1, count: 100 });
    expect(await client.next('events')).toMatchObject({ seq: 2 });
    client.send({ type: 'cancel', id: 1 });
    expect(await client.next('end')).toEqual({ type: 'end', id: 1 });
    await eventually(() => expect(mock.clients[0].wants).not.toContain('want_interface_events'));
  });

  it('close of a channel: what runs in it ends, and all others go on', async () => {
    const { connect, mux } = await remoteWorld();
    const client = await connect(form);
    client.send({ type: 'open', channel: 1 }, { type: 'open', channel: 2 });
    client.send({ type: 'dump', id: 1, channel: 1, message: 'sw_interface_dump' });
    client.send({ type: 'events', id: 2, channel: 1, message: 'sw_interface_event' });
    await client.next('ready', 2);
    client.send({ type: 'close', channel: 1 });
    expect(await client.next('closed')).toEqual({ type: 'closed', channel: 1, reason: 'the client closed it' });
    expect(await client.next('error', 1)).toMatchObject({ error: { code: 'CHANNEL_CLOSED' } });
    expect(await client.next('end', 2)).toEqual({ type: 'end', id: 2 });
    expect(await client.ask(3, 'show_version', {}, 2)).toMatchObject(SHOWN);
    expect(mux.stats().perChannel.filter(({ owner }) => owner === 'remote/write-token')).toHaveLength(1);
  });

  it('state and table: now, and the state at every change', async () => {
    const { connect, mux, mock } = await remoteWorld();
    const client = await connect(form);
    client.send({ type: 'watch-state', id: 1 }, { type: 'table', id: 2 });
    expect(await client.next('state')).toMatchObject({ id: 1, state: { state: 'ready' } });
    const table = await client.next('table');
    expect(table).toMatchObject({ id: 2, tableHash: mux.tableHash });
    expect(table.names).toContain('show_version');
    await mock.stop();
    await eventually(async () => expect((await client.next('state')).state.state).toBe('backoff'));
  });
});
