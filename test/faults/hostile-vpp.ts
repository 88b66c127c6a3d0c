/**
 * A VPP of a test's own, which answers each request as the test says: not at all, for ever, with nonsense. It shakes
 * hands with the definitions it is given, and knows nothing of the mux's link and session.
 */
import { createServer, type Socket } from 'node:net';
import { parseSchema } from '../../src/mux/codec/load.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';

const id = ['u16', '_vl_msg_id'];
const client = ['u32', 'client_index'];
const context = ['u32', 'context'];
const retval = ['i32', 'retval'];

const API = {
  messages: [
    ['control_ping', id, client, context, { crc: '0x51077d14' }],
    ['control_ping_reply', id, context, retval, ['u32', 'client_index'], ['u32', 'vpe_pid'], { crc: '0xf6b0b8ca' }],
    ['store', id, client, context, ['u8', 'data', 512], { crc: '0x00000001' }],
    ['store_reply', id, context, retval, { crc: '0x00000002' }],
    ['thing_dump', id, client, context, { crc: '0x00000003' }],
    ['thing_details', id, context, ['u32', 'value'], { crc: '0x00000004' }],
    ['item_get', id, client, context, ['u32', 'cursor'], { crc: '0x00000005' }],
    ['item_get_reply', id, context, retval, ['u32', 'cursor'], { crc: '0x00000006' }],
    ['item_details', id, client, context, ['u32', 'value'], { crc: '0x00000007' }],
    ['news_event', id, client, ['u32', 'pid'], { crc: '0x00000008' }],
  ],
  services: {
    control_ping: { reply: 'control_ping_reply' },
    store: { reply: 'store_reply' },
    thing_dump: { reply: 'thing_details', stream: true },
    item_get: { reply: 'item_get_reply', stream: true, stream_msg: 'item_details' },
  },
};

export const hostileSchema = parseSchema([{ name: 'hostile.api.json', text: JSON.stringify(API) }]);
const TABLE = [...hostileSchema.model.messages.values()].map(({ name, crc }, index) => ({
  name,
  crc,
  id: 100 + index,
}));
export const IDS = TABLE.map((entry) => entry.id);
const HEADER = 16;

export interface Asked {
  readonly name: string;
  readonly context: number;
  readonly socket: Socket;
}

/** A whole frame. */
export function frame(body: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt32BE(body.length, 8);
  return Buffer.concat([header, body]);
}

export function answer(name: string, fields: Record<string, unknown>): Buffer {
  const _vl_msg_id = TABLE.find((entry) => entry.name === name)?.id;
  return Buffer.from(hostileSchema.message(name).encode({ _vl_msg_id, ...fields }));
}

/** Listens until the end of the test. */
export async function hostileVpp(onAsked: (asked: Asked) => void): Promise<{ socket: string; sockets: Set<Socket> }> {
  const { path, remove } = scratch();
  afterThis(remove);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let input = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      input = Buffer.concat([input, chunk]);
      for (; input.length >= HEADER; ) {
        const end = HEADER + input.readUInt32BE(8);
        if (input.length < end) break;
        take(socket, input.subarray(HEADER, end), onAsked);
        input = input.subarray(end);
      }
    });
  });
  afterThis(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const socket = path('api.sock');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return { socket, sockets };
}

function take(socket: Socket, body: Buffer, onAsked: (asked: Asked) => void): void {
  const asked = body.readUInt16BE(0);
  if (asked === 15) socket.write(frame(welcome()));
  else onAsked({ name: TABLE.find((entry) => entry.id === asked)?.name ?? '', context: body.readUInt32BE(6), socket });
}

function welcome(): Buffer {
  const reply = Buffer.alloc(20 + 66 * TABLE.length);
  reply.writeUInt16BE(16, 0);
  reply.writeUInt32BE(0x80000001, 14);
  reply.writeUInt16BE(TABLE.length, 18);
  for (const [index, entry] of TABLE.entries()) {
    reply.writeUInt16BE(entry.id, 20 + 66 * index);
    reply.write(`${entry.name}_${entry.crc}`, 22 + 66 * index);
  }
  return reply;
}
