/**
 * VPP's own definitions, its answer to get_api_json → a Schema, piece by piece: the event loop turns in between, and
 * a hostile answer takes no more memory than its bounds allow. Honest ones have 2 to 4 MB in some 150 files.
 */

import { SchemaError } from '../errors.js';
import { type ApiFile, invalid } from '../schema/api-file.js';
import { FileChecker } from '../schema/check-file.js';
import { CrcCheck } from '../schema/crc.js';
import type { CrcTable } from '../schema/definitions.js';
import { jsonElements } from '../schema/json-elements.js';
import { isIdentifier } from '../schema/names.js';
import { resolveFiles, resolveSteps } from '../schema/resolve.js';
import { TimeSlice } from '../schema/time-slice.js';
import type { Schema } from './codec.js';
import { MessageSchema } from './message-schema.js';
import { parseJson } from './parse-json.js';

const NAME = 'get_api_json';
/** The most bytes of all definitions, and of one file, which is parsed in one go; VPP's files have up to 154 kB. */
export const MAX_API_JSON = 16 << 20;
const MAX_FILE = 512 << 10;
/** The most files. */
const MAX_FILES = 2048;

export interface ApiJson {
  readonly schema: Schema;
  /** Messages whose definition does not have the CRC that it claims. */
  readonly unproven: readonly string[];
}

/**
 * Takes the definition whose CRC `table` has where files define a message differently. `proven`: the CRCs have been
 * compared before.
 *
 * @throws SchemaError SCHEMA_INVALID when nothing can be used, or it is larger than any VPP's.
 */
export async function readApiJson(json: Uint8Array, table: CrcTable, proven = false): Promise<ApiJson> {
  checkApiJsonSize(json.length);
  const slice = new TimeSlice();
  const checker = new FileChecker();
  const crcs = new CrcCheck();
  const files: ApiFile[] = [];
  const unread: SchemaError[] = [];
  const unproven = new Set<string>();
  for (const element of jsonElements(NAME, json)) {
    await slice.pauseIfOver();
    if (element === undefined) continue;
    if (files.length + unread.length === MAX_FILES) {
      throw invalid(NAME, '', `more than ${MAX_FILES} files of definitions are too many; VPP has some 150`);
    }
    try {
      const file = readFile(checker, json.subarray(element.start, element.end), files.length + unread.length);
      files.push(file);
      await slice.pauseIfOver();
      if (!proven) for (const { name } of crcs.unproven(file)) unproven.add(name);
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      unread.push(error);
    }
  }
  const steps = resolveSteps(files, unread, table);
  let step = steps.next();
  while (!step.done) {
    const pause = slice.pauseIfOver();
    if (pause) await pause;
    step = steps.next();
  }
  const schema = new MessageSchema(step.value, (wanted) => resolveFiles(files, unread, wanted));
  return { schema, unproven: [...unproven].sort() };
}

/** Throws SCHEMA_INVALID. */
export function checkApiJsonSize(size: number): void {
  if (size <= MAX_API_JSON) return;
  const problem = `${size} bytes of definitions are too many; ${MAX_API_JSON} is the most, and VPP has a quarter of that`;
  throw invalid(NAME, '', `${problem}: this is not VPP's API, or give a directory of definitions (apiDir)`);
}

function readFile(checker: FileChecker, json: Uint8Array, at: number): ApiFile {
  const place = `${NAME}[${at}]`;
  if (json.length > MAX_FILE) throw invalid(place, '', `a file of ${json.length} bytes; ${MAX_FILE} is the most`);
  const content = parseJson(place, new TextDecoder().decode(json));
  return checker.check(apiFileName(content, at), content);
}

/** `ip.api.json`, or its number where it does not say a name. */
export function apiFileName(content: unknown, at: number): string {
  const module = typeof content === 'object' && content !== null && 'module' in content ? content.module : undefined;
  return isIdentifier(module) ? `${module}.api.json` : `${NAME}[${at}]`;
}
