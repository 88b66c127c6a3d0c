/** A value shortened for an error message. */
export function shown(value: unknown, max = 60): string {
  let text: string | undefined;
  if (typeof value === 'bigint') text = `${value}n`;
  else if (typeof value === 'function') text = 'a function';
  else if (typeof value === 'symbol') text = 'a symbol';
  else if (ArrayBuffer.isView(value)) text = `${value.constructor.name} of ${value.byteLength} bytes`;
  else {
    try {
      text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));
    } catch {
      text = 'an object';
    }
    if (Object.is(value, -0)) text = '-0';
    else if (typeof value === 'number' && !Number.isFinite(value)) text = String(value);
  }
  text ??= String(value);
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}
