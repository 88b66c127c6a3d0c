/**
 * `operations.lock.json`: the names and shapes of released operations. Who calls them relies on both, so they may
 * only change in ways that callers do not notice (`compatibility.ts`).
 */

import { type Access, isOperation, type Operation, schemasOf } from './operation.js';
import type { JsonSchema } from './schema-change.js';

/** What callers of an operation rely on. */
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

/** Says nothing of what fits. */
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
    input: canonical(input) as JsonSchema,
    output: canonical(output) as JsonSchema,
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

/** Keys and sets sorted, prose left out. The keys of `properties` and `$defs` are names, not keywords. */
function canonical(value: unknown, within = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    return SETS.has(within) ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const named = within === 'properties' || within === '$defs';
  const keys = Object.keys(value).filter((key) => named || !PROSE.has(key));
  return Object.fromEntries(keys.sort().map((key) => [key, canonical(Reflect.get(value, key), named ? '' : key)]));
}
