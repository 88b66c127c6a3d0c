/** `?describe`: a message and all that VPP answers to it, as `vppmux describe` has them. */

import {
  describeMessage,
  type Message,
  type MessageDescription,
  type Schema,
  type TableEntry,
} from '../../../mux/index.js';

export interface ExchangeDescription extends MessageDescription {
  /** Descriptions of what VPP sends because of it: its reply, the details of a list, events. */
  readonly answers: readonly MessageDescription[];
}

export function describeExchange(
  schema: Schema,
  message: Message,
  table: ReadonlyMap<string, TableEntry>,
): ExchangeDescription {
  const { service } = message.def;
  const names = service ? [service.details, service.reply, ...service.events] : [];
  const answers = names.flatMap((name) => {
    const found = name === undefined ? undefined : schema.find(name);
    return found === undefined ? [] : [describeMessage(schema, found, table)];
  });
  return { ...describeMessage(schema, message, table), answers };
}
