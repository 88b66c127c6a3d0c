/**
 * Rows as aligned columns for a terminal. The first `SAMPLE_ROWS` rows settle which columns there are and how wide;
 * later ones are printed as they come, so that a dump of a million begins at once and needs no memory.
 *
 * A column that is blank in all sampled rows is left out, and so is what does not fit the terminal's width;
 * `hidden` tells which.
 */

import { didYouMean, nearest } from '../../nearest.js';
import { UsageError } from '../usage-error.js';
import type { Cell } from './cells.js';

export const SAMPLE_ROWS = 200;
const MAX_COLUMN = 46;
const GAP = '  ';

interface Column {
  readonly name: string;
  readonly width: number;
  /** Width of its longest value. */
  readonly natural: number;
  readonly right: boolean;
}

export interface TableOptions {
  /** Characters in a line. */
  readonly width: number;
  /** Only these columns, in this order. */
  readonly columns?: readonly string[];
}

export class Table {
  #columns: readonly Column[] | undefined;
  #sample: (readonly Cell[])[] = [];
  /** Columns left out though they have a value in some row. Known once the first line is out. */
  hidden: readonly string[] = [];
  rows = 0;

  constructor(private readonly options: TableOptions) {}

  /** Takes a row; gives the lines that can be printed now. */
  add(row: readonly Cell[]): string[] {
    this.rows += 1;
    if (this.#columns) return [this.#line(this.#columns, row)];
    this.#sample.push(row);
    return this.#sample.length < SAMPLE_ROWS ? [] : this.#begin();
  }

  /** The lines still held back. */
  end(): string[] {
    return this.#columns || this.#sample.length === 0 ? [] : this.#begin();
  }

  #begin(): string[] {
    const columns = this.#fit(this.#measure());
    this.#columns = columns;
    const rows = this.#sample.map((row) => this.#line(columns, row));
    this.#sample = [];
    return [this.#format(columns, new Map(columns.map((column) => [column.name, column.name]))), ...rows];
  }

  #measure(): Column[] {
    const found = new Map<string, { natural: number; right: boolean; blank: boolean }>();
    for (const row of this.#sample) {
      for (const cell of row) {
        const seen = found.get(cell.name) ?? { natural: cell.name.length, right: true, blank: true };
        found.set(cell.name, {
          natural: Math.max(seen.natural, cell.text.length),
          right: seen.right && cell.numeric,
          blank: seen.blank && cell.blank,
        });
      }
    }
    const all = [...found].map(([name, column]) => ({ name, width: Math.min(MAX_COLUMN, column.natural), ...column }));
    const { columns: wanted } = this.options;
    if (wanted) {
      const names = all.map((column) => column.name);
      return wanted.map((name) => all[names.indexOf(name)] ?? noSuchColumn(name, names));
    }
    // Whatever the values: an index of 0 is a value, so the first column always stays.
    return namesFirst(all.filter((column, at) => at === 0 || !column.blank));
  }

  /** The columns that fit, from the left. */
  #fit(columns: readonly Column[]): Column[] {
    let used = 0;
    const fitting: Column[] = [];
    for (const column of columns) {
      used += column.width + (fitting.length > 0 ? GAP.length : 0);
      if (used > this.options.width && fitting.length > 0) break;
      fitting.push(column);
    }
    this.hidden = columns.slice(fitting.length).map((column) => column.name);
    const last = fitting.pop();
    if (!last) return [];
    // What is left of the line is the last one's.
    const before = fitting.reduce((sum, column) => sum + column.width + GAP.length, 0);
    return [...fitting, { ...last, width: Math.min(last.natural, Math.max(last.width, this.options.width - before)) }];
  }

  #line(columns: readonly Column[], row: readonly Cell[]): string {
    return this.#format(columns, new Map(row.map((cell) => [cell.name, cell.text])));
  }

  #format(columns: readonly Column[], texts: ReadonlyMap<string, string>): string {
    return columns
      .map(({ name, width, right }) => {
        const text = cut((texts.get(name) ?? '').replace(/[\n\t]+/g, ' '), width);
        return right ? text.padStart(width) : text.padEnd(width);
      })
      .join(GAP)
      .slice(0, this.options.width)
      .trimEnd();
  }
}

export function noSuchColumn(name: string, names: readonly string[]): never {
  const hint = didYouMean(nearest(name, names)) || `; there are ${names.join(', ')}`;
  throw new UsageError(`--columns: there is no ${name}${hint}`);
}

/** What a thing is called says more than its numbers: names go right behind the first column. */
function namesFirst<T extends { readonly name: string }>(columns: readonly T[]): T[] {
  const [first, ...rest] = columns;
  if (!first) return [];
  const isName = ({ name }: T) => /(^|[._])(name|tag|prefix)$/.test(name);
  return [first, ...rest.filter(isName), ...rest.filter((column) => !isName(column))];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
