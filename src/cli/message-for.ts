/** Finds the command that a message is for, and refuses the wrong command with the name of the right one. */

import { type CommandName, useOf } from '../mux/for-cli.js';
import type { Message, Schema } from '../mux/index.js';
import { UsageError } from './errors.js';

/** The message `name`, if it is one for `command`; else throws UsageError, or UNKNOWN_MESSAGE. */
export function messageFor(command: CommandName, schema: Schema, name: string): Message {
  const message = schema.message(name);
  const use = useOf(schema, message, command);
  if (use.command === command && use.names.includes(name)) return message;
  const right = use.command === undefined ? '' : `; use: vppmux ${use.command} ${use.names.join(' or ')}`;
  throw new UsageError(`${name} is ${use.what}${right}`);
}
