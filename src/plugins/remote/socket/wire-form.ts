/** The two forms of the frames: JSON text, and CBOR in binary messages. */

import { type Fields, fromJson, type Message, type Schema, toJson } from '../../../mux/index.js';
import { decodeCbor, encodeCbor, SUBPROTOCOLS } from '../../../remote/protocol/index.js';
import { reasonOf } from '../../../thrown.js';
import { FrameFault } from './frame-fault.js';

export interface WireForm {
  readonly protocol: string;
  /** Throws FrameFault. */
  decode(data: Uint8Array, isBinary: boolean): unknown;
  encode(frame: object): string | Uint8Array;
  /** Fields of a message as a channel takes them. Throws FieldError. */
  fieldsIn(message: Message | undefined, fields: Fields): Fields;
  /** Decoded fields as the frame has them. */
  fieldsOut(message: Message | undefined, fields: Fields): Fields;
}

const json: WireForm = {
  protocol: SUBPROTOCOLS.json,
  decode(data, isBinary) {
    if (isBinary) throw new FrameFault(`with ${SUBPROTOCOLS.json} a frame is a text message`);
    try {
      return JSON.parse(String(data));
    } catch (error) {
      throw new FrameFault(`a frame is JSON: ${reasonOf(error)}`);
    }
  },
  encode: (frame) => JSON.stringify(frame),
  fieldsIn: (message, fields) => (message === undefined ? fields : fromJson(message, fields)),
  fieldsOut: (message, fields) => toJson(message ?? UNKNOWN, fields) as Fields,
};

const cbor: WireForm = {
  protocol: SUBPROTOCOLS.cbor,
  decode(data, isBinary) {
    if (!isBinary) throw new FrameFault(`with ${SUBPROTOCOLS.cbor} a frame is a binary message`);
    try {
      return decodeCbor(data);
    } catch (error) {
      throw new FrameFault(`a frame is CBOR: ${reasonOf(error)}`);
    }
  },
  encode: encodeCbor,
  fieldsIn: (_, fields) => fields,
  fieldsOut: (_, fields) => fields,
};

/** A message whose definition is gone: its values keep all arms of their unions. */
const UNKNOWN = { def: { fields: [] } } as unknown as Message;

/** The form of a subprotocol; JSON where a client has offered none. */
export const formOf = (protocol: string): WireForm => (protocol === cbor.protocol ? cbor : json);

/** Definitions of the messages that answer `request`, where they are known. */
export function answersOf(schema: Schema | undefined, request: string) {
  const service = schema?.find(request)?.def.service;
  const find = (name: string | undefined) => (name === undefined ? undefined : schema?.find(name));
  return { reply: find(service?.reply), details: find(service?.details) };
}
