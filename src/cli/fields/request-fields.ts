/** Where a request's fields come from: `field=value` arguments, JSON on stdin, or both. */

import type { Message } from '../../mux/codec/codec.js';
import type { Host } from '../host.js';
import { UsageError } from '../usage-error.js';
import { parseArguments, type Tree } from './arguments.js';
import { coerceFields } from './coerce.js';
import { ownFields } from './field-types.js';
import { parseJsonObjects, readStdin } from './stdin.js';

/** How long a piped stdin may stay silent when `-` was not given. */
const SILENCE_MS = 2000;

export interface FieldArguments {
  readonly fromStdin: boolean;
  readonly tree: Tree;
}

/** Splits the arguments behind the message's name. Needs no schema, so that mistakes show before connecting. */
export function splitFieldArguments(args: readonly string[]): FieldArguments {
  return { fromStdin: args.includes('-'), tree: parseArguments(args.filter((argument) => argument !== '-')) };
}

/**
 * The fields of each request to send: one, or one for each JSON object on stdin, arguments going before it.
 *
 * Stdin is read for `-`, and also without any argument when it is a pipe or file and the message has fields. In the latter
 * case an empty one means no fields; one that stays silent is `onSilence`'s to decide, since somebody may be about to write.
 */
export async function requestFields(
  host: Host,
  message: Message,
  given: FieldArguments,
  onSilence: 'go on' | 'refuse',
): Promise<Record<string, unknown>[]> {
  const fields = ownFields(message.def.fields);
  const implied = !given.fromStdin && Object.keys(given.tree).length === 0 && host.io.stdinIsData && fields.length > 0;
  const objects = given.fromStdin || implied ? await stdinObjects(host, message.name, implied, onSilence) : [];
  if (given.fromStdin && objects.length === 0) {
    throw new UsageError(`nothing on stdin: - wants ${message.name}'s fields as JSON`);
  }
  return (objects.length === 0 ? [{}] : objects).map((object) => coerceFields(fields, { ...object, ...given.tree }));
}

async function stdinObjects(host: Host, name: string, implied: boolean, onSilence: 'go on' | 'refuse') {
  const text = await readStdin(host.io, host.signal, implied ? SILENCE_MS : undefined);
  if (text !== undefined) return parseJsonObjects(text);
  if (onSilence === 'refuse') {
    throw new UsageError(
      `${name} has fields, and stdin is open but silent: give field=value, or - to wait for JSON on stdin, or </dev/null to send it with defaults`,
    );
  }
  host.note(`nothing on stdin within ${SILENCE_MS / 1000} s: ${name} is sent with its defaults`);
  return [];
}
