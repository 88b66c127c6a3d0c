/**
 * Fields of a request as handlers get them. Strings may hold any bytes, and need not end: VPP keeps those bytes, the mock a text that
 * fits into the same field again, since it comes back in details. An address of no known family, of which VPP makes what happens to be in its
 * memory, is 0.0.0.0.
 */
import type { Field, Fields, Message } from '../../src/mux/internal.js';

const toFit = new WeakMap<Message, boolean>();

export function readFields(message: Message, bytes: Buffer, start: number, end: number): Fields {
  const fields = message.read(bytes, start, end, { end: 0 });
  let has = toFit.get(message);
  if (has === undefined) {
    has = hasToFit(message.def.fields);
    toFit.set(message, has);
  }
  return has ? fitting(fields, message.def.fields) : fields;
}

function hasToFit(fields: readonly Field[]): boolean {
  return fields.some(
    ({ type }) =>
      type.kind === 'string' || (type.kind === 'struct' && (type.name === 'address' || hasToFit(type.fields))),
  );
}

function fitting(values: Fields, fields: readonly Field[]): Fields {
  const changed = fields.flatMap((field): [string, unknown][] => {
    const { name, type, array } = field;
    const value = values[name];
    if (type.kind === 'string') {
      const room = array?.kind === 'fixed' ? array.length - 1 : Number.POSITIVE_INFINITY;
      // One without a fixed length may go on behind a zero byte; VPP's functions stop there.
      const [text] = String(value ?? '').split('\0', 1);
      return [[name, cut(text.replaceAll('\ufffd', '?'), room)]];
    }
    if (type.kind !== 'struct' || value === undefined) return [];
    const inner = (each: unknown) => {
      // The codec has a text for addresses and prefixes that are whole.
      if (typeof each === 'string') return each;
      return type.name === 'address' ? '0.0.0.0' : fitting(each as Fields, type.fields);
    };
    return [[name, Array.isArray(value) ? value.map(inner) : inner(value)]];
  });
  return { ...values, ...Object.fromEntries(changed) };
}

/** The first characters of a text that take `room` bytes at most. */
export function cut(text: string, room: number): string {
  let left = text;
  while (Buffer.byteLength(left) > room) left = [...left].slice(0, -1).join('');
  return left;
}
