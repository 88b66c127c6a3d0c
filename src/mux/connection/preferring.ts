/** Definitions of the system's own files, and of VPP where the files lack a message or have another one. */

import type { Schema } from '../codec/codec.js';
import type { MessageTable } from '../session/message-table.js';

/** Takes the definition of `system` for each message of `table` that it has with that CRC; `other`'s for the rest. */
export function preferring(system: Schema, other: Schema, table: MessageTable): Schema {
  const own = (name: string) => {
    const message = system.find(name);
    return message !== undefined && message.def.crc === table.get(name)?.crc ? message : undefined;
  };
  const messages = new Map(other.model.messages);
  const unusable = new Map(other.model.unusable);
  for (const name of table.keys()) {
    const message = own(name);
    if (message === undefined) continue;
    messages.set(name, message.def);
    unusable.delete(name);
  }
  return {
    model: { ...other.model, messages, unusable },
    find: (name) => own(name) ?? other.find(name),
    message: (name) => own(name) ?? other.message(name),
    forTable: (wanted) => preferring(system.forTable(wanted), other.forTable(wanted), table),
  };
}
