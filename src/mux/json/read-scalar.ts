/** One number, bool or enum value as its type: part of read-fields. What is not recognized stays as it is. */

import { enumValueOf } from '../schema/enum-names.js';
import { isCombinable } from '../schema/enum-parts.js';
import type { EnumType, Scalar } from '../schema/model.js';

const BOOLEANS = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

export function readScalar(name: Scalar, value: unknown): unknown {
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

/** Longest text of an integer, leading zeros included: to read a million digits takes a fifth of a second. */
const LONGEST = 128;

/** Decimal, 0x hex, or VPP's `~0` for all ones. */
function parseInteger(text: string, name: Exclude<Scalar, 'bool' | 'f64'>): bigint | undefined {
  const trimmed = text.trim();
  if (trimmed === '~0') return name.startsWith('i') ? -1n : (1n << BigInt(name.slice(1))) - 1n;
  const match = trimmed.length > LONGEST ? null : /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(trimmed);
  if (!match) return undefined;
  const magnitude = BigInt(match[2]);
  return match[1] === '-' ? -magnitude : magnitude;
}

/** A number, or one of the enum's names, whole or its end; for flags several, joined by | or comma, or as a list. */
export function readEnum(type: EnumType, value: unknown): unknown {
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
