/** Frames that are made here: the handshake, goodbyes, and refusals. All are as VPP's own (WIRE 3.2; memclnt.api). */

import type { Message } from '../codec/codec.js';
import { writeU32 } from '../link/frame.js';
import { SOCKCLNT_CREATE_REPLY_ID } from '../session/builtin.js';
import type { WireEntry } from '../session/message-table.js';

const ENTRY_SIZE = 66;
const ENTRIES = 20;
/** `response` of a sockclnt_delete that was carried out. */
const DELETED = 1;

/** Body of the handshake's reply, but for the two that differ from client to client. */
export function handshakeBody(entries: readonly WireEntry[]): Buffer {
  const body = Buffer.alloc(ENTRIES + entries.length * ENTRY_SIZE);
  body.writeUInt16BE(SOCKCLNT_CREATE_REPLY_ID, 0);
  body.writeUInt16BE(entries.length, 18);
  entries.forEach(({ index, name }, i) => {
    const at = ENTRIES + i * ENTRY_SIZE;
    body.writeUInt16BE(index, at);
    body.write(name, at + 2, 63, 'latin1');
  });
  return body;
}

/** Writes into a handshake's body the context of the client's request, and its index. */
export function greet(body: Buffer, context: number, index: number): Buffer {
  writeU32(body, 6, context);
  writeU32(body, 14, index);
  return body;
}

/** The reply to sockclnt_delete. */
export function goodbyeBody(id: number, context: number): Buffer {
  return retvalBody(id, context, DELETED);
}

/** A reply that has only a retval: id, context, retval. */
export function retvalBody(id: number, context: number, retval: number): Buffer {
  const body = Buffer.alloc(10);
  body.writeUInt16BE(id, 0);
  writeU32(body, 2, context);
  body.writeInt32BE(retval, 6);
  return body;
}

/** The reply `message` with a retval, and everything else as zeros. Throws where the definition has no such reply. */
export function refusalBody(message: Message, id: number, context: number, retval: number): Buffer {
  const body = message.encode({ _vl_msg_id: id, context, retval });
  body.writeUInt16BE(id, 0);
  if (message.def.contextOffset >= 0) writeU32(body, message.def.contextOffset, context);
  return body;
}
