/**
 * API definitions from a directory, from texts, or from VPP's own get_api_json → a Schema.
 *
 * A definition that cannot be read or used is a problem of its own (`schema.model.problems`); the rest is a schema all the same.
 */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../../regular-file.js';
import { reasonOf } from '../../thrown.js';
import { SchemaError } from '../errors.js';
import { type ApiFile, invalid } from '../schema/api-file.js';
import { FileChecker } from '../schema/check-file.js';
import { resolveFiles } from '../schema/resolve.js';
import { shown } from '../schema/shown.js';
import { apiFileName, MAX_API_JSON } from './api-json.js';
import type { Schema } from './codec.js';
import { MessageSchema } from './message-schema.js';
import { parseJson } from './parse-json.js';

const SUFFIX = '.api.json';

/**
 * All `*.api.json` files below `dir`, `core/` and `plugins/` included (the layout of /usr/share/vpp/api).
 *
 * @throws SchemaError SCHEMA_NOT_FOUND when there are none, SCHEMA_INVALID (with `file` and `path`) when nothing in them can be used.
 */
export async function loadSchema(dir: string): Promise<Schema> {
  const names = await apiFilesBelow(dir);
  if (names.length === 0) {
    throw notFound(dir, 'there are no .api.json files in it or below');
  }
  // One after the other becomes text, definitions, and garbage: the heap stays small, and loading fast.
  return schemaOf(names, (name) => parseJson(name, readApiFile(name)));
}

/** Definitions given as texts. `name` is used in errors and as `MessageDef.file`. */
export function parseSchema(files: readonly { readonly name: string; readonly text: string }[]): Schema {
  return schemaOf(
    files.map(({ name }) => name),
    (name, i) => parseJson(name, files[i].text),
  );
}

/** The answer to get_api_json, a JSON array of all API files that VPP has loaded, where it is trusted: saved in a file. */
export function schemaFromApiJson(json: string): Schema {
  const name = 'get_api_json';
  const list = parseJson(name, json);
  if (!Array.isArray(list)) throw invalid(name, '', `an array of API definitions is expected, not ${shown(list)}`);
  const names = list.map(apiFileName);
  return schemaOf(names, (_, i) => list[i]);
}

/** `read` gives a file's JSON, or throws what is wrong with it. */
function schemaOf(names: readonly string[], read: (name: string, i: number) => unknown): Schema {
  const checker = new FileChecker();
  const files: ApiFile[] = [];
  const unread: SchemaError[] = [];
  names.forEach((name, i) => {
    try {
      files.push(checker.check(name, read(name, i)));
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      unread.push(error);
    }
  });
  return new MessageSchema(resolveFiles(files, unread), (table) => resolveFiles(files, unread, table));
}

function readApiFile(name: string): string {
  try {
    return readRegularFile(name, { max: MAX_API_JSON }).toString('utf8');
  } catch (cause) {
    throw notFound(name, `it cannot be read (${reasonOf(cause)})`, cause);
  }
}

async function apiFilesBelow(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { recursive: true });
    return entries
      .filter((entry) => entry.endsWith(SUFFIX))
      .sort()
      .map((entry) => join(dir, entry));
  } catch (cause) {
    throw notFound(dir, `it cannot be read (${reasonOf(cause)})`, cause);
  }
}

function notFound(file: string, problem: string, cause?: unknown): SchemaError {
  const text = `no API definitions from ${file}: ${problem}; VPP's packages put them into /usr/share/vpp/api`;
  return new SchemaError('SCHEMA_NOT_FOUND', text, { file }, cause);
}
