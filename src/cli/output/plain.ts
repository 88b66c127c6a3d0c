/**
 * Decoded fields as JSON: 64-bit integers are always decimal text and byte arrays always hex text, whatever their
 * value, so that a field has one type in every line.
 */

export function toJsonLine(value: object): string {
  return JSON.stringify(toPlain(value));
}

/** Copies only what has to change: most messages of a large dump are plain already. */
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
      return Array.isArray(value) ? plainList(value) : plainStruct(value as Record<string, unknown>);
    default:
      return value;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

function plainList(list: readonly unknown[]): readonly unknown[] {
  const plain = list.map(toPlain);
  return plain.some((member, at) => member !== list[at]) ? plain : list;
}

function plainStruct(struct: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(struct)) {
    const plain = toPlain(member);
    if (plain === member) continue;
    copy ??= { ...struct };
    copy[name] = plain;
  }
  return copy ?? struct;
}
