/**
 * `operations.lock.json`: the names and shapes of released operations. Callers rely on both, so they may only change in
 * ways that callers do not notice (`compatibility.ts`).
 */

import { isSchema, type JsonSchema, mapParts } from '../../json-schema/json-schema.js';
import { type Access, isOperation, type Operation, schemasOf } from './operation.js';

/** The parts of an operation that callers rely on. */
export interface LockedOperation {
  readonly access: Access;
  readonly arguments: readonly string[];
  readonly input: JsonSchema;
  readonly output: JsonSchema;
}

export interface OperationsLock {
  readonly version: 1;
  readonly operations: Readonly<Record<string, LockedOperation>>;
}

/** Keywords that do not decide which values are valid. */
const PROSE: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  'title',
  'description',
  'examples',
  'deprecated',
  'secret',
  'lines',
  'failures',
]);

/** An operation's shape, without its prose, in an order that does not depend on how it was written. */
export function lockedShape(operation: Operation): LockedOperation {
  const { input, output } = schemasOf(operation);
  return {
    access: operation.access,
    arguments: operation.arguments,
    input: canonical(input),
    output: canonical(output),
  };
}

/** The lock of these operations, by name. */
export function lockOf(operations: Iterable<Operation>): OperationsLock {
  const sorted = [...operations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.map((operation) => [operation.name, lockedShape(operation)]);
  return { version: 1, operations: Object.fromEntries(entries) };
}

/** The operations among what a module exports. */
export function exportedOperations(module: Readonly<Record<string, unknown>>): Operation[] {
  return Object.values(module).filter(isOperation);
}

/** Keywords whose values are a set. */
const SETS: ReadonlySet<string> = new Set(['required', 'enum', 'type']);

const canonical = (schema: JsonSchema) => sorted(withoutProse(schema)) as JsonSchema;

/** Sets are sorted here, where it is known that they are sets. */
function withoutProse(schema: unknown): unknown {
  if (!isSchema(schema)) return schema;
  const entries = Object.entries(mapParts(schema, withoutProse)).filter(([key]) => !PROSE.has(key));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, SETS.has(key) && Array.isArray(value) ? [...value].sort() : value]),
  );
}

/** Values with the keys of their objects sorted. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(Reflect.get(value, key))]));
}
