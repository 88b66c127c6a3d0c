/**
 * The names that an API definition may use. Everything downstream (object keys, generated code, error
 * texts) relies on this one check, so it comes before any other use of a name.
 */

/** VPP's own names stay below 64 bytes (its message table cuts them there); twice that is room enough. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

/**
 * Field names become keys of decoded objects. Any C name will do but `__proto__`, which would change the object
 * instead of becoming one of its keys.
 */
export function isFieldName(value: unknown): value is string {
  return isIdentifier(value) && value !== '__proto__';
}

/**
 * Whether every object has something of this name that it was not given (`constructor`, `toString`, …): such a
 * field is read only where the object has it itself.
 */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

const TYPE_REFERENCE = /^vl_api_([A-Za-z_][A-Za-z0-9_]{0,127}?)_t$/;

/** `vl_api_prefix_t` → `prefix`; undefined when it is not such a reference. */
export function typeNameOf(reference: string): string | undefined {
  return TYPE_REFERENCE.exec(reference)?.[1];
}
