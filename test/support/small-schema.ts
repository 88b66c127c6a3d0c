/** A schema with one message of each kind, for tests of the session and the channels. */

import { parseSchema } from '../../src/mux/codec/load.js';
import { MessageCatalogue } from '../../src/mux/session/message-catalogue.js';
import type { MessageTable } from '../../src/mux/session/message-table.js';
import { CLIENT, CONTEXT, CONTROL_PING, ID, LISTS, RETVAL, SERVICES } from './api-fields.js';

const API = {
  messages: [
    ...CONTROL_PING,
    ...LISTS,
    ['add_one', ID, CLIENT, CONTEXT, ['u32', 'value'], { crc: '0x00000001' }],
    ['add_one_reply', ID, CONTEXT, RETVAL, ['u32', 'value'], { crc: '0x00000002' }],
    ['item_details', ID, CONTEXT, ['u32', 'value'], { crc: '0x00000007' }],
    ['want_thing_events', ID, CLIENT, CONTEXT, ['bool', 'enable_disable'], ['u32', 'pid'], { crc: '0x00000008' }],
    ['want_thing_events_reply', ID, CONTEXT, RETVAL, { crc: '0x00000009' }],
    ['nap', ID, CLIENT, CONTEXT, ['u32', 'value'], { crc: '0x0000000b' }],
    ['nap_reply', ID, CONTEXT, RETVAL, { crc: '0x0000000c' }],
    ['thing_event', ID, CLIENT, ['u32', 'pid'], ['u32', 'value'], { crc: '0x0000000a' }],
    ['want_ping_finished_events', ID, CLIENT, CONTEXT, ['u32', 'repeat'], { crc: '0x00000010' }],
    ['want_ping_finished_events_reply', ID, CONTEXT, RETVAL, { crc: '0x00000011' }],
    ['ping_finished_event', ID, ['u32', 'request_count'], { crc: '0x00000012' }],
    ['add_two', ID, CLIENT, CONTEXT, ['u32', 'value'], { crc: '0x0000000b' }],
    ['add_two_reply', ID, CONTEXT, RETVAL, ['u32', 'value'], { crc: '0x00000002' }],
    ['thing_v2_dump', ID, CLIENT, CONTEXT, { crc: '0x0000000c' }],
    ['thing_v2_details', ID, CONTEXT, ['u32', 'value'], { crc: '0x00000004' }],
    ['thing_v2_dump_reply', ID, CONTEXT, RETVAL, ['u32', 'epoch'], { crc: '0x0000000f' }],
    ['ip6nd_proxy_dump', ID, CLIENT, CONTEXT, { crc: '0x0000000d' }],
    ['ip6nd_proxy_details', ID, CONTEXT, ['u32', 'sw_if_index'], { crc: '0x0000000e' }],
  ],
  services: {
    ...SERVICES,
    add_one: { reply: 'add_one_reply' },
    nap: { reply: 'nap_reply' },
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
