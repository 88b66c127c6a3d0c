/** Merges the definitions of the system's own files with those of VPP, for messages that the files lack or define differently. */

import type { Schema } from '../codec/codec.js';
import type { MessageTable } from '../session/message-table.js';

/** Takes the definition of `system` for each message of `table` that it has with the same CRC, and that of `other` for the rest. */
export function preferSystem(system: Schema, other: Schema, table: MessageTable): Schema {
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
    forTable: (wanted) => preferSystem(system.forTable(wanted), other.forTable(wanted), table),
  };
}
