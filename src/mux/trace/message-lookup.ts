/** Looks up messages by the ids of a session, for a trace. */

import type { Message } from '../codec/codec.js';
import { builtin, SOCKCLNT_CREATE_ID, SOCKCLNT_CREATE_REPLY_ID } from '../session/builtin.js';
import type { MessageCatalogue } from '../session/message-catalogue.js';
import { tableHash } from '../session/message-table.js';

export interface KnownMessage {
  readonly name: string;
  readonly crc: string;
  /** Undefined where the definitions in use lack the message or define it differently. */
  readonly message: Message | undefined;
}

export interface MessageLookup {
  find(id: number): KnownMessage | undefined;
  /** Hash of the message table; undefined during the handshake. */
  readonly schema: string | undefined;
}

export function lookupOf({ entries, table }: MessageCatalogue): MessageLookup {
  return {
    find(id) {
      const entry = entries[id];
      return entry && { name: entry.name, crc: table.get(entry.name)?.crc ?? '', message: entry.message };
    },
    get schema() {
      return tableHash(table);
    },
  };
}

const handshake = new Map<number, KnownMessage>([
  [SOCKCLNT_CREATE_ID, builtinMessage('sockclnt_create')],
  [SOCKCLNT_CREATE_REPLY_ID, builtinMessage('sockclnt_create_reply')],
]);

/** The lookup during the handshake, before VPP's table is there. */
export const handshakeLookup: MessageLookup = { find: (id) => handshake.get(id), schema: undefined };

function builtinMessage(name: string): KnownMessage {
  const message = builtin.message(name);
  return { name, crc: message.def.crc, message };
}
