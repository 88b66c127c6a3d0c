/** A message's fields as a list, structs taken apart: one entry for each value that can be given or read. */

import { bounded } from '../../printable.js';
import { TEXT_EXAMPLE, textFormOf } from '../codec/text-forms.js';
import { aliasText, arrayText, fieldText } from '../compat/type-text.js';
import { unalias, type ValueType } from '../json/field-types.js';
import { MAX_TEXT } from '../schema/comment.js';
import { shortEnumNames } from '../schema/enum-names.js';
import { isCombinable } from '../schema/enum-parts.js';
import type { Field } from '../schema/model.js';

export interface FieldDescription {
  /** Path as given to `call`; `[]` stands for any index: `route.paths[].weight`. */
  readonly field: string;
  /** Type as the definition has it, with what an alias stands for: `interface_index (u32)`, `string[64]`, `fib_path[n_paths]`. */
  readonly type: string;
  /** Form of the string, for addresses, prefixes and MACs. */
  readonly form?: string;
  /** Values of an enum by VPP's names. */
  readonly values?: Readonly<Record<string, number>>;
  /** Values by name without the prefix that all names share; these may be given as well. */
  readonly shortNames?: Readonly<Record<string, number>>;
  /** True for flags, whose values may be combined. */
  readonly flags?: true;
  /** Arms of a union, of which it holds one. */
  readonly oneOf?: readonly string[];
  /** The list that it counts; the count follows from it. */
  readonly counts?: string;
  readonly default?: number | bigint | boolean | string;
  /** The most bytes or elements. */
  readonly limit?: number;
  /** Advice for an index by which a list is asked for, which is 0 by default: the value that lists all, or what to give. */
  readonly leftOut?: string;
  readonly about?: string;
}

/** `about`: field name → what the definition's comment says. */
export function describeFields(
  fields: readonly Field[],
  about: ReadonlyMap<string, string> = new Map(),
  prefix = '',
): FieldDescription[] {
  const counts = new Map<string, string>();
  for (const { name, array } of fields) if (array?.kind === 'counted') counts.set(array.countField, name);
  return fields.flatMap((field) => describeField(field, counts.get(field.name), about.get(field.name), prefix));
}

function describeField(
  field: Field,
  counts: string | undefined,
  about: string | undefined,
  prefix: string,
): FieldDescription[] {
  const path = prefix + field.name;
  const type = unalias(field.type);
  const form = textFormOf(field.type);
  const own: FieldDescription = {
    field: path,
    type: typeText(field),
    form: form && TEXT_EXAMPLE[form],
    ...enumValues(type),
    oneOf: !form && type.kind === 'union' ? type.arms.map(({ name }) => name) : undefined,
    counts,
    default: typeof field.default === 'string' ? bounded(field.default, MAX_TEXT) : field.default,
    limit: field.limit,
    about,
  };
  if (form || (type.kind !== 'struct' && type.kind !== 'union')) return [own];
  const below = field.array ? `${path}[].` : `${path}.`;
  const members = describeFields(type.kind === 'struct' ? type.fields : type.arms, undefined, below);
  // A struct is its members; a list of them, and a union, have something to say of themselves.
  return type.kind === 'struct' && !field.array && about === undefined ? members : [own, ...members];
}

function enumValues(type: ValueType): Pick<FieldDescription, 'values' | 'shortNames' | 'flags'> {
  if (type.kind !== 'enum') return {};
  return {
    values: Object.fromEntries(type.values),
    shortNames: Object.fromEntries(shortEnumNames(type)),
    flags: isCombinable(type) ? true : undefined,
  };
}

function typeText(field: Field): string {
  const { type, array } = field;
  if (type.kind === 'enum') return `${type.name}${arrayText(array)} (${type.base})`;
  return type.kind === 'alias' && !array ? aliasText(type) : fieldText(field);
}
