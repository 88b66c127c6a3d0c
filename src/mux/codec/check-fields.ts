/**
 * The reason why fields were refused: the slow walk over definition and values that a compiled writer starts when
 * something does not fit. It must refuse all that the writer refuses; a property test compares the two.
 */

import { didYouMean } from '../../nearest.js';
import { FieldError } from '../errors.js';
import { isDetached } from '../schema/detached.js';
import type { Field, MessageDef, Type, UnionType } from '../schema/model.js';
import { shown } from '../schema/shown.js';
import { fieldSize, isScalar, unaliased } from '../schema/sizes.js';
import { checkBytes } from './check-bytes.js';
import { checkScalarOrEnum, type Problem } from './check-scalar.js';
import { compileField } from './compile-write.js';
import { parseText, TEXT_EXAMPLE, textFormOf } from './text-forms.js';
import { givenIn, isPlain, longCount, toBytes } from './wire-write.js';
import { whyContradictory } from './write-arms.js';

/** The error for fields that a writer refused with `cause`; the first `skip` fields were not for the caller to give. */
export function explainBadFields(def: MessageDef, skip: number, fields: unknown, cause: unknown): unknown {
  let found: FieldError | undefined;
  try {
    found = fieldProblem(def, skip, fields);
  } catch (thrown) {
    // A getter of the caller's own threw.
    return thrown;
  }
  if (found === undefined && cause instanceof Error) return cause;
  return found ?? badField(def, { path: '', text: 'a value does not fit (it changed meanwhile)' });
}

/** The error that encoding `fields` would throw; undefined where they can be encoded. */
export function fieldProblem(def: MessageDef, skip: number, fields: unknown): FieldError | undefined {
  const found = checkFields(def.fields, fields, '', skip);
  return found && badField(def, found);
}

function badField(def: MessageDef, { path, text, nearest: near }: Problem): FieldError {
  return new FieldError('BAD_FIELD', `${def.name}: ${path === '' ? '' : `${path}: `}${text}`, {
    messageName: def.name,
    path,
    nearest: near,
  });
}

function checkFields(fields: readonly Field[], value: unknown, path: string, skip = 0): Problem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { path, text: `an object of fields is expected (${namesOf(fields.slice(skip))}), not ${shown(value)}` };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const known = new Set(fields.slice(skip).map(({ name }) => name));
  let keys = 0;
  for (const key in given) {
    keys++;
    if (!known.has(key)) return unknownField(fields, key, path, skip);
    if (given[key] === undefined) return undefinedField(path, key);
  }
  if (keys === 0) return isPlain(given) ? undefined : noFields(given, path);
  for (const field of fields.slice(skip)) {
    const found = checkField(field, fields, given, join(path, field.name));
    if (found !== undefined) return found;
  }
  return undefined;
}

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

function namesOf(fields: readonly Field[]): string {
  const names = fields.map(({ name }) => name);
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
}

const undefinedField = (path: string, key: string): Problem => ({
  path: join(path, key),
  text: 'undefined is no value (a look-up that found nothing?); leave the field out to have its default',
});

const noFields = (given: object, path: string): Problem => ({
  path,
  text: `an object of fields is expected, not ${given.constructor?.name ?? 'this'} (a missing await?)`,
});

function unknownField(fields: readonly Field[], key: string, path: string, skip: number): Problem {
  const at = join(path, key.slice(0, 128));
  if (fields.slice(0, skip).some(({ name }) => name === key)) {
    return { path: at, text: 'is set by the mux and cannot be given' };
  }
  const own = fields.slice(skip).map(({ name }) => name);
  const { near, text } = didYouMean(key, own);
  const others = own.length === 0 ? '; there are no fields' : `; the fields are: ${namesOf(fields.slice(skip))}`;
  return { path: at, text: `there is no such field${text || others}`, nearest: near };
}

function checkField(
  field: Field,
  siblings: readonly Field[],
  given: Readonly<Record<string, unknown>>,
  path: string,
): Problem | undefined {
  const value = givenIn(given, field.name);
  const { type, array } = field;
  const counted = siblings.find((other) => other.array?.kind === 'counted' && other.array.countField === field.name);
  if (counted !== undefined) return checkCount(field, counted, value, givenIn(given, counted.name), path);
  if (value === undefined) return undefined;
  if (value === null) return { path, text: 'null is no value; leave the field out to have its default' };
  if (type.kind === 'string') return checkText(field, value, path);
  if (array === undefined) return checkValue(type, value, path);
  const length = array.kind === 'fixed' ? array.length : undefined;
  const count = array.kind === 'counted' ? countHint(givenIn(given, array.countField)) : undefined;
  const found = checkList(type, value, path, length, count);
  if (found !== undefined || field.limit === undefined || length !== undefined) return found;
  const actual = lengthOf(type, value, count);
  return actual > field.limit
    ? { path, text: `${actual} elements are too many; ${field.limit} is the limit` }
    : undefined;
}

function lengthOf(type: Type, value: unknown, count?: number): number {
  if (isScalar(type, 'u8')) return toBytes(value, count)?.length ?? 0;
  return (value as ArrayLike<unknown>).length;
}

/** A count that was given, as a number; 64-bit ones may be bigints or texts. */
function countHint(value: unknown): number | undefined {
  return typeof value === 'number' ? value : longCount(value);
}

