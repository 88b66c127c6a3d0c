/** A value as an error message shows it: short, whatever it is. */

import { isDetached } from './detached.js';

const ELEMENTS = 8;

/** `value` as JSON (bigints with an n, bytes by their number), cut to `max` characters. */
export function shown(value: unknown, max = 60): string {
  const text = written(value, max);
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

function written(value: unknown, max: number): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (ArrayBuffer.isView(value)) return bytesText(value);
  try {
    return String(
      JSON.stringify(value, function (this: Record<string, unknown>, key, inner: unknown) {
        // A Buffer has become a list by now: its holder still has it.
        return ArrayBuffer.isView(this[key]) ? bytesText(this[key]) : shortened(inner, max);
      }),
    );
  } catch {
    return 'an object';
  }
}

const bytesText = (value: ArrayBufferView) =>
  isDetached(value)
    ? `${value.constructor.name} whose memory is gone (its buffer was transferred)`
    : `${value.constructor.name} of ${value.byteLength} bytes`;

function shortened(value: unknown, max: number): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return value.slice(0, max);
  return Array.isArray(value) && value.length > ELEMENTS ? [...value.slice(0, ELEMENTS), '…'] : value;
}
