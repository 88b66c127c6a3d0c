/**
 * The functions that compiled writers call: conversions of values that are not plain numbers. They write at `o`, into
 * room that is reserved and holds the image of left-out fields, or throw BAD: then `check-fields.ts` finds
 * out what is wrong, so that nothing here needs to know paths or make texts.
 */

import { isDetached } from '../schema/detached.js';
import { enumValueOf } from '../schema/enum-names.js';
import { isCombinable } from '../schema/enum-parts.js';
import type { EnumType } from '../schema/model.js';
import { isInherited } from '../schema/names.js';
import type { ByteWriter } from './codec.js';
import { parseText, type TextForm } from './text-forms.js';

/** Thrown for any value that does not fit. */
export const BAD = Symbol('value does not fit its field');

const words = new Uint32Array(2);
const bytes8 = new Uint8Array(words.buffer);
const doubles = new Float64Array(words.buffer);
const longs = new BigUint64Array(words.buffer);
const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const LOW = LITTLE ? 0 : 1;

/** A 64-bit value given as bigint, safe integer or decimal text (JSON carries no bigint); undefined when it is none. */
export function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value) ? BigInt(value) : undefined;
}

export function writeU64(b: Uint8Array, o: number, value: unknown): void {
  const long = toBigInt(value);
  if (long === undefined || BigInt.asUintN(64, long) !== long) throw BAD;
  storeLong(b, o, long);
}

export function writeI64(b: Uint8Array, o: number, value: unknown): void {
  const long = toBigInt(value);
  if (long === undefined || BigInt.asIntN(64, long) !== long) throw BAD;
  storeLong(b, o, long);
}

function storeLong(b: Uint8Array, o: number, value: bigint): void {
  longs[0] = value;
  const high = words[1 - LOW];
  const low = words[LOW];
  b[o] = high >>> 24;
  b[o + 1] = high >>> 16;
  b[o + 2] = high >>> 8;
  b[o + 3] = high;
  b[o + 4] = low >>> 24;
  b[o + 5] = low >>> 16;
  b[o + 6] = low >>> 8;
  b[o + 7] = low;
}

/** Little-endian (WIRE 3.5). */
export function writeF64(b: Uint8Array, o: number, value: unknown): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw BAD;
  doubles[0] = value;
  for (let i = 0; i < 8; i++) b[o + i] = bytes8[LITTLE ? i : 7 - i];
}

/** Number of an enum given as a name or its end, and for flags as `A|B` or a list of names and numbers. */
export function enumNumber(value: unknown, type: EnumType): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const number = enumValueOf(type, value);
    if (number !== undefined) return number;
    if (value.includes('|')) return combined(value.split('|'), type);
  }
  if (Array.isArray(value)) return combined(value, type);
  throw BAD;
}

function combined(parts: readonly unknown[], type: EnumType): number {
  if (!isCombinable(type)) throw BAD;
  const unsigned = type.base.startsWith('u');
  let sum = 0;
  for (const part of parts) {
    const value = typeof part === 'string' ? enumValueOf(type, part.trim()) : part;
    if (typeof value !== 'number' || value !== (unsigned ? value >>> 0 : value | 0)) throw BAD;
    sum |= value;
  }
  return unsigned ? sum >>> 0 : sum;
}

/** Text into a `string[size]`, whose last byte stays NUL: VPP prints them with %s (WIRE 3.2). */
export function writeFixedText(b: Buffer, o: number, size: number, value: unknown, limit: number): void {
  if (typeof value !== 'string' || value.length >= size || value.length > limit) throw BAD;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    if (c === 0) throw BAD;
    if (c >= 0x80) {
      writeWideText(b, o, Math.min(size - 1, limit), value);
      return;
    }
    b[o + i] = c;
  }
}

function writeWideText(b: Buffer, o: number, room: number, value: string): void {
  if (value.includes('\0') || !value.isWellFormed() || Buffer.byteLength(value) > room) throw BAD;
  b.write(value, o, 'utf8');
}

