/**
 * Finds the keys that a schema does not know, at any depth. zod drops unknown keys of a plain object silently; in a
 * configuration file such a key is a typing error that would have no effect.
 */

import { z } from 'zod';
import { nearest } from '../../nearest.js';
import { inputSide, otherKeys, wrapped } from '../../zod-insides.js';

export interface UnknownKey {
  readonly path: readonly PropertyKey[];
  /** Known keys at that place. */
  readonly known: readonly string[];
}

/** Whether `key` is one of the keys of an object that `schema` is for. */
export function hasKey(schema: unknown, key: string): boolean {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject && Object.hasOwn(inner.shape, key);
}

/** Objects with a catch-all (`z.looseObject`) have no unknown keys, but the values of these may; unions of several objects are not looked into. */
export function unknownKeys(schema: unknown, value: unknown, path: readonly PropertyKey[] = []): UnknownKey[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((item, i) => unknownKeys(inner.element, item, [...path, i]));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  if (inner instanceof z.ZodRecord) {
    return Object.entries(value).flatMap(([key, item]) => unknownKeys(inner.valueType, item, [...path, key]));
  }
  if (!(inner instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, unknown>> = inner.shape;
  const others = otherKeys(inner);
  return Object.entries(value).flatMap(([key, item]) => {
    if (Object.hasOwn(shape, key)) return unknownKeys(shape[key], item, [...path, key]);
    if (typeof others !== 'string' && !isMisspelt(key, item, shape, others)) {
      return unknownKeys(others, item, [...path, key]);
    }
    return [{ path: [...path, key], known: Object.keys(shape) }];
  });
}

/** Whether a key that an object takes besides its own is meant for one of these: it is spelt nearly so, and its value fits no other. */
function isMisspelt(key: string, item: unknown, shape: object, others: unknown): boolean {
  const isObject = typeof item === 'object' && item !== null;
  return !isObject && unwrap(others) instanceof z.ZodObject && nearest(key, Object.keys(shape)).length > 0;
}

/** The schema behind `.optional()`, `.default()`, `.transform()` and similar wrappers. */
function unwrap(schema: unknown): unknown {
  const within = wrapped(schema);
  if (within !== undefined) return unwrap(within);
  if (schema instanceof z.ZodPipe) return unwrap(inputSide(schema));
  if (schema instanceof z.ZodUnion) {
    const objects = schema.options.map(unwrap).filter((option) => option instanceof z.ZodObject);
    return objects.length === 1 ? objects[0] : schema;
  }
  return schema;
}
