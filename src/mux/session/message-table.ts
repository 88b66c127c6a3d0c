/** Message table that VPP sends in the handshake: the messages it knows, with their ids and layouts. */

import { createHash } from 'node:crypto';
import { ConnectionError } from '../errors.js';
import type { ApiModel } from '../schema/model.js';
import type { TableEntry } from '../types.js';

export type MessageTable = ReadonlyMap<string, TableEntry>;

/** Name and CRC in one text, as the wire has it; VPP cuts it at 63 bytes (WIRE 3.2). */
const NAME_CRC = /^([A-Za-z_][A-Za-z0-9_]*)_([0-9a-f]{8})$/;
const MOST = 63;

const wireText = ({ name, crc }: Pick<TableEntry, 'name' | 'crc'>) =>
  crc === '' ? name : `${name}_${crc}`.slice(0, MOST);

/**
 * Reads the table of the handshake. An entry that VPP cut has the rest of the text as its name, and no CRC: see `withWholeNames`.
 *
 * Throws PROTOCOL when an entry is not `name_crc`, or an id is given twice.
 */
export function readMessageTable(entries: readonly { index: number; name: string }[]): MessageTable {
  const table = new Map<string, TableEntry>();
  const ids = new Set<number>();
  const cut = new Set<string>();
  const doubled = new Set<string>();
  for (const { index, name } of entries) {
    const [, whole = name, crc = ''] = NAME_CRC.exec(name) ?? [];
    if (crc === '' && name.length !== MOST) {
      throw new ConnectionError(
        'PROTOCOL',
        `VPP's message table has an entry that is not name_crc: ${JSON.stringify(name)}`,
      );
    }
    if (ids.has(index)) throw new ConnectionError('PROTOCOL', `VPP's message table gives id ${index} twice (${name})`);
    ids.add(index);
    // Two names that are cut to the same text cannot be distinguished: neither can be called.
    if (table.has(whole) || cut.has(name)) doubled.add(whole);
    if (cut.has(name)) table.delete(name);
    else table.set(whole, { name: whole, crc, id: index });
    if (crc === '') cut.add(name);
  }
  doubles.set(table, [...doubled].sort());
  wires.set(table, entries);
  return table;
}

/** The table with the names that VPP cut made whole, as far as exactly one definition begins with what is left. */
export function withWholeNames(table: MessageTable, { messages, unusable, variants }: ApiModel): MessageTable {
  const cut = [...table.values()].filter(({ crc }) => crc === '');
  if (cut.length === 0) return table;
  const defined = new Map<string, { name: string; crc: string }[]>();
  const note = (name: string, crc = '') => {
    if (name.length + 1 + crc.length <= MOST || crc === '') return;
    const text = wireText({ name, crc });
    const known = defined.get(text) ?? [];
    if (!known.some((each) => each.name === name && each.crc === crc)) defined.set(text, [...known, { name, crc }]);
  };
  for (const { name, crc } of messages.values()) note(name, crc);
  for (const [name, { crc }] of unusable) note(name, crc);
  for (const [name, all] of variants) for (const { crc } of all) note(name, crc);
  const whole = new Map(table);
  for (const { name: text, id } of cut) {
    const [match, ...others] = defined.get(text) ?? [];
    if (match === undefined || others.length > 0 || table.has(match.name)) continue;
    whole.delete(text);
    whole.set(match.name, { ...match, id });
  }
  doubles.set(whole, doubledNames(table));
  wires.set(whole, wireEntries(table));
  return whole;
}

const doubles = new WeakMap<MessageTable, readonly string[]>();

/** Names that VPP gives more than once, with other ids or CRCs: only the last one of each can be called. */
export function doubledNames(table: MessageTable): readonly string[] {
  return doubles.get(table) ?? [];
}

/** An entry of the table as VPP sent it: `name` is the name and the CRC in one, cut at 63 bytes. */
export interface WireEntry {
  readonly index: number;
  readonly name: string;
}

const wires = new WeakMap<MessageTable, readonly WireEntry[]>();

/** The entries as VPP sent them, in its order, doubled ones too; made of the table where none were sent. */
export function wireEntries(table: MessageTable): readonly WireEntry[] {
  return wires.get(table) ?? [...table.values()].map((entry) => ({ index: entry.id, name: wireText(entry) }));
}

const hashes = new WeakMap<MessageTable, string>();

/** Hash that is equal for two VPPs with the same definitions, whatever their ids: the key of the schema cache, and of traces. */
export function tableHash(table: MessageTable): string {
  let hash = hashes.get(table);
  if (hash === undefined) {
    const lines = [...table.values()].map(wireText).sort();
    hash = createHash('sha256').update(lines.join('\n')).digest('hex');
    hashes.set(table, hash);
  }
  return hash;
}
