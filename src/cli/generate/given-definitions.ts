/** The definitions that declarations are made of: files and archives, a directory, or a running VPP. */

import { statSync } from 'node:fs';
import { apiFileName } from '../../mux/for-cli.js';
import { parseSchema, type Schema } from '../../mux/index.js';
import { FileError, readRegularFile } from '../../regular-file.js';
import { reasonOf } from '../../thrown.js';
import { readSavedTable } from '../compat/saved-table.js';
import { findDefinitions } from '../describe/definitions-source.js';
import { UsageError } from '../errors.js';
import { INPUT_BYTES, inputText } from '../files/input.js';
import type { Host } from '../host.js';
import type { ConnectionFlags } from '../options.js';
import { archivedFiles } from './archive.js';

export interface GivenDefinitions {
  readonly schema: Schema;
  /** Names of the messages that the running VPP has; undefined where none was asked. */
  readonly names?: ReadonlySet<string>;
}

interface ApiText {
  readonly name: string;
  readonly text: string;
}

/** `paths`: files; without any, what `--api-dir` and `--socket` name. Throws UsageError, SCHEMA_*, or what connecting throws. */
export async function givenDefinitions(
  host: Host,
  paths: readonly string[],
  flags: ConnectionFlags,
): Promise<GivenDefinitions> {
  if (paths.length > 0) {
    const texts = paths.flatMap(textsIn);
    if (texts.length === 0) throw new UsageError(`there are no .api.json files in ${paths.join(', ')}`);
    return { schema: parseSchema(texts) };
  }
  const { schema, table } = await findDefinitions(host, flags);
  return { schema, names: table && new Set(table.keys()) };
}

function textsIn(path: string): ApiText[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${path} is a directory: --api-dir ${path}`);
  }
  try {
    const bytes = readRegularFile(path, { max: INPUT_BYTES, pipes: true });
    const archived = archivedFiles(bytes);
    if (archived === undefined) return textsOf(path, inputText(bytes));
    const definitions = archived.filter(({ name }) => name.endsWith('.api.json'));
    return definitions.map(({ name, bytes: own }) => ({ name, text: inputText(own) }));
  } catch (error) {
    if (error instanceof FileError || error instanceof UsageError) {
      throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
    }
    throw error;
  }
}

/** One API file, the answer to get_api_json, or a table that `vppmux compat --save` has written. */
function textsOf(name: string, text: string): ApiText[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Its fault is found where all faults of definitions are.
  }
  const list = Array.isArray(content) ? content : readSavedTable(name, content)?.files;
  if (list === undefined) return [{ name, text }];
  return list.map((each, at) => ({ name: apiFileName(each, at), text: JSON.stringify(each) }));
}
