/** What a program was built for, compared with the VPP that runs. */

import type { Schema } from '../codec/codec.js';
import { type Compatibility, type CompatSide, compatibility } from '../compat/compatibility.js';
import { VppmuxError } from '../errors.js';
import { completed } from '../session/builtin.js';
import type { CompatibilityOptions } from '../types.js';
import type { VppConnection } from './connection.js';
import { API_JSON_TIMEOUT } from './dial.js';

export async function compareWithVpp(
  connection: VppConnection,
  names: readonly string[] | undefined,
  { definitions }: CompatibilityOptions,
): Promise<Compatibility> {
  const { table, schema } = connection.usable().catalogue;
  const before = sideOf(definitions ?? schema);
  const known = compatibility(before, { ...sideOf(schema), table }, names);
  // The definitions in use may be those of another VPP: then only VPP's own say what is different.
  const explained = known.messages.every(({ verdict, changes }) => verdict !== 'changed' || changes !== undefined);
  if (explained) return known;
  try {
    return compatibility(before, { ...sideOf(await ownDefinitions(connection)), table }, names);
  } catch (error) {
    if (!(error instanceof VppmuxError)) throw error;
    connection.settings.log('warn', `what differs is told without its fields: ${error.message}`);
    return known;
  }
}

export function sideOf(schema: Schema): CompatSide {
  const whole = completed(schema);
  return { find: (name) => whole.find(name)?.def, names: [...schema.model.messages.keys()] };
}

/** Of the running VPP itself, whichever are in use. */
export async function ownDefinitions(connection: VppConnection): Promise<Schema> {
  const { table } = connection.usable().catalogue;
  const ask = async () => {
    const { json } = await connection.own.request('get_api_json', {}, { timeoutMs: API_JSON_TIMEOUT });
    return String(json);
  };
  return (await connection.supervisor.schemas.ofVpp(table, ask)).schema;
}
