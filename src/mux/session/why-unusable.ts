/**
 * Errors that say why a message cannot be used, and what to do about it. VPP's table is asked first, the definitions
 * second: a name in the table is no spelling mistake, whatever the definitions know.
 */

import { didYouMean } from '../../nearest.js';
import type { Schema } from '../codec/codec.js';
import { unusableMessage } from '../codec/message-schema.js';
import { fileName } from '../compat/compatibility.js';
import { otherVersions } from '../compat/versions.js';
import { VppmuxError } from '../errors.js';
import type { TableEntry } from '../types.js';
import type { MessageTable } from './message-table.js';

/** Facts known besides the definitions in use. */
export interface SeenVpp {
  readonly table: MessageTable;
  /** Source of the definitions in use: `directory conf/api`, `VPP itself (get_api_json)`, … */
  readonly source: string;
  /** Definitions that were found, but are not those of this VPP. */
  readonly elsewhere?: Schema;
}

/** The error for using `name`: UNKNOWN_MESSAGE, MESSAGE_NOT_IN_VPP, CRC_MISMATCH, NO_DEFINITION or SCHEMA_INVALID. */
export function whyUnusable(name: string, schema: Schema, seen: SeenVpp): VppmuxError {
  const entry = seen.table.get(name);
  const unusable = schema.model.unusable.get(name);
  const def = schema.find(name)?.def;
  if (entry === undefined) {
    const file = def?.file ?? unusable?.file ?? seen.elsewhere?.find(name)?.def.file;
    return file === undefined ? unknown(name, schema, seen) : notInVpp(name, fileName(file), schema, seen);
  }
  const crc = def?.crc ?? unusable?.crc;
  if (crc !== undefined && crc !== entry.crc) return mismatch(entry, crc);
  return unusable ? unusableMessage(name, unusable.error) : noDefinition(entry, schema, seen.source);
}

/** Returns whether these definitions came from VPP itself. */
export function isOfVpp(source: string): boolean {
  return source.startsWith('VPP itself') || source.startsWith('cache ');
}

/** Hint at files of definitions that could not be read. */
function unreadHint({ model }: Schema): string {
  const names = new Set(model.files.map(({ name }) => name));
  const unread = model.problems.filter(({ file }) => file !== undefined && !names.has(file));
  if (unread.length === 0) return '';
  return `; ${unread.length === 1 ? 'a file' : `${unread.length} files`} of them could not be read: ${unread[0].message}`;
}

function noDefinition({ name, id, crc }: TableEntry, schema: Schema, source: string): VppmuxError {
  const has = `the running VPP has ${name} (id ${id}${crc === '' ? '' : `, CRC ${crc}`}), but`;
  const why = isOfVpp(source)
    ? "does not hand out its definition; give a directory that has it: apiDir, VPP_API_DIR or --api-dir, as /usr/share/vpp/api of VPP's packages"
    : `the definitions in use (${source}) lack it${unreadHint(schema)}; use those of this VPP's packages, or name no directory so that VPP is asked`;
  return new VppmuxError('NO_DEFINITION', `${has} ${why}`, { messageName: name, outcome: 'not-sent' });
}

function mismatch({ name, crc }: TableEntry, ours: string): VppmuxError {
  return new VppmuxError(
    'CRC_MISMATCH',
    `${name} is not what the running VPP has: VPP says CRC ${crc}, the definitions in use say ${ours}; use the API definitions of this VPP, or none to fetch them from it`,
    { messageName: name, outcome: 'not-sent' },
  );
}

function notInVpp(name: string, file: string, schema: Schema, { table, elsewhere }: SeenVpp): VppmuxError {
  const defs = [...schema.model.messages.values(), ...(elsewhere?.model.messages.values() ?? [])];
  const isLoaded = defs.some((def) => fileName(def.file) === file && table.has(def.name));
  const versions = isLoaded ? otherVersions(name, [...table.keys()]) : [];
  const why = isLoaded
    ? `though it has other messages of ${file}: it is of another release${versions.length > 0 ? `; there is ${versions.join(', ')}` : ''}`
    : `and no other message of ${file}: the plugin that brings it is not loaded (\`plugins { … }\` in startup.conf), or not in this build`;
  return new VppmuxError('MESSAGE_NOT_IN_VPP', `the running VPP has no ${name}, ${why}`, {
    messageName: name,
    outcome: 'not-sent',
    nearest: versions,
  });
}

function unknown(name: string, schema: Schema, { table }: SeenVpp): VppmuxError {
  const names = new Set([...table.keys(), ...schema.model.messages.keys()]);
  const { near, text } = didYouMean(name, names);
  return new VppmuxError('UNKNOWN_MESSAGE', `no message ${name}${text}${pluginHint(name, table)}`, {
    messageName: name,
    outcome: 'not-sent',
    nearest: near,
  });
}

/** A plugin's messages begin with its name; where none does, it is most likely not loaded. */
export function pluginHint(name: string, table: MessageTable): string {
  const word = /^[A-Za-z0-9]{2,}_/.exec(name)?.[0];
  if (word === undefined) return '';
  for (const other of table.keys()) if (other.startsWith(word)) return '';
  return `; no message of the running VPP begins with ${word}: if a plugin brings it, that plugin is not loaded (vppctl show plugins)`;
}
