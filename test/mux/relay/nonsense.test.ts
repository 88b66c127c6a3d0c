/** Clients that send nonsense: it is counted and not answered, as with VPP, and it reaches neither VPP nor anybody else. */
import { expect, it } from 'vitest';
import { ownSchema, until } from '../../support/mock.js';
import { frameOf, type RawClient } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';

const KINDS: readonly [what: string, make: (client: RawClient, other: RawClient) => Buffer][] = [
  ['an empty body', () => Buffer.alloc(0)],
  ['a body of one byte', () => Buffer.alloc(1)],
  ['id 0', () => Buffer.alloc(10)],
  ['an id that nobody has', () => Buffer.from([0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1])],
  ['a request without its header', (one) => one.body('show_version').body.subarray(0, 9)],
  ['a request that is too short by a byte', (one) => one.body('sw_interface_set_flags').body.subarray(0, -1)],
  [
    'a list that is shorter than its own count',
    (one) => {
      const { body } = one.body('acl_interface_set_acl_list', { acls: [1, 2, 3], count: 3 });
      return body.subarray(0, -1);
    },
  ],
  [
    'a count that says more than the body could hold',
    (one) => {
      const { body } = one.body('cli_inband', { cmd: 'show' });
      body.writeUInt32BE(0xffffffff, 10);
      return body;
    },
  ],
  ['the index of another client', (one, other) => one.body('show_version', { client_index: other.index }).body],
  ['index 0', (one) => one.body('show_version', { client_index: 0 }).body],
  ['an index that nobody has', (one) => one.body('show_version', { client_index: 0xffffffff }).body],
  ['the index of the mux itself', (one) => one.body('show_version', { client_index: 0x80000000 }).body],
  ['a short keepalive', (one) => one.body('memclnt_keepalive').body.subarray(0, 6)],
  ['a short goodbye', (one) => one.body('sockclnt_delete').body.subarray(0, 6)],
];

it.each(KINDS)('%s: no answer, nothing at VPP, and the next request is answered', async (_what, make) => {
  const { mock, client, api } = await relayWorld();
  const [one, other] = [await client('one'), await client('other')];
  mock.forget();
  one.sendBody(make(one, other));
  expect(await one.answersOnlyPing()).toBe(true);
  expect(mock.received() - mock.received('control_ping')).toBe(0);
  expect(mock.received('control_ping')).toBe(1);
  expect(await other.answersOnlyPing()).toBe(true);
  expect(api.counters.dropped).toBe(1);
  expect(api.clients()[0]).toMatchObject({ name: 'one', dropped: 1 });
});

it('a length above the limit: that client is closed, with the reason in the log', async () => {
  const { client, api, warnings } = await relayWorld({ socket: { limits: { frameBytes: 1000 } } });
  const [one, other] = [await client('liar'), await client('other')];
  one.send(frameOf(Buffer.alloc(100), 1001));
  await one.untilClosed();
  expect(warnings.join('\n')).toMatch(/"liar" .* was closed: it sends nonsense: a frame of 1001 bytes/);
  expect((await other.ask('show_version')).retval).toBe(0);
  expect(api.counters.closed).toBe(1);
});

it('a length of 4 GiB: costs no memory', async () => {
  const { client } = await relayWorld();
  const one = await client();
  const before = process.memoryUsage().arrayBuffers;
  one.send(frameOf(Buffer.alloc(10), 0xffffffff));
  await one.untilClosed();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
});

it('half a frame, and then nothing more: keeps nobody else waiting, and its end is in good order', async () => {
  const { client, api, warnings } = await relayWorld();
  const [one, other] = [await client('half'), await client('other')];
  one.send(frameOf(one.body('control_ping').body).subarray(0, 20));
  expect((await other.ask('show_version')).retval).toBe(0);
  one.close();
  await until(() => api.clients().length === 1);
  expect(warnings).toEqual([]);
});

it('the same nonsense a thousand times: is counted each time, and in the log once', async () => {
  const { client, api, warnings } = await relayWorld();
  const one = await client('noisy');
  for (let i = 0; i < 1000; i++) one.sendBody(Buffer.alloc(10));
  for (let i = 0; i < 1000; i++) one.sendBody(Buffer.from([0x7f, i & 0xff, 0, 0, 0, 0, 0, 0, 0, 0]));
  expect(await one.answersOnlyPing()).toBe(true);
  expect(api.counters.dropped).toBe(2000);
  expect(warnings.length).toBeLessThanOrEqual(22);
});

it('names and texts with control characters: cannot write lines into the log', async () => {
  const { client, warnings, api } = await relayWorld();
  const one = await client('evil\n2026 warn \u001b[31mfake');
  await one.ask('sock_init_shm');
  expect(api.clients()[0].name).toBe('evil?2026 warn ?[31mfake');
  expect(warnings.every((line) => /^\P{C}*$/u.test(line))).toBe(true);
});

it('a name of 64 bytes without an end, and none at all: are taken', async () => {
  const { stranger, api } = await relayWorld();
  for (const name of ['n'.repeat(64), '']) {
    const one = await stranger();
    await one.handshake(name);
    expect((await one.ask('control_ping')).retval).toBe(0);
  }
  expect(api.clients().map(({ name }) => name.length)).toEqual([64, 0]);
});

it('requests with all kinds of trailing bytes and lists: are what VPP would take, too', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  const schema = await ownSchema();
  mock.handle('acl_add_replace', () => ({ retval: 0 }));
  const { body } = one.body('acl_add_replace', { acl_index: 0xffffffff, tag: 'a', r: [{}, {}], count: 2 });
  expect(body.length).toBeGreaterThan(schema.message('acl_add_replace').def.minSize);
  one.sendBody(body);
  expect((await one.message()).fields.retval).toBe(0);
  one.sendBody(Buffer.concat([body, Buffer.alloc(3)]));
  expect((await one.message()).fields.retval).toBe(0);
});
