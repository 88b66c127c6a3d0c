/** Some fields of a message as JSON, in the shape that the whole has, so that it can be fed back. */

import { type Field, fieldTexts, isStruct } from '../../mux/for-cli.js';
import { noSuchColumn } from './table.js';

type Values = Record<string, unknown>;

/** Makes a function that cuts a row down to `columns`, dotted paths. It throws UsageError for one that the row does not have. */
export function projection(fields: readonly Field[], columns: readonly string[]): (row: Values) => Values {
  return (row) => {
    const picked: Values = {};
    for (const column of columns) {
      const path = column.split('.');
      const value = path.reduce<unknown>(
        (from, name) => (isStruct(from) && Object.hasOwn(from, name) ? from[name] : undefined),
        row,
      );
      put(picked, path, value ?? noSuchColumn(column, columnNames(fields, row)));
    }
    return picked;
  };
}

const columnNames = (fields: readonly Field[], row: Values) => fieldTexts(fields, row).map(({ name }) => name);

function put(into: Values, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) into[name] = value;
  else {
    const before = into[name];
    const inner = isStruct(before) ? { ...before } : {};
    into[name] = inner;
    put(inner, rest, value);
  }
}
