/** Frames on their way: everything that VPP and its clients put into them stays, but for index, context and id. */
import { expect, it } from 'vitest';
import type { Fields } from '../../../src/mux/index.js';
import { siblingReplies } from '../../../src/mux/quirks/sibling-replies.js';
import { ownSchema, until } from '../../support/mock.js';
import { frameOf, RawClient } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

/** Contexts as clients count them: Go's with channel and flags, C's with bit 31, Python's from 1, Rust's that is always 42. */
const CONTEXTS = [0, 1, 42, 0x7fffffff, 0x80000000, 0x80000001, 0xfeedface, 0xffffffff, 0x00020001];

it.each(CONTEXTS)('context %i: comes back bit by bit', async (context) => {
  const { client } = await relayWorld();
  const one = await client();
  expect((await one.ask('show_version', { context })).context).toBe(context);
  const details = await one.dump('sw_interface_dump', { context });
  expect(details.map((each) => each.context)).toEqual(details.map(() => context));
  expect(details.length).toBeGreaterThan(0);
});

it('many clients with the same contexts: each gets its own answers', async () => {
  const { mock, client } = await relayWorld();
  mock.handle('cli_inband', ({ cmd }: Fields) => ({ reply: `said ${cmd}` }));
  const clients = await Promise.all(Array.from({ length: 10 }, (_, i) => client(`c${i}`)));
  for (const [i, one] of clients.entries()) {
    for (const context of CONTEXTS) one.post('cli_inband', { cmd: `${i} ${context}`, context });
  }
  for (const [i, one] of clients.entries()) {
    for (const context of CONTEXTS) {
      const { fields } = await one.message();
      expect(fields).toMatchObject({ context, reply: `said ${i} ${context}` });
    }
  }
});

it('VPP: sees its own ids, one client index, and no context twice', async () => {
  const { mock, client } = await relayWorld();
  const [a, b] = [await client('a'), await client('b')];
  mock.forget();
  for (let i = 0; i < 5; i++) await Promise.all([a, b].map((one) => one.ask('show_version', { context: 7 })));
  const seen = mock.receivedMessages('show_version').map(({ fields }) => fields);
  expect(mock.clients).toHaveLength(1);
  expect(new Set(seen.map((fields) => fields.client_index))).toEqual(new Set([mock.clients[0].registration]));
  expect(new Set(seen.map(({ context }) => context)).size).toBe(10);
});

it('a body: everything else reaches VPP as it was sent, bytes behind the definition too', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  const bodies: Buffer[] = [];
  mock.handle('sw_interface_tag_add_del', ((_fields: Fields, { bytes, start, end }: never) => {
    bodies.push(Buffer.from((bytes as Buffer).subarray(start, end)));
    return {};
  }) as never);
  const { body } = one.body('sw_interface_tag_add_del', { is_add: true, sw_if_index: 0xdeadbeef, tag: 'käse' });
  const longer = Buffer.concat([body, Buffer.from('garbage')]);
  one.sendBody(longer);
  await one.message();
  expect(bodies[0].subarray(10).equals(longer.subarray(10))).toBe(true);
});

it('a reply: the client gets what VPP sent, byte by byte, but for the context', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  const direct = await RawClient.connect(mock.socket, await ownSchema());
  afterThis(() => direct.close());
  for (const name of ['show_version', 'sw_interface_get_table']) {
    const body = async (from: RawClient) => {
      from.post(name, { context: 0x80000005 });
      return from.next();
    };
    expect((await body(one)).equals(await body(direct))).toBe(true);
  }
});

it('a reply of VPP that is too short, or too long: is passed on as it is', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  mock.misbehave({ truncate: { messages: 'show_version_reply', bytes: 8 } });
  one.post('show_version', { context: 3 });
  const short = await one.next();
  mock.behave();
  mock.misbehave({ trailing: { messages: 'show_version_reply', bytes: 8 } });
  one.post('show_version', { context: 4 });
  const long = await one.next();
  expect([short.readUInt32BE(2), long.readUInt32BE(2), long.length - short.length]).toEqual([3, 4, 16]);
});

it.each(['control_ping', 'acl_plugin_control_ping', 'dhcp_plugin_control_ping'])(
  'the reply to %s: has the pid of VPP, and the index of the client where VPP puts that of the connection',
  async (name) => {
    const { mock, client } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    // VPP itself leaves the field as it finds it.
    mock.handle(name, (_fields, { client: at }) => ({ client_index: at.registration, vpe_pid: mock.pid }));
    for (const one of [a, b]) {
      expect(await one.ask(name)).toMatchObject({ retval: 0, vpe_pid: mock.pid, client_index: one.index });
    }
    mock.handle(name, () => ({ client_index: 0x80004711, vpe_pid: mock.pid }));
    expect((await a.ask(name)).client_index).toBe(0x80004711);
  },
);

