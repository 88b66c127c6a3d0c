/**
 * A struct with a field that says which arm of a union counts, as a union of types: one for each arm, and one for the values
 * with which nothing is known of the arms.
 */

import { textFormOf } from '../mux/codec/text-forms.js';
import type { Discriminated } from '../mux/schema/discriminators.js';
import type { EnumType, Field, StructType, Type } from '../mux/schema/model.js';
import { unaliased } from '../mux/schema/sizes.js';
import { fieldLine } from './declare-fields.js';
import { fieldType, type Place, prefixOf } from './type-text.js';

export interface Variants {
  /** The lines of each. */
  readonly variants: readonly (readonly string[])[];
  /** Fields that stand in the variants. */
  readonly taken: ReadonlySet<string>;
}

export function variantsOf(type: StructType, rules: readonly Discriminated[], place: Place): Variants {
  // All unions of a struct that VPP has one field for.
  const [{ by }] = rules;
  const unions = rules.filter((rule) => rule.by === by);
  const values = unaliased(by.type as Type) as EnumType;
  const taken = new Set([by.name, ...unions.map(({ path }) => path[0])]);
  const variants = [...casesOf(values, unions)].map(([, numbers]) => {
    const arms = unions.map((rule) => ({ rule, arm: rule.armOf.get(numbers[0]) }));
    const lines = arms.map(({ rule, arm }) => lineOf(type, rule.path, arm, place));
    return [byLine(by, values, numbers, place), ...lines];
  });
  return { variants, taken };
}

/** Values of the enum that have the same arms. */
function casesOf(type: EnumType, unions: readonly Discriminated[]): Map<string, number[]> {
  const cases = new Map<string, number[]>();
  for (const value of new Set(type.values.values())) {
    const arms = unions.map(({ armOf }) => armOf.get(value) ?? '').join(' ');
    cases.set(arms, [...(cases.get(arms) ?? []), value]);
  }
  return cases;
}

/** The field that tells the variants apart; it is 0 where it is left out. */
function byLine(by: Field, type: EnumType, numbers: readonly number[], place: Place): string {
  const literal = numbers.join(' | ');
  if (place.direction === 'read') return fieldLine(by.name, literal, false);
  const used = place.types.use(type, 'written', place.file);
  const values = place.reference(used, `${used.name}Values`);
  const one = `${place.helper('EnumCase')}<${values}, '${prefixOf(type)}', ${literal}>`;
  return fieldLine(by.name, one, numbers.includes(0));
}

/** The field that holds the union, with `arm` alone in it; with the whole union where none is known. */
function lineOf(type: StructType, path: readonly string[], arm: string | undefined, place: Place): string {
  const [name, ...below] = path;
  const field = type.fields.find((each) => each.name === name) as Field;
  const written = place.direction === 'written';
  if (arm === undefined) return fieldLine(name, fieldType(field, place), written);
  return fieldLine(name, withArm(field, below, arm, place), written);
}

function withArm(field: Field, below: readonly string[], arm: string, place: Place): string {
  const type = unaliased(field.type as Type);
  if (type.kind === 'union') {
    const given = type.arms.find(({ name }) => name === arm) as Field;
    const others = type.arms.filter(({ name }) => name !== arm).map(({ name }) => `${name}?: never`);
    const written = place.direction === 'written';
    const own = `${arm}: ${fieldType(given, { ...place, within: true })}`;
    // Bytes are taken in the union's place, and text where it has such a form.
    const forms = !written ? '' : textFormOf(type) === undefined ? 'Uint8Array | ' : 'string | Uint8Array | ';
    return `${forms}{ ${[own, ...(written ? others : [])].join('; ')} }`;
  }
  const [name, ...further] = below;
  const inner = (type as StructType).fields.find((each) => each.name === name) as Field;
  const optional = place.direction === 'written' ? '?' : '';
  return `Omit<${fieldType(field, place)}, '${name}'> & { ${name}${optional}: ${withArm(inner, further, arm, place)} }`;
}
