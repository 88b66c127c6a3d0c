/** Check of the definitions: their source, and how many of VPP's messages they fit. */

import { completed, type FoundSchema, forbidden, isOfVpp, SchemaSource, withWholeNames } from '../../mux/for-cli.js';
import { type Connection, type ConnectOptions, loadSchema, type Schema, VppmuxError } from '../../mux/index.js';
import { type Finding, notChecked } from '../output/finding.js';

/** VPP builds megabytes of JSON on its main thread before it answers. */
const API_JSON_MS = 1500;
const SHOWN = 3;

const NO_DIRECTORY = "omit --api-dir, VPP_API_DIR and api-dir of govpp.conf, so that VPP's own are used";
const OTHER_DIRECTORY_FIX = `name the directory of VPP's packages (/usr/share/vpp/api); or ${NO_DIRECTORY}`;
const MISFIT_FIX = `${NO_DIRECTORY}; what differs: \`vppmux compat DIR --against SOCKET\``;
const GIVE_DIRECTORY_FIX =
  'VPP did not hand out its definitions; give those of its packages: --api-dir /usr/share/vpp/api';
const NOT_HANDED_FIX =
  'to use those messages too, give a directory that defines them: --api-dir /usr/share/vpp/api; all others work without';
const FAULTY_FIX = 'all other messages work; tell the author of the plugin that brings these (its .api.json is named)';
const OWN_FIX = "VPP's core and its plugins are of different builds: install one release of all its packages";
const DOUBTS_FIX =
  "VPP's own definitions contradict themselves: a plugin was built with other tools, or this is not VPP; name the directory of VPP's packages (--api-dir)";

export interface SchemaCheck {
  readonly finding: Finding;
  readonly schema?: Schema;
}

/** Finds the definitions as the other commands and the agent do. Rejects with ABORTED when `options.signal` is. */
export async function checkSchema(connection: Connection, options: ConnectOptions): Promise<SchemaCheck> {
  const { table } = connection;
  const source = new SchemaSource(options, options.log ?? (() => {}));
  const request = { timeoutMs: API_JSON_MS, signal: options.signal };
  try {
    const found = await source.find(table, async () =>
      String((await connection.channel().request('get_api_json', {}, request)).json),
    );
    return { finding: withDoubts(matchFinding(found, table), found.unproven), schema: found.schema };
  } catch (error) {
    if (!(error instanceof VppmuxError) || options.signal?.aborted) throw error;
    const isLost = error.code === 'NOT_CONNECTED' || error.code === 'CONNECTION_LOST';
    return { finding: isLost ? notChecked('schema', 'the session with VPP was lost') : failed(error) };
  }
}

/** Reads a directory of definitions that was named, where there is no VPP to compare them with. */
export async function unheldSchemaFinding({ apiDir }: ConnectOptions, why: string): Promise<Finding> {
  const directory = apiDir ?? (process.env.VPP_API_DIR || undefined);
  if (directory === undefined) return notChecked('schema', why);
  try {
    const { model } = await loadSchema(directory);
    const counts = [`${model.messages.size} messages`, ...faultsIn(model)].join(', ');
    const detail = `directory ${directory} defines ${counts}; whether they are VPP's was not checked: ${why}`;
    return { check: 'schema', ok: 'warn', detail, fix: model.problems.length > 0 ? FAULTY_FIX : undefined };
  } catch (error) {
    if (!(error instanceof VppmuxError)) throw error;
    return failed(error);
  }
}

function failed(error: VppmuxError): Finding {
  // A directory that was named cannot be read; anything else is VPP's failure to answer.
  const fix = error.code.startsWith('SCHEMA_') ? OTHER_DIRECTORY_FIX : GIVE_DIRECTORY_FIX;
  return { check: 'schema', ok: 'no', detail: error.message, fix };
}

function withDoubts(finding: Finding, unproven: readonly string[] = []): Finding {
  if (unproven.length === 0) return finding;
  const detail = `${finding.detail}; ${unproven.length} do not have the CRC that they claim (${some(unproven.map((name) => ({ name })))})`;
  return { ...finding, ok: finding.ok === 'yes' ? 'warn' : finding.ok, detail, fix: finding.fix ?? DOUBTS_FIX };
}

export function matchFinding(found: FoundSchema, connected: Connection['table']): Finding {
  const { source, elsewhere, schema } = found;
  const table = withWholeNames(connected, schema.model);
  const whole = completed(schema, { table, source, elsewhere });
  const wanted = [...table.values()].filter(({ name }) => isWanted(name));
  const crcOf = (name: string) => whole.find(name)?.def.crc ?? schema.model.unusable.get(name)?.crc;
  const missing = wanted.filter(({ name }) => !whole.find(name) && !schema.model.unusable.has(name));
  const other = wanted.filter(({ name, crc }) => (crcOf(name) ?? crc) !== crc);
  const unusable = wanted.filter(({ name }) => schema.model.unusable.has(name) && !whole.find(name));
  const fitting = wanted.length - new Set([...missing, ...other, ...unusable]).size;
  const isHanded = isOfVpp(source);
  const none = isHanded ? `${missing.length} that VPP has but does not hand out` : `${missing.length} none`;
  const parts = [
    `from ${source}: ${fitting} of the ${wanted.length} messages in VPP's table that may be sent have a definition of the same CRC`,
    ...(other.length > 0 ? [`${other.length} of another (${some(other)})`] : []),
    ...(missing.length > 0 ? [`${none} (${some(missing)})`] : []),
    ...faultsIn(schema.model),
  ];
  const detail = parts.join(', ');
  const faulty = unusable.length > 0 || schema.model.problems.length > 0;
  if (fitting === wanted.length && !faulty) return { check: 'schema', ok: 'yes', detail };
  const ok = fitting * 2 >= wanted.length ? 'warn' : 'no';
  if (other.length === 0 && isHanded && !faulty) return { check: 'schema', ok, detail, fix: NOT_HANDED_FIX };
  if (other.length === 0 && missing.length === 0) return { check: 'schema', ok, detail, fix: FAULTY_FIX };
  return { check: 'schema', ok, detail, fix: isHanded ? OWN_FIX : MISFIT_FIX };
}

/** Faults in the definitions themselves, in a few words for each kind. */
function faultsIn({ unusable, variants, problems }: Schema['model']): string[] {
  const first = [...unusable.values()][0]?.error ?? problems[0];
  const others = problems.length - new Set([...unusable.values()].map(({ error }) => error)).size;
  return [
    ...(unusable.size > 0 ? [`${unusable.size} that cannot be used (${some(namesOf(unusable))})`] : []),
    ...(others > 0 ? [`${others} more problems in the files`] : []),
    ...(first === undefined ? [] : [`the first: ${first.message}`]),
    ...(variants.size > 0
      ? [`${variants.size} defined differently by several files (${some(namesOf(variants))})`]
      : []),
  ];
}

const namesOf = (map: ReadonlyMap<string, unknown>) => [...map.keys()].map((name) => ({ name }));

/** Messages that are never sent, and their replies, need no definition; VPP hands out none for most of them (WIRE 3.18). */
function isWanted(name: string): boolean {
  return forbidden(name) === undefined && forbidden(name.replace(/_reply$/, '')) === undefined;
}

function some(entries: readonly { readonly name: string }[]): string {
  const names = entries.slice(0, SHOWN).map(({ name }) => name);
  return `${names.join(', ')}${entries.length > SHOWN ? ', …' : ''}`;
}
