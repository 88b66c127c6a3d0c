/** Registration: the handshake's bytes, indices, ids, goodbye. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MessageTable } from '../../../mock-vpp/wire/message-table.js';
import { parseSchema } from '../../../src/mux/internal.js';
import { mockAndClient, ownApiDir, ownSchema, rawClient, testMock, until } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';

describe('sockclnt_create', () => {
  it('reply: VPP’s layout, byte by byte', async () => {
    const mock = await testMock();
    const client = await RawClient.open(mock.socket, await ownSchema());
    const body = Buffer.alloc(70);
    body.writeUInt16BE(15, 0);
    body.writeUInt32BE(0x01020304, 2);
    body.write('tester', 6);
    client.sendBody(body);
    const reply = await client.next();
    const count = reply.readUInt16BE(18);
    expect(reply.subarray(0, 18).toString('hex')).toBe('0010' + '00000000' + '01020304' + '00000000' + '80000001');
    expect(reply.length).toBe(20 + 66 * count);
    expect(count).toBe(mock.table.idOf.size);
    client.readTable(reply);
    expect(client.crcs.get('control_ping')).toBe('51077d14');
    expect(mock.clients).toMatchObject([{ name: 'tester', registration: 0x80000001 }]);
    client.close();
  });

  it('memclnt’s messages: ids 1 to 28, as VPP has them', async () => {
    const { client } = await mockAndClient();
    const expected = {
      memclnt_create: 1,
      sockclnt_create: 15,
      sockclnt_create_reply: 16,
      control_ping: 23,
      get_api_json_reply: 28,
    };
    for (const [name, id] of Object.entries(expected)) expect([name, client.ids.get(name)]).toEqual([name, id]);
  });

  it('a second one on the same socket: the table and the same index again', async () => {
    const { client } = await mockAndClient();
    const index = client.index;
    await client.handshake('again');
    expect(client.index).toBe(index);
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('a name of 64 bytes without a NUL: taken', async () => {
    const mock = await testMock();
    const client = await RawClient.connect(mock.socket, await ownSchema(), 'n'.repeat(64));
    expect(mock.clients[0].name).toBe('n'.repeat(64));
    client.close();
  });

  it('entries: in no order of ids or names', async () => {
    const { client } = await mockAndClient();
    const ids = [...client.ids.values()];
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('message table', () => {
  it('names beyond 63 bytes: cut, with a NUL behind', () => {
    const name = 'a'.repeat(60);
    const text = JSON.stringify({
      ...JSON.parse(readFileSync(join(ownApiDir, 'vpe.api.json'), 'utf8')),
      services: {},
      messages: [[name, ['u16', '_vl_msg_id'], { crc: '0x12345678' }]],
    });
    const table = new MessageTable(parseSchema([{ name: 'vpe.api.json', text }]));
    expect(table.handshakeReply(1, 2).toString('latin1', 22)).toBe(`${name}_12\0`);
  });

  it('renumbering: other ids, memclnt’s apart, none twice', async () => {
    const schema = await ownSchema();
    const [before, after] = [new MessageTable(schema), new MessageTable(schema, 1)];
    expect(new Set(after.idOf.values()).size).toBe(before.idOf.size);
    const moved = [...before.idOf].filter(([name, id]) => after.idOf.get(name) !== id);
    expect(moved.length).toBe(before.idOf.size - 28);
  });

  it('get_first_msg_id: the first id of a module’s range; unknown ones are refused', async () => {
    const { client } = await mockAndClient();
    const known = await client.ask('get_first_msg_id', { name: 'vpe_deadbeef' });
    expect(known).toMatchObject({ retval: 0, first_msg_id: client.ids.get('show_version') });
    for (const name of ['nosuch_deadbeef', 'vpe']) {
      expect(await client.ask('get_first_msg_id', { name })).toMatchObject({ retval: -7, first_msg_id: 65535 });
    }
  });
});

describe('registrations', () => {
  it('indices: given out again after a client has gone', async () => {
    const { mock, client } = await mockAndClient();
    const second = await rawClient(mock);
    expect([client.index, second.index]).toEqual([0x80000001, 0x80000002]);
    client.close();
    await until(() => mock.clients.length === 1);
    expect((await rawClient(mock)).index).toBe(0x80000001);
  });

  it('sockclnt_delete: response 1, then the end of the connection', async () => {
    const { mock, client } = await mockAndClient();
    const reply = await client.ask('sockclnt_delete', { index: client.index });
    expect(reply.response).toBe(1);
    await client.untilClosed();
    await until(() => mock.clients.length === 0);
  });

  it('sockclnt_delete of another’s index, at which VPP aborts: response -1, and a warning', async () => {
    const warnings: string[] = [];
    const mock = await testMock({ log: (level, message) => void (level === 'warn' && warnings.push(message)) });
    const [client, other] = [await rawClient(mock), await rawClient(mock)];
    expect((await client.ask('sockclnt_delete', { index: other.index })).response).toBe(-1);
    expect(await other.answersOnlyPing()).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/registration of another \(0x80000002\); VPP would abort/)]);
  });

  it('sockclnt_delete of an unknown index: response -1, and the connection stays', async () => {
    const { client } = await mockAndClient();
    expect((await client.ask('sockclnt_delete', { index: 0x80000999 })).response).toBe(-1);
    expect(await client.answersOnlyPing()).toBe(true);
  });
});

describe('of itself', () => {
  it('show_version, control_ping, show_threads: as the mock was told', async () => {
    const { mock, client } = await mockAndClient({
      version: '99.01-test',
      pid: 4711,
      buildDate: 'today',
      buildDirectory: '/here',
    });
    expect(mock.pid).toBe(4711);
    expect(await client.ask('show_version')).toMatchObject({
      program: 'vpe',
      version: '99.01-test',
      build_date: 'today',
      build_directory: '/here',
    });
    const ping = await client.ask('control_ping');
    expect(ping).toMatchObject({ retval: 0, vpe_pid: 4711 });
    expect(ping.client_index).not.toBe(client.index);
    expect(await client.ask('show_threads')).toMatchObject({
      count: 1,
      thread_data: [{ name: 'vpp_main', pid: 4711 }],
    });
  });

  it('get_api_json: definitions that make the same schema', async () => {
    const { client } = await mockAndClient();
    const { json } = await client.ask('get_api_json');
    const files = JSON.parse(String(json)) as { module: string }[];
    const schema = parseSchema(files.map((file) => ({ name: `${file.module}.api.json`, text: JSON.stringify(file) })));
    const own = await ownSchema();
    for (const [name, { crc }] of own.model.messages) expect([name, schema.message(name).def.crc]).toEqual([name, crc]);
  });

  it('api_versions: an empty list, as VPP 26.06 gives', async () => {
    const { client } = await mockAndClient();
    expect(await client.ask('api_versions')).toMatchObject({ retval: 0, count: 0 });
  });

  it('log_dump: details longer than their definition', async () => {
    const { client } = await mockAndClient();
    const ping = client.post('log_dump');
    const { body, name, fields } = await client.message();
    expect(name).toBe('log_details');
    expect(fields).toMatchObject({ context: ping, msg_class: 'mock/start' });
    expect(body.length).toBeGreaterThan((await ownSchema()).message('log_details').def.size!);
  });

  it('show_vpe_system_time: now', async () => {
    const { client } = await mockAndClient();
    const before = Date.now() / 1000;
    const { vpe_system_time } = await client.ask('show_vpe_system_time');
    expect(vpe_system_time).toBeGreaterThanOrEqual(before);
    expect(vpe_system_time).toBeLessThanOrEqual(Date.now() / 1000);
  });
});
