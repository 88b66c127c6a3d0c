/**
 * Compares two definitions of the same fields, down to the fields of structs, the arms of
 * unions and the values of enums.
 */

import type { EnumType, Field, Type } from '../schema/model.js';
import type { ChangeKind, FieldChange } from '../types.js';
import { aliasText, arrayText, fieldText, typeName } from './type-text.js';

/** Gives the changes in the order of the present fields; removed ones come first. */
export function fieldChanges(before: readonly Field[], after: readonly Field[], prefix = ''): FieldChange[] {
  const old = new Map(before.map((field) => [field.name, field]));
  const names = new Set(after.map(({ name }) => name));
  const removed = before
    .filter(({ name }) => !names.has(name))
    .map((field): FieldChange => ({ path: prefix + field.name, kind: 'removed', before: fieldText(field) }));
  const moved = movedNames(
    before.map(({ name }) => name).filter((name) => names.has(name)),
    after.map(({ name }) => name).filter((name) => old.has(name)),
  );
  const places = { before: placesOf(before), after: placesOf(after) };
  const kept = after.flatMap((field): FieldChange[] => {
    const path = prefix + field.name;
    const was = old.get(field.name);
    if (was === undefined) return [{ path, kind: 'added', after: fieldText(field) }];
    const changes = changesOf(was, field, path);
    if (!moved.has(field.name)) return changes;
    const [wasAt, isAt] = [places.before.get(field.name), places.after.get(field.name)];
    return [{ path, kind: 'moved', before: wasAt, after: isAt }, ...changes];
  });
  return [...removed, ...kept];
}

/** Name of a field → its position in words. */
function placesOf(fields: readonly Field[]): Map<string, string> {
  return new Map(fields.map(({ name }, at) => [name, at === 0 ? 'first' : `behind ${fields[at - 1].name}`]));
}

function changesOf(before: Field, after: Field, path: string): FieldChange[] {
  const changes: FieldChange[] = [];
  const note = (kind: ChangeKind, was: string | undefined, is: string | undefined) => {
    if (was !== is) changes.push({ path, kind, before: was, after: is });
  };
  if (differInKind(before.type, after.type)) note('type', fieldText(before), fieldText(after));
  else {
    note('size', arrayText(before.array), arrayText(after.array));
    changes.push(...typeChanges(before.type, after.type, after.array === undefined ? path : `${path}[]`));
  }
  note('default', textOf(before.default), textOf(after.default));
  note('limit', textOf(before.limit), textOf(after.limit));
  return changes;
}

const textOf = (value: Field['default']) => (value === undefined ? undefined : String(value));

/** True for two types that have nothing to compare inside. */
function differInKind(before: Field['type'], after: Field['type']): boolean {
  return before.kind !== after.kind || typeName(before) !== typeName(after);
}

function typeChanges(before: Field['type'], after: Field['type'], path: string): FieldChange[] {
  if (before.kind === 'enum' && after.kind === 'enum') return enumChanges(before, after, path);
  if (before.kind === 'struct' && after.kind === 'struct') return fieldChanges(before.fields, after.fields, `${path}.`);
  if (before.kind === 'union' && after.kind === 'union') return fieldChanges(before.arms, after.arms, `${path}.`);
  if (before.kind === 'alias' && after.kind === 'alias') return aliasChanges(before, after, path);
  return [];
}

type AliasType = Extract<Type, { kind: 'alias' }>;

function aliasChanges(before: AliasType, after: AliasType, path: string): FieldChange[] {
  if (before.length !== after.length || differInKind(before.target, after.target)) {
    return [{ path, kind: 'type', before: aliasText(before), after: aliasText(after) }];
  }
  return typeChanges(before.target, after.target, after.length === undefined ? path : `${path}[]`);
}

function enumChanges(before: EnumType, after: EnumType, path: string): FieldChange[] {
  const changes: FieldChange[] = [];
  if (before.base !== after.base) changes.push({ path, kind: 'size', before: before.base, after: after.base });
  const shown = (name: string, value: number | undefined) => (value === undefined ? undefined : `${name} = ${value}`);
  for (const name of new Set([...before.values.keys(), ...after.values.keys()])) {
    const [was, is] = [shown(name, before.values.get(name)), shown(name, after.values.get(name))];
    if (was !== is) changes.push({ path, kind: 'value', before: was, after: is });
  }
  return changes;
}

/**
 * Gives the fewest names whose removal leaves the others in the same order: all that are not in the longest common run.
 * Takes n log n steps, because definitions from another VPP may have many fields in any order.
 */
function movedNames(before: readonly string[], after: readonly string[]): Set<string> {
  const place = new Map(before.map((name, at) => [name, at]));
  /** A name as the end of an increasing run, as a chain. */
  interface Run {
    readonly name: string;
    readonly at: number;
    readonly previous?: Run;
  }
  /** At index n: the run of length n + 1 that ends first; the ends increase. */
  const runs: Run[] = [];
  for (const name of after) {
    const at = place.get(name) ?? -1;
    let [low, high] = [0, runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (runs[middle].at < at) low = middle + 1;
      else high = middle;
    }
    runs[low] = { name, at, previous: runs[low - 1] };
  }
  const moved = new Set(after);
  for (let run = runs.at(-1); run !== undefined; run = run.previous) moved.delete(run.name);
  return moved;
}
