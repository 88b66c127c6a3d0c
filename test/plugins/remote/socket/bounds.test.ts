/** Bounds of a client, and frames that are none: each refusal has a type and a reason, and the socket or the stream that it is about ends. */

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { implement } from '../../../../src/agent/operations/implement.js';
import { operation } from '../../../../src/agent/operations/operation.js';
import { policyPlugin } from '../../../../src/plugins/policy/plugin.js';
import { encodeCbor } from '../../../../src/remote/protocol/index.js';
import { fault } from '../../../../src/sdk/index.js';
import { taker } from '../../../agent/support.js';
import { eventually, READ, remoteWorld } from './world.js';

const EVENT = 'sw_interface_event';

describe('a frame that is none', () => {
  it.each([
    ['text that is no JSON', '{', /^a frame is JSON: /],
    ['no object', '[]', 'a frame is an object with a type'],
    ['no type', '{}', /^a frame has a type, one of open, close, request/],
    ['a type that there is not', '{"type":"__proto__"}', /^a frame has a type/],
    ['no id', '{"type":"request","channel":1,"message":"show_version"}', /^request: id: /],
    ['an id that is no number', '{"type":"cancel","id":"1"}', /^cancel: id: /],
    ['an id that is too large', '{"type":"credit","id":9007199254740993,"count":1}', /^credit: id: /],
    ['a credit that is none', '{"type":"credit","id":1,"count":-1}', /^credit: count: /],
    ['a member that it does not have', '{"type":"ping","x":1}', /^ping: .*"x"/],
    [
      'resume behind nothing, but with streams that are none',
      '{"type":"resume","session":"x","streams":[1]}',
      /^resume: streams\.0: /,
    ],
  ])('%s: closes the socket, and says why', async (_, text, reason) => {
    const { connect } = await remoteWorld();
    const client = await connect('json');
    client.socket.send(text);
    const { code, reason: said } = await client.untilClosed();
    expect(code).toBe(4400);
    expect(said).toMatch(reason);
  });

  it('a binary message with JSON, a text with CBOR, bytes that are no CBOR: close the socket', async () => {
    const { connect } = await remoteWorld();
    const [json, text, cut] = [await connect('json'), await connect('cbor'), await connect('cbor')];
    json.socket.send(encodeCbor({ type: 'ping' }));
    text.socket.send('{"type":"ping"}');
    cut.socket.send(encodeCbor({ type: 'ping' }).subarray(1));
    expect((await json.untilClosed()).reason).toBe('with vppmux.v1.json a frame is a text message');
    expect((await text.untilClosed()).reason).toBe('with vppmux.v1.cbor a frame is a binary message');
    expect((await cut.untilClosed()).reason).toMatch(/^a frame is CBOR: /);
  });

  it('wrong members of a frame that opens something: an error of its id or channel, and the socket goes on', async () => {
    const { connect } = await remoteWorld();
    const client = await connect('json');
    client.sendRaw({ type: 'request', id: 1, channel: 'x', message: 'show_version' });
    client.sendRaw({ type: 'request', id: 2, channel: 1, message: 'show_version', timeoutMs: -1 });
    client.sendRaw({ type: 'open', channel: 3, access: 'all' });
    client.sendRaw({ type: 'request', id: 4, channel: 1, message: 'show_version', fields: [1] });
    let deep: unknown = 0;
    for (let at = 0; at < 100; at++) deep = [deep];
    client.sendRaw({ type: 'call', id: 5, operation: 'x', input: { deep } });
    for (const [about, path] of [
      [1, 'channel'],
      [2, 'timeoutMs'],
      [3, 'access'],
      [4, 'fields'],
    ] as const) {
      expect(await client.next('error', about)).toMatchObject({ error: { code: 'BAD_REQUEST', path } });
    }
    expect(await client.next('error', 5)).toMatchObject({ error: { message: 'nested deeper than 64 levels' } });
    await client.settled();
  });

  it('an id or a channel that is in use: closes the socket', async () => {
    const { connect } = await remoteWorld();
    const [one, two] = [await connect('json'), await connect('json')];
    one.send({ type: 'open', channel: 1 }, { type: 'open', channel: 1 });
    expect(await one.untilClosed()).toEqual({ code: 4400, reason: 'open: channel 1 is open already' });
    two.send({ type: 'watch-state', id: 1 }, { type: 'table', id: 1 });
    expect(await two.untilClosed()).toEqual({ code: 4400, reason: 'table: id 1 is in use' });
  });

  it('credit and cancel of what has ended, close of what is not open: nothing bad', async () => {
    const { connect } = await remoteWorld();
    const client = await connect('json');
    client.send({ type: 'credit', id: 1, count: 1 }, { type: 'cancel', id: 1 }, { type: 'close', channel: 1 });
    expect(await client.next('closed')).toEqual({ type: 'closed', channel: 1, reason: 'it is not open' });
    await client.settled();
  });

  it('longer than frame-bytes: closes the socket with 1009', async () => {
    const { connect } = await remoteWorld({ remote: { 'frame-bytes': 2000 } });
    const client = await connect('json');
    expect((await client.next('hello')).limits.frameBytes).toBe(2000);
    client.socket.send('x'.repeat(2001));
    expect((await client.untilClosed()).code).toBe(1009);
  });
});

