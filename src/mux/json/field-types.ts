/** Questions about a field's type that reading values and showing them both ask. */

import type { Field, Type } from '../schema/model.js';

export type ValueType = Field['type'];

/** The type behind aliases of a single value. An alias of an array (`mac_address`) stays: it may have a text form. */
export function unalias(type: ValueType): ValueType {
  return type.kind === 'alias' && type.length === undefined ? unalias(type.target) : type;
}

export function isByte(type: ValueType): boolean {
  const plain = unalias(type);
  return plain.kind === 'scalar' && plain.name === 'u8';
}

/** A message's fields that a person gives or reads: all but what the session fills in. */
export function ownFields(fields: readonly Field[]): readonly Field[] {
  const header = new Set(['_vl_msg_id', 'client_index', 'context']);
  // Only the leading ones are the session's: some messages have a field of their own named client_index.
  const first = fields.findIndex((field) => !header.has(field.name));
  return first < 0 ? [] : fields.slice(first);
}

/** Names of the fields that count an array: they follow from the array and need not be given. */
export function countFields(fields: readonly Field[]): ReadonlySet<string> {
  let found = counts.get(fields);
  if (!found) {
    found = new Set(fields.flatMap((field) => (field.array?.kind === 'counted' ? [field.array.countField] : [])));
    counts.set(fields, found);
  }
  return found;
}

/** Kept for the lists of fields that a schema has: they are asked for in each row of a dump. */
const counts = new WeakMap<readonly Field[], ReadonlySet<string>>();

export function elementType(type: Type & { kind: 'alias' }): Type {
  return type.target.kind === 'alias' ? elementType(type.target) : type.target;
}

export function isStruct(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
