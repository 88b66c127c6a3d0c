/** The bytes of what is left out: schema defaults, and zeros elsewhere. Compiled writers start from them. */

import type { Field, Type } from '../schema/model.js';
import { fieldMinSize, fieldSize, unaliased } from '../schema/sizes.js';
import { writeF64, writeFixedText, writeI64, writeU64 } from './wire-write.js';

/** Image of a struct's or message's fixed part. Counts are zero, as the arrays they count are empty. */
export function imageOfFields(fields: readonly Field[], size: number): Buffer {
  const image = Buffer.alloc(size);
  const counts = new Set(fields.map(({ array }) => (array?.kind === 'counted' ? array.countField : undefined)));
  let o = 0;
  for (const field of fields) {
    if (!counts.has(field.name)) fill(image, o, field);
    o += fieldMinSize(field);
  }
  return image;
}

/** Kept, since types within types would otherwise be gone through again and again. */
const images = new WeakMap<Type, Buffer>();

/** Image of one value of a type. Unions are zero: no arm was chosen. */
export function imageOf(type: Type): Buffer {
  let image = images.get(type);
  if (image === undefined) {
    image = makeImage(unaliased(type));
    images.set(type, image);
  }
  return image;
}

function makeImage(type: Type): Buffer {
  if (type.kind === 'struct') return imageOfFields(type.fields, type.minSize);
  if (type.kind === 'alias') return repeated(type.target, type.length ?? 1);
  return Buffer.alloc(type.size);
}

function repeated(type: Type, times: number): Buffer {
  const element = imageOf(type);
  return Buffer.alloc(element.length * times, element);
}

function fill(image: Buffer, o: number, field: Field): void {
  const { type, array } = field;
  if (type.kind === 'string') {
    if (field.default !== undefined)
      writeFixedText(image, o, fieldSize(field) ?? 0, field.default, Number.POSITIVE_INFINITY);
    return;
  }
  if (array !== undefined) {
    if (array.kind === 'fixed') repeated(type, array.length).copy(image, o);
    return;
  }
  if (field.default === undefined) imageOf(type).copy(image, o);
  else fillDefault(image, o, type, field.default);
}

function fillDefault(image: Buffer, o: number, type: Type, value: NonNullable<Field['default']>): void {
  const plain = unaliased(type);
  const scalar = plain.kind === 'enum' ? plain.base : plain.kind === 'scalar' ? plain.name : undefined;
  if (scalar === 'u64') writeU64(image, o, value);
  else if (scalar === 'i64') writeI64(image, o, value);
  else if (scalar === 'f64') writeF64(image, o, value);
  else if (typeof value === 'boolean') image[o] = value ? 1 : 0;
  else if (typeof value === 'number') {
    for (let i = (plain.size ?? 0) - 1, rest = value; i >= 0; i--, rest >>= 8) image[o + i] = rest;
  }
}
