/** A mock that answers as a trace does. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MockOptions, startMock } from '../../../mock-vpp/index.js';
import { exchangesOf } from '../../../mock-vpp/replay/exchanges.js';
import { readTrace } from '../../../mock-vpp/replay/read-trace.js';
import { ownSchema, rawClient, socketPath, testMock, until } from '../../support/mock.js';

const schema = await ownSchema();
const HEADER = { format: 'vppmux-trace', version: 1, vpp: '25.10', startedAt: '2026-11-20T00:00:00Z', socket: '/s' };

interface Written {
  readonly dir?: 'in' | 'out';
  readonly name: string;
  readonly context?: number;
  readonly fields?: Record<string, unknown>;
  readonly t?: number;
  /** Fields that the line has besides, or instead. */
  readonly line?: object;
}

/** A trace file with these messages, ids and client index as in no run of the mock. */
function traceOf(...items: readonly (Written | object)[]): string {
  const lines = items.map((item) => ('name' in item ? lineOf(item as Written) : item));
  return fileWith([HEADER, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function lineOf({ dir = 'in', name, context, fields = {}, t = 0, line }: Written): object {
  const { def } = schema.message(name);
  const index = def.clientIndexOffset < 0 ? {} : { client_index: 0x80000777 };
  const header = { _vl_msg_id: 9999, ...index, ...(context === undefined ? {} : { context }) };
  const body = schema.message(name).encode({ ...header, ...fields });
  return { t, dir, gen: 1, name, crc: def.crc, context, hex: body.toString('hex'), ...line };
}

function fileWith(text: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'vppmux-replay-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'a.trace'), text);
  return join(dir, 'a.trace');
}

async function replaying(file: string, options: Partial<MockOptions> = {}) {
  const warnings: string[] = [];
  const log: MockOptions['log'] = (level, message) => void (level === 'warn' && warnings.push(message));
  const mock = await testMock({ replay: file, log, ...options });
  return { mock, warnings, client: await rawClient(mock) };
}

const ask = (context: number, sw_if_index: number): Written => ({
  ...{ dir: 'out', name: 'sw_interface_get_mac_address', context },
  fields: { sw_if_index },
});
const told = (context: number, mac: string): Written => ({
  ...{ name: 'sw_interface_get_mac_address_reply', context },
  fields: { mac_address: mac },
});
const mac = (last: number) => `de:ad:00:00:00:0${last}`;

describe('a mock that replays a trace', () => {
  it('a request: answered by name and fields, under its own context', async () => {
    const { client, mock } = await replaying(traceOf(ask(5, 1), ask(6, 2), told(6, mac(2)), told(5, mac(1))));
    expect(await client.ask('sw_interface_get_mac_address', { sw_if_index: 1, context: 77 })).toMatchObject({
      context: 77,
      mac_address: mac(1),
    });
    expect(await client.ask('sw_interface_get_mac_address', { sw_if_index: 2 })).toMatchObject({ mac_address: mac(2) });
    expect(mock.unanswered).toEqual([]);
  });

  it('a body too short for its header: the trace is refused, naming the message', async () => {
    const answer = told(5, mac(1));
    const short = { ...answer, line: { hex: '0001' } };
    await expect(replaying(traceOf(ask(5, 1), short))).rejects.toMatchObject({
      ...{ code: 'TRACE_INVALID', message: expect.stringContaining('sw_interface_get_mac_address_reply') },
    });
    const asked = { ...ask(5, 1), line: { hex: '00010203' } };
    await expect(replaying(traceOf(asked, answer))).rejects.toMatchObject({ code: 'TRACE_INVALID' });
  });

  it('asked again: the next answer, after the last one the last; another client begins anew', async () => {
    const file = traceOf(ask(5, 1), told(5, mac(1)), ask(6, 1), told(6, mac(2)));
    const { client, mock } = await replaying(file);
    const answer = async (who = client) =>
      (await who.ask('sw_interface_get_mac_address', { sw_if_index: 1 })).mac_address;
    expect([await answer(), await answer(), await answer()]).toEqual([mac(1), mac(2), mac(2)]);
    expect(await answer(await rawClient(mock))).toBe(mac(1));
  });

  it('message ids of another run: answered all the same', async () => {
    const { mock } = await replaying(traceOf(ask(5, 1), told(5, mac(1))));
    await mock.restart();
    const client = await rawClient(mock);
    expect(await client.ask('sw_interface_get_mac_address', { sw_if_index: 1 })).toMatchObject({ mac_address: mac(1) });
  });

  it('what the trace does not have: not answered, kept, and said once with its fields', async () => {
    const { client, mock, warnings } = await replaying(traceOf(ask(5, 1), told(5, mac(1))));
    client.post('sw_interface_get_mac_address', { sw_if_index: 9 });
    client.post('sw_interface_get_mac_address', { sw_if_index: 9 });
    client.post('create_loopback', { mac_address: mac(3) });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.unanswered.map(({ name }) => name)).toEqual([
      'sw_interface_get_mac_address',
      'sw_interface_get_mac_address',
      'create_loopback',
    ]);
    expect(warnings).toEqual([
      'the trace has no answer to sw_interface_get_mac_address {"sw_if_index":9}: it has that name (1), but not with these fields',
      `the trace has no answer to create_loopback {"mac_address":"${mac(3)}"}: it has no create_loopback`,
    ]);
  });

  it('a dump: its details, the ping answered behind them; one that is missing is no empty list', async () => {
    const dump = { dir: 'out', name: 'ip_table_dump', context: 5 } as const;
    const details = { name: 'ip_table_details', context: 5, fields: { table: { table_id: 3, name: 'red' } } };
    const ping = { dir: 'out', name: 'control_ping', context: 5 } as const;
    const { client, mock } = await replaying(traceOf(dump, ping, details, { name: 'control_ping_reply', context: 5 }));
    expect(await client.dump('ip_table_dump')).toMatchObject([{ table: { table_id: 3, name: 'red' } }]);
    const context = client.post('sw_interface_dump', {});
    client.post('control_ping', { context });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.unanswered).toHaveLength(1);
  });

  it.each([
    ['the trace ends within it', []],
    ['messages were dropped within it', [{ dropped: 7 }, { name: 'control_ping_reply', context: 5 }]],
    [
      'a part of it was too long',
      [
        { name: 'ip_table_details', context: 5, line: { size: 9e6 } },
        { name: 'control_ping_reply', context: 5 },
      ],
    ],
  ])('a dump of which %s: is not answered with a part', async (_, rest) => {
    const dump = { dir: 'out', name: 'ip_table_dump', context: 5 };
    const ping = { dir: 'out', name: 'control_ping', context: 5 };
    const { client, mock } = await replaying(traceOf(dump, ping, { name: 'ip_table_details', context: 5 }, ...rest));
    const context = client.post('ip_table_dump', {});
    client.post('control_ping', { context });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.unanswered[0].why).toMatch(/not recorded|ends before/);
  });

  it('a trace without pings: its dumps are whole', async () => {
    const dump = { dir: 'out', name: 'ip_table_dump', context: 5 };
    const { client } = await replaying(traceOf(dump, { name: 'ip_table_details', context: 5 }));
    expect(await client.dump('ip_table_dump')).toHaveLength(1);
  });

  it('what every client asks: answered by the mock itself where it was not recorded', async () => {
    const { client, mock, warnings } = await replaying(traceOf());
    expect(await client.ask('show_version')).toMatchObject({ version: '26.06-mock' });
    expect(await client.ask('want_interface_events', { enable_disable: 1, pid: 3 })).toMatchObject({ retval: 0 });
    expect(await client.ask('control_ping')).toMatchObject({ vpe_pid: mock.pid });
    expect([mock.unanswered, warnings]).toEqual([[], []]);
  });

  it('own handlers: go before the trace', async () => {
    const { client, mock } = await replaying(traceOf(ask(5, 1), told(5, mac(1))));
    mock.handle('sw_interface_get_mac_address', () => -5);
    expect(await client.ask('sw_interface_get_mac_address', { sw_if_index: 1 })).toMatchObject({ retval: -5 });
  });

  it('misbehaviour: befalls a replayed answer as any other', async () => {
    const { client, mock } = await replaying(traceOf(ask(5, 1), told(5, mac(1))));
    mock.misbehave({ silent: { messages: 'sw_interface_get_mac_address' } });
    client.post('sw_interface_get_mac_address', { sw_if_index: 1 });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.unanswered).toEqual([]);
  });
});

