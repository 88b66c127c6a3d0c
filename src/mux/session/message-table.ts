/** The table VPP hands out in the handshake: which messages it knows, under which ids, of which layout. */

import { createHash } from 'node:crypto';
import { ConnectionError } from '../errors.js';
import type { TableEntry } from '../types.js';

export type MessageTable = ReadonlyMap<string, TableEntry>;

/** Name and CRC in one text, as the wire has it; names are cut at 63 bytes, the CRC with them (WIRE 3.2). */
const NAME_CRC = /^([A-Za-z_][A-Za-z0-9_]*)_([0-9a-f]{8})$/;

/** Throws PROTOCOL when an entry is not `name_crc`, or an id is given twice. */
export function readMessageTable(entries: readonly { index: number; name: string }[]): MessageTable {
  const table = new Map<string, TableEntry>();
  const ids = new Set<number>();
  for (const { index, name } of entries) {
    const match = NAME_CRC.exec(name);
    if (!match) {
      if (name.length === 63) continue; // cut short: cannot be called by its CRC
      throw new ConnectionError(
        'PROTOCOL',
        `VPP's message table has an entry that is not name_crc: ${JSON.stringify(name)}`,
      );
    }
    if (ids.has(index)) throw new ConnectionError('PROTOCOL', `VPP's message table gives id ${index} twice (${name})`);
    ids.add(index);
    table.set(match[1], { name: match[1], crc: match[2], id: index });
  }
  return table;
}

const hashes = new WeakMap<MessageTable, string>();

/** The same for two VPPs with the same definitions, whatever their ids: the key of the schema cache, and of traces. */
export function tableHash(table: MessageTable): string {
  let hash = hashes.get(table);
  if (hash === undefined) {
    const lines = [...table.values()].map(({ name, crc }) => `${name}_${crc}`).sort();
    hash = createHash('sha256').update(lines.join('\n')).digest('hex');
    hashes.set(table, hash);
  }
  return hash;
}
