/** A schema with one message of each kind, for tests of the session and the channels. */

import { parseSchema } from '../../src/mux/codec/load.js';
import { MessageCatalogue } from '../../src/mux/session/message-catalogue.js';
import type { MessageTable } from '../../src/mux/session/message-table.js';

const id = ['u16', '_vl_msg_id'];
const client = ['u32', 'client_index'];
const context = ['u32', 'context'];
const retval = ['i32', 'retval'];

const API = {
  messages: [
    ['control_ping', id, client, context, { crc: '0x51077d14' }],
    ['control_ping_reply', id, context, retval, ['u32', 'client_index'], ['u32', 'vpe_pid'], { crc: '0xf6b0b8ca' }],
    ['add_one', id, client, context, ['u32', 'value'], { crc: '0x00000001' }],
    ['add_one_reply', id, context, retval, ['u32', 'value'], { crc: '0x00000002' }],
    ['thing_dump', id, client, context, { crc: '0x00000003' }],
    ['thing_details', id, context, ['u32', 'value'], { crc: '0x00000004' }],
    ['item_get', id, client, context, ['u32', 'cursor'], { crc: '0x00000005' }],
    ['item_get_reply', id, context, retval, ['u32', 'cursor'], { crc: '0x00000006' }],
    ['item_details', id, context, ['u32', 'value'], { crc: '0x00000007' }],
    ['want_thing_events', id, client, context, ['bool', 'enable_disable'], ['u32', 'pid'], { crc: '0x00000008' }],
    ['want_thing_events_reply', id, context, retval, { crc: '0x00000009' }],
    ['nap', id, client, context, ['u32', 'value'], { crc: '0x0000000b' }],
    ['nap_reply', id, context, retval, { crc: '0x0000000c' }],
    ['thing_event', id, client, ['u32', 'pid'], ['u32', 'value'], { crc: '0x0000000a' }],
    ['want_ping_finished_events', id, client, context, ['u32', 'repeat'], { crc: '0x00000010' }],
    ['want_ping_finished_events_reply', id, context, retval, { crc: '0x00000011' }],
    ['ping_finished_event', id, ['u32', 'request_count'], { crc: '0x00000012' }],
    ['add_two', id, client, context, ['u32', 'value'], { crc: '0x0000000b' }],
    ['add_two_reply', id, context, retval, ['u32', 'value'], { crc: '0x00000002' }],
    ['thing_v2_dump', id, client, context, { crc: '0x0000000c' }],
    ['thing_v2_details', id, context, ['u32', 'value'], { crc: '0x00000004' }],
    ['thing_v2_dump_reply', id, context, retval, ['u32', 'epoch'], { crc: '0x0000000f' }],
    ['ip6nd_proxy_dump', id, client, context, { crc: '0x0000000d' }],
    ['ip6nd_proxy_details', id, context, ['u32', 'sw_if_index'], { crc: '0x0000000e' }],
  ],
  services: {
    control_ping: { reply: 'control_ping_reply' },
    add_one: { reply: 'add_one_reply' },
    nap: { reply: 'nap_reply' },
    thing_dump: { reply: 'thing_details', stream: true },
    item_get: { reply: 'item_get_reply', stream: true, stream_msg: 'item_details' },
    add_two: { reply: 'add_two_reply' },
    thing_v2_dump: { reply: 'thing_v2_details', stream: true },
    ip6nd_proxy_dump: { reply: 'ip6nd_proxy_details', stream: true },
    want_ping_finished_events: { reply: 'want_ping_finished_events_reply', events: ['ping_finished_event'] },
    want_thing_events: { reply: 'want_thing_events_reply', events: ['thing_event'] },
  },
};

export const smallSchema = parseSchema([{ name: 'small.api.json', text: JSON.stringify(API) }]);

/** VPP's table for it: ids count from 100. */
export const smallTable: MessageTable = new Map(
  [...smallSchema.model.messages.values()].map(({ name, crc }, index) => [name, { name, crc, id: 100 + index }]),
);

/** `exclusive`: names of requests that go alone. */
export function smallCatalogue(exclusive: readonly string[] = []): MessageCatalogue {
  return new MessageCatalogue(smallTable, smallSchema, false, undefined, exclusive);
}

/** A body as VPP would send it. */
export function body(name: string, fields: Record<string, unknown>): Buffer {
  return smallSchema.message(name).encode({ _vl_msg_id: smallTable.get(name)?.id, ...fields });
}

/** Name and fields of a body that was sent to VPP. */
export function read(bytes: Buffer): { name: string; fields: Record<string, unknown> } {
  const id = bytes.readUInt16BE(0);
  const entry = [...smallTable.values()].find((each) => each.id === id);
  if (!entry) throw new Error(`a message with the unknown id ${id} was sent`);
  return { name: entry.name, fields: smallSchema.message(entry.name).decode(bytes) };
}
