/**
 * Decoded fields as short texts for people, one per leaf: nested structs flattened to dotted names, enums by name,
 * lists of structs in a compact form, of a union only the arm that counts.
 */

import { printable } from '../../printable.js';
import { shortEnumNames } from '../schema/enum-names.js';
import { isCombinable } from '../schema/enum-parts.js';
import type { EnumType, Field } from '../schema/model.js';
import { bytesText } from './bytes-text.js';
import { countFields, isStruct, ownFields, unalias, type ValueType } from './field-types.js';
import { pathText } from './path-text.js';
import { shownFields } from './shown-fields.js';

export interface FieldText {
  /** Dotted path of the field. */
  readonly name: string;
  readonly text: string;
  /** Zero, empty or false: what a message has where nothing was said. */
  readonly blank: boolean;
  readonly numeric: boolean;
  /** Texts of the structs of a list: each begins a line of its own where they do not fit one. */
  readonly members?: readonly string[];
}

/** Texts of a message's values; counts of counted lists are skipped, as are the header's fields. */
export function fieldTexts(fields: readonly Field[], values: Record<string, unknown>): FieldText[] {
  return structTexts(ownFields(fields), shownFields(fields, values), '');
}

function structTexts(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  prefix: string,
  counts = countFields(fields),
): FieldText[] {
  return fields
    .filter((field) => !counts.has(field.name) && values[field.name] !== undefined)
    .flatMap((field) => valueTexts(field, values[field.name], prefix + field.name));
}

function valueTexts(field: Field, value: unknown, name: string): FieldText[] {
  const type = unalias(field.type);
  if (!field.array && isStruct(value) && (type.kind === 'struct' || type.kind === 'union')) {
    return structTexts(type.kind === 'struct' ? type.fields : type.arms, value, `${name}.`);
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
  if (value instanceof Uint8Array) return isBlank(value) ? '' : bytesText(value, isFixed);
  if (typeof value === 'number') return numberText(type, value);
  if (Array.isArray(value)) return listText(type.kind === 'alias' ? type.target : type, value);
  if (!isStruct(value)) return printable(String(value));
  if (type.kind !== 'struct' && type.kind !== 'union') return '';
  const fields = type.kind === 'struct' ? type.fields : type.arms;
  // Most of what a route's path has is blank: no text is made of it.
  const said = fields.filter((field) => !isBlank(value[field.name]));
  const texts = structTexts(said, value, '', countFields(fields)).filter(({ blank }) => !blank);
  if (isPath(type)) return pathText(texts, value.proto === IP6);
  return `{${texts.map(({ name, text }) => `${name}=${text}`).join(' ')}}`;
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

function isBlank(value: unknown): boolean {
  if (value instanceof Uint8Array) return value.every((byte) => byte === 0);
  if (Array.isArray(value)) return value.every(isBlank);
  if (isStruct(value)) return Object.values(value).every(isBlank);
  return value === 0 || value === 0n || value === false || value === '';
}

/** `00:00:00:00:00:00`, `0.0.0.0`, `::` */
const isNoAddress = (text: string) => text.length > 1 && /^[0:.]+$/.test(text);
