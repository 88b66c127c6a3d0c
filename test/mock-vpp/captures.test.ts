/**
 * The mock against VPP 26.06 itself: a client's part of a captured conversation is sent to the mock, and
 * every answer compared with VPP's, decoded, field by field.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataplane } from '../../mock-vpp/index.js';
import { type Fields, loadSchema, type Schema } from '../../src/mux/internal.js';
import { rawClient, testMock } from '../support/mock.js';
import { needs } from '../support/needs.js';
import type { RawClient } from '../support/raw-client.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

interface Captured {
  readonly dir: 'tx' | 'rx';
  readonly name: string;
  readonly body: Buffer;
}

interface Capture {
  readonly frames: readonly Captured[];
  readonly handshake: Buffer;
}

/** Fields that must differ, and why. */
const DIFFERENT: readonly { message: string; field: string; why: string }[] = [
  { message: 'control_ping_reply', field: 'vpe_pid', why: 'another process' },
  {
    message: 'control_ping_reply',
    field: 'client_index',
    why: "VPP does not set it: what was in memory; the mock's is never plausible",
  },
  { message: 'sw_interface_event', field: 'client_index', why: 'header: the index of this session' },
  { message: 'show_version_reply', field: 'build_date', why: 'of the capturing build' },
  { message: 'show_version_reply', field: 'build_directory', why: 'of the capturing build' },
  { message: 'sw_interface_tx_placement_get_reply', field: 'cursor', why: 'not set by VPP when it refuses' },
  { message: 'ip_path_mtu_get_reply', field: 'cursor', why: 'not set by VPP when there is nothing' },
];

/** Texts of the CLI, less what cannot be the same. */
const CLI_TEXT: readonly { why: string; strip(text: string): string }[] = [
  { why: 'builder and date', strip: (text) => text.replace(/ built by .*/, '') },
  {
    why: 'the mock counts no packets',
    strip: (text) =>
      text
        .split('\n')
        .filter((line) => !/^ {40}/.test(line))
        .map((line) => line.replace(/(tx packets|drops|rx packets) +\d+$/, ''))
        .map((line) => line.trimEnd())
        .join('\n'),
  },
];

/** The set-up of VPP before each capture. */
function threeLoopbacks(dataplane: Dataplane): void {
  dataplane.addLoopback({ up: true });
  dataplane.addLoopback();
  dataplane.addLoopback();
}

function oneLoopback(dataplane: Dataplane): void {
  dataplane.addLoopback({ up: true, addresses: ['10.9.0.1/24'] });
}

describe('captures of VPP 26.06', needs(sharedMissing), () => {
  const apiDir = sharedPath('vpp-api', '26.06');
  let schema: Schema;
  beforeAll(async () => {
    schema = await loadSchema(apiDir);
  });

  it.each([
    ['hello', threeLoopbacks],
    ['cli', threeLoopbacks],
    ['lifecycle', threeLoopbacks],
    ['stream', threeLoopbacks],
    ['routes', oneLoopback],
  ] as const)('%s: the mock answers as VPP did', async (name, setup) => {
    const capture = readCapture(name, schema);
    const mock = await testMock({ apiDir, setup, version: '26.06-release' });
    const client = await rawClient(mock, schema);
    const wanted: { name: string; fields: Fields }[] = [];
    const got: { name: string; fields: Fields }[] = [];
    for (const { dir, name: message, body } of capture.frames) {
      if (dir === 'tx') client.sendBody(translated(message, body, client, schema));
      else {
        wanted.push({ name: message, fields: comparable(message, schema.message(message).decode(body)) });
        const answer = await client.message();
        got.push({ name: answer.name, fields: comparable(answer.name, answer.fields) });
      }
    }
    expect(wanted.length).toBeGreaterThan(2);
    expect(inOrder(got)).toEqual(inOrder(wanted));
    await client.untilClosed();
    expect(mock.clients).toEqual([]);
  });

  it('handshake: the reply has VPP’s layout, and every message with its CRC', async () => {
    const { handshake } = readCapture('hello', schema);
    const mock = await testMock({ apiDir });
    const client = await rawClient(mock, schema);
    const vpp = await rawClient(mock, schema);
    vpp.crcs.clear();
    vpp.readTable(handshake);
    const missing = [...vpp.crcs].filter(([name, crc]) => client.crcs.get(name) !== crc);
    expect(missing).toEqual([]);
    expect(vpp.crcs.size).toBe(1313);
    const reserved = [...vpp.ids].filter(([, id]) => id <= 28);
    expect(reserved.map(([name]) => [name, client.ids.get(name)])).toEqual(reserved);
  });

  it('get_api_json: one JSON array of the files, as VPP’s', async () => {
    const { frames } = readCapture('apijson', schema);
    const reply = frames.find(({ name }) => name === 'get_api_json_reply')!;
    const mock = await testMock({ apiDir });
    const client = await rawClient(mock, schema);
    client.post('get_api_json');
    const { fields, body } = await client.message();
    expect(body.at(-1)).toBe(reply.body.at(-1));
    const vpp = modules(schema.message('get_api_json_reply').decode(reply.body));
    const own = modules(fields);
    expect(vpp.size).toBe(67);
    for (const [module, messages] of vpp) expect({ module, messages: own.get(module) }).toEqual({ module, messages });
  });
});

