/** Messages of the model: their fields, and where their header fields stand. */

import type { StructEntry } from './api-file.js';
import { invalid, pathOf } from './api-file.js';
import type { Field, MessageDef } from './model.js';
import type { TypeResolver } from './resolve.js';
import { sizeOfFields } from './resolve.js';
import type { Classified } from './services.js';
import { isScalar } from './sizes.js';

export function resolveMessages(
  entries: ReadonlyMap<string, StructEntry>,
  types: TypeResolver,
  classified: Classified,
): Map<string, MessageDef> {
  const messages = new Map<string, MessageDef>();
  for (const [name, entry] of entries) {
    const fields = types.fields(entry);
    if (fields[0]?.name !== '_vl_msg_id' || !isScalar(fields[0].type, 'u16') || fields[0].array !== undefined) {
      throw invalid(entry.file, pathOf(entry), `${name} does not begin with u16 _vl_msg_id`);
    }
    messages.set(name, {
      name,
      crc: entry.crc ?? '',
      fields,
      ...headerOffsets(fields),
      ...sizeOfFields(entry, fields),
      role: classified.roleOf(entry),
      service: classified.services.get(name),
      options: entry.options,
      comment: entry.comment,
      file: entry.file,
    });
  }
  return messages;
}

/**
 * How many of the leading fields are the header: `_vl_msg_id`, then `client_index` and `context` in either
 * order, as far as they are there. A `client_index` further on (control_ping_reply) is content.
 */
export function headerLength(fields: readonly Field[]): number {
  let length = 1;
  const left = new Set(['client_index', 'context']);
  while (length < fields.length && left.delete(fields[length].name)) {
    const { type, array } = fields[length];
    if (!isScalar(type, 'u32') || array !== undefined) break;
    length++;
  }
  return length;
}

function headerOffsets(fields: readonly Field[]): { contextOffset: number; clientIndexOffset: number } {
  const offset = (name: string) => {
    const at = fields.slice(0, headerLength(fields)).findIndex((field) => field.name === name);
    return at < 0 ? -1 : 2 + 4 * (at - 1);
  };
  return { contextOffset: offset('context'), clientIndexOffset: offset('client_index') };
}
