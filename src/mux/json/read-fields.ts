/**
 * Gives each value of JSON or of the command line the type that its field has: `'1'` becomes a number, `ADMIN_UP` an enum's
 * value, `0xdeadbeef` bytes. What is not recognized stays as it is: the codec refuses it with the field's path and the reason.
 */

import { textFormOf } from '../codec/text-forms.js';
import type { Field } from '../schema/model.js';
import { readBytes } from './bytes-text.js';
import { elementType, isByte, unalias, type ValueType } from './field-types.js';
import { readEnum, readScalar } from './read-scalar.js';

/** Forms of strings that only some inputs have, such as arguments of a command line. */
export interface StringForms {
  /** The bytes that `@name` stands for, in the place of a u8 array. */
  readonly file?: (name: string) => Uint8Array;
  /** The value of a string that begins as JSON, in the place of a list or a struct. */
  readonly json?: (text: string) => unknown;
  /** The forms within such JSON. */
  readonly within?: StringForms;
}

/** `given` with the types of `fields`; unknown names are kept, for the codec to refuse. */
export function readFields(
  fields: readonly Field[],
  given: Readonly<Record<string, unknown>>,
  forms: StringForms = {},
): Record<string, unknown> {
  const entries = Object.entries(given);
  // The codec refuses what has no fields and is no plain object, such as a promise.
  if (entries.length === 0) return given;
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const field = byName.get(name);
      return [name, field ? readField(field, value, forms) : value];
    }),
  );
}

function readField({ type, array }: Field, value: unknown, forms: StringForms): unknown {
  if (type.kind === 'string') return value;
  if (!array) return readValue(type, value, forms);
  return readArray(type, value, forms, array.kind === 'fixed' ? array.length : undefined);
}

function readArray(element: ValueType, value: unknown, forms: StringForms, length?: number): unknown {
  if (Array.isArray(value)) return value.map((member) => readValue(element, member, forms));
  if (typeof value !== 'string') return value;
  const list = parsed(value, '[', forms);
  if (list !== undefined) return readArray(element, list, forms.within ?? {});
  if (isByte(element)) return readBytes(value, length, forms.file);
  const type = unalias(element);
  // Several plain values can be written as a list with commas; a struct cannot.
  if (value !== '' && (type.kind === 'scalar' || type.kind === 'enum')) {
    return value.split(',').map((member) => readValue(element, member.trim(), forms));
  }
  return value === '' ? [] : value;
}

function readValue(aliased: ValueType, value: unknown, forms: StringForms): unknown {
  const type = unalias(aliased);
  switch (type.kind) {
    case 'scalar':
      return readScalar(type.name, value);
    case 'enum':
      return readEnum(type, value);
    case 'struct':
      return readMembers(type.fields, value, forms);
    case 'union':
      // The bytes of a whole union may be given as hex.
      return (
        (typeof value === 'string' ? parseHex(value, type.size) : undefined) ?? readMembers(type.arms, value, forms)
      );
    case 'alias': {
      const hasForm = textFormOf(type) !== undefined;
      if (typeof value !== 'string' || !isByte(elementType(type))) {
        return Array.isArray(value) ? readArray(type.target, value, forms) : value;
      }
      return hasForm ? (parseHex(value, type.length) ?? value) : readBytes(value, type.length, forms.file);
    }
    default:
      return value;
  }
}

function readMembers(fields: readonly Field[], value: unknown, forms: StringForms): unknown {
  const json = typeof value === 'string' ? parsed(value, '{', forms) : undefined;
  const members = json ?? value;
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return members;
  return readFields(fields, members as Record<string, unknown>, json === undefined ? forms : (forms.within ?? {}));
}

function parsed(text: string, opening: '{' | '[', forms: StringForms): unknown {
  return text.trimStart().startsWith(opening) ? forms.json?.(text) : undefined;
}

/** Hex digits, with or without 0x, of `length` bytes; undefined when it is not that. */
function parseHex(text: string, length: number | undefined): Uint8Array | undefined {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (digits.length !== 2 * (length ?? -1) || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}
