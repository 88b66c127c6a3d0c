/** Bytes in and out: split, merged, empty, short, unknown, and VPP's silence about it. */
import { describe, expect, it } from 'vitest';
import { mockAndClient, rawClient, testMock, until } from '../../support/mock.js';
import { frameOf } from '../../support/raw-client.js';

describe('frames in', () => {
  it('split at every byte: put together again', async () => {
    const { client } = await mockAndClient();
    const { body, context } = client.body('show_version');
    for (const byte of frameOf(body)) {
      client.send(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.message()).fields).toMatchObject({ context, retval: 0, program: 'vpe' });
  });

  it('a thousand in one write: answered in order', async () => {
    const { client } = await mockAndClient();
    const bodies = Array.from({ length: 1000 }, (_, i) =>
      frameOf(client.body('control_ping', { context: i + 1 }).body),
    );
    client.send(Buffer.concat(bodies));
    for (let i = 1; i <= 1000; i++) expect((await client.message()).fields.context).toBe(i);
  });

  it('split in the middle of a run: the rest waits for its end', async () => {
    const { client } = await mockAndClient();
    const frames = Buffer.concat([1, 2, 3].map((context) => frameOf(client.body('control_ping', { context }).body)));
    client.send(frames.subarray(0, 40));
    expect((await client.message()).fields.context).toBe(1);
    client.send(frames.subarray(40));
    expect((await client.message()).fields.context).toBe(2);
    expect((await client.message()).fields.context).toBe(3);
  });

  it('any bytes around the length: only the length counts', async () => {
    const { client } = await mockAndClient();
    const frame = frameOf(client.body('control_ping', { context: 9 }).body);
    frame.fill(0xff, 0, 8);
    frame.fill(0xff, 12, 16);
    client.send(frame);
    expect((await client.message()).fields.context).toBe(9);
  });
});

describe('as VPP: no answer, and the connection goes on', () => {
  it.each([
    ['an empty frame', Buffer.alloc(0)],
    ['a frame of one byte', Buffer.from([0])],
    ['an unknown id', Buffer.from([0xff, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['id 0', Buffer.alloc(20)],
  ])('%s', async (_, body) => {
    const { client } = await mockAndClient();
    client.sendBody(body);
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('a body shorter than its definition', async () => {
    const { mock, client } = await mockAndClient();
    const { body } = client.body('sw_interface_set_flags', { sw_if_index: 0, flags: 1 });
    for (let length = 2; length < body.length; length++) client.sendBody(body.subarray(0, length));
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.dataplane.interfaceAt(0).adminUp).toBe(false);
  });

  it('a counted array with fewer elements than its count', async () => {
    const { client } = await mockAndClient();
    const route = { prefix: '192.0.2.0/24', paths: [{ sw_if_index: 0 }, { sw_if_index: 0 }] };
    const { body } = client.body('ip_route_add_del_v2', { is_add: true, route });
    client.sendBody(body.subarray(0, body.length - 1));
    const { body: other } = client.body('cli_inband', { cmd: 'show version' });
    client.sendBody(other.subarray(0, other.length - 3));
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('a reply sent as a request', async () => {
    const { client } = await mockAndClient();
    client.post('show_version_reply');
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('a body longer than its definition: accepted', async () => {
    const { client } = await mockAndClient();
    const { body } = client.body('control_ping', { context: 5 });
    client.sendBody(Buffer.concat([body, Buffer.alloc(33, 7)]));
    expect((await client.message()).fields.context).toBe(5);
  });

  it('a length of 2 GiB: that connection is never answered again, others go on', async () => {
    const { mock, client } = await mockAndClient();
    const other = await rawClient(mock);
    client.send(frameOf(Buffer.alloc(0), 0x80000000));
    client.post('control_ping');
    expect(await other.answersOnlyPing()).toBe(true);
    client.post('control_ping');
    expect(await other.answersOnlyPing()).toBe(true);
    expect(client.pending).toBe(0);
    expect(client.closed).toBe(false);
  });
});

describe('client_index', () => {
  it('an unknown one: the request is done, but not answered', async () => {
    const { mock, client } = await mockAndClient();
    client.post('sw_interface_set_flags', { client_index: 0x80001234, sw_if_index: 0, flags: 1 });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.dataplane.interfaceAt(0).adminUp).toBe(true);
  });

  it("another client's: the answer goes to that client", async () => {
    const { mock, client } = await mockAndClient();
    const other = await rawClient(mock);
    client.post('control_ping', { client_index: other.index, context: 41 });
    expect((await other.message()).fields.context).toBe(41);
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('dumps to another client: complete', async () => {
    const { mock, client } = await mockAndClient({ routes: 5000 });
    const other = await rawClient(mock);
    client.post('ip_route_v2_dump', { client_index: other.index, table: { table_id: 0 } });
    await until(() => other.pending === 5005);
    expect(await client.answersOnlyPing()).toBe(true);
  });
});

it('frame headers out: garbage around the length, the same every time', async () => {
  const mock = await testMock();
  const client = await rawClient(mock);
  const headers: string[] = [];
  client.socket.on('data', (chunk: Buffer) => headers.push(chunk.subarray(0, 16).toString('hex')));
  await client.ask('control_ping');
  await client.ask('control_ping');
  expect(headers[0]).toMatch(/^(?!0{16})[0-9a-f]{16}00000012(?!0{8})[0-9a-f]{8}$/);
  expect(headers[1]).toBe(headers[0]);
});
