/**
 * Gives text from the command line the type its field has: `sw_if_index=1` is a number, `flags=ADMIN_UP` an enum's value,
 * `data=0xdeadbeef` bytes (bytes.ts). What is not recognized stays as it is: the codec refuses it with the field's path and the reason.
 *
 * JSON from stdin goes the same way, so that what `--json` prints (64-bit integers and bytes as text) can be fed back.
 */

import { textFormOf } from '../../mux/codec/text-forms.js';
import { enumValueOf } from '../../mux/schema/enum-names.js';
import { isCombinable } from '../../mux/schema/enum-parts.js';
import type { EnumType, Field, Scalar } from '../../mux/schema/model.js';
import { UsageError } from '../usage-error.js';
import { bytesGiven, type Source } from './bytes.js';
import { elementType, isByte, unalias, type ValueType } from './field-types.js';

export function coerceFields(
  fields: readonly Field[],
  given: Readonly<Record<string, unknown>>,
  source: Source = 'arguments',
): Record<string, unknown> {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = byName.get(name);
      const coerced = field ? coerceField(field, value, source) : value;
      if (field && source === 'arguments') refusePath(field, coerced);
      return [name, coerced];
    }),
  );
}

/** `sw_if_index=~0` without quotes is a path by the time that it comes here. */
function refusePath({ name, type, array }: Field, value: unknown): void {
  if (typeof value !== 'string' || !value.startsWith('/') || array) return;
  const plain = unalias(type);
  if (plain.kind !== 'scalar' || plain.name === 'bool' || plain.name === 'f64') return;
  throw new UsageError(
    `${name} is a number, not the path ${value}: a shell makes one of ~0; quote it, as '${name}=~0'`,
  );
}

function coerceField({ type, array }: Field, value: unknown, source: Source): unknown {
  if (type.kind === 'string') return value;
  if (!array) return coerceValue(type, value, source);
  return coerceArray(type, value, source, array.kind === 'fixed' ? array.length : undefined);
}

function coerceArray(element: ValueType, value: unknown, source: Source, length?: number): unknown {
  if (Array.isArray(value)) return value.map((member) => coerceValue(element, member, source));
  if (typeof value !== 'string') return value;
  const list = parseJson(value, '[');
  if (list !== undefined) return coerceArray(element, list, 'json');
  if (isByte(element)) return bytesGiven(value, length, source);
  const type = unalias(element);
  // Several plain values can be written as a list with commas; a struct cannot.
  if (value !== '' && (type.kind === 'scalar' || type.kind === 'enum')) {
    return value.split(',').map((member) => coerceValue(element, member.trim(), source));
  }
  return value === '' ? [] : value;
}

function coerceValue(aliased: ValueType, value: unknown, source: Source): unknown {
  const type = unalias(aliased);
  switch (type.kind) {
    case 'scalar':
      return coerceScalar(type.name, value);
    case 'enum':
      return coerceEnum(type, value);
    case 'struct':
      return coerceMembers(type.fields, value, source);
    case 'union':
      // The bytes of a whole union may be given as hex.
      return (
        (typeof value === 'string' ? parseHex(value, type.size) : undefined) ?? coerceMembers(type.arms, value, source)
      );
    case 'alias': {
      const hasForm = textFormOf(type) !== undefined;
      if (typeof value !== 'string' || !isByte(elementType(type))) return coerceList(type.target, value, source);
      return hasForm ? (parseHex(value, type.length) ?? value) : bytesGiven(value, type.length, source);
    }
    default:
      return value;
  }
}

const coerceList = (target: ValueType, value: unknown, source: Source) =>
  Array.isArray(value) ? coerceArray(target, value, source) : value;

function coerceMembers(fields: readonly Field[], value: unknown, source: Source): unknown {
  const parsed = typeof value === 'string' ? parseJson(value, '{') : undefined;
  const members = parsed ?? value;
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return members;
  return coerceFields(fields, members as Record<string, unknown>, parsed === undefined ? source : 'json');
}

const BOOLEANS = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

function coerceScalar(name: Scalar, value: unknown): unknown {
  if (name === 'bool') {
    return value === 0 || value === 1 || typeof value === 'string'
      ? (BOOLEANS.get(String(value).toLowerCase()) ?? value)
      : value;
  }
  if (name === 'f64') return typeof value === 'string' && value.trim() !== '' ? numberOr(value) : value;
  if (name === 'u64' || name === 'i64') {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    return typeof value === 'string' ? (parseInteger(value, name) ?? value) : value;
  }
  const integer = typeof value === 'string' ? parseInteger(value, name) : undefined;
  return integer === undefined ? value : Number(integer);
}

function numberOr(text: string): unknown {
  const number = Number(text);
  return Number.isNaN(number) && text !== 'NaN' ? text : number;
}

/** Decimal, 0x hex, or VPP's `~0` for all ones. */
function parseInteger(text: string, name: Exclude<Scalar, 'bool' | 'f64'>): bigint | undefined {
  const trimmed = text.trim();
  if (trimmed === '~0') return name.startsWith('i') ? -1n : (1n << BigInt(name.slice(1))) - 1n;
  const match = /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(trimmed);
  if (!match) return undefined;
  const magnitude = BigInt(match[2]);
  return match[1] === '-' ? -magnitude : magnitude;
}

/** A number, or one of the enum's names, whole or its end; for flags several, joined by | or comma. */
function coerceEnum(type: EnumType, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const words = (isCombinable(type) ? value.split(/[|,]/) : [value]).map((word) => word.trim());
  const numbers = words.map((word) => enumValue(type, word));
  if (numbers.some((number) => number === undefined)) return value;
  if (numbers.length === 1) return numbers[0];
  return numbers.reduce<number>((sum, number) => (sum | (number ?? 0)) >>> 0, 0);
}

function enumValue(type: EnumType, word: string): number | undefined {
  const named = enumValueOf(type, word);
  if (named !== undefined) return named;
  const integer = type.base === 'bool' || type.base === 'f64' ? undefined : parseInteger(word, type.base);
  return integer === undefined ? undefined : Number(integer);
}

/** Hex text, with or without 0x, of `length` bytes; undefined when it is not that. */
function parseHex(text: string, length: number | undefined): Uint8Array | undefined {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (digits.length !== 2 * (length ?? -1) || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

function parseJson(text: string, opening: '{' | '['): unknown {
  if (!text.trimStart().startsWith(opening)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    throw new UsageError(`argument value '${shown}' is not JSON: ${(error as Error).message}`);
  }
}
