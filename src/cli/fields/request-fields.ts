/** Fields of a request: from `field=value` arguments, from JSON on stdin, or both. */

import { type Field, ownFields } from '../../mux/for-cli.js';
import type { Message } from '../../mux/index.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { parseArguments } from './arguments.js';
import { type JsonItem, parseJsonObjects, readJsonItems } from './json-lines.js';
import { readStdin } from './stdin.js';
import { argumentFields, jsonFields } from './typed-fields.js';

/** Longest wait for a piped stdin when `-` was not given. */
const SILENCE_MS = 2000;

export interface FieldArguments {
  readonly fromStdin: boolean;
  /** The fields given as `field=value`, and as JSON objects. */
  readonly words: Readonly<Record<string, unknown>>;
  readonly objects: Readonly<Record<string, unknown>>;
  /** True when no fields were given, not even as `{}`. */
  readonly none: boolean;
}

/** Splits the arguments behind the message's name. Needs no schema, so that mistakes show before connecting. */
export function splitFieldArguments(args: readonly string[]): FieldArguments {
  const words = args.filter((argument) => argument !== '-');
  const whole = words.filter((word) => word.startsWith('{')).flatMap((word) => parseJsonObjects(word, 'argument'));
  const tree = parseArguments(words.filter((word) => !word.startsWith('{')));
  const objects: Record<string, unknown> = Object.assign({}, ...whole);
  return { fromStdin: args.includes('-'), words: tree, objects, none: words.length === 0 };
}

/** One request to send. */
export interface GivenRequest extends Pick<JsonItem, 'line' | 'text'> {
  /** Its fields, or why it has none that could be sent. */
  readonly fields: Record<string, unknown> | Error;
}

/**
 * Each request to send: one, or one for each JSON object on stdin, arguments going before it. A line of stdin that
 * cannot be used is given with its reason; all other mistakes are thrown.
 *
 * Stdin is read for `-`, and also without any argument when it is a pipe or file and the message has fields. Where it has
 * none either, `bare` decides: a request that changes VPP is not sent with zeros that nobody asked for.
 */
export async function givenRequests(
  host: Host,
  message: Message,
  { fromStdin, words, objects, none }: FieldArguments,
  bare: 'send' | 'refuse',
): Promise<GivenRequest[]> {
  const fields = ownFields(message.def.fields);
  const implied = !fromStdin && none && host.io.stdinIsData && fields.length > 0;
  const onStdin = fromStdin || implied ? await stdinItems(host, message.name, implied, bare) : [];
  if (fromStdin && onStdin.length === 0) {
    throw new UsageError(`nothing on stdin: - wants ${message.name}'s fields as JSON`);
  }
  if (onStdin.length === 0 && none && fields.length > 0 && bare === 'refuse') {
    throw noFields(message.name, fields, implied ? 'nothing came on stdin, and ' : '');
  }
  const own = { ...jsonFields(fields, objects), ...argumentFields(fields, words) };
  if (onStdin.length === 0) return [{ text: '', fields: own }];
  return onStdin.map(({ line, text, object }) => ({ line, text, fields: typed(fields, object, own) }));
}

function typed(
  fields: readonly Field[],
  object: JsonItem['object'],
  own: Readonly<Record<string, unknown>>,
): GivenRequest['fields'] {
  if (object instanceof UsageError) return object;
  try {
    return { ...jsonFields(fields, object), ...own };
  } catch (error) {
    return error as Error;
  }
}

/** The fields of the one request that a command takes. Throws UsageError for several. */
export async function requestFields(
  host: Host,
  message: Message,
  given: FieldArguments,
  bare: 'send' | 'refuse',
): Promise<Record<string, unknown>> {
  const requests = await givenRequests(host, message, given, bare);
  if (requests.length > 1) throw new UsageError(`stdin has ${requests.length} objects; a dump takes one`);
  const [{ fields }] = requests;
  if (fields instanceof Error) throw fields;
  return fields;
}

async function stdinItems(host: Host, name: string, implied: boolean, bare: 'send' | 'refuse') {
  const text = await readStdin(host.io, host.signal, implied ? SILENCE_MS : undefined);
  if (text !== undefined) return readJsonItems(text, 'stdin');
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
