/** Where the definitions come from, and how many of VPP's messages they fit. */

import type { Schema } from '../../mux/codec/codec.js';
import { loadSchema } from '../../mux/codec/load.js';
import { SchemaSource } from '../../mux/connection/schema-source.js';
import { VppmuxError } from '../../mux/errors.js';
import { forbidden } from '../../mux/hazards/find.js';
import { completed } from '../../mux/session/builtin.js';
import type { Connection, ConnectOptions } from '../../mux/types.js';
import { type Finding, notChecked } from '../output/finding.js';

/** VPP builds megabytes of JSON on its main thread before it answers. */
const API_JSON_MS = 1500;
const SHOWN = 3;

const NO_DIRECTORY = "leave out --api-dir, VPP_API_DIR and api-dir of govpp.conf, so that VPP's own are used";
const OTHER_DIRECTORY_FIX = `name the directory of VPP's packages (/usr/share/vpp/api); or ${NO_DIRECTORY}`;
const MISFIT_FIX = `${NO_DIRECTORY}; what differs: \`vppmux compat DIR --against SOCKET\``;
const GIVE_DIRECTORY_FIX =
  'VPP did not hand out its definitions; give those of its packages: --api-dir /usr/share/vpp/api';
const OWN_FIX = "VPP's core and its plugins are of different builds: install one release of all its packages";
const DOUBTS_FIX =
  "VPP's own definitions contradict themselves: a plugin was built with other tools, or this is not VPP; name the directory of VPP's packages (--api-dir)";

export interface SchemaCheck {
  readonly finding: Finding;
  readonly schema?: Schema;
}

/** As the other commands and the agent find them. Rejects with ABORTED when `options.signal` is. */
export async function checkSchema(connection: Connection, options: ConnectOptions): Promise<SchemaCheck> {
  const { table } = connection;
  const source = new SchemaSource(options, options.log ?? (() => {}));
  const request = { timeoutMs: API_JSON_MS, signal: options.signal };
  try {
    const found = await source.find(table, async () =>
      String((await connection.channel().request('get_api_json', {}, request)).json),
    );
    return {
      finding: withDoubts(matchFinding(found.schema, found.source, table), found.unproven),
      schema: found.schema,
    };
  } catch (error) {
    if (!(error instanceof VppmuxError) || options.signal?.aborted) throw error;
    const isLost = error.code === 'NOT_CONNECTED' || error.code === 'CONNECTION_LOST';
    return { finding: isLost ? notChecked('schema', 'the session with VPP was lost') : failed(error) };
  }
}

/** Where there is no VPP to hold definitions against, a directory of them that somebody named can still be read. */
export async function unheldSchemaFinding({ apiDir }: ConnectOptions, why: string): Promise<Finding> {
  const directory = apiDir ?? (process.env.VPP_API_DIR || undefined);
  if (directory === undefined) return notChecked('schema', why);
  try {
    const { model } = await loadSchema(directory);
    const detail = `directory ${directory} defines ${model.messages.size} messages; whether they are VPP's was not checked: ${why}`;
    return { check: 'schema', ok: 'warn', detail };
  } catch (error) {
    if (!(error instanceof VppmuxError)) throw error;
    return failed(error);
  }
}

function failed(error: VppmuxError): Finding {
  // What cannot be read is a directory that somebody named; anything else is VPP's failure to tell.
  const fix = error.code.startsWith('SCHEMA_') ? OTHER_DIRECTORY_FIX : GIVE_DIRECTORY_FIX;
  return { check: 'schema', ok: 'no', detail: error.message, fix };
}

function withDoubts(finding: Finding, unproven: readonly string[] = []): Finding {
  if (unproven.length === 0) return finding;
  const detail = `${finding.detail}; ${unproven.length} do not have the CRC that they claim (${some(unproven)})`;
  return { ...finding, ok: finding.ok === 'yes' ? 'warn' : finding.ok, detail, fix: finding.fix ?? DOUBTS_FIX };
}

export function matchFinding(schema: Schema, source: string, table: Connection['table']): Finding {
  const whole = completed(schema);
  const wanted = [...table.values()].filter(({ name }) => isWanted(name));
  const missing = wanted.filter(({ name }) => !whole.find(name)).map(({ name }) => name);
  const other = wanted.filter(({ name, crc }) => (whole.find(name)?.def.crc ?? crc) !== crc).map(({ name }) => name);
  const fitting = wanted.length - missing.length - other.length;
  const parts = [
    `from ${source}: ${fitting} of VPP's ${wanted.length} messages have a definition of the same CRC`,
    ...(other.length > 0 ? [`${other.length} of another (${some(other)})`] : []),
    ...(missing.length > 0 ? [`${missing.length} none (${some(missing)})`] : []),
  ];
  const detail = parts.join(', ');
  if (fitting === wanted.length) return { check: 'schema', ok: 'yes', detail };
  const fix = source.startsWith('directory') ? MISFIT_FIX : OWN_FIX;
  return { check: 'schema', ok: fitting * 2 >= wanted.length ? 'warn' : 'no', detail, fix };
}

/** What is never sent, and what would answer it, need not be known; VPP hands out no definitions of most of it (WIRE 3.18). */
function isWanted(name: string): boolean {
  return forbidden(name) === undefined && forbidden(name.replace(/_reply$/, '')) === undefined;
}

function some(names: readonly string[]): string {
  return `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`;
}
