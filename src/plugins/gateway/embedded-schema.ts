/**
 * JSON Schemas as parts of an OpenAPI document. In a schema of its own `#/$defs/x` begins at the schema; in the
 * document it would begin at the document: so definitions become components, and references lead there.
 */

import { isSchema, type JsonSchema, unescapeStep } from './typed-text.js';

const COMPONENTS = '#/components/schemas/';

/** `schema` and its definitions as components; its own name is `name`. */
export function componentsOf(name: string, schema: JsonSchema): Record<string, JsonSchema> {
  const { $schema, $defs, ...own } = schema;
  const definitions = Object.entries(isSchema($defs) ? $defs : {});
  const nameOf = (definition: string) => `${name}.${definition.replace(/[^A-Za-z0-9._-]/g, '_')}`;
  const lead = (reference: string) =>
    reference === '#'
      ? `${COMPONENTS}${name}`
      : `${COMPONENTS}${nameOf(unescapeStep(reference.slice('#/$defs/'.length)))}`;
  const parts = [[name, own], ...definitions.map(([key, value]) => [nameOf(key), value])];
  return Object.fromEntries(parts.map(([key, value]) => [key, rewritten(value, lead)]));
}

export const referenceTo = (name: string) => ({ $ref: `${COMPONENTS}${name}` });

/** A reference within `schema` to itself or one of its definitions, as a part of the document: for parameters. */
export function propertiesOf(name: string, schema: JsonSchema): [string, JsonSchema][] {
  const whole = componentsOf(name, schema)[name];
  return isSchema(whole.properties) ? (Object.entries(whole.properties) as [string, JsonSchema][]) : [];
}

function rewritten(value: unknown, lead: (reference: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, lead));
  if (!isSchema(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isReference = key === '$ref' && typeof item === 'string' && /^#($|\/\$defs\/)/.test(item);
      return [key, isReference ? lead(item) : rewritten(item, lead)];
    }),
  );
}
