/**
 * Messages that a client must know before it has any definitions: how to introduce itself, to fetch
 * the definitions, to ask for life, and to leave (facts of memclnt.api and WIRE 3.2, the same in every
 * VPP with a socket API).
 */

import type { Message, Schema } from '../codec/codec.js';
import { MessageSchema } from '../codec/message-schema.js';
import { headerOffsets } from '../schema/messages.js';
import type { ApiModel, Field, MessageDef, Service, StructType, Type } from '../schema/model.js';
import { fieldMinSize, fieldSize } from '../schema/sizes.js';
import { type SeenVpp, whyUnusable } from './why-unusable.js';

const u16: Type = { kind: 'scalar', name: 'u16', size: 2 };
const u32: Type = { kind: 'scalar', name: 'u32', size: 4 };
const i32: Type = { kind: 'scalar', name: 'i32', size: 4 };

const field = (name: string, type: Type): Field => ({ name, type });
const text = (name: string, length?: number): Field => ({
  name,
  type: { kind: 'string' },
  array: length === undefined ? { kind: 'trailing' } : { kind: 'fixed', length },
});
const list = (name: string, type: Type, countField: string): Field => ({
  name,
  type,
  array: { kind: 'counted', countField },
});

const id = field('_vl_msg_id', u16);
const client = field('client_index', u32);
const context = field('context', u32);
const NAME = 64;

const tableEntry = struct('message_table_entry', [field('index', u16), text('name', NAME)]);
const moduleVersion = struct('module_version', [
  ...['major', 'minor', 'patch'].map((name) => field(name, u32)),
  text('name', NAME),
]);

/** Each request, and its reply. Written as the model has them: reading them from a definition would be a tenth of a command's start. */
const MEMCLNT: readonly (readonly [name: string, crc: string, ...fields: readonly Field[]])[] = [
  ['sockclnt_create', '455fb9c4', id, context, text('name', NAME)],
  [
    'sockclnt_create_reply',
    '35166268',
    id,
    client,
    context,
    field('response', i32),
    field('index', u32),
    field('count', u16),
    list('message_table', tableEntry, 'count'),
  ],
  ['sockclnt_delete', '8ac76db6', id, client, context, field('index', u32)],
  ['sockclnt_delete_reply', '8f38b1ee', id, context, field('response', i32)],
  ['get_api_json', '51077d14', id, client, context],
  ['get_api_json_reply', 'ea715b59', id, context, field('retval', i32), text('json')],
  ['control_ping', '51077d14', id, client, context],
  ['control_ping_reply', 'f6b0b8ca', id, context, field('retval', i32), client, field('vpe_pid', u32)],
  ['api_versions', '51077d14', id, client, context],
  [
    'api_versions_reply',
    '5f0d99d6',
    id,
    context,
    field('retval', i32),
    field('count', u32),
    list('api_versions', moduleVersion, 'count'),
  ],
  ['get_first_msg_id', 'ebf79a66', id, client, context, text('name', NAME)],
  ['get_first_msg_id_reply', '7d337472', id, context, field('retval', i32), field('first_msg_id', u16)],
];
const FILE = 'memclnt.api.json';

/** Ids of the handshake, fixed by the order of memclnt.api. */
export const SOCKCLNT_CREATE_ID = 15;
export const SOCKCLNT_CREATE_REPLY_ID = 16;

function struct(name: string, fields: readonly Field[]): StructType {
  const size = fields.reduce((sum, each) => sum + fieldMinSize(each), 0);
  return { kind: 'struct', name, fields, size, minSize: size };
}

function builtinModel(): ApiModel {
  const messages = new Map<string, MessageDef>();
  const services = new Map<string, Service>();
  for (const [name, crc, ...fields] of MEMCLNT) {
    const isReply = name.endsWith('_reply');
    const service: Service = { request: name, kind: 'unary', reply: `${name}_reply`, cursor: false, events: [] };
    if (!isReply) services.set(name, service);
    const minSize = fields.reduce((sum, each) => sum + fieldMinSize(each), 0);
    messages.set(name, {
      name,
      crc,
      fields,
      ...headerOffsets(fields),
      size: fields.some((each) => fieldSize(each) === undefined) ? undefined : minSize,
      minSize,
      role: isReply ? 'reply' : 'request',
      service: isReply ? undefined : service,
      options: {},
      file: FILE,
    });
  }
  const types = [tableEntry, moduleVersion];
  return {
    messages,
    types: new Map(types.map((type) => [type.name, type])),
    services,
    eventRequests: new Map(),
    files: [{ name: FILE, types: types.map(({ name }) => name) }],
    unusable: new Map(),
    variants: new Map(),
    problems: [],
  };
}

export const builtin: Schema = new MessageSchema(builtinModel());

/**
 * Completes `schema` with these messages where it lacks them: VPP's answer to get_api_json lacks memclnt *(measured)*.
 * Other messages of the VPP that was `seen` are taken from definitions elsewhere, where their CRC is right.
 */
export function completed(schema: Schema, seen?: SeenVpp): Schema {
  const find = (name: string) => schema.find(name) ?? builtin.find(name) ?? found(name, seen);
  return {
    model: schema.model,
    find,
    message: (name) => {
      const message = find(name);
      if (message) return message;
      if (seen) throw whyUnusable(name, schema, seen);
      return schema.message(name);
    },
    forTable: (table) => completed(schema.forTable(table), seen),
  };
}

function found(name: string, seen: SeenVpp | undefined): Message | undefined {
  const message = seen?.elsewhere?.find(name);
  return message && seen?.table.get(name)?.crc === message.def.crc ? message : undefined;
}
