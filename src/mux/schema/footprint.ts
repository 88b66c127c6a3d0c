/**
 * Cost of a type for everything that works with it, known before anything does. A definition of a few hundred
 * bytes can describe a value of any size (unions of unions of unions): whatever walks a type, compiles it or decodes
 * it is bounded by these three numbers, which `limits.ts` compares with its bounds when a type is resolved.
 */

import type { Field, Scalar, Type } from './model.js';
import { isScalar } from './sizes.js';

export interface Footprint {
  /** Fields and arms with all types taken apart, the element of an array counted once: the length of a walk. */
  readonly nodes: number;
  /** The most bytes that one decoded value takes in memory, without what has no fixed size. */
  readonly memory: number;
  /** The depth of the types nested in it. */
  readonly depth: number;
}

/** Rough sizes in V8: a slot of an object or list, the object or list itself, a string or bytes without their content. */
export const SLOT = 8;
export const OBJECT = 32;
export const STRING = 24;
export const BYTES = 200;

/** A slot, and a box for what is not a small integer. */
export function scalarMemory(name: Scalar): number {
  if (name === 'u64' || name === 'i64') return SLOT + 24;
  return name === 'u32' || name === 'i32' || name === 'f64' ? SLOT + 16 : SLOT;
}

const known = new WeakMap<Type, Footprint>();

/** One value of `type`. Computed once for each type; computing it anew would cost what it is to prevent. */
export function footprintOf(type: Type): Footprint {
  let found = known.get(type);
  if (found === undefined) {
    found = footprint(type);
    known.set(type, found);
  }
  return found;
}

/** Fields of a struct or message, or arms of a union: a decoded union has all of them. */
export function footprintOfFields(fields: readonly Field[]): Footprint {
  let nodes = 1;
  let memory = OBJECT;
  let depth = 0;
  for (const field of fields) {
    const own = fieldFootprint(field);
    nodes += own.nodes;
    memory += own.memory;
    depth = Math.max(depth, own.depth);
  }
  return { nodes, memory, depth };
}

function fieldFootprint({ type, array }: Field): Footprint {
  if (type.kind === 'string') {
    return { nodes: 1, memory: SLOT + STRING + (array?.kind === 'fixed' ? array.length : 0), depth: 0 };
  }
  if (array === undefined) return footprintOf(type);
  return repeated(type, array.kind === 'fixed' ? array.length : 0);
}

function repeated(type: Type, times: number): Footprint {
  if (isScalar(type, 'u8')) return { nodes: 1, memory: SLOT + BYTES + times, depth: 0 };
  const { nodes, memory, depth } = footprintOf(type);
  return { nodes, memory: SLOT + OBJECT + times * memory, depth };
}

function footprint(type: Type): Footprint {
  if (type.kind === 'scalar') return { nodes: 1, memory: scalarMemory(type.name), depth: 0 };
  if (type.kind === 'enum') return { nodes: 1, memory: scalarMemory(type.base), depth: 0 };
  const parts =
    type.kind === 'alias'
      ? type.length === undefined
        ? footprintOf(type.target)
        : repeated(type.target, type.length)
      : footprintOfFields(type.kind === 'struct' ? type.fields : type.arms);
  return { nodes: parts.nodes, memory: SLOT + parts.memory, depth: parts.depth + 1 };
}
