/**
 * Which names an API definition may use. Everything downstream (object keys, generated code, error
 * texts) relies on this one check, so it comes before any other use of a name.
 */

/** VPP's own names stay below 64 bytes (its message table cuts them there); twice that is room enough. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

/**
 * Field names become keys of decoded objects: what every object has already (`__proto__`, `constructor`,
 * `toString`, ...) would be read as if the caller had given it, or would change the object itself.
 */
export function isFieldName(value: unknown): value is string {
  return isIdentifier(value) && value !== 'prototype' && !(value in Object.prototype);
}

const TYPE_REFERENCE = /^vl_api_([A-Za-z_][A-Za-z0-9_]{0,127}?)_t$/;

/** `vl_api_prefix_t` → `prefix`; undefined when it is not such a reference. */
export function typeNameOf(reference: string): string | undefined {
  return TYPE_REFERENCE.exec(reference)?.[1];
}
