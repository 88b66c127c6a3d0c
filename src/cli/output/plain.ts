/**
 * Decoded fields as JSON: 64-bit integers are always decimal text and byte arrays always hex text, whatever their
 * value, so that a field has one type in every line.
 */

export function toJsonLine(value: object): string {
  return JSON.stringify(toPlain(value));
}

export function toPlain(value: unknown): unknown {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      // JSON has no word for these; null would look like a missing value.
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return toHex(value);
      if (Array.isArray(value)) return value.map(toPlain);
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)]));
    default:
      return value;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
