/** Writes types as an API file does: `u32`, `string[64]`, `fib_path[n_paths]`. */

import type { Field, Type } from '../schema/model.js';

type AnyType = Field['type'];

/** A field's type with its array, as it is declared. */
export function fieldText({ type, array }: Field): string {
  return `${typeName(type)}${arrayText(array)}`;
}

export function typeName(type: AnyType): string {
  return type.kind === 'string' ? 'string' : type.name;
}

export function arrayText(array: Field['array']): string {
  if (array === undefined) return '';
  if (array.kind === 'fixed') return `[${array.length}]`;
  return array.kind === 'counted' ? `[${array.countField}]` : '[]';
}

/** Writes an alias with its target, where the name alone would not show a difference. */
export function aliasText(type: Extract<Type, { kind: 'alias' }>): string {
  const length = type.length === undefined ? '' : `[${type.length}]`;
  return `${type.name} (${typeName(type.target)}${length})`;
}