/** module → its messages with their CRCs. */
function modules(reply: Fields): Map<string, string[]> {
  const files = JSON.parse(String(reply.json)) as { module: string; messages: [string, ...unknown[]][] }[];
  return new Map(
    files.map(({ module, messages }) => [
      module,
      messages.map(([name, ...rest]) => `${name} ${(rest.at(-1) as { crc: string }).crc}`),
    ]),
  );
}

/** The captured frames by name, handshake apart; frames are put together again over the lines. */
function readCapture(name: string, schema: Schema): Capture {
  const rest = { tx: Buffer.alloc(0), rx: Buffer.alloc(0) };
  const names = new Map<number, string>();
  const frames: Captured[] = [];
  let handshake: Buffer | undefined;
  for (const line of readFileSync(sharedPath('captures', '26.06', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')) {
    const { dir, hex } = JSON.parse(line) as { dir: 'tx' | 'rx'; hex?: string };
    if (hex === undefined) continue;
    let bytes = Buffer.concat([rest[dir], Buffer.from(hex, 'hex')]);
    while (bytes.length >= 16 && bytes.length >= 16 + bytes.readUInt32BE(8)) {
      const body = bytes.subarray(16, 16 + bytes.readUInt32BE(8));
      bytes = bytes.subarray(16 + body.length);
      const id = body.readUInt16BE(0);
      if (handshake === undefined) {
        if (dir === 'tx') continue;
        handshake = body;
        for (const [message, each] of tableOf(body)) names.set(each, message);
      } else frames.push({ dir, name: schema.message(names.get(id)!).name, body });
    }
    rest[dir] = bytes;
  }
  return { frames, handshake: handshake! };
}

function tableOf(reply: Buffer): Map<string, number> {
  const ids = new Map<string, number>();
  for (let at = 20; at < reply.length; at += 66) {
    const text = reply.toString('latin1', at + 2, at + 66);
    ids.set(text.slice(0, text.indexOf('\0') - 9), reply.readUInt16BE(at));
  }
  return ids;
}

/** A captured request with the mock's id and this session's index, its bytes as they were otherwise. */
function translated(name: string, body: Buffer, client: RawClient, schema: Schema): Buffer {
  const bytes = Buffer.from(body);
  bytes.writeUInt16BE(client.ids.get(name)!, 0);
  const { clientIndexOffset } = schema.message(name).def;
  if (clientIndexOffset >= 0) bytes.writeUInt32BE(client.index, clientIndexOffset);
  if (name === 'sockclnt_delete') bytes.writeUInt32BE(client.index, 10);
  return bytes;
}

function comparable(name: string, fields: Fields): Fields {
  const { _vl_msg_id, ...rest } = fields;
  for (const { message, field } of DIFFERENT) if (message === name) delete rest[field];
  if (name === 'cli_inband_reply') {
    rest.reply = CLI_TEXT.reduce((text, { strip }) => strip(text), String(rest.reply));
  }
  return rest;
}

/** Routes of one length come in the order of VPP's hash: compared without order. */
function inOrder(answers: { name: string; fields: Fields }[]): unknown[] {
  const route = ({ fields }: { fields: Fields }) => JSON.stringify((fields.route as Fields | undefined)?.prefix ?? '');
  const routes = answers
    .filter(({ name }) => name === 'ip_route_v2_details')
    .sort((a, b) => (route(a) < route(b) ? -1 : 1));
  return answers.map((answer) => (answer.name === 'ip_route_v2_details' ? routes.shift() : answer));
}
