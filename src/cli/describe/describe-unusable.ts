/** Description of a message without a definition that works: where it stands, and why it cannot be used. */

import { fileName, idIn, variantsOf } from '../../mux/for-cli.js';
import { type MessageDescription, VppmuxError } from '../../mux/index.js';
import type { Definitions } from './definitions-source.js';

export function describeUnusable(name: string, { schema, table }: Definitions): MessageDescription {
  const found = schema.model.unusable.get(name);
  const crc = found?.crc ?? table?.get(name)?.crc;
  return {
    message: name,
    role: 'other',
    what: 'a message that cannot be used',
    unusable: reason(() => schema.message(name)),
    crc,
    ...(table && idIn(table, name, crc)),
    file: found && fileName(found.file),
    definitions: variantsOf(schema, name),
    fields: [],
  };
}

function reason(use: () => unknown): string {
  try {
    use();
  } catch (error) {
    if (error instanceof VppmuxError) return error.message;
    throw error;
  }
  throw new Error('it can be used');
}
