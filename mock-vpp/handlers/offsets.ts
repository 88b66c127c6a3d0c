/**
 * Offsets of fields in a message, for the few places that patch or peek instead of encoding: route
 * dumps and route adds, of which there are millions.
 */
import type { Field, MessageDef, Type } from '../../src/mux/internal.js';

/** Byte offset of `path` (`route.prefix.len`) in the body. Throws RangeError when it has no fixed place. */
export function offsetOf(def: MessageDef, path: string): number {
  const offset = findOffset(def, path);
  if (offset < 0) throw new RangeError(`${def.name} has no field ${path}`);
  return offset;
}

/** Byte offset of `path`; -1 when there is no such field. */
export function findOffset(def: MessageDef, path: string): number {
  let fields = def.fields;
  let offset = 0;
  for (const name of path.split('.')) {
    const at = fields.findIndex((field) => field.name === name);
    if (at < 0) return -1;
    for (const field of fields.slice(0, at)) offset += sizeOf(field, def);
    const type = resolved(fields[at].type);
    fields = type.kind === 'struct' ? type.fields : type.kind === 'union' ? type.arms : [];
    // All arms of a union lie at its beginning.
    if (type.kind === 'union') fields = type.arms.map((arm) => ({ ...arm, array: { kind: 'fixed', length: 0 } }));
  }
  return offset;
}

function sizeOf(field: Field, def: MessageDef): number {
  const type = resolved(field.type);
  const each = type.kind === 'string' ? 1 : field.type.kind === 'alias' ? field.type.size : type.size;
  const count = field.array === undefined ? 1 : field.array.kind === 'fixed' ? field.array.length : undefined;
  if (each === undefined || count === undefined) throw new RangeError(`${def.name}.${field.name} varies in size`);
  return each * count;
}

function resolved(type: Field['type']): Exclude<Type, { kind: 'alias' }> | { readonly kind: 'string' } {
  let seen = type;
  while (seen.kind === 'alias') seen = seen.target;
  return seen;
}
