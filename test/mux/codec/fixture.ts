/** A small schema with every kind of field, so that most codec tests need no files. */

import type { Message, Schema } from '../../../src/mux/codec/codec.js';
import { parseSchema } from '../../../src/mux/codec/load.js';

const HEADER = [
  ['u16', '_vl_msg_id'],
  ['u32', 'client_index'],
  ['u32', 'context'],
];

const IP_TYPES = {
  enums: [['address_family', ['ADDRESS_IP4', 0], ['ADDRESS_IP6', 1], { enumtype: 'u8' }]],
  unions: [
    ['address_union', ['vl_api_ip4_address_t', 'ip4'], ['vl_api_ip6_address_t', 'ip6']],
    ['choice', ['u32', 'number'], ['vl_api_mac_address_t', 'mac'], ['vl_api_prefix_t', 'prefix']],
  ],
  types: [
    ['address', ['vl_api_address_family_t', 'af'], ['vl_api_address_union_t', 'un']],
    ['prefix', ['vl_api_address_t', 'address'], ['u8', 'len']],
    ['ip4_prefix', ['vl_api_ip4_address_t', 'address'], ['u8', 'len']],
    ['ip6_prefix', ['vl_api_ip6_address_t', 'address'], ['u8', 'len']],
  ],
  aliases: {
    ip4_address: { type: 'u8', length: 4 },
    ip6_address: { type: 'u8', length: 16 },
    mac_address: { type: 'u8', length: 6 },
    address_with_prefix: { type: 'vl_api_prefix_t' },
    interface_index: { type: 'u32' },
    triple: { type: 'u16', length: 3 },
  },
};

const TYPES = {
  enums: [
    ['color', ['RED', 0], ['GREEN', 1], ['BLUE', 2], { enumtype: 'u8' }],
    ['old_flags', ['OLD_A', 1], ['OLD_B', 2]],
    [
      'link_speed',
      ['LINK_SPEED_API_10G', 1],
      ['LINK_SPEED_API_10', 2],
      ['LINK_SPEED_API_AUTO', 3],
      ['LINK_SPEED_API_A_LINE', 4],
      ['LINK_SPEED_API_B_LINE', 5],
      ['LINK_SPEED_API_THE_SAME', 6],
      ['LINK_SPEED_API_VERY_SAME', 6],
      { enumtype: 'u8' },
    ],
  ],
  enumflags: [['mode', ['MODE_UP', 1], ['MODE_LINK', 2], ['MODE_ALL', 3], { enumtype: 'u8' }]],
  types: [
    ['label', ['u32', 'label', { default: 3 }], ['u8', 'ttl']],
    [
      'path',
      ['vl_api_interface_index_t', 'sw_if_index', { default: 4294967295 }],
      ['u8', 'weight'],
      ['vl_api_label_t', 'labels', 3],
    ],
    [
      'route',
      ['u32', 'table_id'],
      ['vl_api_prefix_t', 'prefix'],
      ['u8', 'n_paths'],
      ['vl_api_path_t', 'paths', 0, 'n_paths'],
    ],
    ['named', ['u8', 'number'], ['string', 'name', 0]],
  ],
};

type FieldJson = readonly unknown[];