describe('bounds', () => {
  it('sockets of a caller: the next is closed', async () => {
    const { connect } = await remoteWorld({ remote: { 'max-sockets': 1 } });
    const one = await connect('json');
    const two = await connect('json');
    const { code, reason } = await two.untilClosed();
    expect([code, reason]).toEqual([4429, expect.stringContaining('max-sockets in remote.conf')]);
    const other = await connect('json', READ);
    await other.next('hello');
    one.socket.close();
    await one.untilClosed();
    await eventually(async () => {
      const next = await connect('json');
      await next.settled();
    });
  });

  it('channels and ids of a socket: the next is refused, until one ends', async () => {
    const { connect } = await remoteWorld({ remote: { 'max-channels': 1, 'max-ids': 2 } });
    const client = await connect('json');
    client.send({ type: 'open', channel: 1 }, { type: 'open', channel: 2 });
    expect(await client.next('error', 2)).toMatchObject({ channel: 2, error: { code: 'BUSY' } });
    client.send({ type: 'watch-state', id: 1 }, { type: 'events', id: 2, channel: 1, message: EVENT });
    client.send({ type: 'table', id: 3 });
    expect(await client.next('error', 3)).toMatchObject({
      error: { code: 'BUSY', message: expect.stringContaining('max-ids in remote.conf') },
    });
    client.send({ type: 'cancel', id: 1 }, { type: 'table', id: 3 }, { type: 'close', channel: 1 });
    await client.next('table', 3);
    client.send({ type: 'open', channel: 2 });
    await client.next('opened', 2);
  });

  it('dumps of a caller: the next waits, and subscriptions: the next is refused, whichever socket it comes from', async () => {
    const { connect } = await remoteWorld({ remote: { 'max-dumps': 1, 'max-streams': 1 } });
    const [one, two] = [await connect('json'), await connect('cbor')];
    const dump = { type: 'dump', id: 1, channel: 1, message: 'sw_interface_dump' } as const;
    const events = { type: 'events', id: 2, channel: 1, message: EVENT } as const;
    one.send({ type: 'open', channel: 1 }, dump, events);
    await one.next('ready', 2);
    two.send({ type: 'open', channel: 1 }, { ...dump, timeoutMs: 50 }, events);
    expect(await two.next('error', 2)).toMatchObject({ error: { code: 'RATE_LIMITED', outcome: 'not-sent' } });
    expect(await two.next('error', 1)).toMatchObject({
      error: { code: 'BUSY', outcome: 'not-sent', message: expect.stringContaining('max-dumps') },
    });
    two.send({ ...dump, id: 3, timeoutMs: 60_000, credit: 10 }, { ...dump, id: 4, timeoutMs: 60_000, credit: 10 });
    two.send({ type: 'cancel', id: 4 });
    await two.next('end', 4);
    one.socket.close();
    await two.next('details', 3);
    await two.next('end', 3);
  });

  it('streams of counters of a caller: the next is refused, whichever socket it comes from', async () => {
    const { connect } = await remoteWorld({ remote: { 'max-counters': 1 } });
    const [one, two] = [await connect('json'), await connect('cbor')];
    one.send({ type: 'stats', id: 1, patterns: ['/sys'] });
    await one.settled();
    two.send({ type: 'stats', id: 1, patterns: ['/sys'] });
    expect(await two.next('error', 1)).toMatchObject({
      error: { code: 'RATE_LIMITED', message: expect.stringContaining('max-counters in remote.conf') },
    });
    one.send({ type: 'cancel', id: 1 });
    await one.next('end', 1);
    two.send({ type: 'stats', id: 1, patterns: ['/sys'] }, { type: 'cancel', id: 1 });
    await two.next('end', 1);
  });

  it('credit: more than a stream may have open ends it', async () => {
    const { connect } = await remoteWorld({ remote: { 'max-credit': 10 } });
    const client = await connect('json');
    client.send({ type: 'open', channel: 1 });
    const dump = { type: 'dump', channel: 1, message: 'ip_route_v2_dump', fields: {} } as const;
    client.send({ ...dump, id: 1, credit: 11 }, { type: 'events', id: 2, channel: 1, message: EVENT, credit: 10 });
    expect(await client.next('error', 1)).toMatchObject({ error: { code: 'BAD_REQUEST', path: 'credit' } });
    client.send({ type: 'credit', id: 2, count: 1 });
    expect(await client.next('error', 2)).toMatchObject({
      error: { message: 'a stream may have a credit of 10 open (max-credit in remote.conf), not 10 and 1' },
    });
  });

  it('replyBytes of a channel: at most max-buffer', async () => {
    const { connect } = await remoteWorld({ remote: { 'max-buffer': 100_000 } });
    const client = await connect('json');
    client.send({ type: 'open', channel: 1, replyBytes: 100_001 });
    expect(await client.next('error', 1)).toMatchObject({ channel: 1, error: { code: 'BAD_OPTION' } });
  });

  it.each(['json', 'cbor'] as const)(
    'dumps without credit: hold up no other one of their caller (%s)',
    async (form) => {
      const { connect, url } = await remoteWorld({ mock: { routes: 1000 }, remote: { 'buffer-bytes': 1_000_000 } });
      const client = await connect(form, {});
      client.send({ type: 'open', channel: 1, name: 'unread' });
      for (let id = 1; id <= 16; id++) {
        client.send({ type: 'dump', id, channel: 1, message: 'ip_route_v2_dump', credit: 0, packed: form === 'cbor' });
      }
      await client.settled();
      const answer = await fetch(`${url}/vpp/sw_interface_dump`);
      expect(await answer.text()).toContain('local0');
      client.send({ type: 'dump', id: 17, channel: 1, message: 'sw_interface_dump', credit: 100 });
      await client.next('end', 17);
    },
  );

  it('replyBuffer of a channel: at most a million', async () => {
    const { connect } = await remoteWorld();
    const client = await connect('json');
    client.send({ type: 'open', channel: 1, replyBuffer: 1_048_577 });
    expect(await client.next('error', 1)).toMatchObject({
      ...{ channel: 1, error: { code: 'BAD_REQUEST', path: 'replyBuffer' } },
    });
    client.send({ type: 'open', channel: 1, replyBuffer: 1_048_576 });
    await client.next('opened', 1);
  });

  it('replyBuffer: a dump whose reader gives no credit fails with REPLY_OVERFLOW', async () => {
    const { connect } = await remoteWorld({ mock: { routes: 5000 } });
    const client = await connect('json');
    client.send({ type: 'open', channel: 1, replyBuffer: 10 });
    client.send({
      ...{ type: 'dump', id: 1, channel: 1, credit: 1 },
      message: 'ip_route_v2_dump',
      fields: { table: {} },
    });
    await client.next('details', 1);
    client.send({ type: 'credit', id: 1, count: 10_000 });
    expect(await client.next('error', 1)).toMatchObject({
      error: { code: 'REPLY_OVERFLOW', arrived: expect.any(Number), outcome: 'unknown' },
    });
  });

  it('events that nobody takes: become a gap', async () => {
    const { connect, mock } = await remoteWorld();
    const client = await connect('json');
    client.send({ type: 'open', channel: 1, replyBuffer: 3 }, { type: 'events', id: 1, channel: 1, message: EVENT });
    await client.next('ready', 1);
    for (let at = 0; at < 10; at++) mock.emit(EVENT, { sw_if_index: at, flags: 0, deleted: false });
    await client.settled();
    client.send({ type: 'open', channel: 2 });
    await client.ask(9, 'show_version', {}, 2);
    client.send({ type: 'credit', id: 1, count: 100 });
    const items = () => client.frames.flatMap((frame) => (frame.type === 'events' ? frame.items : []));
    await eventually(() => expect(items()).toHaveLength(4));
    expect(items()[3]).toEqual({ gap: 7 });
  });

  it('a share of calls: the socket is held back, and nothing is refused', async () => {
    const { connect } = await remoteWorld({ remote: { 'calls-per-second': 20 } });
    const client = await connect('json');
    client.send({ type: 'open', channel: 1 });
    for (let id = 0; id < 30; id++) client.send({ type: 'request', id, channel: 1, message: 'show_version' });
    await eventually(() => expect(client.frames.filter(({ type }) => type === 'reply')).toHaveLength(30));
  });
});

