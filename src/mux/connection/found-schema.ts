/** Definitions that were found, and how they fit the message table of a VPP. */

import type { Schema } from '../codec/codec.js';
import { completed } from '../session/builtin.js';
import { type MessageTable, withWholeNames } from '../session/message-table.js';
import type { DefinitionsOrigin } from './definitions-origin.js';

export interface FoundSchema {
  readonly schema: Schema;
  /** Name for logs: `directory conf/api`, `VPP itself`, … */
  readonly source: string;
  /** Messages whose definition, as VPP gave it, does not have the CRC that VPP claims. */
  readonly unproven?: readonly string[];
  /** Definitions on this machine that do not agree with this VPP; they may have messages that it does not hand out. */
  readonly elsewhere?: Schema;
}

/** The VPP whose definitions are wanted. */
export interface RunningVpp {
  /** Hash of its message table. */
  readonly hash: string;
  readonly table: MessageTable;
  /** Undefined where the socket says nothing about it. */
  readonly origin: DefinitionsOrigin | undefined;
}

/** Definitions and the table that they were found for; `by`: files, or the VPP that gave them, where that is known. */
export interface KnownDefinitions {
  readonly hash: string;
  readonly found: FoundSchema;
  readonly by: 'files' | DefinitionsOrigin | undefined;
}

/** True when the definitions have every message of VPP with the same CRC. One that cannot be used counts: VPP has no better one. */
export function agrees(schema: Schema, table: MessageTable): boolean {
  const whole = completed(schema.forTable(table));
  const crcOf = (name: string) => whole.find(name)?.def.crc ?? whole.model.unusable.get(name)?.crc;
  for (const { name, crc } of withWholeNames(table, whole.model).values()) if (crcOf(name) !== crc) return false;
  return true;
}

/** True when the cached definitions have most of the table. VPP's own JSON lacks a few messages; one that has none is of another VPP. */
export function knowsMost(schema: Schema, table: MessageTable): boolean {
  let known = 0;
  for (const { name, crc } of table.values()) if (schema.find(name)?.def.crc === crc) known++;
  return known * 2 >= table.size;
}
