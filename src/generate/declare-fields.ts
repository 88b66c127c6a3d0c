/** The fields of a message or struct as an object type. */

import type { Field } from '../mux/schema/model.js';
import { fieldDoc, jsdoc } from './jsdoc.js';
import { fieldType, type Place } from './type-text.js';

export interface FieldRules {
  /** Whether a field may be left out when it is given. */
  readonly isOptional: (field: Field) => boolean;
  /** Field → what is to be said of it. */
  readonly about: ReadonlyMap<string, string>;
}

/** `{ … }` over several lines, or in one where it is empty. */
export function declareFields(fields: readonly Field[], place: Place, rules: FieldRules): string {
  if (fields.length === 0) return 'Record<string, never>';
  const written = place.direction === 'written';
  const lines = fields.map((field) => {
    const optional = written && rules.isOptional(field);
    const doc = jsdoc(fieldDoc(field, rules.about.get(field.name), written), '  ');
    return `${doc}  ${fieldLine(field.name, fieldType(field, place), optional)}\n`;
  });
  return `{\n${lines.join('')}}`;
}

export const fieldLine = (name: string, type: string, optional: boolean) => `${name}${optional ? '?' : ''}: ${type};`;

/**
 * Fields of a request that may be left out: those with a default, counts of arrays, bools (VPP has them off), and what
 * `NAME_valid` next to it says does not count.
 */
export function mayBeLeftOut(fields: readonly Field[]): (field: Field) => boolean {
  const names = new Set(fields.map(({ name }) => name));
  const counts = new Set(fields.map(({ array }) => (array?.kind === 'counted' ? array.countField : undefined)));
  return (field) =>
    field.default !== undefined || counts.has(field.name) || isBool(field) || names.has(`${field.name}_valid`);
}

const isBool = ({ type, array }: Field) => type.kind === 'scalar' && type.name === 'bool' && array === undefined;
