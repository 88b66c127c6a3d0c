/**
 * Converts values of a plugin (its status, its details) to plain JSON values. A plugin passes what it has: 64-bit numbers
 * of VPP as bigints, objects that contain themselves, getters that throw. All of it is shown within bounds, and none of it
 * makes the caller fail.
 */

import { reasonOf } from '../../thrown.js';

/** A plain JSON value. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

const DEEPEST = 32;
/** Values in one result, and characters of all its strings. */
const MOST_VALUES = 50_000;
const MOST_CHARACTERS = 1_000_000;
/** Characters of one string. */
const LONGEST_TEXT = 10_000;
const CUT = '… (cut)';

/**
 * `value` as JSON has it, with these additions: a bigint becomes a string of its digits, bytes become hex, and a value that
 * cannot be shown becomes a string with the reason. Functions, symbols and undefined are dropped, as `JSON.stringify` does.
 */
export function plain(value: unknown): Plain {
  return new Plainly().of(value, '') ?? null;
}

class Plainly {
  private values = 0;
  private characters = 0;
  /** The values around the current one: a value among these contains itself. */
  private readonly within = new Set<object>();

  /** Undefined for values that JSON drops. */
  of(value: unknown, key: string): Plain | undefined {
    if (++this.values > MOST_VALUES || this.characters >= MOST_CHARACTERS) return CUT;
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        return Number.isFinite(value) ? value : null;
      case 'boolean':
        return value;
      case 'bigint':
        return this.text(String(value));
      case 'object':
        return value === null ? null : this.guarded(value, key);
      default:
        return undefined;
    }
  }

  private text(text: string): string {
    const room = Math.min(LONGEST_TEXT, Math.max(0, MOST_CHARACTERS - this.characters));
    this.characters += Math.min(text.length, room);
    return text.length > room ? `${text.slice(0, room)}${CUT}` : text;
  }

  private guarded(value: object, key: string): Plain | undefined {
    if (this.within.has(value)) return '(contains itself)';
    if (this.within.size >= DEEPEST) return '(too deep)';
    this.within.add(value);
    try {
      return this.object(value, key);
    } catch (error) {
      return `(cannot be shown: ${reasonOf(error).slice(0, 200)})`;
    } finally {
      this.within.delete(value);
    }
  }

  private object(value: object, key: string): Plain | undefined {
    if (ArrayBuffer.isView(value)) return this.bytes(value);
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.of(value.toJSON(key), key);
    if (Array.isArray(value)) return this.list(value);
    const shown: Record<string, Plain> = {};
    for (const name of Object.keys(value)) {
      if (this.values > MOST_VALUES) return { ...shown, '…': CUT };
      const part = this.at(value, name);
      // Not by assignment, since `__proto__` is a key like any other.
      if (part !== undefined) Object.defineProperty(shown, this.text(name), { ...OPEN, value: part });
    }
    return shown;
  }

  private list(value: readonly unknown[]): Plain[] {
    const shown: Plain[] = [];
    for (let i = 0; i < value.length; i++) {
      shown.push(this.at(value, i) ?? null);
      if (this.values > MOST_VALUES) break;
    }
    return shown;
  }

  /** A getter that throws affects only its own key. */
  private at(value: object, key: string | number): Plain | undefined {
    let part: unknown;
    try {
      part = Reflect.get(value, key);
    } catch (error) {
      return `(cannot be shown: ${reasonOf(error).slice(0, 200)})`;
    }
    return this.of(part, String(key));
  }

  private bytes(value: ArrayBufferView): string {
    const bytes = Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, LONGEST_TEXT / 2 - 10));
    return this.text(`0x${bytes.toString('hex')}${bytes.length < value.byteLength ? CUT : ''}`);
  }
}

const OPEN = { enumerable: true, configurable: true, writable: true } as const;
