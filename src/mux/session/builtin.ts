/**
 * Messages that a client must know before it has any definitions: how to introduce itself, to fetch
 * the definitions, to ask for life, and to leave (facts of memclnt.api and WIRE 3.2, the same in every
 * VPP with a socket API).
 */

import type { Message, Schema } from '../codec/codec.js';
import { parseSchema } from '../codec/load.js';
import { type SeenVpp, whyUnusable } from './why-unusable.js';

const id = ['u16', '_vl_msg_id'];
const client = ['u32', 'client_index'];
const context = ['u32', 'context'];

const MEMCLNT = {
  types: [
    ['message_table_entry', ['u16', 'index'], ['string', 'name', 64]],
    ['module_version', ['u32', 'major'], ['u32', 'minor'], ['u32', 'patch'], ['string', 'name', 64]],
  ],
  messages: [
    ['sockclnt_create', id, context, ['string', 'name', 64], { crc: '0x455fb9c4' }],
    [
      'sockclnt_create_reply',
      id,
      client,
      context,
      ['i32', 'response'],
      ['u32', 'index'],
      ['u16', 'count'],
      ['vl_api_message_table_entry_t', 'message_table', 0, 'count'],
      { crc: '0x35166268' },
    ],
    ['sockclnt_delete', id, client, context, ['u32', 'index'], { crc: '0x8ac76db6' }],
    ['sockclnt_delete_reply', id, context, ['i32', 'response'], { crc: '0x8f38b1ee' }],
    ['get_api_json', id, client, context, { crc: '0x51077d14' }],
    ['get_api_json_reply', id, context, ['i32', 'retval'], ['string', 'json', 0], { crc: '0xea715b59' }],
    ['control_ping', id, client, context, { crc: '0x51077d14' }],
    [
      'control_ping_reply',
      id,
      context,
      ['i32', 'retval'],
      ['u32', 'client_index'],
      ['u32', 'vpe_pid'],
      { crc: '0xf6b0b8ca' },
    ],
    ['api_versions', id, client, context, { crc: '0x51077d14' }],
    [
      'api_versions_reply',
      id,
      context,
      ['i32', 'retval'],
      ['u32', 'count'],
      ['vl_api_module_version_t', 'api_versions', 0, 'count'],
      { crc: '0x5f0d99d6' },
    ],
    ['get_first_msg_id', id, client, context, ['string', 'name', 64], { crc: '0xebf79a66' }],
    ['get_first_msg_id_reply', id, context, ['i32', 'retval'], ['u16', 'first_msg_id'], { crc: '0x7d337472' }],
  ],
  services: {
    api_versions: { reply: 'api_versions_reply' },
    get_first_msg_id: { reply: 'get_first_msg_id_reply' },
    sockclnt_create: { reply: 'sockclnt_create_reply' },
    sockclnt_delete: { reply: 'sockclnt_delete_reply' },
    get_api_json: { reply: 'get_api_json_reply' },
    control_ping: { reply: 'control_ping_reply' },
  },
};

/** Ids of the handshake, fixed by the order of memclnt.api. */
export const SOCKCLNT_CREATE_ID = 15;
export const SOCKCLNT_CREATE_REPLY_ID = 16;

export const builtin = parseSchema([{ name: 'memclnt.api.json', text: JSON.stringify(MEMCLNT) }]);

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