/** Text as a `string[]` at `w.pos`: its length as u32, then its bytes. Gives the end. */
export function writeCountedText(w: ByteWriter, value: unknown, limit: number): number {
  if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) throw BAD;
  const length = Buffer.byteLength(value);
  if (length > limit) throw BAD;
  w.reserve(4 + length);
  w.bytes.writeUInt32BE(length, w.pos);
  w.bytes.write(value, w.pos + 4, 'utf8');
  return w.pos + 4 + length;
}

/**
 * Bytes given as Uint8Array, list of numbers, or a string that says what it is: `0x…` or `hex:…`, `text:…` for the
 * bytes of its UTF-8. Undefined when they are none. Hex without a prefix is taken only where the length is known and
 * is that of the hex, so that neither `data: 'face'` nor the text of an empty variable becomes a key by misunderstanding.
 */
export function toBytes(value: unknown, length?: number): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value.length === 0 && isDetached(value) ? undefined : value;
  if (typeof value === 'string') return bytesOfString(value, length);
  if (!Array.isArray(value)) return undefined;
  for (const byte of value) if (typeof byte !== 'number' || byte !== (byte & 255)) return undefined;
  return Uint8Array.from(value as number[]);
}

function bytesOfString(value: string, length: number | undefined): Uint8Array | undefined {
  if (value.startsWith('text:')) return value.isWellFormed() ? Buffer.from(value.slice(5)) : undefined;
  const prefix = value.startsWith('0x') ? 2 : value.startsWith('hex:') ? 4 : 0;
  const digits = value.slice(prefix);
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  const isMeant = prefix > 0 || digits.length === 2 * (length ?? 0);
  return isMeant ? Buffer.from(digits, 'hex') : undefined;
}

/** Exactly `length` bytes. */
export function writeBytes(b: Uint8Array, o: number, length: number, value: unknown): void {
  const bytes = toBytes(value, length);
  if (bytes === undefined || bytes.length !== length) throw BAD;
  b.set(bytes, o);
}

/** Writes at most `length` bytes into zeroed room, as VPP's other clients do: a 16-byte key for a `u8[128]`. */
export function writeFewerBytes(b: Uint8Array, o: number, length: number, value: unknown): void {
  const bytes = toBytes(value, length);
  if (bytes === undefined || bytes.length > length) throw BAD;
  b.set(bytes, o);
}

/** Content of a counted u8 array; `count` is the count given beside it, if any. */
export function bytesOf(value: unknown, count: unknown): Uint8Array {
  const bytes = toBytes(value, typeof count === 'number' ? count : undefined);
  if (bytes === undefined) throw BAD;
  return bytes;
}

/** A 64-bit count as a number; NaN, which agrees with no length, when it is none. */
export function longCount(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(toBigInt(value) ?? Number.NaN);
}

/** The value of a field, undefined where it was not given: every object has a `constructor`. */
export function givenIn(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  return isInherited(name) && !Object.hasOwn(fields, name) ? undefined : fields[name];
}

/** A list, or a typed array of numbers taken as one. */
export function listOf(value: unknown): ArrayLike<unknown> {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && 'length' in value && !isDetached(value))
    return value as unknown as ArrayLike<unknown>;
  throw BAD;
}

/** A type with a text form, given as text or as bytes in hex. */
export function writeText(b: Uint8Array, o: number, form: TextForm, size: number, text: string): void {
  if (!parseText(form, text, b, o)) writeBytes(b, o, size, text);
}

/**
 * Refuses keys that are no field's, and those whose value is undefined: a look-up that found nothing must not become
 * the field's default. Called only when fewer fields were found than the object has keys.
 */
export function onlyKnown(value: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): void {
  for (const key in value) if (!known.has(key) || value[key] === undefined) throw BAD;
}

/** Refuses what only looks like an empty set of fields: a Promise not awaited, a Map, a Date. */
export function onlyPlain(value: object): void {
  if (!isPlain(value)) throw BAD;
}

export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
