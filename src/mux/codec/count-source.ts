/** Source that reads, checks and stores the count of an array. A count of 64 bits is a number here: no frame holds more. */

import type { Field, Scalar } from '../schema/model.js';
import { fieldMinSize, INTEGER_RANGE, unaliased } from '../schema/sizes.js';
import { load, store } from './scalar-source.js';
import { member } from './source.js';

/** The field that counts an array. */
export function countOf(name: string, siblings: readonly Field[]): Field {
  const count = siblings.find((field) => field.name === name);
  if (count === undefined) throw new Error(`no count ${name}`);
  return count;
}

function scalarOf({ name, type }: Field): Scalar {
  const plain = type.kind === 'string' ? undefined : unaliased(type);
  if (plain?.kind === 'scalar') return plain.name;
  throw new Error(`${name} is no count`);
}

const isLong = (count: Field) => scalarOf(count).endsWith('64');

export function isSigned(count: Field): boolean {
  return scalarOf(count).startsWith('i');
}

/** The most that it can count. */
export function mostOf(count: Field): number {
  return INTEGER_RANGE[scalarOf(count)]?.[1] ?? Number.MAX_SAFE_INTEGER;
}

/** Expression for the count of a struct or message that begins at `offset`. */
export function loadCount(count: Field, siblings: readonly Field[], base: string, offset: number): string {
  let o = offset;
  for (const field of siblings.slice(0, siblings.indexOf(count))) o += fieldMinSize(field);
  const value = load(scalarOf(count), base, o);
  return isLong(count) ? `Number(${value})` : value;
}

/** Expression for the count that the caller gave in `parent`, or undefined. */
export function givenCount(count: Field, parent: string): string {
  const given = member(parent, count.name);
  return isLong(count) ? `longCount(${given})` : given;
}

/** Stores the length in variable `l` at position `a`. */
export function storeCount(count: Field, l: string, a: string): string {
  const scalar = scalarOf(count);
  if (!isLong(count)) return store(scalar, l, a);
  return `${scalar === 'u64' ? 'writeU64' : 'writeI64'}(b,${a},${l});`;
}