describe('events of a trace', () => {
  const want = (pid: number): Written => ({
    ...{ dir: 'out', name: 'want_interface_events', context: 4 },
    fields: { enable_disable: 1, pid },
  });
  const wanted: Written = { name: 'want_interface_events_reply', context: 4 };
  const event = (sw_if_index: number, t = 0): Written => ({ name: 'sw_interface_event', fields: { sw_if_index }, t });

  it('behind the request that they came after, with the client’s index; only the first time', async () => {
    const { client } = await replaying(traceOf(want(1), wanted, ask(5, 1), event(1), told(5, mac(1)), event(2)));
    await client.ask('want_interface_events', { enable_disable: 1, pid: 2222 });
    client.post('sw_interface_get_mac_address', { sw_if_index: 1 });
    const seen = [await client.message(), await client.message(), await client.message()];
    expect(seen.map(({ name, fields }) => [name, fields.sw_if_index])).toEqual([
      ['sw_interface_event', 1],
      ['sw_interface_get_mac_address_reply', undefined],
      ['sw_interface_event', 2],
    ]);
    expect(seen[0].fields.client_index).toBe(client.index);
    await client.ask('sw_interface_get_mac_address', { sw_if_index: 1 });
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('later ones: after the time they took', async () => {
    const { client } = await replaying(traceOf(want(1), wanted, event(1, 30), event(2, 50)));
    await client.ask('want_interface_events', { enable_disable: 1, pid: 1 });
    expect(client.pending).toBe(0);
    await until(() => client.pending === 2);
    expect((await client.message()).fields.sw_if_index).toBe(1);
  });

  it('before the first request of the trace: with the first one asked', async () => {
    const { client } = await replaying(traceOf(event(8), ask(5, 1), told(5, mac(1))));
    expect(await client.ask('sw_interface_get_mac_address', { sw_if_index: 1 })).toMatchObject({ sw_if_index: 8 });
  });

  it('their times: from what VPP had said before', () => {
    const { items } = readTrace(traceOf(ask(5, 1), { ...told(5, mac(1)), t: 10 }, event(1, 25), event(2, 26)));
    const [{ messages }] = exchangesOf(items, schema).exchanges;
    expect(messages.map(({ delay }) => delay)).toEqual([0, 15, 1]);
  });
});

describe('a trace that cannot be replayed', () => {
  it('of a VPP with other messages: TRACE_MISFIT, with what differs and what to do', async () => {
    const odd = { ...ask(5, 1), line: { crc: '12345678' } };
    const gone = { ...told(5, mac(1)), line: { name: 'map_domain_dump', crc: 'ffffffff' } };
    const start = startMock({ socket: socketPath(), replay: traceOf(odd, gone) });
    await expect(start).rejects.toMatchObject({ name: 'TraceError', code: 'TRACE_MISFIT' });
    await expect(start).rejects.toThrow(
      /recorded with VPP 25\.10 .*sw_interface_get_mac_address has CRC 12345678 there, \w+ here; map_domain_dump is not here; .*--api-dir DIR/,
    );
  });

  it.each([
    ['nothing', '', /line 1: there is none/],
    ['another file', '{"a":1}\n', /line 1: it is no header of a trace/],
    ['text', 'hello\n', /line 1: it is no header/],
    ['a later format', `${JSON.stringify({ ...HEADER, version: 2 })}\n`, /version 2 of the format .*newer vppmux/],
    ['a broken line', `${JSON.stringify(HEADER)}\n{"t":\n{}\n`, /line 2: it is not JSON: \{"t":$/],
    ['no message', `${JSON.stringify(HEADER)}\n{"name":"x"}\n`, /line 2: it is no message/],
  ])('%s: TRACE_INVALID', (_, text, message) => {
    const read = () => readTrace(fileWith(text));
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'TRACE_INVALID' }));
  });

  it('no file: TRACE_INVALID with the reason', () => {
    expect(() => readTrace('/nowhere/a.trace')).toThrow(/cannot be read: there is no such file/);
  });

  it('a named pipe that nobody writes to: TRACE_INVALID, and nothing waits', () => {
    const pipe = `${fileWith('')}.pipe`;
    execFileSync('mkfifo', [pipe]);
    expect(() => readTrace(pipe)).toThrow(/line 1: there is none/);
  });

  it('what is missing in it: said at the start', async () => {
    const file = fileWith(`${JSON.stringify(HEADER)}\n{"dropped":3}\n{"t":1,"dir":"in","gen":1,"hex":"0001"}\n{"t":`);
    expect((await replaying(file)).warnings).toEqual([
      `the trace ${file} is not whole: messages were dropped while it was recorded: 3`,
      `the trace ${file} is not whole: messages with ids that were not in VPP's table: 1`,
      `the trace ${file} is not whole: its last line is not whole`,
    ]);
  });
});

it('a message of many megabytes: is read', () => {
  const hex = '0017'.repeat(4 * 1024 * 1024);
  const file = traceOf({ name: 'show_version_reply', context: 1, line: { hex } });
  expect(readTrace(file).items).toMatchObject([{ body: { length: hex.length / 2 } }]);
});
