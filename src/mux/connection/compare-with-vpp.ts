/** Compares the definitions that a program was built for with the VPP that runs. */

import type { Schema } from '../codec/codec.js';
import { type CompatSide, compatibility } from '../compat/compatibility.js';
import { VppmuxError } from '../errors.js';
import { builtin } from '../session/builtin.js';
import type { Compatibility, CompatibilityOptions } from '../types.js';
import type { ConnectionCore } from './connection-core.js';
import { API_JSON_TIMEOUT } from './dial.js';

export async function compareWithVpp(
  connection: ConnectionCore,
  names: readonly string[] | undefined,
  { definitions }: CompatibilityOptions,
): Promise<Compatibility> {
  const { table, schema } = connection.usable().catalogue;
  const before = definitions ? sideOf(definitions) : sideOf(schema, undefined, table);
  const known = compatibility(before, sideOf(schema, table), names);
  // The definitions in use may be those of another VPP: then only VPP's own say what differs.
  const explained = known.messages.every(({ verdict, changes }) => verdict !== 'changed' || changes !== undefined);
  if (explained) return known;
  try {
    return compatibility(before, sideOf(await ownDefinitions(connection), table), names);
  } catch (error) {
    if (!(error instanceof VppmuxError)) throw error;
    connection.settings.log('warn', `what differs is told without its fields: ${error.message}`);
    return known;
  }
}

/**
 * One side of a comparison: definitions, with the `table` of the running VPP where they are that one's. The built-in definitions
 * belong to no side: they only explain messages of the table, or of the VPP that the definitions are `usedWith`.
 */
export function sideOf(schema: Schema, table?: CompatSide['table'], usedWith = table): CompatSide {
  const { messages, unusable } = (table ? schema.forTable(table) : schema).model;
  const explained = (name: string) => {
    const def = builtin.find(name)?.def;
    return def && usedWith?.get(name)?.crc === def.crc ? def : undefined;
  };
  const find = (name: string) => messages.get(name) ?? explained(name);
  return {
    find,
    crcOf: (name) => find(name)?.crc ?? unusable.get(name)?.crc,
    names: [...messages.keys(), ...unusable.keys()],
    table,
    forTable: (other) => sideOf(schema.forTable(other), table, usedWith),
  };
}

/** Definitions of the running VPP itself, even where others are in use. */
export async function ownDefinitions(connection: ConnectionCore): Promise<Schema> {
  const { table } = connection.usable().catalogue;
  const ask = async () => {
    const { json } = await connection.own.request('get_api_json', {}, { timeoutMs: API_JSON_TIMEOUT });
    return String(json);
  };
  return (await connection.supervisor.pair.serving.schemas.ofVpp(table, ask)).schema;
}
