/** Rows of an API file (`*.api.json`) that the definitions of tests have in common. */

export const ID = ['u16', '_vl_msg_id'];
export const CLIENT = ['u32', 'client_index'];
export const CONTEXT = ['u32', 'context'];
export const RETVAL = ['i32', 'retval'];

/** control_ping with VPP's own CRCs. */
export const CONTROL_PING = [
  ['control_ping', ID, CLIENT, CONTEXT, { crc: '0x51077d14' }],
  ['control_ping_reply', ID, CONTEXT, RETVAL, ['u32', 'client_index'], ['u32', 'vpe_pid'], { crc: '0xf6b0b8ca' }],
];

/** A dump, and a `_get` without the details of its items. */
export const LISTS = [
  ['thing_dump', ID, CLIENT, CONTEXT, { crc: '0x00000003' }],
  ['thing_details', ID, CONTEXT, ['u32', 'value'], { crc: '0x00000004' }],
  ['item_get', ID, CLIENT, CONTEXT, ['u32', 'cursor'], { crc: '0x00000005' }],
  ['item_get_reply', ID, CONTEXT, RETVAL, ['u32', 'cursor'], { crc: '0x00000006' }],
];

/** Services of these. */
export const SERVICES = {
  control_ping: { reply: 'control_ping_reply' },
  thing_dump: { reply: 'thing_details', stream: true },
  item_get: { reply: 'item_get_reply', stream: true, stream_msg: 'item_details' },
};
