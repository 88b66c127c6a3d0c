/**
 * Request as bytes, encoded before it is sent: one that has to wait, so that its caller may reuse its object, and one
 * that a listener decides on, so that exactly that is sent.
 */

import { GrowingWriter } from '../codec/byte-writer.js';
import type { ByteWriter, Fields, Message } from '../codec/codec.js';
import { FieldError } from '../errors.js';
import { writeU32 } from '../link/frame.js';
import type { EncodedRequest } from './exchange.js';
import type { MessageEntry } from './message-catalogue.js';

interface Prepared extends Fields {
  readonly body: Buffer;
  readonly contextOffset: number;
}

const scratch = new GrowingWriter(4096);

/** Encodes a request. The context is written when it is sent. Throws FieldError. */
export function encodeRequest(message: Message, id: number, clientIndex: number, fields: Fields): EncodedRequest {
  scratch.pos = 0;
  message.write(scratch, fields, id, clientIndex, 0);
  const body = Buffer.from(scratch.bytes.subarray(0, scratch.pos));
  return framed(body, message.def.contextOffset);
}

/**
 * Wraps a request that is bytes already: `body` is taken over, and gets this connection's id and client index. Its fields are not
 * looked at. Throws FieldError for fewer bytes than any such message has: VPP would read what is behind them.
 */
export function wrapEncoded(message: Message, id: number, clientIndex: number, body: Buffer): EncodedRequest {
  const { name: messageName, contextOffset, clientIndexOffset, minSize } = message.def;
  if (body.length < minSize) {
    const text = `${messageName}: a message of ${body.length} bytes is too short; ${minSize} are the least`;
    throw new FieldError('BAD_FIELD', text, { messageName, path: '' });
  }
  body.writeUInt16BE(id, 0);
  if (clientIndexOffset >= 0) writeU32(body, clientIndexOffset, clientIndex);
  return framed(body, contextOffset);
}

/** Decodes the fields of `encoded`: a new object each time. */
export function fieldsOf(message: Message, encoded: EncodedRequest): Fields {
  const { body } = encoded.fields as Prepared;
  return message.read(body, 0, body.length, { end: 0 });
}

/** Decodes a whole message from VPP that has a definition. */
export function readBody({ message }: MessageEntry, body: Buffer): Fields {
  return (message as Message).read(body, 0, body.length, { end: 0 });
}

function framed(body: Buffer, contextOffset: number): EncodedRequest {
  const prepared: Prepared = { body, contextOffset };
  return { write: copyBody as EncodedRequest['write'], fields: prepared, size: body.length };
}

function copyBody(w: ByteWriter, prepared: Prepared, _id: number, _clientIndex: number, context: number): void {
  const { body, contextOffset } = prepared;
  w.reserve(body.length);
  w.bytes.set(body, w.pos);
  if (contextOffset >= 0) writeU32(w.bytes, w.pos + contextOffset, context);
  w.pos += body.length;
}
