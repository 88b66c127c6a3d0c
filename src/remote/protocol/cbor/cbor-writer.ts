/**
 * Writes values as CBOR into one growing buffer. The hot path of binary dumps: an object's names are written as bytes kept from the
 * first time, and numbers without a look at the heap (bench group "remote").
 */

import { CborError } from './cbor-error.js';
import { BIGNUM_BYTES, BYTE, MAJOR, MAX_DEPTH, TAG } from './major.js';

/** Encoded names, so that each is encoded once. Bounded, since names may come from callers. */
const NAMES = new Map<string, Uint8Array>();
const MOST_NAMES = 4096;
/** Characters of the longest string that is written character by character. */
const SHORT = 48;
const UTF8 = new TextEncoder();

export class CborWriter {
  private bytes: Uint8Array;
  private view: DataView;
  private at = 0;

  constructor(size = 1024) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.at;
  }

  /** A copy of what has been written; the writer is empty then. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.at) as Uint8Array<ArrayBuffer>;
    this.at = 0;
    return taken;
  }

  /** Forgets what was written behind `length`. */
  rewind(length: number): void {
    this.at = length;
  }

  /** Forgets what has been written. */
  clear(): void {
    this.at = 0;
  }

  /** Writes what is CBOR already. */
  raw(encoded: Uint8Array): void {
    this.reserve(encoded.length);
    this.bytes.set(encoded, this.at);
    this.at += encoded.length;
  }

  /** Begins a list whose members follow, up to `end`. */
  beginList(): void {
    this.byte(BYTE.LIST_UNTIL_BREAK);
  }

  end(): void {
    this.byte(BYTE.BREAK);
  }

  /** Begins a map; `entries` names (with `name`) and values follow in turn. */
  beginMap(entries: number): void {
    this.head(MAJOR.MAP, entries);
  }

  name(name: string): void {
    let encoded = NAMES.get(name);
    if (encoded === undefined) {
      encoded = encodedText(name);
      if (NAMES.size < MOST_NAMES && encoded.length <= SHORT) NAMES.set(name, encoded);
    }
    const { length } = encoded;
    this.reserve(length);
    const { bytes, at } = this;
    for (let index = 0; index < length; index++) bytes[at + index] = encoded[index];
    this.at = at + length;
  }

  /**
   * Writes a value: what JSON has, and bytes (`Uint8Array`), bigints, undefined, NaN and infinities. Members that are undefined are
   * left out, as in JSON. Throws CborError on anything else, and on more than 64 levels; what was written of it stays.
   */
  value(value: unknown, depth = 0): void {
    switch (typeof value) {
      case 'number':
        this.number(value);
        return;
      case 'string':
        this.text(value);
        return;
      case 'boolean':
        this.byte(value ? BYTE.TRUE : BYTE.FALSE);
        return;
      case 'bigint':
        this.bigint(value);
        return;
      case 'undefined':
        this.byte(BYTE.UNDEFINED);
        return;
      case 'object':
        if (value === null) this.byte(BYTE.NULL);
        else if (depth >= MAX_DEPTH) throw new CborError(`a value is nested deeper than ${MAX_DEPTH} levels`);
        else if (Array.isArray(value)) this.members(value, depth + 1);
        else if (value instanceof Uint8Array) this.byteString(value);
        else if (ArrayBuffer.isView(value) && !(value instanceof DataView))
          this.members(Array.from(value as unknown as ArrayLike<unknown>), depth + 1);
        else this.map(value as Readonly<Record<string, unknown>>, depth + 1);
        return;
      default:
        throw new CborError(`a ${typeof value} is no value of a message`);
    }
  }

  /** Begins a list of so many members, which follow. */
  list(length: number): void {
    this.head(MAJOR.LIST, length);
  }

  private number(value: number): void {
    if (Number.isInteger(value) && value <= 0xffffffff && value >= -0x100000000 && !Object.is(value, -0)) {
      if (value >= 0) this.head(MAJOR.UNSIGNED, value);
      else this.head(MAJOR.NEGATIVE, -1 - value);
      return;
    }
    this.reserve(9);
    this.bytes[this.at] = BYTE.FLOAT64;
    this.view.setFloat64(this.at + 1, value);
    this.at += 9;
  }

  private bigint(value: bigint): void {
    const magnitude = value < 0n ? -1n - value : value;
    if (magnitude <= 0xffff_ffff_ffff_ffffn) {
      this.reserve(9);
      this.bytes[this.at] = value < 0n ? BYTE.BIG_NEGATIVE : BYTE.BIG_UNSIGNED;
      this.view.setBigUint64(this.at + 1, magnitude);
      this.at += 9;
      return;
    }
    const hex = magnitude.toString(16);
    const digits = hex.length % 2 === 0 ? hex : `0${hex}`;
    if (digits.length / 2 > BIGNUM_BYTES) throw new CborError(`an integer has more than ${BIGNUM_BYTES} bytes`);
    this.head(MAJOR.TAG, value < 0n ? TAG.BIG_NEGATIVE : TAG.BIG_UNSIGNED);
    this.byteString(
      Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16)),
    );
  }

  private byteString(value: Uint8Array): void {
    this.head(MAJOR.BYTES, value.length);
    this.raw(value);
  }

  private text(value: string): void {
    const { length } = value;
    if (length > SHORT) {
      this.longText(value);
      return;
    }
    this.reserve(length + 2);
    const { bytes } = this;
    // The head's size is known once all characters are known to be one byte each.
    const from = this.at + (length < 24 ? 1 : 2);
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) {
        this.longText(value);
        return;
      }
      bytes[from + index] = code;
    }
    this.head(MAJOR.TEXT, length);
    this.at += length;
  }

  private longText(value: string): void {
    const utf8 = UTF8.encode(value);
    this.head(MAJOR.TEXT, utf8.length);
    this.raw(utf8);
  }

  private members(list: readonly unknown[], depth: number): void {
    this.head(MAJOR.LIST, list.length);
    for (let index = 0; index < list.length; index++) this.value(list[index], depth);
  }

  private map(map: Readonly<Record<string, unknown>>, depth: number): void {
    const names = Object.keys(map);
    const from = this.at;
    this.head(MAJOR.MAP, names.length);
    for (let index = 0; index < names.length; index++) {
      const member = map[names[index]];
      if (member === undefined) {
        this.at = from;
        this.map(Object.fromEntries(Object.entries(map).filter(([, each]) => each !== undefined)), depth);
        return;
      }
      this.name(names[index]);
      this.value(member, depth);
    }
  }

  private head(major: number, argument: number): void {
    this.reserve(5);
    const first = major << 5;
    if (argument < 24) {
      this.bytes[this.at++] = first | argument;
    } else if (argument < 0x100) {
      this.bytes[this.at++] = first | 24;
      this.bytes[this.at++] = argument;
    } else if (argument < 0x10000) {
      this.bytes[this.at++] = first | 25;
      this.view.setUint16(this.at, argument);
      this.at += 2;
    } else {
      this.bytes[this.at++] = first | 26;
      this.view.setUint32(this.at, argument);
      this.at += 4;
    }
  }

  private byte(byte: number): void {
    this.reserve(1);
    this.bytes[this.at++] = byte;
  }

  private reserve(more: number): void {
    const needed = this.at + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.at));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}

function encodedText(text: string): Uint8Array {
  const writer = new CborWriter(3 * text.length + 5);
  writer.value(text);
  return writer.take();
}
