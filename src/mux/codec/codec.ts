/**
 * The seam between the codec and those who move bytes: the shapes of the compiled functions.
 *
 * Invariant: a write function either leaves a whole, valid body behind `w.pos`, or throws a FieldError;
 * whoever called it then puts `w.pos` back. A read function never reads outside [start, end).
 */

import type { MessageDef } from '../schema/model.js';

/** A message's fields by VPP's own snake_case names. */
export type Fields = Record<string, unknown>;

/** A growing buffer that write functions append to. */
export interface ByteWriter {
  /** Replaced by a larger one when `reserve` needs more room: read it again after every `reserve`. */
  bytes: Buffer;
  pos: number;
  /** Makes room for `count` more bytes behind `pos`; does not move `pos`. */
  reserve(count: number): void;
}

/** Appends one whole message body (`_vl_msg_id` first) to `w`. */
export type WriteMessage = (w: ByteWriter, fields: Fields, id: number, clientIndex: number, context: number) => void;

/** The offset at which a read function stopped; `at.end` < the end it was given means bytes beyond the definition. */
export interface ReadEnd {
  end: number;
}

/** Decodes the body in `bytes[start, end)`; own copies of everything, nothing points into `bytes`. */
export type ReadMessage = (bytes: Buffer, start: number, end: number, at: ReadEnd) => Fields;

/** One message, compiled on first use. */
export interface Message {
  readonly name: string;
  readonly def: MessageDef;
  /** Key in VPP's message table: `show_version_51077d14`. */
  readonly nameCrc: string;
  readonly hasRetval: boolean;
  /** Bytes in memory, roughly, that a body of `size` bytes takes when it is decoded. */
  memoryOf(size: number): number;
  /** Fast functions for the session. `read` leaves out the header fields (`_vl_msg_id`, and `client_index` and `context` where they lead). */
  readonly write: WriteMessage;
  readonly read: ReadMessage;
  /** Whole body with header fields taken from `fields` (zero when left out). */
  encode(fields: Fields): Buffer;
  /** Whole body, header fields included. `raw`: no text forms; u8 arrays and unions as bytes, addresses as structs. */
  decode(bytes: Uint8Array, options?: { raw?: boolean }): Fields;
}

/** All messages of one VPP. Made by `loadSchema` and `parseSchema`. */
export interface Schema {
  readonly model: import('../schema/model.js').ApiModel;
  /** Throws UNKNOWN_MESSAGE with the nearest names, or SCHEMA_INVALID when its definition cannot be used. */
  message(name: string): Message;
  find(name: string): Message | undefined;
  /** The same definitions, but of each message that files define differently the one whose CRC `table` has. */
  forTable(table: ReadonlyMap<string, { readonly crc: string }>): Schema;
}
