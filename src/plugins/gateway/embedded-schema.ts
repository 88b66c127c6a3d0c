/**
 * JSON Schemas as parts of an OpenAPI document. In a schema of its own `#/$defs/x` begins at the schema; in the document it would
 * begin at the document: so definitions become components, and references lead there. Keywords of plugins beyond JSON Schema
 * (`.meta({ lines: true })`) get the prefix that OpenAPI requires: `x-lines`.
 */

import {
  isKeyword,
  isSchema,
  type JsonSchema,
  mapParts,
  propertiesOf,
  unescapeStep,
} from '../../json-schema/json-schema.js';

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
export function parametersOf(name: string, schema: JsonSchema): [string, JsonSchema][] {
  return Object.entries(propertiesOf(componentsOf(name, schema)[name]));
}

/** Words of OpenAPI's own vocabulary. */
const OF_OPENAPI: ReadonlySet<string> = new Set(['discriminator', 'xml', 'externalDocs', 'example']);

/** The name of a keyword in the document. */
export const keywordOf = (key: string): string =>
  isKeyword(key) || OF_OPENAPI.has(key) || key.startsWith('x-') ? key : `x-${key}`;

function rewritten(schema: unknown, lead: (reference: string) => string): JsonSchema {
  // `true` and `false` are schemas as well.
  if (!isSchema(schema)) return schema as JsonSchema;
  const parts = mapParts(schema, (part) => rewritten(part, lead));
  const entries = Object.entries(parts).map(([key, value]): [string, unknown] =>
    key === '$ref' && typeof value === 'string' ? [key, lead(value)] : [keywordOf(key), value],
  );
  return Object.fromEntries(entries);
}
