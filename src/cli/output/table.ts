/**
 * Rows as aligned columns for a terminal. The first `SAMPLE_ROWS` rows settle which columns there are and how wide;
 * later ones are printed as they come, so that a dump of a million begins immediately and needs no memory.
 *
 * A column that is blank in all sampled rows is hidden, unless that says something (`flags`), and so is what does not fit the terminal's width, the
 * unimportant first; the summary names them. A value that is too long for its column wraps between two words.
 */

import type { FieldText } from '../../mux/for-cli.js';
import { didYouMean } from '../../nearest.js';
import { UsageError } from '../errors.js';
import { alwaysTells, columnRank } from './column-rank.js';
import { cut, padEnd, padStart, widthOf } from './display-width.js';
import { type Column, fitColumns, GAP, type Measured } from './fit-columns.js';
import { wrappedWords } from './wrap.js';

export const SAMPLE_ROWS = 200;
/** Lines of one row; JSON has the whole of a longer value. */
const MOST_LINES = 16;

/** Words and members that are looked at to find how wide a column is to be. */
const MOST_WORDS = 1000;
const NUMBER = /^(-?[\d.]+|~0)$/;

type Found = Omit<Measured, 'rank'> & { readonly blank: boolean };

export interface TableOptions {
  /** Columns in a line of the terminal; Infinity: nothing is wrapped or hidden for want of room. */
  readonly width: number;
  /** Columns to show, in this order. */
  readonly columns?: readonly string[];
  /** These in this order get room first; they stand in the order that they have in a row. */
  readonly important?: readonly string[];
  /** The way to see what there was no room for. */
  readonly remedy: string;
}

export class Table {
  private columns: readonly Column[] | undefined;
  private sample: (readonly FieldText[])[] = [];
  private hidden: readonly string[] = [];
  private isCut = false;
  rows = 0;

  constructor(private readonly options: TableOptions) {}

  /** Takes a row; gives the lines that can be printed now. */
  add(row: readonly FieldText[]): string[] {
    this.rows += 1;
    if (this.columns) return this.lines(this.columns, row);
    this.sample.push(row);
    return this.sample.length < SAMPLE_ROWS ? [] : this.begin();
  }

  /** The lines still held back. */
  end(): string[] {
    return this.columns || this.sample.length === 0 ? [] : this.begin();
  }

  /** The line below a table: how many rows, the hidden columns that have values, and how to see them. */
  get summary(): string {
    const count = `${this.rows} ${this.rows === 1 ? 'row' : 'rows'}`;
    const missing = [
      ...(this.hidden.length > 0 ? [`not shown for want of room: ${this.hidden.join(', ')}`] : []),
      ...(this.isCut ? ['… stands for more'] : []),
    ];
    return missing.length === 0 ? count : `${[count, ...missing].join('; ')} (${this.options.remedy})`;
  }

  private begin(): string[] {
    const { shown, hidden } = fitColumns(this.measure(), this.options.width);
    this.columns = shown;
    this.hidden = hidden;
    const head = this.format(shown.map(({ name, width }) => this.wrapped(name, width)));
    const rows = this.sample.flatMap((row) => this.lines(shown, row));
    this.sample = [];
    return [...head, ...rows];
  }

  private measure(): Measured[] {
    const { columns: wanted, important = [] } = this.options;
    const found = new Map<string, Found>();
    for (const row of this.sample) for (const cell of row) found.set(cell.name, measured(cell, found.get(cell.name)));
    const names = [...found.keys()];
    if (wanted) {
      return wanted.map((name, rank) => ({ ...(found.get(name) ?? noSuchColumn(name, names)), rank }));
    }
    // The first column always stays: an index of 0 is a value.
    const kept = [...found.values()].filter(({ blank, name }, at) => at === 0 || !blank || alwaysTells(name));
    if (important.length > 0) {
      const rankOf = (name: string) => (important.includes(name) ? important.indexOf(name) : important.length);
      return kept.map((column) => ({ ...column, rank: rankOf(column.name) }));
    }
    return kept
      .map((column) => ({ ...column, rank: columnRank(column.name, column.name === names[0]) }))
      .sort((a, b) => a.rank - b.rank);
  }

  private lines(columns: readonly Column[], row: readonly FieldText[]): string[] {
    const cells = new Map(row.map((cell) => [cell.name, cell]));
    return this.format(
      columns.map(({ name, width }) => {
        const { text = '', members } = cells.get(name) ?? {};
        return this.wrapped(inOneLine(text), width, members);
      }),
    );
  }

  /** One text of each column in each line. */
  private format(cells: readonly (readonly string[])[]): string[] {
    const columns = this.columns ?? [];
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) =>
      columns
        .map(({ width, right }, column) => (right ? padStart : padEnd)(cells[column][at] ?? '', width))
        .join(GAP)
        .trimEnd(),
    );
  }

  private wrapped(text: string, width: number, members: readonly string[] = [text]): string[] {
    if (widthOf(text) <= width) return [text];
    const isWrapped = this.options.width !== Number.POSITIVE_INFINITY;
    const lines = isWrapped ? members.flatMap((member) => wrappedWords(inOneLine(member), width)) : [];
    if (isWrapped && lines.length <= MOST_LINES) return lines;
    this.isCut = true;
    return !isWrapped ? [cut(text, width)] : [...lines.slice(0, MOST_LINES - 1), '…'];
  }
}

/** `before`: what was found of the rows above. */
function measured({ name, text, members, numeric, blank }: FieldText, before?: Found): Found {
  const line = inOneLine(text);
  const width = widthOf(line);
  const least = widthOf(name);
  return {
    name,
    natural: Math.max(before?.natural ?? least, width),
    word: Math.max(before?.word ?? least, ...line.split(' ', MOST_WORDS).map(widthOf)),
    part: Math.max(before?.part ?? least, ...(members?.slice(0, MOST_WORDS).map(widthOf) ?? [width])),
    // An enum is a number, but its name is not.
    right: (before?.right ?? true) && numeric && NUMBER.test(line),
    blank: (before?.blank ?? true) && blank,
  };
}

const inOneLine = (text: string) => text.replace(/[\n\t]+/g, ' ');

export function noSuchColumn(name: string, names: readonly string[]): never {
  const hint = didYouMean(name, names).text || `; there are ${names.join(', ')}`;
  throw new UsageError(`--columns: there is no ${name}${hint}`);
}
