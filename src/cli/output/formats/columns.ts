/** Columns of records in CSV: a column for each leaf, with dotted names for what is nested. */

import { countFields, type Field, isStruct, ownFields, textFormOf, unalias } from '../../../mux/for-cli.js';
import { noSuchColumn } from '../table.js';

/** Names from the record to the value. */
export type Column = readonly string[];

export const columnName = (column: Column) => column.join('.');

/** The value of `column`; undefined where the record has none, as in the arms of a union that do not count. */
export function valueAt(record: unknown, column: Column): unknown {
  let value = record;
  for (const name of column) value = isStruct(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/**
 * Columns of a message, known before its first value. `wanted`: only these, in this order; a struct's name stands for all its
 * fields. Throws UsageError for one that there is not.
 */
export function messageColumns(fields: readonly Field[], wanted?: readonly string[]): readonly Column[] {
  const all = [...fieldColumns(ownFields(fields), [])];
  return (
    wanted?.flatMap((name) => {
      const found = all.filter((column) => `${columnName(column)}.`.startsWith(`${name}.`));
      return found.length > 0 ? found : noSuchColumn(name, all.map(columnName));
    }) ?? all
  );
}

function* fieldColumns(fields: readonly Field[], path: Column): Generator<Column> {
  const counts = countFields(fields);
  for (const { name, type: aliased, array } of fields) {
    if (counts.has(name)) continue;
    const type = unalias(aliased);
    const column = [...path, name];
    if (array === undefined && type.kind === 'union') yield* fieldColumns(type.arms, column);
    else if (array === undefined && type.kind === 'struct' && textFormOf(type) === undefined)
      yield* fieldColumns(type.fields, column);
    else yield column;
  }
}

/** Columns of records without a definition: those that any of them has, in the order of their first appearance. */
export function recordColumns(records: readonly object[]): readonly Column[] {
  const found = new Map<string, Column>();
  for (const record of records) for (const column of leaves(record, [])) found.set(columnName(column), column);
  return [...found.values()];
}

function* leaves(record: object, path: Column): Generator<Column> {
  for (const [name, value] of Object.entries(record)) {
    const column = [...path, name];
    if (isStruct(value) && Object.keys(value).length > 0) yield* leaves(value, column);
    else yield column;
  }
}
