/** The place where a message that is too short ends: the slow walk that makes an error of it. */

import type { Field, MessageDef, Type } from '../schema/model.js';
import { fieldSize, minSizeOf, unaliased } from '../schema/sizes.js';

export interface Truncation {
  readonly path: string;
  /** Bytes missing at `path`, and bytes left there. */
  readonly need: number;
  readonly have: number;
}

interface Walk {
  readonly b: Uint8Array;
  readonly end: number;
  pos: number;
}

/** The first field of `b[start, end)` that does not fit in. */
export function findTruncation(def: MessageDef, b: Uint8Array, start: number, end: number): Truncation {
  const found = walkFields({ b, end, pos: start }, def.fields, '');
  return found ?? { path: def.name, need: Math.max(0, def.minSize - (end - start)), have: 0 };
}

function take(walk: Walk, size: number, path: string): Truncation | undefined {
  const have = walk.end - walk.pos;
  if (size > have) return { path, need: size - have, have };
  walk.pos += size;
  return undefined;
}

function walkFields(walk: Walk, fields: readonly Field[], prefix: string): Truncation | undefined {
  const starts = new Map<string, number>();
  for (const field of fields) {
    starts.set(field.name, walk.pos);
    const found = walkField(walk, field, fields, prefix + field.name, starts);
    if (found !== undefined) return found;
  }
  return undefined;
}

function walkField(
  walk: Walk,
  field: Field,
  siblings: readonly Field[],
  path: string,
  starts: ReadonlyMap<string, number>,
): Truncation | undefined {
  const { type, array } = field;
  if (type.kind === 'string') {
    const size = fieldSize(field);
    if (size !== undefined) return take(walk, size, path);
    const at = walk.pos;
    return take(walk, 4, path) ?? take(walk, number(walk.b, at, 4), path);
  }
  if (array === undefined) return walkType(walk, type, path);
  if (array.kind === 'trailing') return undefined;
  if (array.kind === 'fixed') return walkElements(walk, type, array.length, path);
  const count = siblings.find(({ name }) => name === array.countField);
  const size = (count && fieldSize(count)) ?? 0;
  return walkElements(walk, type, number(walk.b, starts.get(array.countField) ?? walk.pos, size), path);
}

function walkElements(walk: Walk, type: Type, count: number, path: string): Truncation | undefined {
  if (type.size === undefined) {
    for (let i = 0; i < count; i++) {
      const found = walkType(walk, type, `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const least = minSizeOf(type);
  const fitting = Math.min(count, Math.floor((walk.end - walk.pos) / least));
  walk.pos += fitting * least;
  return fitting === count ? undefined : walkType(walk, type, `${path}[${fitting}]`);
}

function walkType(walk: Walk, type: Type, path: string): Truncation | undefined {
  const plain = unaliased(type);
  if (plain.kind === 'struct') return walkFields(walk, plain.fields, `${path}.`);
  return take(walk, plain.size ?? 0, path);
}

function number(b: Uint8Array, o: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + b[o + i];
  return value;
}
