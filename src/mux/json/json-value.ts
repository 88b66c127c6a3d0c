/**
 * Decoded values as JSON values, without their definitions. 64-bit integers are always decimal strings and bytes always
 * `0x…` strings, whatever their value, so that a field has one type in every line; VPP's own JSON writes bytes likewise.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/**
 * `value` as a JSON value: a bigint in decimal digits, bytes as `0x` and hex digits, NaN and ±Infinity as the strings
 * 'NaN', 'Infinity' and '-Infinity'. Copies only what has to change: most messages of a large dump are JSON already.
 */
export function jsonValue(value: unknown): unknown {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      // JSON has no word for these; null would look like a missing value.
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return `0x${hexOf(value)}`;
      return Array.isArray(value) ? jsonList(value) : jsonStruct(value as Record<string, unknown>);
    default:
      return value;
  }
}

/** `value` as one line of JSON, without a line end. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(jsonValue(value));
}

/** Two lower-case hex digits for each byte, without a prefix. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

function jsonList(list: readonly unknown[]): readonly unknown[] {
  const json = list.map(jsonValue);
  return json.some((member, at) => member !== list[at]) ? json : list;
}

function jsonStruct(struct: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(struct)) {
    const json = jsonValue(member);
    if (json === member) continue;
    copy ??= { ...struct };
    copy[name] = json;
  }
  return copy ?? struct;
}
