/**
 * Reads one value of CBOR out of bytes that may come from anybody: every length is held against the bytes that are left before
 * anything is made of it, depth is bounded, and whatever is wrong is a CborError with its place.
 */

import { CborError } from './cbor-error.js';
import { float16 } from './float16.js';
import { ARGUMENT, BIGNUM_BYTES, BYTE, MAJOR, MAX_DEPTH, TAG } from './major.js';

/** Names seen before, by a hash of their bytes, so that a row's names are not decoded for each row. */
const NAMES: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] = new Array(1024).fill(undefined);
/** Bytes of the longest string that is read byte by byte. */
const SHORT = 40;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The argument of an item of unknown length. */
const UNTIL_BREAK = -1;

export class CborReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws CborError when there is more than one value. */
  whole(): unknown {
    const value = this.value(0);
    this.end();
    return value;
  }

  /** The next value of several. */
  next(): unknown {
    return this.value(0);
  }

  /** The length of the list that begins here; its members come next. Throws CborError where there is none, or it is not said. */
  listLength(): number {
    const first = this.byte();
    const length = first >> 5 === MAJOR.LIST ? this.argument(first) : UNTIL_BREAK;
    if (length === UNTIL_BREAK) throw new CborError('no list of a known length', this.at - 1);
    this.check(length);
    return length;
  }

  /** Throws CborError when bytes are left. */
  end(): void {
    if (this.at < this.bytes.length)
      throw new CborError(`${this.bytes.length - this.at} bytes behind the value`, this.at);
  }

  private value(depth: number): unknown {
    const at = this.at;
    const first = this.byte();
    switch (first >> 5) {
      case MAJOR.UNSIGNED:
        return first === BYTE.BIG_UNSIGNED ? this.uint64() : this.argument(first);
      case MAJOR.NEGATIVE:
        return first === BYTE.BIG_NEGATIVE ? -1n - this.uint64() : -1 - this.argument(first);
      case MAJOR.BYTES:
        return this.byteString(first);
      case MAJOR.TEXT:
        return this.text(first);
      case MAJOR.LIST:
        return this.list(first, this.deeper(depth, at));
      case MAJOR.MAP:
        return this.map(first, this.deeper(depth, at));
      case MAJOR.TAG:
        return this.tagged(first, this.deeper(depth, at));
      default:
        return this.other(first);
    }
  }

  private deeper(depth: number, at: number): number {
    if (depth >= MAX_DEPTH) throw new CborError(`nested deeper than ${MAX_DEPTH} levels`, at);
    return depth + 1;
  }

  private other(first: number): unknown {
    switch (first) {
      case BYTE.FALSE:
        return false;
      case BYTE.TRUE:
        return true;
      case BYTE.NULL:
        return null;
      case BYTE.UNDEFINED:
        return undefined;
      case BYTE.FLOAT16:
        return float16(this.view.getUint16(this.skip(2)));
      case BYTE.FLOAT32:
        return this.view.getFloat32(this.skip(4));
      case BYTE.FLOAT64:
        return this.view.getFloat64(this.skip(8));
      default:
        throw new CborError(`no value begins with 0x${first.toString(16)}`, this.at - 1);
    }
  }

  private list(first: number, depth: number): unknown[] {
    const length = this.argument(first);
    const list: unknown[] = [];
    if (length === UNTIL_BREAK) {
      while (!this.atBreak()) list.push(this.value(depth));
      return list;
    }
    this.check(length);
    for (let index = 0; index < length; index++) list.push(this.value(depth));
    return list;
  }

  private map(first: number, depth: number): Record<string, unknown> {
    const length = this.argument(first);
    const map: Record<string, unknown> = {};
    if (length === UNTIL_BREAK) {
      while (!this.atBreak()) this.entry(map, depth);
      return map;
    }
    this.check(2 * length);
    for (let index = 0; index < length; index++) this.entry(map, depth);
    return map;
  }

  private entry(map: Record<string, unknown>, depth: number): void {
    const name = this.name();
    const value = this.value(depth);
    // An assignment would change the map's prototype.
    if (name === '__proto__')
      Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
    else map[name] = value;
  }

  private name(): string {
    const at = this.at;
    const first = this.byte();
    if (first >> 5 !== MAJOR.TEXT) throw new CborError('the name of a member is no text', at);
    // Short names, as all are of VPP's fields: their length is in the first byte or the second.
    const length = first < 0x78 ? first - 0x60 : first === 0x78 ? this.byte() : SHORT + 1;
    if (length > SHORT) {
      this.at = at + 1;
      return this.text(first, at);
    }
    const from = this.skip(length);
    const { bytes } = this;
    let hash = length;
    for (let index = from; index < from + length; index++) hash = (Math.imul(hash, 31) + bytes[index]) | 0;
    const slot = (hash ^ (hash >>> 10)) & 1023;
    const known = NAMES[slot];
    if (known !== undefined && isSame(known.bytes, bytes, from, length)) return known.text;
    const text = this.utf8(from, length);
    NAMES[slot] = { bytes: bytes.slice(from, from + length), text };
    return text;
  }

  private text(first: number, at = this.at - 1): string {
    const length = this.argument(first);
    if (length === UNTIL_BREAK) {
      let text = '';
      while (!this.atBreak()) text += this.text(this.chunk(MAJOR.TEXT));
      return text;
    }
    this.check(length, at);
    const from = this.skip(length);
    return length <= SHORT ? this.shortText(from, length) : this.utf8(from, length);
  }

  private shortText(from: number, length: number): string {
    let text = '';
    for (let index = from; index < from + length; index++) {
      const byte = this.bytes[index];
      if (byte > 0x7f) return this.utf8(from, length);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  private utf8(from: number, length: number): string {
    try {
      return UTF8.decode(this.bytes.subarray(from, from + length));
    } catch {
      throw new CborError('a text is not UTF-8', from);
    }
  }

  private byteString(first: number): Uint8Array {
    const length = this.argument(first);
    if (length !== UNTIL_BREAK) {
      const from = this.skip(length);
      return this.bytes.slice(from, from + length);
    }
    const chunks: Uint8Array[] = [];
    while (!this.atBreak()) chunks.push(this.byteString(this.chunk(MAJOR.BYTES)));
    const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }

  /** First byte of a piece of a text or byte string of unknown length. */
  private chunk(major: number): number {
    const first = this.byte();
    if (first >> 5 !== major || (first & 31) === ARGUMENT.UNTIL_BREAK) {
      throw new CborError('a piece of a string is another kind of value', this.at - 1);
    }
    return first;
  }

  /** A bignum; of other tags only the value within. */
  private tagged(first: number, depth: number): unknown {
    const at = this.at - 1;
    const tag = (first & 31) === ARGUMENT.EIGHT ? this.uint64() : this.argument(first);
    if (tag === UNTIL_BREAK) throw new CborError('a tag has no number', at);
    const value = this.value(depth);
    if (tag !== TAG.BIG_UNSIGNED && tag !== TAG.BIG_NEGATIVE) return value;
    if (!(value instanceof Uint8Array) || value.length > BIGNUM_BYTES) {
      throw new CborError(`a large integer is a byte string of ${BIGNUM_BYTES} bytes at most`, at);
    }
    let hex = '0';
    for (const byte of value) hex += byte.toString(16).padStart(2, '0');
    const magnitude = BigInt(`0x${hex}`);
    return tag === TAG.BIG_UNSIGNED ? magnitude : -1n - magnitude;
  }

  /** The argument of an item, `UNTIL_BREAK` where it has none. Lengths of 8 bytes are taken while they are safe integers. */
  private argument(first: number): number {
    const argument = first & 31;
    if (argument < ARGUMENT.ONE) return argument;
    switch (argument) {
      case ARGUMENT.ONE:
        return this.byte();
      case ARGUMENT.TWO:
        return this.view.getUint16(this.skip(2));
      case ARGUMENT.FOUR:
        return this.view.getUint32(this.skip(4));
      case ARGUMENT.EIGHT:
        return Number(this.uint64());
    }
    if (argument === ARGUMENT.UNTIL_BREAK && first >> 5 >= MAJOR.BYTES) return UNTIL_BREAK;
    throw new CborError(`no value begins with 0x${first.toString(16)}`, this.at - 1);
  }

  private uint64(): bigint {
    return this.view.getBigUint64(this.skip(8));
  }

  private atBreak(): boolean {
    if (this.at >= this.bytes.length) throw new CborError('the value is cut short', this.at);
    if (this.bytes[this.at] !== BYTE.BREAK) return false;
    this.at += 1;
    return true;
  }

  private byte(): number {
    return this.bytes[this.skip(1)];
  }

  /** Goes `length` bytes on, and returns where it was. */
  private skip(length: number): number {
    this.check(length);
    const from = this.at;
    this.at += length;
    return from;
  }

  private check(length: number, at = this.at): void {
    if (length <= this.bytes.length - this.at) return;
    throw new CborError('the value is cut short', at);
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let index = 0; index < length; index++) if (known[index] !== bytes[from + index]) return false;
  return true;
}
