/** `[default=…]` of a definition, brought to the type it is for. */

import type { EnumType, Field, Scalar, Type } from './model.js';
import { INTEGER_RANGE, SCALAR_SIZE, unaliased } from './sizes.js';

/**
 * The default of one value of `type`, or undefined when the definition's is none that this type can have.
 * What has parts (structs, unions, arrays) has no default of its own; its parts have theirs.
 */
export function defaultOf(type: Field['type'], value: unknown): Field['default'] {
  if (type.kind === 'string') return typeof value === 'string' ? value : undefined;
  const plain = unaliased(type);
  if (plain.kind === 'enum') return enumDefault(plain, value);
  return plain.kind === 'scalar' ? scalarDefault(plain.name, value) : undefined;
}

/** Whether a default written for this type means anything. */
export function takesDefault(type: Field['type']): boolean {
  if (type.kind === 'string') return true;
  const { kind } = unaliased(type satisfies Type);
  return kind === 'scalar' || kind === 'enum';
}

function enumDefault(type: EnumType, value: unknown): number | undefined {
  if (typeof value === 'string' && type.values.has(value)) return type.values.get(value);
  const number = scalarDefault(type.base, value);
  return typeof number === 'number' ? number : undefined;
}

/** `true` is written as text, `~0` and a C bool's "anything but 0" as 4294967295. */
function scalarDefault(scalar: Scalar, value: unknown): Field['default'] {
  if (scalar === 'bool') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    return typeof value === 'number' ? value !== 0 : undefined;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if (scalar === 'f64') return number;
  if (!Number.isInteger(number)) return undefined;
  if (scalar === 'u64' || scalar === 'i64') return longDefault(scalar, number);
  return fitted(scalar, number);
}

/** `value` in the range of an integer type of up to 32 bits; the other signedness of the same width is accepted too. */
export function fitted(scalar: Scalar, value: number): number | undefined {
  const range = INTEGER_RANGE[scalar];
  if (range === undefined) return undefined;
  const span = 2 ** (8 * SCALAR_SIZE[scalar]);
  if (value < -span / 2 || value >= span) return undefined;
  if (value > range[1]) return value - span;
  return value < range[0] ? value + span : value + 0;
}

function longDefault(scalar: 'u64' | 'i64', number: number): bigint | undefined {
  // JSON numbers near 2^64 are read as 2^64: what was written is ~0.
  const value = number === 2 ** 64 ? 2n ** 64n - 1n : BigInt(number);
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return undefined;
  return scalar === 'u64' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
}
