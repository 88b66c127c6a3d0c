/** Declarations of structs, unions and enums. */

import { discriminatedIn } from '../mux/schema/discriminators.js';
import type { EnumType, Field, StructType, UnionType } from '../mux/schema/model.js';
import { declareFields, type FieldRules, fieldLine } from './declare-fields.js';
import { ending, fieldType, isFlags, type Place, prefixOf } from './type-text.js';
import type { UsedType } from './used-types.js';
import { variantsOf } from './variants.js';

/** Declares `used` as it is read or as it may be given, as `place` says. */
export function declareType({ type, name }: UsedType, place: Place): string {
  if (type.kind === 'enum') return declareEnum(type, name, place);
  const own = name + ending(place.direction);
  return type.kind === 'union' ? declareUnion(type, own, place) : declareStruct(type, own, place);
}

/** In a struct everything may be left out: VPP uses most of them in several messages, each with other fields. */
const OF_STRUCT: FieldRules = { isOptional: () => true, about: new Map() };

function declareStruct(type: StructType, name: string, place: Place): string {
  const rules = discriminatedIn(type);
  if (rules.length === 0) return `export type ${name} = ${declareFields(type.fields, place, OF_STRUCT)};\n`;
  const { variants, taken } = variantsOf(type, rules, place);
  const rest = type.fields.filter((field) => !taken.has(field.name));
  const own = rest.length === 0 ? '' : `${declareFields(rest, place, OF_STRUCT)} & `;
  const cases = variants.map((lines) => `  | {\n${lines.map((line) => `      ${line}\n`).join('')}    }`);
  return own === ''
    ? `export type ${name} =\n${cases.join('\n')};\n`
    : `export type ${name} = ${own}(\n${cases.join('\n')}\n);\n`;
}

/** All arms of a union are views of the same bytes: each can be read, and one is given. */
function declareUnion(type: UnionType, name: string, place: Place): string {
  const inArm = { ...place, within: true };
  if (place.direction === 'read') {
    const lines = type.arms.map((arm) => fieldLine(arm.name, fieldType(arm, inArm), true));
    return `export type ${name} = {\n${lines.map((line) => `  ${line}\n`).join('')}};\n`;
  }
  const cases = type.arms.map((arm) => `  | ${oneArm(type.arms, arm, inArm)}`);
  return `export type ${name} =\n${cases.join('\n')};\n`;
}

/** One arm that is given; the others are not. */
function oneArm(arms: readonly Field[], given: Field, place: Place): string {
  const others = arms.filter((arm) => arm !== given).map((arm) => `${arm.name}?: never`);
  return `{ ${[`${given.name}: ${fieldType(given, place)}`, ...others].join('; ')} }`;
}

function declareEnum(type: EnumType, name: string, { direction, helper }: Place): string {
  const flags = isFlags(type);
  if (direction === 'read') {
    const lines = [...type.values].map(([key, value]) => `  readonly ${key}: ${value};\n`);
    const values = `export interface ${name}Values {\n${lines.join('')}}\n`;
    return `${values}export type ${name} = ${flags ? 'number' : `${helper('EnumValue')}<${name}Values>`};\n`;
  }
  const prefix = prefixOf(type);
  const rest = prefix === '' ? '' : `, '${prefix}'`;
  return `export type ${name}Input = ${helper(flags ? 'FlagsInput' : 'EnumInput')}<${name}Values${rest}>;\n`;
}
