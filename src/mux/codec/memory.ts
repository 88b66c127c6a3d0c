/**
 * Memory that decoded messages take, estimated from their size on the wire. A byte of a frame can become kilobytes:
 * a union takes the bytes of its largest arm, and is decoded to all of its arms.
 */

import { BYTES, OBJECT, SLOT, STRING, scalarMemory } from '../schema/footprint.js';
import type { Field, MessageDef, Type } from '../schema/model.js';
import { isScalar, minSizeOf, unaliased } from '../schema/sizes.js';
import { textFormOf } from './text-forms.js';

/** The most memory that one message may become; what honest VPPs send stays below a hundredth. */
export const MAX_MEMORY = 32 << 20;
/** Texts and bytes: they may be as long as a frame, which has a bound of its own. */
const HARMLESS = 2;
/** Characters of the longest address with its prefix length. */
const TEXT = STRING + 44;

export interface Memory {
  /** Memory of the part of fixed size. */
  readonly base: number;
  /** Bytes for each byte on the wire beyond `minSize`; 0 where the size is fixed, as nothing beyond it is decoded. */
  readonly factor: number;
}

export function memoryOf(def: MessageDef): Memory {
  return { base: memoryOfFields(def.fields), factor: factorOf(def.fields) };
}

/** The longest body that is decoded: Infinity unless a list or text at its end can become far more than it takes on the wire. */
export function longestBody(def: MessageDef): number {
  const { base, factor } = memoryOf(def);
  return factor <= HARMLESS
    ? Number.POSITIVE_INFINITY
    : def.minSize + Math.floor(Math.max(0, MAX_MEMORY - base) / factor);
}

const known = new WeakMap<Type, number>();

/** One value and the slot that it is in. */
function memoryOfType(type: Type): number {
  let memory = known.get(type);
  if (memory === undefined) {
    memory = computed(type);
    known.set(type, memory);
  }
  return memory;
}

function computed(type: Type): number {
  const form = textFormOf(type);
  if (form !== undefined && form !== 'address_union') return SLOT + TEXT;
  const plain = unaliased(type);
  switch (plain.kind) {
    case 'scalar':
      return scalarMemory(plain.name);
    case 'enum':
      return scalarMemory(plain.base);
    case 'alias':
      return listMemory(plain.target, plain.length ?? 0);
    case 'union':
      // A union with the bytes that it held, or a text that an arm has as well.
      return SLOT + memoryOfFields(plain.arms) + SLOT + (form === undefined ? BYTES + plain.size : 0);
    default:
      return SLOT + memoryOfFields(plain.fields);
  }
}

function memoryOfFields(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + memoryOfField(field), OBJECT);
}

function memoryOfField({ type, array }: Field): number {
  const length = array?.kind === 'fixed' ? array.length : 0;
  if (type.kind === 'string') return SLOT + STRING + length;
  return array === undefined ? memoryOfType(type) : listMemory(type, length);
}

function listMemory(type: Type, length: number): number {
  if (isScalar(type, 'u8')) return SLOT + BYTES + length;
  return SLOT + OBJECT + length * memoryOfType(type);
}

function factorOf(fields: readonly Field[]): number {
  const last = fields[fields.length - 1];
  if (last === undefined) return 0;
  const { type, array } = last;
  if (type.kind === 'string') return array?.kind === 'fixed' ? 0 : 2;
  const plain = unaliased(type);
  const within = type.size === undefined && plain.kind === 'struct' ? factorOf(plain.fields) : 0;
  if (array === undefined || array.kind === 'fixed') return within;
  return isScalar(type, 'u8') ? 1 : Math.max(within, memoryOfType(type) / minSizeOf(type));
}
