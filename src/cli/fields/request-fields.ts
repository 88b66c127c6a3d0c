/** Where a request's fields come from: `field=value` arguments, JSON on stdin, or both. */

import type { Message } from '../../mux/codec/codec.js';
import type { Field } from '../../mux/schema/model.js';
import type { Host } from '../host.js';
import { UsageError } from '../usage-error.js';
import { parseArguments } from './arguments.js';
import { coerceFields } from './coerce.js';
import { ownFields } from './field-types.js';
import { parseJsonObjects, readStdin } from './stdin.js';

/** How long a piped stdin may stay silent when `-` was not given. */
const SILENCE_MS = 2000;

export interface FieldArguments {
  readonly fromStdin: boolean;
  /** The fields given; undefined: none at all, not even as `{}`. */
  readonly given: Readonly<Record<string, unknown>> | undefined;
}

/** Splits the arguments behind the message's name. Needs no schema, so that mistakes show before connecting. */
export function splitFieldArguments(args: readonly string[]): FieldArguments {
  const words = args.filter((argument) => argument !== '-');
  const whole = words.filter((word) => word.startsWith('{')).flatMap((word) => parseJsonObjects(word, 'argument'));
  const tree = parseArguments(words.filter((word) => !word.startsWith('{')));
  return { fromStdin: args.includes('-'), given: words.length > 0 ? Object.assign({}, ...whole, tree) : undefined };
}

/**
 * The fields of each request to send: one, or one for each JSON object on stdin, arguments going before it.
 *
 * Stdin is read for `-`, and also without any argument when it is a pipe or file and the message has fields. Where it has
 * none either, `bare` decides: a request that changes VPP is not sent with zeros that nobody asked for.
 */
export async function requestFields(
  host: Host,
  message: Message,
  { fromStdin, given }: FieldArguments,
  bare: 'send' | 'refuse',
): Promise<Record<string, unknown>[]> {
  const fields = ownFields(message.def.fields);
  const implied = !fromStdin && given === undefined && host.io.stdinIsData && fields.length > 0;
  const objects = fromStdin || implied ? await stdinObjects(host, message.name, implied, bare) : [];
  if (fromStdin && objects.length === 0) {
    throw new UsageError(`nothing on stdin: - wants ${message.name}'s fields as JSON`);
  }
  if (objects.length === 0 && given === undefined && fields.length > 0 && bare === 'refuse') {
    throw noFields(message.name, fields, implied ? 'nothing came on stdin, and ' : '');
  }
  const own = coerceFields(fields, given ?? {});
  return (objects.length === 0 ? [{}] : objects).map((object) => ({ ...coerceFields(fields, object, 'json'), ...own }));
}

async function stdinObjects(host: Host, name: string, implied: boolean, bare: 'send' | 'refuse') {
  const text = await readStdin(host.io, host.signal, implied ? SILENCE_MS : undefined);
  if (text !== undefined) return parseJsonObjects(text);
  if (bare === 'send') {
    host.note(`nothing on stdin within ${SILENCE_MS / 1000} s: ${name} is sent with its defaults`);
    return [];
  }
  throw new UsageError(
    `${name} changes VPP, and stdin is open but silent: give field=value, or - to wait for JSON on stdin, or '{}' to send it with its defaults`,
  );
}

function noFields(name: string, fields: readonly Field[], why: string): UsageError {
  const names = fields.map((field) => field.name).join(', ');
  return new UsageError(
    `${why}${name} changes VPP: give at least one of its fields (${names}), or '{}' to send it with its defaults; what they are: vppmux describe ${name}`,
  );
}