/** A count may be left out; given, it must be what the array has. */
function checkCount(field: Field, array: Field, value: unknown, list: unknown, path: string): Problem | undefined {
  const bytes = array.type.kind !== 'string' && isScalar(array.type, 'u8');
  const hint = countHint(value);
  const length = bytes
    ? (toBytes(list, hint)?.length ?? 0)
    : Array.isArray(list) || ArrayBuffer.isView(list)
      ? lengthOf(array.type as Type, list)
      : 0;
  if (value !== undefined) {
    const found = checkScalarOrEnum(field.type as Type, value, path);
    if (found !== undefined) return found;
    // The fault of the array itself is reported at the array.
    if (list === null || (bytes && list !== undefined && toBytes(list, hint) === undefined)) return undefined;
    if (hint !== length)
      return { path, text: `${value} does not agree with ${array.name}, which has ${length}; leave it out` };
    return undefined;
  }
  if (list === undefined || list === null) return undefined;
  const tooMany = checkScalarOrEnum(field.type as Type, length, path);
  return (
    tooMany && {
      path: `${path.slice(0, path.lastIndexOf('.') + 1)}${array.name}`,
      text: `${length} elements are more than ${field.name} can count`,
    }
  );
}

function checkText(field: Field, value: unknown, path: string): Problem | undefined {
  const wrong = (text: string): Problem => ({ path, text });
  if (typeof value !== 'string') return wrong(`a string is expected, not ${shown(value)}`);
  if (value.includes('\0')) return wrong(`a string cannot contain NUL: ${shown(value)}`);
  if (!value.isWellFormed()) return wrong(`half a surrogate pair has no UTF-8: ${shown(value)}`);
  const size = fieldSize(field);
  const most = Math.min(size === undefined ? 0xffffffff : size - 1, field.limit ?? Number.POSITIVE_INFINITY);
  const length = Buffer.byteLength(value);
  return length > most ? wrong(`${shown(value)} takes ${length} bytes; ${most} is the most`) : undefined;
}

/** `whole`: fewer than `length` do not do. */
function checkList(
  type: Type,
  value: unknown,
  path: string,
  length?: number,
  count?: number,
  whole = false,
): Problem | undefined {
  if (isScalar(type, 'u8')) return checkBytes(value, path, length, count, whole);
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && 'length' in value && !isDetached(value))) {
    return { path, text: `a list is expected, not ${shown(value)}` };
  }
  const list = value as ArrayLike<unknown>;
  const structs = unaliased(type).kind === 'struct';
  const isFit = length === undefined || list.length === 0 || (structs ? list.length <= length : list.length === length);
  if (!isFit) {
    return { path, text: `${structs ? 'at most' : 'exactly'} ${length} elements are expected, not ${list.length}` };
  }
  for (let i = 0; i < list.length; i++) {
    const found = checkValue(type, list[i], `${path}[${i}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function checkValue(type: Type, value: unknown, path: string): Problem | undefined {
  const form = textFormOf(type);
  const plain = unaliased(type);
  if (value === undefined || value === null)
    return { path, text: `${type.kind === 'scalar' ? type.name : 'a value'} is expected, not ${value}` };
  if (form !== undefined && typeof value === 'string') {
    const size = plain.size ?? 0;
    if (parseText(form, value, Buffer.alloc(size), 0) || toBytes(value, size)?.length === size) return undefined;
    return { path, text: `${shown(value)} is not ${TEXT_EXAMPLE[form]}${textHint(form, value)}` };
  }
  if (plain.kind === 'scalar' || plain.kind === 'enum') return checkScalarOrEnum(plain, value, path);
  if (plain.kind === 'alias') return checkList(plain.target, value, path, plain.length, undefined, form !== undefined);
  if (value instanceof Uint8Array && (form !== undefined || plain.kind === 'union')) {
    return checkBytes(value, path, plain.size, undefined, true);
  }
  if (form !== undefined && typeof value !== 'object') {
    return { path, text: `${TEXT_EXAMPLE[form]} is expected, not ${shown(value)}` };
  }
  return plain.kind === 'struct' ? checkFields(plain.fields, value, path) : checkUnion(plain, value, path);
}

function textHint(form: string, text: string): string {
  if (text.includes('%')) return '; VPP knows no zone ids';
  return form.endsWith('prefix') && !text.includes('/') ? '; the length is missing' : '';
}

function checkUnion(type: UnionType, value: unknown, path: string): Problem | undefined {
  if (typeof value === 'string') return checkBytes(value, path, type.size, undefined, true);
  const names = namesOf(type.arms);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { path, text: `an object with one of ${names} is expected, not ${shown(value)}` };
  }
  const given = value as Readonly<Record<string, unknown>>;
  for (const key in given) {
    if (!type.arms.some(({ name }) => name === key)) return unknownField(type.arms, key, path, 0);
    if (given[key] === undefined) return undefinedField(path, key);
  }
  const arms = type.arms.filter(({ name }) => givenIn(given, name) !== undefined);
  if (arms.length === 0 && !isPlain(given)) return noFields(given, path);
  for (const arm of arms) {
    const found = checkField(arm, type.arms, given, join(path, arm.name));
    if (found !== undefined) return found;
  }
  if (arms.length < 2) return undefined;
  const compiled = arms.map((arm) => ({ name: arm.name, size: fieldSize(arm) ?? 0, write: compileField(arm) }));
  const text = whyContradictory(given, compiled, type.size);
  return text === undefined ? undefined : { path, text };
}
