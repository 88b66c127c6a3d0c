/**
 * Values as the debug log shows them: what a schema marks with `.meta({ secret: true })` is masked, what a schema does
 * not know is left out (a misspelt `pasword` is a secret too, and so is one where an object with it belongs), and long
 * lists are cut.
 */

import { z } from 'zod';

const MASK = '(secret)';
const UNKNOWN = '(not shown)';
const LONGEST_LIST = 20;

/** `value`, which need not fit `schema`, without its secrets. */
export function shown(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isSecret(schema)) return MASK;
  if (schema instanceof z.ZodObject) return typeof value === 'object' ? fields(schema, value) : UNKNOWN;
  if (schema instanceof z.ZodArray) return Array.isArray(value) ? items(value, () => schema.element) : UNKNOWN;
  if (schema instanceof z.ZodTuple) {
    const { items: own, rest } = schema.def;
    return Array.isArray(value) ? items(value, (i) => own[i] ?? rest) : UNKNOWN;
  }
  if (schema instanceof z.ZodRecord) {
    if (typeof value !== 'object') return UNKNOWN;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(schema.valueType, item)]));
  }
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => fits(option, value));
    return fitting === undefined ? UNKNOWN : shown(fitting, value);
  }
  if (schema instanceof z.ZodPipe) {
    if (isSecret(schema.out)) return MASK;
    // What a preprocessor takes is nobody's schema; what it gives has the keys.
    return shown(schema.in instanceof z.ZodTransform ? schema.out : schema.in, value);
  }
  if (schema instanceof z.ZodLazy) return shown(schema.unwrap(), value);
  const { def } = schema._zod;
  if ('innerType' in def && def.innerType instanceof z.ZodType) return shown(def.innerType, value);
  return typeof value === 'object' && schema instanceof z.ZodIntersection ? UNKNOWN : value;
}

const isSecret = (schema: z.core.$ZodType) => z.globalRegistry.get(schema)?.secret === true;

function fields(schema: z.ZodObject, value: object): object {
  const { shape, def } = schema;
  const rest = def.catchall;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const own = Object.hasOwn(shape, key) ? shape[key] : rest;
      return [key, own === undefined || own instanceof z.ZodNever ? UNKNOWN : shown(own, item)];
    }),
  );
}

function items(list: readonly unknown[], schemaOf: (index: number) => z.core.$ZodType | null | undefined): unknown[] {
  const first = list.slice(0, LONGEST_LIST).map((item, i) => {
    const schema = schemaOf(i);
    return schema ? shown(schema, item) : UNKNOWN;
  });
  return list.length > first.length ? [...first, `… ${list.length - first.length} more`] : first;
}

/** A schema that throws, or waits, does not say that it fits. */
function fits(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.safeParse(schema, value).success;
  } catch {
    return false;
  }
}
