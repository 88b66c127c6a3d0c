/** The TypeScript type of a field, as it is read or as it may be given. */

import { textFormOf } from '../mux/codec/text-forms.js';
import { shortEnumNames } from '../mux/schema/enum-names.js';
import { isCombinable } from '../mux/schema/enum-parts.js';
import type { EnumType, Field, Scalar, Type } from '../mux/schema/model.js';
import { isScalar, unaliased } from '../mux/schema/sizes.js';
import type { Direction, UsedType, UsedTypes } from './used-types.js';

/** The place where a type is used. `within`: in the arm of a union, where an address may be read as its struct. */
export interface Place {
  readonly types: UsedTypes;
  readonly file: string;
  readonly direction: Direction;
  readonly within?: boolean;
  /** Notes a helper type of `vppmux` that the text names. */
  readonly helper: (name: string) => string;
  /** Notes a declaration that the text names. */
  readonly reference: (used: UsedType, name: string) => string;
}

export function fieldType(field: Field, place: Place): string {
  const { type, array } = field;
  if (type.kind === 'string') return 'string';
  return array === undefined ? valueType(type, place) : listType(type, place);
}

function listType(type: Type, place: Place): string {
  if (isScalar(type, 'u8')) return place.direction === 'read' ? 'Uint8Array' : place.helper('BytesInput');
  const element = valueType(type, place);
  const list = /^[\w.]+$/.test(element) ? `${element}[]` : `(${element})[]`;
  return place.direction === 'read' ? list : `readonly ${list}`;
}

function valueType(type: Type, place: Place): string {
  const { direction, within } = place;
  const form = textFormOf(type);
  const plain = unaliased(type);
  if (plain.kind === 'alias') {
    if (form !== undefined) return direction === 'read' ? 'string' : place.helper('BytesInput');
    return listType(plain.target, place);
  }
  if (plain.kind === 'scalar') return scalarType(plain.name, place);
  if (plain.kind === 'union') {
    const own = named(plain, place);
    if (direction === 'read') return own;
    return form === undefined ? `Uint8Array | ${own}` : `string | Uint8Array | ${own}`;
  }
  if (plain.kind === 'enum' || form === undefined) return named(plain, place);
  if (direction === 'written') return `string | Uint8Array | ${named(plain, place)}`;
  return within ? `string | ${named(plain, place)}` : 'string';
}

function named(type: UsedType['type'], place: Place): string {
  const used = place.types.use(type, place.direction, place.file);
  return place.reference(used, used.name + ending(place.direction));
}

/** Ending of the name of a declaration: what may be given has its own. */
export const ending = (direction: Direction) => (direction === 'read' ? '' : 'Input');

function scalarType(name: Scalar, { direction, helper }: Place): string {
  if (name === 'bool') return direction === 'read' ? 'boolean' : helper('BoolInput');
  if (name === 'u64' || name === 'i64') return direction === 'read' ? 'bigint' : helper('LongInput');
  return 'number';
}

/** The prefix that short names of an enum lack, for `EnumInput` and its like. */
export function prefixOf(type: EnumType): string {
  const [[whole], [short]] = [[...type.values.keys()], [...shortEnumNames(type).keys()]];
  if (whole === undefined || !whole.endsWith(short)) return '';
  const prefix = whole.slice(0, whole.length - short.length);
  // A short name that begins with a digit may be taken for a number.
  return [...type.values.keys()].every((name) => /^[A-Za-z]/.test(name.slice(prefix.length))) ? prefix : '';
}

/** Whether several of its values may be given at once. */
export const isFlags = isCombinable;
