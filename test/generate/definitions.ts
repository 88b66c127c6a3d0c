/** Small definitions with one of everything that declarations have. */

import { parseSchema } from '../../src/mux/codec/load.js';
import { CLIENT, CONTEXT, ID, RETVAL } from '../support/api-fields.js';

type Json = Readonly<Record<string, unknown>>;

const FAMILY = ['family', ['FAMILY_IP4', 0], ['FAMILY_IP6', 1], ['FAMILY_NONE', 2], { enumtype: 'u8' }];
const WAYS = ['way_flags', ['WAY_FLAG_UP', 1], ['WAY_FLAG_WIDE', 2], { enumtype: 'u8' }];

/** `thing_types.api.json`, whose types `thing.api.json` imports, and holds. */
const TYPES: Json = {
  enums: [FAMILY],
  enumflags: [WAYS],
  unions: [
    ['raw', ['u32', 'number'], ['u8', 'bytes', 4]],
    ['family_union', ['u8', 'four', 4], ['u64', 'long']],
  ],
  types: [
    ['way', ['vl_api_family_t', 'kind'], ['vl_api_way_flags_t', 'flags'], ['u64', 'weight']],
    ['eid', ['vl_api_eid_type_t', 'type'], ['vl_api_eid_address_t', 'address']],
  ],
};

const EID: Json = {
  enums: [
    FAMILY,
    ['eid_type', ['EID_TYPE_API_PREFIX', 0], ['EID_TYPE_API_MAC', 1], ['EID_TYPE_API_X', 2], { enumtype: 'u8' }],
  ],
  unions: [...(TYPES.unions as unknown[]), ['eid_address', ['u32', 'prefix'], ['u8', 'mac', 6]]],
};

const THING: Json = {
  messages: [
    [
      'thing_set',
      ...[ID, CLIENT, CONTEXT],
      ['u32', 'index'],
      ['bool', 'is_add', { default: true }],
      ['bool', 'is_wide'],
      ['u64', 'cookie', { default: 7 }],
      ['vl_api_eid_t', 'eid'],
      ['vl_api_raw_t', 'raw'],
      ['u8', 'n_ways'],
      ['vl_api_way_t', 'ways', 0, 'n_ways', { limit: 8 }],
      {
        crc: '0x00000001',
        options: { deprecated: null, replaced_by: 'thing_set_v2' },
        comment: '/** \\brief Sets a thing @ once; not this: */ alert()\n    @param index - its index\n*/',
      },
    ],
    ['thing_set_reply', ID, CONTEXT, RETVAL, { crc: '0x00000002' }],
    ['thing_dump', ID, CLIENT, CONTEXT, ['bool', 'name_valid'], ['string', 'name', 0], { crc: '0x00000003' }],
    ['thing_details', ID, CONTEXT, ['vl_api_way_t', 'way'], ['u8', 'key', 16], { crc: '0x00000004' }],
    ['thing_get', ID, CLIENT, CONTEXT, ['u32', 'cursor'], { crc: '0x00000005', options: { in_progress: null } }],
    ['thing_get_reply', ID, CONTEXT, RETVAL, ['u32', 'cursor'], { crc: '0x00000006' }],
    ['thing_forget', ID, CLIENT, CONTEXT, { crc: '0x00000007' }],
    [
      'want_thing_events',
      ID,
      CLIENT,
      CONTEXT,
      ['bool', 'enable_disable'],
      ['u32', 'pid'],
      ['u32', 'at'],
      { crc: '0x00000008' },
    ],
    ['want_thing_events_reply', ID, CONTEXT, RETVAL, { crc: '0x00000009' }],
    ['thing_event', ID, CLIENT, ['u32', 'pid'], ['vl_api_raw_t', 'raw'], { crc: '0x0000000a' }],
  ],
  services: {
    thing_set: { reply: 'thing_set_reply' },
    thing_dump: { reply: 'thing_details', stream: true },
    thing_get: { reply: 'thing_get_reply', stream: true, stream_msg: 'thing_details' },
    thing_forget: { reply: 'null' },
    want_thing_events: { reply: 'want_thing_events_reply', events: ['thing_event'] },
  },
};

const types = { ...TYPES, enums: EID.enums, unions: EID.unions };

export const FILES = [
  { name: '/usr/share/vpp/api/core/thing.api.json', text: JSON.stringify({ ...types, ...THING }) },
  { name: '/usr/share/vpp/api/core/thing_types.api.json', text: JSON.stringify(types) },
];

export const modelOf = (files: readonly { readonly name: string; readonly text: string }[]) => parseSchema(files).model;