describe('access', () => {
  it('a reader: reads, and neither opens a channel to write nor writes', async () => {
    const { connect } = await remoteWorld();
    const client = await connect('json', READ);
    client.send({ type: 'open', channel: 1, access: 'write' }, { type: 'open', channel: 2 });
    expect(await client.next('error', 1)).toMatchObject({ channel: 1, error: { code: 'READ_ONLY' } });
    expect(await client.ask(1, 'show_version', {}, 2)).toMatchObject({ type: 'reply' });
    expect(await client.ask(2, 'create_loopback', {}, 2)).toMatchObject({
      error: { code: 'READ_ONLY', outcome: 'not-sent' },
    });
  });

  it('no token: is not let in', async () => {
    const { connect } = await remoteWorld({ http: { 'loopback-access': 'none' } });
    await expect(connect('json', {})).rejects.toThrow('401');
  });

  it('a ticket: lets a page in once, which can send no Authorization', async () => {
    const { connect, url } = await remoteWorld({ http: { 'loopback-access': 'none' } });
    const answer = await fetch(`${url}/ws/ticket`, { method: 'POST', headers: READ.headers });
    const { ticket } = (await answer.json()) as { ticket: string };
    expect((await fetch(`${url}/ws/ticket`, { method: 'POST' })).status).toBe(401);
    const headers = { 'sec-websocket-protocol': `vppmux.v1.cbor, ${ticket}` };
    const client = await connect(undefined, { headers }).catch((error: Error) => error.message);
    // This client asks for no subprotocol, and so refuses the one it gets.
    expect(client).toBe('Server sent a subprotocol but none was requested');
    await expect(connect(undefined, { headers })).rejects.toThrow('401');
  });

  it('the policy: names the caller as plugin, and refuses what it says', async () => {
    const { connect } = await remoteWorld({
      plugins: [policyPlugin],
      policy: { rules: [{ plugins: ['remote/read-token'], messages: ['show_version'], action: 'refuse' }] },
    });
    const [reader, writer] = [await connect('json', READ), await connect('json')];
    for (const client of [reader, writer]) client.send({ type: 'open', channel: 1 });
    expect(await writer.ask(1, 'show_version')).toMatchObject({ type: 'reply' });
    expect(await reader.ask(1, 'show_version')).toMatchObject({ error: { code: 'REFUSED', outcome: 'not-sent' } });
  });
});

