/** Small questions about a field's type that both reading arguments and showing values ask. */

import type { EnumType, Field, Type } from '../../mux/schema/model.js';

export type ValueType = Field['type'];

/** Aliases of a single value are looked through; those of an array (`mac_address`) stay, since they may have a text form. */
export function unalias(type: ValueType): ValueType {
  return type.kind === 'alias' && type.length === undefined ? unalias(type.target) : type;
}

export function isByte(type: ValueType): boolean {
  const plain = unalias(type);
  return plain.kind === 'scalar' && plain.name === 'u8';
}

/** Whether its values may be summed up: many of VPP's older sets of flags are declared as plain enums. */
export function isFlags(type: EnumType): boolean {
  return type.flags || /flags?$/.test(type.name);
}

const shortNames = new WeakMap<EnumType, ReadonlyMap<string, number>>();

/**
 * An enum's values without the prefix that all its names share: `IF_STATUS_API_FLAG_ADMIN_UP` → `ADMIN_UP`.
 * The prefix ends at an underscore, and every name keeps something that starts with a letter.
 */
export function shortEnumNames(type: EnumType): ReadonlyMap<string, number> {
  const known = shortNames.get(type);
  if (known) return known;
  const names = [...type.values.keys()];
  let prefix = names.length > 1 ? names.reduce(commonPrefix) : '';
  prefix = prefix.slice(0, prefix.lastIndexOf('_') + 1);
  while (prefix !== '' && !names.every((name) => /^[A-Za-z]/.test(name.slice(prefix.length)))) {
    prefix = prefix.slice(0, prefix.lastIndexOf('_', prefix.length - 2) + 1);
  }
  const short = new Map(names.map((name) => [name.slice(prefix.length), type.values.get(name) ?? 0]));
  shortNames.set(type, short);
  return short;
}

/** A message's fields that a person gives or reads: all but what the session fills in. */
export function ownFields(fields: readonly Field[]): readonly Field[] {
  const header = new Set(['_vl_msg_id', 'client_index', 'context']);
  // Only the leading ones are the session's: some messages have a field of their own named client_index.
  const first = fields.findIndex((field) => !header.has(field.name));
  return first < 0 ? [] : fields.slice(first);
}

/** Counts of counted arrays: they follow from the array and need not be given. */
export function countFields(fields: readonly Field[]): ReadonlySet<string> {
  return new Set(fields.flatMap((field) => (field.array?.kind === 'counted' ? [field.array.countField] : [])));
}

export function elementType(type: Type & { kind: 'alias' }): Type {
  return type.target.kind === 'alias' ? elementType(type.target) : type.target;
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
