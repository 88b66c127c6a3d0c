/**
 * Differences of two states as JSON merge patches (RFC 7396): what a key has now, `null` for a key that is gone. Arrays are exchanged
 * as a whole. A state holds objects, arrays, strings, numbers and booleans; what is undefined, or null, is not there.
 */

export type Json = string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
export type Patch = { [key: string]: Json | Patch | null };

/** The patch that makes `after` of `before`; undefined where they are equal. */
export function difference(before: JsonObject, after: JsonObject): Patch | undefined {
  const patch: Patch = {};
  for (const key of Object.keys(before)) if (isThere(before[key]) && !isThere(after[key])) patch[key] = null;
  for (const [key, now] of Object.entries(after)) {
    if (!isThere(now)) continue;
    const old = before[key];
    const change = isObject(old) && isObject(now) ? difference(old, now) : isSame(old, now) ? undefined : now;
    if (change !== undefined) patch[key] = change as Json | Patch;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** `target` with the patch applied. Parts that are not changed are the same objects as before. */
export function patched<T extends JsonObject>(target: T, patch: Patch): T {
  const result: Record<string, Json | undefined> = { ...target };
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete result[key];
    else if (isObject(change)) {
      const old = result[key];
      result[key] = patched(isObject(old) ? old : {}, change as Patch);
    } else result[key] = change as Json;
  }
  return result as T;
}

const isThere = (value: Json | undefined) => value !== undefined && value !== null;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSame(one: Json | undefined, other: Json): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  return JSON.stringify(one) === JSON.stringify(other);
}