describe('a call', () => {
  const count = operation({
    ...{ name: 'test.count', access: 'write', summary: 'Count' },
    input: z.object({ to: z.int().default(3) }),
    output: z.object({ counted: z.number() }),
  });
  const wait = operation({
    ...{ name: 'test.wait', access: 'read', summary: 'Wait' },
    input: z.object({}),
    output: z.object({}),
  });
  const bigint = operation({
    ...{ name: 'test.bigint', access: 'read', summary: 'Give what JSON has no form for' },
    input: z.object({}),
    output: z.unknown(),
  });
  const aborted: unknown[] = [];
  const { plugin } = taker({}, 'test', () => ({
    operations: [
      implement(count, async (context, { to }) => {
        if (to > 100) throw fault('ERANGE', 'too far', { path: 'to' });
        context.progress(1, to);
        return { counted: to };
      }),
      implement(bigint, () => 5n),
      implement(wait, (context) => {
        return new Promise((_, reject) => {
          context.signal.addEventListener('abort', () => {
            aborted.push(context.client.via);
            reject(context.signal.reason);
          });
        });
      }),
    ],
  }));

  it.each(['json', 'cbor'] as const)('%s: its result, its progress, or why it failed', async (form) => {
    const { connect } = await remoteWorld({ plugins: [plugin] });
    const [client, reader] = [await connect(form), await connect(form, READ)];
    client.send({ type: 'call', id: 1, operation: 'test.count', input: { to: 5 }, progress: true });
    expect(await client.next('progress', 1)).toEqual({ type: 'progress', id: 1, progress: { done: 1, total: 5 } });
    expect(await client.next('result', 1)).toEqual({ type: 'result', id: 1, output: { counted: 5 } });
    client.send({ type: 'call', id: 1, operation: 'test.count', input: { to: 101 } });
    expect(await client.next('error', 1)).toMatchObject({
      error: { code: 'ERANGE', message: expect.stringContaining('too far'), path: 'to', operation: 'test.count' },
    });
    client.send({ type: 'call', id: 1, operation: 'test.cuont' });
    expect(await client.next('error', 1)).toMatchObject({ error: { code: 'UNKNOWN_OPERATION' } });
    client.send({ type: 'call', id: 1, operation: 'test.count', input: { to: 'x'.repeat(70_000) } });
    expect(await client.next('error', 1)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('more than 65536 characters') },
    });
    reader.send({ type: 'call', id: 1, operation: 'test.count' });
    expect(await reader.next('error', 1)).toMatchObject({ error: { code: 'READ_ONLY' } });
  });

  it('an output that has no form: an error, and the socket goes on', async () => {
    const { connect } = await remoteWorld({ plugins: [plugin] });
    const client = await connect('json');
    client.send({ type: 'call', id: 1, operation: 'test.bigint' });
    expect(await client.next('error', 1)).toMatchObject({
      error: { code: 'FAILED', message: expect.stringContaining('a result cannot be written for vppmux.v1.json: ') },
    });
    await client.settled();
  });

  it('given up, or its socket gone: the operation is aborted', async () => {
    const { connect } = await remoteWorld({ plugins: [plugin] });
    const client = await connect('json');
    aborted.length = 0;
    client.send({ type: 'call', id: 1, operation: 'test.wait' }, { type: 'call', id: 2, operation: 'test.wait' });
    await client.settled();
    client.send({ type: 'cancel', id: 1 });
    await client.next('end', 1);
    await eventually(() => expect(aborted).toEqual(['remote']));
    client.socket.terminate();
    await eventually(() => expect(aborted).toEqual(['remote', 'remote']));
  });
});
