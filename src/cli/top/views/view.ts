/** A view: a table of rows, with lines above it. */

import type { Model } from '../model.js';
import type { Column } from '../parts/columns.js';
import type { Line } from '../parts/line.js';

/** `R` is the type of its rows. */
export interface View<R> {
  readonly title: string;
  /** The first is the name of a row, and the others are in the order in which they get room. */
  readonly columns: readonly Column<R>[];
  /** Key of the column by which it is sorted at first. */
  readonly sort: string;
  /** The rows, in any order; undefined while they cannot be known. */
  rows(model: Model): readonly R[] | undefined;
  /** Text of a row that a filter looks at. */
  words(row: R): string;
  /** Lines above the table. */
  above(model: Model, width: number): readonly Line[];
  /** Said where there is no row, or where they cannot be known. */
  none(model: Model): string;
  /** The view for programs, with the rows that are wanted. */
  json(model: Model, rows: readonly R[]): object;
}
