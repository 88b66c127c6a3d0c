/** Small definitions to compare. */

import { parseSchema } from '../../../src/mux/codec/load.js';
import type { CompatSide } from '../../../src/mux/compat/compatibility.js';

const HEADER = [
  ['u16', '_vl_msg_id'],
  ['u32', 'client_index'],
  ['u32', 'context'],
];

type Entry = readonly unknown[];

interface ApiParts {
  readonly types?: readonly Entry[];
  readonly unions?: readonly Entry[];
  readonly enums?: readonly Entry[];
  readonly aliases?: Readonly<Record<string, object>>;
  readonly services?: Readonly<Record<string, object>>;
}

/** A message of these fields behind the header. */
export function message(name: string, crc: string, fields: readonly Entry[] = [], options: object = {}): Entry {
  return [name, ...HEADER, ...fields, { crc: `0x${crc}`, options }];
}

export function file(name: string, messages: readonly Entry[], parts: ApiParts = {}) {
  return { name: `${name}.api.json`, text: JSON.stringify({ ...parts, messages }) };
}

/** Definitions only. */
export function definitions(...files: readonly { name: string; text: string }[]): CompatSide {
  const schema = parseSchema(files);
  return { find: (name) => schema.find(name)?.def, names: [...schema.model.messages.keys()] };
}

/** The same with a running VPP's table: `name: crc`. */
export function running(side: CompatSide, table: Readonly<Record<string, string>>): CompatSide {
  return { ...side, table: new Map(Object.entries(table).map(([name, crc]) => [name, { crc }])) };
}
