/** The handshake of an API socket: what a client is told, when, and what it is told while VPP is away. */
import { expect, it } from 'vitest';
import { connect } from '../../../src/mux/index.js';
import { CraftedVpp } from '../../support/crafted-vpp.js';
import { fakeClock, turns } from '../../support/fake-clock.js';
import { ownSchema, until } from '../../support/mock.js';
import { frameOf, RawClient } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';
import { scratch } from '../../support/vpp.js';
import type { TableRow } from '../../support/vpp-frames.js';
import { afterThis } from '../../support/world.js';

const INDEX_AT = 14;
const ENTRIES_AT = 18;

function create(context: number, name: string): Buffer {
  const body = Buffer.alloc(70);
  body.writeUInt16BE(15, 0);
  body.writeUInt32BE(context, 2);
  body.write(name, 6, 'latin1');
  return frameOf(body);
}

it('a client: gets its context, an index of a socket client, and the table that VPP gives', async () => {
  const { mock, stranger } = await relayWorld();
  const client = await stranger();
  client.send(create(0xfeedface, 'c-client'));
  const reply = await client.next();
  expect(reply.readUInt16BE(0)).toBe(16);
  expect(reply.readUInt32BE(2)).toBe(0);
  expect(reply.readUInt32BE(6)).toBe(0xfeedface);
  expect(reply.readInt32BE(10)).toBe(0);
  expect(reply.readUInt32BE(INDEX_AT)).toBeGreaterThan(0x80000000);
  const direct = await RawClient.open(mock.socket, await ownSchema());
  afterThis(() => direct.close());
  direct.send(create(1, 'direct'));
  expect(reply.subarray(ENTRIES_AT).equals((await direct.next()).subarray(ENTRIES_AT))).toBe(true);
});

it('clients: each has an index of its own', async () => {
  const { client } = await relayWorld();
  const all = await Promise.all(Array.from({ length: 20 }, () => client()));
  expect(new Set(all.map(({ index }) => index)).size).toBe(20);
});

it('the reply: needs nothing of VPP', async () => {
  const { mock, client } = await relayWorld();
  mock.misbehave({ stall: true });
  expect((await client()).ids.size).toBeGreaterThan(100);
});

it('a second one: another name, the same index, the table again, behind what was asked before', async () => {
  const { mock, client, api } = await relayWorld();
  const twice = await client('first');
  let answer = (): void => {};
  mock.handle('show_version', () => new Promise((resolve) => (answer = () => resolve({}))) as never);
  const context = twice.post('show_version');
  twice.send(create(5, 'second'));
  await until(() => mock.received('show_version') === 1);
  await turns(20);
  expect(twice.pending).toBe(0);
  answer();
  expect((await twice.message()).fields).toMatchObject({ context });
  const again = await twice.next();
  expect([again.readUInt16BE(0), again.readUInt32BE(6), again.readUInt32BE(INDEX_AT)]).toEqual([16, 5, twice.index]);
  expect(again.readUInt16BE(ENTRIES_AT)).toBe(twice.ids.size);
  expect(api.clients().map(({ name }) => name)).toEqual(['second']);
});

it('a table with names that are cut, and given twice: as VPP gives it, byte by byte', async () => {
  const table: TableRow[] = [
    ['twice', '11111111', 50],
    ['twice', '22222222', 51],
    // VPP's 63 bytes end within the CRC.
    ['a'.repeat(58), '3333', 52],
    ['the_last', '44444444', 40],
  ];
  const { path, remove } = scratch();
  const vpp = new CraftedVpp({ table });
  await vpp.listen(path('vpp.sock'));
  const connection = await connect({ socket: path('vpp.sock'), cacheDir: false });
  const api = await connection.listen({ path: path('clients.sock') });
  afterThis(
    remove,
    () => vpp.close(),
    () => connection.destroy(),
    () => api.close(),
  );
  const schema = await ownSchema();
  const ask = async (socket: string) => {
    const client = await RawClient.open(socket, schema);
    afterThis(() => client.close());
    client.send(create(1, 'one'));
    return (await client.next()).subarray(ENTRIES_AT);
  };
  expect((await ask(path('clients.sock'))).equals(await ask(path('vpp.sock')))).toBe(true);
});

it('VPP is away: it is held, and answered when VPP is back', async () => {
  const { mock, connection, stranger } = await relayWorld();
  mock.kill();
  await expect.poll(() => connection.status.state).not.toBe('ready');
  const client = await stranger();
  client.send(create(9, 'patient'));
  await turns(20);
  expect([client.pending, client.closed]).toEqual([0, false]);
  await mock.start();
  client.readTable(await client.next());
  expect((await client.ask('show_version')).retval).toBe(0);
});

it('VPP stays away: the client is closed after two seconds, without a table', async () => {
  const { mock, connection, stranger, warnings } = await relayWorld();
  mock.kill();
  await expect.poll(() => connection.status.state).not.toBe('ready');
  const clock = fakeClock(afterThis);
  const client = await stranger();
  client.send(create(9, 'patient'));
  await turns(20);
  await clock.pass(1990);
  expect(client.closed).toBe(false);
  await clock.pass(20);
  await client.untilClosed();
  expect([client.pending, client.received.length]).toEqual([0, 0]);
  expect(warnings.join('\n')).toContain('"patient": VPP was away for 2000 ms');
});

it('the client goes while it waits: nothing is left of it', async () => {
  const { mock, connection, stranger, api } = await relayWorld();
  mock.kill();
  await expect.poll(() => connection.status.state).not.toBe('ready');
  const client = await stranger();
  client.send(create(9, 'hasty'));
  await turns(20);
  client.close();
  await turns(20);
  await mock.start();
  await expect.poll(() => connection.status.state).toBe('ready');
  expect(api.clients()).toEqual([]);
  expect(connection.stats().channels).toBe(0);
});

it('messages before it: get no answer, and the client is closed at the sixteenth', async () => {
  const { mock, client, stranger, api } = await relayWorld();
  const ids = (await client()).ids;
  const body = Buffer.alloc(10);
  body.writeUInt16BE(ids.get('control_ping') as number, 0);
  const some = await stranger();
  for (let i = 0; i < 15; i++) some.sendBody(body);
  await some.handshake('late');
  expect(some.index).toBeGreaterThan(0x80000000);
  const before = mock.received('control_ping');
  const many = await stranger();
  for (let i = 0; i < 16; i++) many.sendBody(body);
  await many.untilClosed();
  expect(many.received.length).toBe(0);
  expect(mock.received('control_ping')).toBe(before);
  expect(api.counters.turnedAway).toBe(1);
});
