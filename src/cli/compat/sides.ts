/** FILE, DIR or SOCKET on the command line → one side of a comparison. */

import { type Stats, statSync } from 'node:fs';
import {
  type CompatSide,
  fileName,
  ownDefinitions,
  schemaFromApiJson,
  sideOf,
  VppConnection,
} from '../../mux/for-cli.js';
import { type ConnectOptions, loadSchema, parseSchema, type Schema, SchemaError } from '../../mux/index.js';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';
import { readInput } from '../files/input.js';
import { readSavedTable, type SavedTable, savedTable } from './saved-table.js';

export interface NamedSide extends CompatSide {
  /** Label for people: `VPP 26.06-release at /run/vpp/api.sock`. */
  readonly label: string;
  /** Name of the single API file that it consists of: messages of other files are unknown. */
  readonly only?: string;
  /** Saved form; only of a running VPP. */
  readonly save?: SavedTable;
}

/** Throws UsageError, SCHEMA_*, or what connecting throws. `saving`: fetch what a saved table holds as well. */
export async function loadSide(path: string, options: ConnectOptions, saving = false): Promise<NamedSide> {
  const stat = lookAt(path);
  if (stat.isSocket()) return sideOfSocket({ ...options, socket: path }, saving);
  if (saving) throw new UsageError(`--save keeps what a running VPP has, and ${path} is no socket`);
  if (stat.isDirectory()) return named(`directory ${path}`, await loadSchema(path));
  return sideOfFile(path);
}

function lookAt(path: string): Stats {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat) return stat;
  throw new UsageError(`${path} is not there: a socket of VPP, a directory of .api.json files, or a file is expected`);
}

async function sideOfSocket(options: ConnectOptions, saving: boolean): Promise<NamedSide> {
  const vpp = new VppConnection({ ...options, name: 'vppmux compat', health: { probe: false } });
  await vpp.firstReady(options.signal);
  try {
    const { version } = await vpp.channel().request('show_version');
    const own = await ownDefinitions(vpp.core);
    const inUse = vpp.schema && sideOf(vpp.schema, vpp.table);
    const label = `VPP ${String(version)} at ${vpp.status.socket}`;
    // The definitions in use may come from a directory, and know messages that are not loaded.
    const { find, crcOf, names } = sideOf(own, vpp.table);
    const side = {
      label,
      table: vpp.table,
      names,
      find: (name: string) => find(name) ?? inUse?.find(name),
      crcOf: (name: string) => crcOf?.(name) ?? inUse?.crcOf?.(name),
    };
    return saving ? { ...side, save: await savedTable(vpp, String(version)) } : side;
  } finally {
    await vpp.close();
  }
}

function sideOfFile(path: string): NamedSide {
  const text = textOf(path);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new SchemaError('SCHEMA_INVALID', `${path}: not JSON: ${(cause as Error).message}`, { file: path }, cause);
  }
  const saved = readSavedTable(path, content);
  if (saved) {
    const table = new Map(Object.entries(saved.table).map(([name, crc]) => [name, { crc }]));
    const label = `VPP ${saved.vpp} as saved in ${path}`;
    return { ...sideOf(schemaFromApiJson(JSON.stringify(saved.files)), table), label };
  }
  if (Array.isArray(content)) return named(`definitions in ${path}`, schemaFromApiJson(text));
  return { ...named(path, parseSchema([{ name: path, text }])), only: fileName(path) };
}

function textOf(path: string): string {
  try {
    return readInput(path);
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`);
  }
}

function named(label: string, schema: Schema): NamedSide {
  return { ...sideOf(schema), label };
}

/**
 * Cuts both sides down to the single API file that one of them is; else they are as they are. What a file imports stands
 * in it, but its messages are its own.
 */
export function ofOneFile(before: NamedSide, after: NamedSide): readonly [NamedSide, NamedSide] {
  const only = before.only ?? after.only;
  if (only === undefined) return [before, after];
  const find = (name: string) => before.find(name) ?? after.find(name);
  const isIn = (name: string) => {
    const file = find(name)?.file;
    return file !== undefined && fileName(file) === only;
  };
  return [narrowed(before, isIn), narrowed(after, isIn)];
}

function narrowed<S extends CompatSide>(side: S, keep: (name: string) => boolean): S {
  const table = side.table && new Map([...side.table].filter(([name]) => keep(name)));
  const forTable: CompatSide['forTable'] = side.forTable && ((other) => narrowed(side.forTable?.(other) ?? side, keep));
  return { ...side, names: [...side.names].filter(keep), table, forTable };
}
