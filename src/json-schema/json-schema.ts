/** JSON Schema (2020-12): which of a schema's keywords hold schemas, and how to walk through them. */

/** A schema that is an object. `true` and `false` are schemas as well, which take everything and nothing. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords whose values are schemas, or lists of them. */
const OF_SCHEMAS: ReadonlySet<string> = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'items', 'prefixItems', 'contains'],
  ...['additionalProperties', 'unevaluatedItems', 'unevaluatedProperties', 'propertyNames', 'contentSchema'],
]);
/** Keywords whose values are schemas by names that are the author's own. */
const OF_NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);
/** All other keywords: their values are data. */
const OF_DATA: ReadonlySet<string> = new Set([
  ...['$id', '$schema', '$ref', '$anchor', '$dynamicRef', '$dynamicAnchor', '$vocabulary', '$comment'],
  ...['type', 'enum', 'const', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'maxContains', 'minContains'],
  ...['maxProperties', 'minProperties', 'required', 'dependentRequired', 'format', 'contentEncoding'],
  ...['contentMediaType', 'title', 'description', 'default', 'deprecated', 'readOnly', 'writeOnly', 'examples'],
]);

/** Whether JSON Schema itself defines the keyword. */
export const isKeyword = (key: string): boolean => OF_SCHEMAS.has(key) || OF_NAMED_SCHEMAS.has(key) || OF_DATA.has(key);

/** A copy of `schema` in which `change` has replaced each schema right inside it, `true` and `false` included. */
export function mapParts(schema: JsonSchema, change: (part: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (OF_SCHEMAS.has(key)) return [key, Array.isArray(value) ? value.map(change) : change(value)];
    if (!OF_NAMED_SCHEMAS.has(key) || !isSchema(value)) return [key, value];
    return [key, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part)]))];
  });
  return Object.fromEntries(entries);
}

/** `schema` and all schemas inside it, at any depth. References are not followed. */
export function allParts(schema: unknown): JsonSchema[] {
  return isSchema(schema) ? [schema, ...partsOf(schema).flatMap(allParts)] : [];
}

function partsOf(schema: JsonSchema): unknown[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (OF_SCHEMAS.has(key)) return Array.isArray(value) ? value : [value];
    return OF_NAMED_SCHEMAS.has(key) && isSchema(value) ? Object.values(value) : [];
  });
}

/**
 * The schema that the `$ref` of `schema` leads to, one step, or `schema` itself without a `$ref`. References begin at
 * `root`: `#/components/schemas/x`, `#/$defs/x`. Undefined where one leads out of the document or to nothing.
 */
export function dereference(root: JsonSchema, schema: JsonSchema): unknown {
  const { $ref: reference } = schema;
  if (typeof reference !== 'string') return schema;
  if (!reference.startsWith('#')) return undefined;
  const steps = reference.slice(1).split('/').slice(1);
  return steps.reduce<unknown>((at, step) => {
    const key = unescapeStep(step);
    return isSchema(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, root);
}

/** One step of a JSON pointer, as the key that it means. */
export const unescapeStep = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** The forms that a value may have: references followed, alternatives side by side. `root` is where references begin. */
export function formsOf(root: JsonSchema, schema: unknown, seen: ReadonlySet<unknown> = new Set()): JsonSchema[] {
  if (!isSchema(schema) || seen.has(schema)) return [];
  const within = new Set([...seen, schema]);
  if (typeof schema.$ref === 'string') return formsOf(root, dereference(root, schema), within);
  const branches = [schema.anyOf, schema.oneOf, schema.allOf].filter(Array.isArray).flat();
  return branches.length > 0 ? branches.flatMap((branch) => formsOf(root, branch, within)) : byType(schema);
}

/** The alternatives that a schema itself states, one level deep; the schema alone where it states none. */
export function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const branches = [...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)];
  return branches.length > 0 ? branches : byType(schema);
}

/** A schema for each of several types. */
function byType(schema: JsonSchema): JsonSchema[] {
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

/** The values that a schema allows, where it states them. */
export function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

/** The schemas of an object's keys, by key. */
export function propertiesOf({ properties }: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return isSchema(properties) ? (properties as Record<string, JsonSchema>) : {};
}

/** The schema of a list's items; `{}`, which takes anything, where it states none. */
export function itemsOf(schema: JsonSchema | undefined): JsonSchema {
  return isSchema(schema?.items) ? schema.items : {};
}

/** The schemas in a list of them. */
export const schemasIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** The strings that a keyword lists (`required`). */
export const namesIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
