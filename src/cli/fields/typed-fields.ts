/** Fields of a message as the command line has them, in `field=value` arguments or in JSON, with the types of the message. */

import { type Field, readFields, type StringForms, unalias } from '../../mux/for-cli.js';
import { NAMED_BYTES, readRegularFile } from '../../regular-file.js';
import { UsageError } from '../errors.js';

type Values = Record<string, unknown>;

/** JSON, on stdin or in an argument, may come from another user: it names no files. */
const JSON_FORMS: StringForms = { file: refuseFile, json: parseJson };
const ARGUMENT_FORMS: StringForms = { file: readFile, json: parseJson, within: JSON_FORMS };

/** Values of `field=value` arguments: strings, or trees of them. Throws UsageError. */
export function argumentFields(fields: readonly Field[], given: Readonly<Values>): Values {
  const typed = readFields(fields, given, ARGUMENT_FORMS);
  for (const field of fields) refusePath(field, typed[field.name]);
  return typed;
}

/** The values of a JSON object. Throws UsageError. */
export function jsonFields(fields: readonly Field[], given: Readonly<Values>): Values {
  return readFields(fields, given, JSON_FORMS);
}

/** `sw_if_index=~0` without quotes is a path by the time that it comes here. */
function refusePath({ name, type, array }: Field, value: unknown): void {
  if (typeof value !== 'string' || !value.startsWith('/') || array) return;
  const plain = unalias(type);
  if (plain.kind !== 'scalar' || plain.name === 'bool' || plain.name === 'f64') return;
  throw new UsageError(
    `${name} is a number, not the path ${value}: a shell makes one of ~0; quote it, as '${name}=~0'`,
  );
}

function readFile(path: string): Uint8Array {
  try {
    return Uint8Array.from(readRegularFile(path, { max: NAMED_BYTES, pipes: true }));
  } catch (error) {
    throw new UsageError(`the file ${path} cannot be read: ${(error as Error).message}`);
  }
}

function refuseFile(path: string): never {
  throw new UsageError(`@FILE is read in field=@FILE only, not in JSON; for the text itself: "text:@${path}"`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    throw new UsageError(`argument value '${shown}' is not JSON: ${(error as Error).message}`);
  }
}