const MESSAGES: Record<string, FieldJson[]> = {
  numbers: [
    ['u8', 'a'],
    ['i8', 'b'],
    ['u16', 'c'],
    ['i16', 'd'],
    ['u32', 'e'],
    ['i32', 'f'],
    ['u64', 'g'],
    ['i64', 'h'],
    ['f64', 'i'],
    ['bool', 'j'],
  ],
  defaults: [
    ['bool', 'yes', { default: 'true' }],
    ['u32', 'all', { default: 4294967295 }],
    ['i16', 'minus', { default: -1 }],
    ['u64', 'big', { default: 8192 }],
    ['f64', 'one', { default: 1.0 }],
    ['vl_api_color_t', 'color', { default: 2 }],
    ['string', 'name', 8, { default: 'eth' }],
    ['vl_api_path_t', 'path'],
    ['vl_api_label_t', 'labels', 2],
  ],
  texts: [
    ['vl_api_address_t', 'address'],
    ['vl_api_prefix_t', 'prefix'],
    ['vl_api_address_with_prefix_t', 'with_prefix'],
    ['vl_api_ip4_address_t', 'ip4'],
    ['vl_api_ip6_address_t', 'ip6'],
    ['vl_api_ip4_prefix_t', 'ip4_prefix'],
    ['vl_api_ip6_prefix_t', 'ip6_prefix'],
    ['vl_api_mac_address_t', 'mac'],
    ['vl_api_address_union_t', 'either'],
  ],
  strings: [
    ['string', 'fixed', 8],
    ['string', 'limited', 16, { limit: 4 }],
    ['string', 'rest', 0],
  ],
  arrays: [
    ['u8', 'fixed', 4],
    ['u32', 'numbers', 2],
    ['bool', 'flags', 20],
    ['vl_api_triple_t', 'triple'],
    ['vl_api_label_t', 'labels', 2],
    ['vl_api_mac_address_t', 'macs', 2],
    ['u8', 'count'],
    ['u8', 'data', 0, 'count', { limit: 8 }],
  ],
  addresses: [
    ['u16', 'count'],
    ['vl_api_address_t', 'list', 0, 'count'],
  ],
  tail: [['u16', 'values', 0]],
  route_add: [
    ['bool', 'is_add', { default: 'true' }],
    ['vl_api_route_t', 'route'],
  ],
  enums: [
    ['vl_api_color_t', 'color'],
    ['vl_api_mode_t', 'mode'],
    ['vl_api_old_flags_t', 'old'],
    ['vl_api_color_t', 'more', 2],
    ['vl_api_link_speed_t', 'speed'],
  ],
  unions: [['vl_api_choice_t', 'choice']],
  nested: [['vl_api_named_t', 'named']],
  late: [
    ['u32', 'client_index_2'],
    ['u32', 'retval'],
  ],
};

export function fixtureSchema(): Schema {
  const messages = Object.entries(MESSAGES).map(([name, fields]) => [name, ...HEADER, ...fields, { crc: '0x1' }]);
  const odd = [
    ['event', ['u16', '_vl_msg_id'], ['u32', 'client_index'], ['u32', 'pid'], { crc: '0x2' }],
    ['reply', ['u16', '_vl_msg_id'], ['u32', 'context'], ['i32', 'retval'], ['u32', 'client_index'], { crc: '0x3' }],
    ['swapped', ['u16', '_vl_msg_id'], ['u32', 'context'], ['u32', 'client_index'], ['u8', 'x'], { crc: '0x4' }],
    ['bare', ['u16', '_vl_msg_id'], ['u8', 'x'], { crc: '0x5' }],
  ];
  return parseSchema([
    { name: 'ip.api.json', text: JSON.stringify(IP_TYPES) },
    { name: 'fixture.api.json', text: JSON.stringify({ ...TYPES, messages: [...messages, ...odd] }) },
  ]);
}

const schema = fixtureSchema();

export function fixture(name: string): Message {
  return schema.message(name);
}

/** Content of a message as hex, its ten bytes of header left out. */
export function contentHex(name: string, fields: Record<string, unknown>): string {
  return fixture(name).encode(fields).toString('hex', 10);
}

/** Content given as hex, decoded, header fields left out. */
export function content(name: string, hex: string, options?: { raw?: boolean }): Record<string, unknown> {
  const { _vl_msg_id, client_index, context, ...rest } = fixture(name).decode(
    Buffer.concat([Buffer.alloc(10), Buffer.from(hex.replaceAll(' ', ''), 'hex')]),
    options,
  );
  return rest;
}
