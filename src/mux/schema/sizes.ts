/** Sizes on the wire. VPP packs everything: no alignment, no padding but a union's (WIRE 3.5). */

import type { Field, Scalar, Type } from './model.js';

export const SCALAR_SIZE: Readonly<Record<Scalar, number>> = {
  u8: 1,
  i8: 1,
  bool: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  f64: 8,
};

/** Smallest and largest value of the integer scalars of up to 32 bits. */
export const INTEGER_RANGE: Readonly<Partial<Record<Scalar, readonly [min: number, max: number]>>> = {
  u8: [0, 0xff],
  i8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
};

/** The fewest bytes a value takes. */
export function minSizeOf(type: Type): number {
  if (type.kind === 'struct') return type.minSize;
  if (type.kind === 'alias') return type.size ?? minSizeOf(type.target);
  return type.size;
}

/** Bytes of a field, array and all; undefined where it depends on the content. */
export function fieldSize(field: Field): number | undefined {
  const { type, array } = field;
  if (type.kind === 'string') return array?.kind === 'fixed' ? array.length : undefined;
  if (array === undefined) return type.size;
  return array.kind === 'fixed' && type.size !== undefined ? type.size * array.length : undefined;
}

/** Offset of the field `name`; undefined where there is none, or where it depends on the content of those before it. */
export function offsetOf(fields: readonly Field[], name: string): number | undefined {
  let offset = 0;
  for (const field of fields) {
    if (field.name === name) return offset;
    const size = fieldSize(field);
    if (size === undefined) return undefined;
    offset += size;
  }
  return undefined;
}

export function fieldMinSize(field: Field): number {
  const size = fieldSize(field);
  if (size !== undefined) return size;
  if (field.type.kind === 'string') return 4;
  if (field.array === undefined) return minSizeOf(field.type);
  return field.array.kind === 'fixed' ? minSizeOf(field.type) * field.array.length : 0;
}

/** The type that an alias stands for, unless it stands for an array. */
export function unaliased(type: Type): Type {
  let at = type;
  while (at.kind === 'alias' && at.length === undefined) at = at.target;
  return at;
}

export function isScalar(type: Field['type'], name: Scalar): boolean {
  if (type.kind === 'string') return false;
  const at = unaliased(type);
  return at.kind === 'scalar' && at.name === name;
}
