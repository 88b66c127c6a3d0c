/**
 * JSON Schemas as parts of an OpenAPI document. In a schema of its own `#/$defs/x` begins at the schema; in the
 * document it would begin at the document: so definitions become components, and references lead there. What plugins
 * note on their schemas beyond JSON Schema (`.meta({ lines: true })`) has the prefix that OpenAPI asks for: `x-lines`.
 */

import { isSchema, type JsonSchema, unescapeStep } from './typed-text.js';

const COMPONENTS = '#/components/schemas/';

/** `schema` and its definitions as components; its own name is `name`. */
export function componentsOf(name: string, schema: JsonSchema): Record<string, JsonSchema> {
  const { $schema, $defs, ...own } = schema;
  const definitions = Object.entries(isSchema($defs) ? $defs : {});
  const nameOf = (definition: string) => `${name}.${definition.replace(/[^A-Za-z0-9._-]/g, '_')}`;
  const lead = (reference: string) => {
    if (!/^#($|\/\$defs\/)/.test(reference)) return reference;
    return reference === '#'
      ? `${COMPONENTS}${name}`
      : `${COMPONENTS}${nameOf(unescapeStep(reference.slice('#/$defs/'.length)))}`;
  };
  const parts = [[name, own], ...definitions.map(([key, value]) => [nameOf(key), value])] as [string, JsonSchema][];
  return Object.fromEntries(parts.map(([key, value]) => [key, rewritten(value, lead)]));
}

export const referenceTo = (name: string) => ({ $ref: `${COMPONENTS}${name}` });

/** A reference within `schema` to itself or one of its definitions, as a part of the document: for parameters. */
export function propertiesOf(name: string, schema: JsonSchema): [string, JsonSchema][] {
  const whole = componentsOf(name, schema)[name];
  return isSchema(whole.properties) ? (Object.entries(whole.properties) as [string, JsonSchema][]) : [];
}

/** Keywords whose values are schemas, or lists of them. */
const OF_SCHEMAS: ReadonlySet<string> = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'items', 'prefixItems', 'contains'],
  ...['additionalProperties', 'unevaluatedItems', 'unevaluatedProperties', 'propertyNames', 'contentSchema'],
]);
/** Keywords whose values are schemas by names of somebody's own. */
const OF_NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);
/** All others of JSON Schema 2020-12: their values are data. */
const OF_DATA: ReadonlySet<string> = new Set([
  ...['$id', '$schema', '$ref', '$anchor', '$dynamicRef', '$dynamicAnchor', '$vocabulary', '$comment'],
  ...['type', 'enum', 'const', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'maxContains', 'minContains'],
  ...['maxProperties', 'minProperties', 'required', 'dependentRequired', 'format', 'contentEncoding'],
  ...['contentMediaType', 'title', 'description', 'default', 'deprecated', 'readOnly', 'writeOnly', 'examples'],
  // Words of OpenAPI's own vocabulary.
  ...['discriminator', 'xml', 'externalDocs', 'example'],
]);

/** The name of a keyword in the document. */
export const keywordOf = (key: string): string =>
  OF_SCHEMAS.has(key) || OF_NAMED_SCHEMAS.has(key) || OF_DATA.has(key) || key.startsWith('x-') ? key : `x-${key}`;

function rewritten(schema: unknown, lead: (reference: string) => string): JsonSchema {
  // `true` and `false` are schemas as well.
  if (!isSchema(schema)) return schema as JsonSchema;
  const each = (value: unknown) => rewritten(value, lead);
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === '$ref' && typeof value === 'string') return [key, lead(value)];
    if (OF_SCHEMAS.has(key)) return [key, Array.isArray(value) ? value.map(each) : each(value)];
    if (OF_NAMED_SCHEMAS.has(key) && isSchema(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, each(part)]))];
    }
    return [keywordOf(key), value];
  });
  return Object.fromEntries(entries);
}
