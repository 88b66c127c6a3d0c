/** A JSON Schema as rows for a person: a key with its type, default and description. */

import { branchesOf, isSchema, itemsOf, type JsonSchema, namesIn, propertiesOf, valuesOf } from './json-schema.js';

export interface SchemaRow {
  /** Dotted where it is nested: `dataplanes.primary`, `rules[].action`. */
  readonly key: string;
  readonly type: string;
  /** JSON text, `required`, or empty for a key that may be absent. */
  readonly byDefault: string;
  readonly description: string;
}

/** A row for each key, and for the keys in it. References are not followed. */
export function schemaRows(schema: JsonSchema, prefix = ''): SchemaRow[] {
  const required = namesIn(schema.required);
  return Object.entries(propertiesOf(schema)).flatMap(([name, own]) => {
    const key = prefix + name;
    const row = {
      key,
      type: typeText(own),
      byDefault: defaultText(own, required.includes(name)),
      description: textIn(own.description),
    };
    const inner = own.properties ? schemaRows(own, `${key}.`) : schemaRows(itemsOf(own), `${key}[].`);
    return [row, ...inner];
  });
}

/** Keys with keys in them have their defaults in rows of their own. */
function defaultText({ properties, default: byDefault }: JsonSchema, isRequired: boolean): string {
  if (byDefault === undefined) return isRequired ? 'required' : '';
  return properties ? '' : textOf(byDefault);
}

/** `integer 1 … 10`, `up | down`, `list of string`. */
export function typeText(schema: JsonSchema): string {
  const { type, title, items } = schema;
  if (typeof title === 'string') return title;
  const values = valuesOf(schema);
  if (values) return values.map(textOf).join(' | ');
  if (Array.isArray(type)) return type.map((one) => NAMES[one] ?? one).join(', or ');
  const branches = branchesOf(schema);
  if (branches[0] !== schema) return branches.map(typeText).join(', or ');
  if (typeof type !== 'string') return 'anything';
  if (type === 'array') return isSchema(items) ? `list of ${typeText(items)}` : 'list';
  const { additionalProperties: others } = schema;
  if (type === 'object' && isSchema(others)) return `names → ${typeText(others)}`;
  return `${NAMES[type] ?? type}${rangeText(schema)}`;
}

const NAMES: Readonly<Record<string, string>> = { boolean: 'true | false', object: 'keys' };

/** The limits of a number, unless they are the ones that zod gives every integer. */
function rangeText({ minimum, maximum }: JsonSchema): string {
  const from = typeof minimum === 'number' && minimum !== Number.MIN_SAFE_INTEGER;
  const to = typeof maximum === 'number' && maximum !== Number.MAX_SAFE_INTEGER;
  if (from && to) return ` ${minimum} … ${maximum}`;
  return from ? ` from ${minimum}` : to ? ` up to ${maximum}` : '';
}

const textIn = (value: unknown) => (typeof value === 'string' ? value : '');
const textOf = (value: unknown) => (value === '' ? '""' : typeof value === 'string' ? value : JSON.stringify(value));
