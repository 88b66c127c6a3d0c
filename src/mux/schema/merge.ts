/**
 * Definitions of the same name: vppapigen writes what a file imports into that file too, so most types are
 * there many times over. Equal ones are one; different ones mean that the files are not of one VPP.
 */

import type { EnumEntry, FieldEntry, Place, ServiceEntry, StructEntry, TypeEntry } from './api-file.js';
import { invalid, pathOf } from './api-file.js';

type Named = TypeEntry | ServiceEntry;

export function mergeEntries<T extends Named>(entries: readonly T[]): Map<string, T> {
  const merged = new Map<string, T>();
  for (const entry of entries) {
    const first = merged.get(entry.name);
    if (first === undefined) merged.set(entry.name, entry);
    else if (first !== entry && !sameDefinition(first, entry)) throw differs(first, entry, entry.name);
  }
  return merged;
}

function differs(first: Place, second: Place, name: string): Error {
  const other = first.file === second.file ? pathOf(first) : `${first.file} (${pathOf(first)})`;
  return invalid(
    second.file,
    pathOf(second),
    `${name} differs from its definition in ${other}; all files must be of one VPP`,
  );
}

/** Where it stands, and what its comment says, make no difference. */
function sameDefinition(a: Named, b: Named): boolean {
  if (a.section !== b.section) return false;
  switch (a.section) {
    case 'aliases':
      return a.type === (b as typeof a).type && a.length === (b as typeof a).length;
    case 'enums':
    case 'enumflags':
      return sameEnum(a, b as EnumEntry);
    case 'services':
      return sameService(a, b as ServiceEntry);
    default:
      return sameStruct(a, b as StructEntry);
  }
}

function sameStruct(a: StructEntry, b: StructEntry): boolean {
  return a.crc === b.crc && a.fields.length === b.fields.length && a.fields.every((f, i) => sameField(f, b.fields[i]));
}

function sameField(a: FieldEntry, b: FieldEntry): boolean {
  return (
    a.name === b.name &&
    a.type === b.type &&
    a.length === b.length &&
    a.count === b.count &&
    a.limit === b.limit &&
    (a.default === b.default || JSON.stringify(a.default) === JSON.stringify(b.default))
  );
}

function sameEnum(a: EnumEntry, b: EnumEntry): boolean {
  if (a.base !== b.base || a.values.size !== b.values.size) return false;
  for (const [name, value] of a.values) if (b.values.get(name) !== value) return false;
  return true;
}

function sameService(a: ServiceEntry, b: ServiceEntry): boolean {
  return (
    a.reply === b.reply &&
    a.stream === b.stream &&
    a.streamMessage === b.streamMessage &&
    a.events.join() === b.events.join()
  );
}
