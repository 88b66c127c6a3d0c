/** The layout of a message: its fields, and the places of those of its header. */

import type { StructEntry } from './api-file.js';
import { invalid, pathOf } from './api-file.js';
import { footprintOfFields } from './footprint.js';
import { checkFootprint, MAX_ALL_NODES, sizeOfFields } from './limits.js';
import type { Field, MessageDef } from './model.js';
import { isScalar } from './sizes.js';
import type { TypeResolver } from './type-resolver.js';

export type Layout = Pick<MessageDef, 'fields' | 'contextOffset' | 'clientIndexOffset' | 'size' | 'minSize'>;

/** Fields of all messages so far, with their types taken apart. */
export interface Spent {
  nodes: number;
}

/** @throws SchemaError SCHEMA_INVALID when the codec cannot work with it. */
export function layoutOf(entry: StructEntry, types: TypeResolver, spent: Spent): Layout {
  const fields = types.fields(entry);
  if (fields[0]?.name !== '_vl_msg_id' || !isScalar(fields[0].type, 'u16') || fields[0].array !== undefined) {
    throw invalid(entry.file, pathOf(entry), `${entry.name} does not begin with u16 _vl_msg_id`);
  }
  const sizes = sizeOfFields(entry, fields);
  const footprint = footprintOfFields(fields);
  checkFootprint(entry, footprint);
  if (spent.nodes + footprint.nodes > MAX_ALL_NODES) {
    throw invalid(entry.file, pathOf(entry), `more than ${MAX_ALL_NODES} fields in all messages so far are too many`);
  }
  spent.nodes += footprint.nodes;
  return { fields, ...headerOffsets(fields), ...sizes };
}

/**
 * The number of leading fields that are the header: `_vl_msg_id`, then `client_index` and `context` in either
 * order, as far as they are there. A `client_index` further on (control_ping_reply) is content.
 */
export function headerLength(fields: readonly Field[]): number {
  let length = 1;
  while (length < fields.length && length < 3 && isHeaderField(fields[length])) {
    length++;
  }
  return length;
}

function isHeaderField({ name, type, array }: Field): boolean {
  return (name === 'context' || name === 'client_index') && array === undefined && isScalar(type, 'u32');
}

/** Offsets of the header's fields in the body; -1 for one that is not there. */
export function headerOffsets(fields: readonly Field[]): { contextOffset: number; clientIndexOffset: number } {
  let contextOffset = -1;
  let clientIndexOffset = -1;
  for (let i = headerLength(fields) - 1; i > 0; i--) {
    if (fields[i].name === 'context') contextOffset = 4 * i - 2;
    else clientIndexOffset = 4 * i - 2;
  }
  return { contextOffset, clientIndexOffset };
}