it('details with the client index in front of the context: both are those of the client', async () => {
  const { mock, client } = await relayWorld();
  await client('other');
  const one = await client();
  mock.handle('ip_mtable_dump', () => undefined);
  one.post('ip_mtable_dump', { context: 0x80000000 });
  await until(() => mock.received('ip_mtable_dump') === 1);
  const [{ fields }] = mock.receivedMessages('ip_mtable_dump');
  mock.inject('ip_mtable_details', {}, Number(fields.context));
  expect(await one.message()).toMatchObject({
    name: 'ip_mtable_details',
    fields: { client_index: one.index, context: 0x80000000 },
  });
});

it('answers of VPP under another name, and under a wrong id: reach the client as they are', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  mock.misbehave({ wrongType: { messages: 'show_version', reply: 'cli_inband_reply' } });
  one.post('show_version', { context: 77 });
  const { name, fields } = await one.message();
  expect([name, fields.context]).toEqual(['cli_inband_reply', 77]);
});

it("VPP's bugs, a sibling's name, a wrong id, garbage in a refusal: the client gets the bytes that one of VPP itself gets", async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  const direct = await RawClient.connect(mock.socket, await ownSchema());
  afterThis(() => direct.close());
  mock.misbehave({ vppBugs: true });
  const requests: [name: string, fields: Fields][] = [
    ...siblingReplies.map(([name]): [string, Fields] => [name, {}]),
    ['create_loopback_instance', { is_specified: true, user_instance: 0xffffffff }],
    ['sw_interface_get_table', { sw_if_index: 77 }],
    ['ip6nd_proxy_dump', {}],
  ];
  mock.handle('ip6nd_proxy_dump', () => [{ sw_if_index: 3 }]);
  const served = requests.filter(([name]) => one.ids.has(name));
  expect(served.length).toBeGreaterThan(4);
  for (const [name, fields] of served) {
    if (name.endsWith('_input_v2')) mock.handle(name, () => ({}));
    const bytes = async (from: RawClient) => {
      from.post(name, { ...fields, context: 0x80000007 });
      return (await from.next()).toString('hex');
    };
    expect([name, await bytes(one)]).toEqual([name, await bytes(direct)]);
  }
});

it('the index with its bytes turned round, as some C clients send it: is taken', async () => {
  const { client } = await relayWorld();
  const one = await client();
  const { body, context } = one.body('show_version');
  body.writeUInt32LE(one.index, 2);
  one.sendBody(body);
  expect((await one.message()).fields).toMatchObject({ retval: 0, context });
});

it('a frame in pieces of one byte, and many in one write: are the same', async () => {
  const { client } = await relayWorld();
  const one = await client();
  one.socket.setNoDelay();
  const frames = [1, 2, 3].map((context) => frameOf(one.body('control_ping', { context }).body));
  for (const byte of frames[0]) {
    one.send(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await one.message()).fields.context).toBe(1);
  one.send(Buffer.concat([...frames, ...frames]));
  const contexts = [];
  for (let i = 0; i < 6; i++) contexts.push((await one.message()).fields.context);
  expect(contexts).toEqual([1, 2, 3, 1, 2, 3]);
});

it('a header with anything around the length: is taken', async () => {
  const { client } = await relayWorld();
  const one = await client();
  const frame = frameOf(one.body('control_ping', { context: 8 }).body);
  frame.fill(0xa5, 0, 8);
  frame.fill(0x5a, 12, 16);
  one.send(frame);
  expect((await one.message()).fields.context).toBe(8);
});

it('a program beside the clients: neither gets what is for the other', async () => {
  const { connection, client, mock } = await relayWorld();
  const one = await client();
  const channel = connection.channel();
  mock.handle('cli_inband', ({ cmd }: Fields) => ({ reply: String(cmd) }));
  const own = Array.from({ length: 50 }, (_, i) => channel.request('cli_inband', { cmd: `own ${i}` }));
  for (let i = 0; i < 50; i++) one.post('cli_inband', { cmd: `raw ${i}` });
  for (let i = 0; i < 50; i++) expect((await one.message()).fields.reply).toBe(`raw ${i}`);
  const replies = await Promise.all(own);
  expect(replies.map(({ reply }) => reply)).toEqual(replies.map((_, i) => `own ${i}`));
});

it('a request that VPP answers to nobody: leaves the tables, and the next ones are answered', async () => {
  const { mock, connection, client } = await relayWorld();
  const one = await client();
  mock.misbehave({ silent: { messages: 'show_version' } });
  one.post('show_version');
  await until(() => mock.received('show_version') > 1);
  expect((await one.ask('control_ping')).retval).toBe(0);
  await until(() => connection.stats().inFlight === 0);
});
