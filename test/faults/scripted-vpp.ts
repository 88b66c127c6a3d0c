/**
 * A VPP that answers each request as a test's function says: not at all, for ever, with nonsense. Its definitions are in
 * order; one whose table and definitions are wrong is test/support/crafted-vpp.ts. Knows nothing of the mux's link and session.
 */
import { createServer, type Socket } from 'node:net';
import { parseSchema } from '../../src/mux/codec/load.js';
import { CLIENT, CONTEXT, CONTROL_PING, ID, LISTS, RETVAL, SERVICES } from '../support/api-fields.js';
import { scratch } from '../support/vpp.js';
import { frameHeader, handshakeReply, onFrames } from '../support/vpp-frames.js';
import { afterThis } from '../support/world.js';

const API = {
  messages: [
    ...CONTROL_PING,
    ...LISTS,
    ['store', ID, CLIENT, CONTEXT, ['u8', 'data', 512], { crc: '0x00000001' }],
    ['store_reply', ID, CONTEXT, RETVAL, { crc: '0x00000002' }],
    ['item_details', ID, CLIENT, CONTEXT, ['u32', 'value'], { crc: '0x00000007' }],
    ['news_event', ID, CLIENT, ['u32', 'pid'], { crc: '0x00000008' }],
  ],
  services: {
    ...SERVICES,
    store: { reply: 'store_reply' },
  },
};

export const scriptedSchema = parseSchema([{ name: 'scripted.api.json', text: JSON.stringify(API) }]);
const TABLE = [...scriptedSchema.model.messages.values()].map(({ name, crc }, index) => ({
  name,
  crc,
  id: 100 + index,
}));
export const IDS = TABLE.map((entry) => entry.id);

export interface Asked {
  readonly name: string;
  readonly context: number;
  readonly socket: Socket;
}

/** A whole frame. */
export function frame(body: Uint8Array): Buffer {
  return Buffer.concat([frameHeader(body.length), body]);
}

export function answer(name: string, fields: Record<string, unknown>): Buffer {
  const _vl_msg_id = TABLE.find((entry) => entry.name === name)?.id;
  return Buffer.from(scriptedSchema.message(name).encode({ _vl_msg_id, ...fields }));
}

/** Listens until the end of the test. */
export async function scriptedVpp(onAsked: (asked: Asked) => void): Promise<{ socket: string; sockets: Set<Socket> }> {
  const { path, remove } = scratch();
  afterThis(remove);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    onFrames(socket, (body) => take(socket, body, onAsked));
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
  if (asked === 15) socket.write(frame(handshakeReply(TABLE.map(({ name, crc, id }) => [name, crc, id]))));
  else onAsked({ name: TABLE.find((entry) => entry.id === asked)?.name ?? '', context: body.readUInt32BE(6), socket });
}
