/**
 * Whether a body is a whole message: not shorter than its own counts say. VPP checks the same before it calls a handler, and would
 * drop it; what stands behind this border is not to depend on that.
 */

import type { Message } from '../codec/codec.js';
import type { Field, MessageDef } from '../schema/model.js';
import { fieldSize, unaliased } from '../schema/sizes.js';

export type IsWhole = (bytes: Buffer, start: number, end: number) => boolean;

/** A count in front of the last field, which is an array of elements of one size, or a text. */
interface Counted {
  readonly offset: number;
  readonly countSize: number;
  readonly elementSize: number;
}

/** Makes the check for `message`, once. Most messages have one size; of the others most have one array at their end. */
export function wholeCheck(message: Message): IsWhole {
  const { def } = message;
  const { minSize } = def;
  if (def.size !== undefined) return (_bytes, start, end) => end - start >= minSize;
  const counted = countedOf(def);
  if (counted !== undefined) {
    const { offset, countSize, elementSize } = counted;
    return (bytes, start, end) =>
      end - start >= minSize && end - start >= minSize + elementSize * bytes.readUIntBE(start + offset, countSize);
  }
  const at = { end: 0 };
  return (bytes, start, end) => {
    if (end - start < minSize) return false;
    try {
      message.read(bytes, start, end, at);
      return true;
    } catch {
      return false;
    }
  };
}

function countedOf({ fields }: Pick<MessageDef, 'fields'>, from = 0): Counted | undefined {
  const last = fields.at(-1);
  if (last === undefined) return undefined;
  const before = placesOf(fields.slice(0, -1), from);
  if (before === undefined) return undefined;
  const { offsets, end } = before;
  // A text of any length has its length in front, which is part of the least size.
  if (last.type.kind === 'string') return { offset: end, countSize: 4, elementSize: 1 };
  const type = unaliased(last.type);
  if (last.array === undefined) return type.kind === 'struct' ? countedOf(type, end) : undefined;
  if (last.array.kind !== 'counted' || type.size === undefined) return undefined;
  const { countField } = last.array;
  const offset = offsets.get(countField);
  const count = fields.find(({ name }) => name === countField);
  const countSize = count && fieldSize(count);
  if (offset === undefined || countSize === undefined || countSize > 4) return undefined;
  return { offset, countSize, elementSize: type.size };
}

/** Offsets of fields that all have one size; undefined where one has not. */
function placesOf(fields: readonly Field[], from: number): { offsets: Map<string, number>; end: number } | undefined {
  const offsets = new Map<string, number>();
  let end = from;
  for (const field of fields) {
    const size = fieldSize(field);
    if (size === undefined) return undefined;
    offsets.set(field.name, end);
    end += size;
  }
  return { offsets, end };
}
