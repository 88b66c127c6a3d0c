/** Definitions of the same name, within one file and across files: equal ones are one. */

import { SchemaError } from '../errors.js';
import type { ApiFile, EnumEntry, FieldEntry, Place, ServiceEntry, StructEntry, TypeEntry } from './api-file.js';
import { invalid, pathOf } from './api-file.js';
import { sameJson } from './json-object.js';

type Named = TypeEntry | ServiceEntry;

/** A file's types by name, or why one cannot be used. */
export function mergeTypes({ types, faults }: ApiFile): Map<string, TypeEntry | SchemaError> {
  const merged = new Map<string, TypeEntry | SchemaError>();
  for (const entry of types) {
    const first = merged.get(entry.name);
    if (first === undefined) merged.set(entry.name, entry);
    else if (!(first instanceof SchemaError) && first !== entry && !sameDefinition(first, entry)) {
      merged.set(entry.name, differs(first, entry, entry.name));
    }
  }
  for (const { of, name, error } of faults) if (of === 'type' && name !== undefined) merged.set(name, error);
  return merged;
}

/** A file's services by request, or why one cannot be used. */
export function mergeServices({ services, faults }: ApiFile): Map<string, ServiceEntry | SchemaError> {
  const merged = new Map<string, ServiceEntry | SchemaError>();
  for (const entry of services) {
    const first = merged.get(entry.name);
    if (first === undefined) merged.set(entry.name, entry);
    else if (!(first instanceof SchemaError) && !sameDefinition(first, entry)) {
      merged.set(entry.name, differs(first, entry, entry.name));
    }
  }
  for (const { of, name, error } of faults) if (of === 'service' && name !== undefined) merged.set(name, error);
  return merged;
}

/** The error for two definitions of which nobody can say which one is right. */
export function differs(first: Place, second: Place, name: string): SchemaError {
  const other = first.file === second.file ? pathOf(first) : `${first.file} (${pathOf(first)})`;
  return invalid(second.file, pathOf(second), `${name} differs from its definition in ${other}`);
}

/** Its place and its comment make no difference. */
export function sameDefinition(a: Named, b: Named): boolean {
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
    sameJson(a.default, b.default)
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
