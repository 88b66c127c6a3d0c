/**
 * Prepares values for the debug log: masks the ones that a schema marks with `.meta({ secret: true })`, hides the ones
 * that the schema does not know (a misspelt `pasword` is a secret, too), and cuts long lists.
 */

import { z } from 'zod';
import { inputSide, isMarkedSecret, otherKeys, tupleItem, wrapped } from '../../zod-insides.js';

const MASK = '(secret)';
const UNKNOWN = '(not shown)';
const LONGEST_LIST = 20;

/** `value` without its secrets. It need not be valid by `schema`. */
export function loggable(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isMarkedSecret(schema)) return MASK;
  if (schema instanceof z.ZodObject) return typeof value === 'object' ? fields(schema, value) : UNKNOWN;
  if (schema instanceof z.ZodArray) return Array.isArray(value) ? items(value, () => schema.element) : UNKNOWN;
  if (schema instanceof z.ZodTuple) {
    return Array.isArray(value) ? items(value, (i) => tupleItem(schema, i)) : UNKNOWN;
  }
  if (schema instanceof z.ZodRecord) {
    if (typeof value !== 'object') return UNKNOWN;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, loggable(schema.valueType, item)]));
  }
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => fits(option, value));
    return fitting === undefined ? UNKNOWN : loggable(fitting, value);
  }
  if (schema instanceof z.ZodPipe) {
    if (isMarkedSecret(schema.out)) return MASK;
    return loggable(inputSide(schema), value);
  }
  if (schema instanceof z.ZodLazy) return loggable(schema.unwrap(), value);
  const inner = wrapped(schema);
  if (inner !== undefined) return loggable(inner, value);
  return typeof value === 'object' && schema instanceof z.ZodIntersection ? UNKNOWN : value;
}

function fields(schema: z.ZodObject, value: object): object {
  const { shape } = schema;
  const others = otherKeys(schema);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const own = Object.hasOwn(shape, key) ? shape[key] : others;
      return [key, typeof own === 'string' || own instanceof z.ZodNever ? UNKNOWN : loggable(own, item)];
    }),
  );
}

function items(list: readonly unknown[], schemaOf: (index: number) => z.core.$ZodType | null | undefined): unknown[] {
  const first = list.slice(0, LONGEST_LIST).map((item, i) => {
    const schema = schemaOf(i);
    return schema ? loggable(schema, item) : UNKNOWN;
  });
  return list.length > first.length ? [...first, `… ${list.length - first.length} more`] : first;
}

/** Whether a value is valid; not by a schema that throws, or waits. */
function fits(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.safeParse(schema, value).success;
  } catch {
    return false;
  }
}
