/**
 * Decoded fields as short texts for people, one per leaf: nested structs flattened to dotted names, enums by name,
 * lists of structs in a compact form.
 */

import { shortEnumNames } from '../../mux/schema/enum-names.js';
import { isCombinable } from '../../mux/schema/enum-parts.js';
import type { EnumType, Field } from '../../mux/schema/model.js';
import { printable } from '../../printable.js';
import { bytesShown } from '../fields/bytes.js';
import { countFields, ownFields, unalias, type ValueType } from '../fields/field-types.js';
import { pathText } from './path-text.js';

export interface Cell {
  /** Dotted path of the field. */
  readonly name: string;
  readonly text: string;
  /** Zero, empty or false: what a message has where nothing was said. */
  readonly blank: boolean;
  readonly numeric: boolean;
  /** Texts of the structs of a list: each begins a line of its own where they do not fit one. */
  readonly members?: readonly string[];
}

/** Cells of a whole message; counts of counted lists are left out. */
export function messageCells(fields: readonly Field[], values: Readonly<Record<string, unknown>>): Cell[] {
  return structCells(ownFields(fields), values, '');
}

function structCells(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  prefix: string,
  counts = countFields(fields),
): Cell[] {
  return fields
    .filter((field) => !counts.has(field.name) && values[field.name] !== undefined)
    .flatMap((field) => fieldCells(field, values[field.name], prefix + field.name));
}

function fieldCells(field: Field, value: unknown, name: string): Cell[] {
  const type = unalias(field.type);
  if (!field.array && isStruct(value) && (type.kind === 'struct' || type.kind === 'union')) {
    return structCells(type.kind === 'struct' ? type.fields : type.arms, value, `${name}.`);
  }
  const members = Array.isArray(value) ? membersOf(field.type, value) : undefined;
  const text = members
    ? listText(field.type, value as unknown[], members)
    : valueText(field.type, value, field.array === undefined || field.array.kind === 'fixed');
  const blank = isBlank(value) || (type.kind !== 'string' && isNoAddress(text));
  const numeric = typeof value === 'number' || typeof value === 'bigint';
  return [
    members && (value as unknown[]).some(isStruct)
      ? { name, text, blank, numeric, members }
      : { name, text, blank, numeric },
  ];
}

const membersOf = (element: ValueType, list: readonly unknown[]) => list.map((member) => valueText(element, member));

function listText(element: ValueType, list: readonly unknown[], members = membersOf(element, list)): string {
  const separator = isPath(unalias(element)) ? ', ' : list.some(isStruct) ? ' ' : ',';
  return members.join(separator);
}

/** One value in one line; structs as {name=value …} of what is not blank. `isFixed`: bytes have zeros behind them. */
function valueText(aliased: ValueType, value: unknown, isFixed = true): string {
  const type = unalias(aliased);
  if (value instanceof Uint8Array) return isBlank(value) ? '' : bytesShown(value, isFixed);
  if (typeof value === 'number') return numberText(type, value);
  if (Array.isArray(value)) return listText(type.kind === 'alias' ? type.target : type, value);
  if (!isStruct(value)) return printable(String(value));
  if (type.kind !== 'struct' && type.kind !== 'union') return '';
  const fields = type.kind === 'struct' ? type.fields : type.arms;
  // Most of what a route's path has is blank: no text is made of it.
  const said = fields.filter((field) => !isBlank(value[field.name]));
  const cells = structCells(said, value, '', countFields(fields)).filter((cell) => !cell.blank);
  if (isPath(type)) return pathText(cells, value.proto === IP6);
  return `{${cells.map((cell) => `${cell.name}=${cell.text}`).join(' ')}}`;
}

/** The values of `fib_path_nh_proto`. */
const IP6 = 1;
const isPath = (type: ValueType) => type.kind === 'struct' && type.name === 'fib_path';

function numberText(type: ValueType, value: number): string {
  if (type.kind === 'enum') return enumText(type, value);
  // VPP's own way to write "none" and "all".
  return type.kind === 'scalar' && type.name === 'u32' && value === 0xffffffff ? '~0' : String(value);
}

function enumText(type: EnumType, value: number): string {
  const names = shortEnumNames(type);
  for (const [name, number] of names) if (number === value) return name;
  if (!isCombinable(type)) return String(value);
  const set = [...names].filter(([, bit]) => isOneBit(bit) && (value & bit) !== 0);
  const known = set.reduce((sum, [, bit]) => sum | bit, 0);
  const rest = (value & ~known) >>> 0;
  return [...set.map(([name]) => name), ...(rest === 0 && set.length > 0 ? [] : [String(rest)])].join('|');
}

const isOneBit = (value: number) => value !== 0 && (value & (value - 1)) === 0;

export function isStruct(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function isBlank(value: unknown): boolean {
  if (value instanceof Uint8Array) return value.every((byte) => byte === 0);
  if (Array.isArray(value)) return value.every(isBlank);
  if (isStruct(value)) return Object.values(value).every(isBlank);
  return value === 0 || value === 0n || value === false || value === '';
}

/** `00:00:00:00:00:00`, `0.0.0.0`, `::` */
const isNoAddress = (text: string) => text.length > 1 && /^[0:.]+$/.test(text);
