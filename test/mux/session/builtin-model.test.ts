import { expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { builtin } from '../../../src/mux/session/builtin.js';

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

it('the built-in messages: what their definition gives', () => {
  const parsed = parseSchema([{ name: 'memclnt.api.json', text: JSON.stringify(MEMCLNT) }]);
  const { messages, types, services, files } = builtin.model;
  expect([...messages]).toEqual([...parsed.model.messages]);
  expect([...types]).toEqual([...parsed.model.types]);
  expect([...services].sort()).toEqual([...parsed.model.services].sort());
  expect(files).toEqual(parsed.model.files);
});
