import type { Message, Schema } from '../../src/mux/internal.js';
import type { MessageTable } from './message-table.js';

/** A message that goes out, with its present id. */
export interface Outgoing {
  readonly message: Message;
  readonly id: number;
}

/** Finds a message by its name; undefined where the table does not have it. */
export function outgoing(schema: Schema, table: MessageTable, name: string | undefined): Outgoing | undefined {
  if (name === undefined) return undefined;
  const message = schema.find(name);
  const id = table.idOf.get(name);
  return message === undefined || id === undefined ? undefined : { message, id };
}
