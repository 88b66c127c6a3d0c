/**
 * Function source, shared by both compilers: positions, literals, and the one place where source becomes a
 * function. Nothing from a schema reaches the source but numbers and names that passed the identifier check
 * (`schema/names.ts`); they are checked again here, since everything hangs on it.
 */

import type { Field, Type } from '../schema/model.js';
import { isFieldName, isIdentifier, isInherited } from '../schema/names.js';
import { isScalar, unaliased } from '../schema/sizes.js';

/** A field's or message's name, fit for source. */
export function checked(name: string, isName: (name: string) => boolean = isFieldName): string {
  if (!isName(name)) throw new Error(`not a name: ${JSON.stringify(name)}`);
  return name;
}

/** A number, fit for source. */
export function num(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`not an integer: ${value}`);
  return value < 0 ? `(${value})` : String(value);
}

/** `p+12` */
export function at(base: string, offset: number): string {
  return offset === 0 ? base : `${base}+${num(offset)}`;
}

/** The value of a field in the object `of`, undefined where it was not given. */
export function member(of: string, name: string): string {
  const own = `${of}.${checked(name)}`;
  return isInherited(name) ? `(hasOwn(${of},'${name}')?${own}:undefined)` : own;
}

/** Makes `body` (which returns a function) run with `scope` as its constants. */
export function compile<T>(body: string, scope: Readonly<Record<string, unknown>>): T {
  const names = Object.keys(scope).map((name) => checked(name, isIdentifier));
  return new Function(...names, `'use strict';\n${body}`)(...names.map((name) => scope[name])) as T;
}

/**
 * Structs with more values than this become functions of their own; smaller ones are written out where they
 * are used. Functions grow past what V8 optimises otherwise.
 */
const INLINE_VALUES = 16;

const values = new WeakMap<Type, number>();

/** Number of values that a type has, its parts counted. Kept: types within types would else be walked again and again. */
export function valuesIn(type: Field['type'], times = 1): number {
  if (type.kind === 'string') return times;
  let one = values.get(type);
  if (one === undefined) {
    one = countValues(unaliased(type));
    values.set(type, one);
  }
  return times * one;
}

function countValues(plain: Type): number {
  if (plain.kind === 'alias') return isScalar(plain.target, 'u8') ? 1 : valuesIn(plain.target, plain.length ?? 1);
  if (plain.kind === 'scalar' || plain.kind === 'enum') return 1;
  const parts = plain.kind === 'struct' ? plain.fields : plain.arms;
  return parts.reduce((sum, { type: part, array }) => sum + valuesIn(part, array ? 4 : 1), 0);
}

export function isInlined(type: Type): boolean {
  return valuesIn(type) <= INLINE_VALUES;
}
