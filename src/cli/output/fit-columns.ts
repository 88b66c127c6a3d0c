/** Chooses the columns of a table that fit a terminal, and how wide each is. */

export interface Measured {
  readonly name: string;
  /** Width of the name and of the longest value. */
  readonly natural: number;
  /** Width of the longest word, which is not broken where there is room; of the name at least. */
  readonly word: number;
  /** Width of the longest value, or of the longest member where that is a list. */
  readonly part: number;
  readonly right: boolean;
  /** Importance to a reader: low numbers first. */
  readonly rank: number;
}

export interface Column extends Measured {
  readonly width: number;
}

export const GAP = '  ';
/** Columns that keep their room, as far as it is not more than half of the line. */
const IMPORTANT = 2;
/** An unimportant column is given no more at first, if its name is not longer. */
const LEAST = 20;
const NARROWEST = 10;
/** Width at which a value is cut in a pipe, where nothing is wrapped; not in the last column. */
const MOST = 46;

/** The columns that fit, in the order of `columns`, and the names of the others. */
export function fitColumns(columns: readonly Measured[], width: number): { shown: Column[]; hidden: string[] } {
  if (width === Number.POSITIVE_INFINITY) return { shown: unwrapped(columns), hidden: [] };
  const widths = new Map<Measured, number>();
  let left = width + GAP.length;
  const byRank = [...columns].sort((a, b) => a.rank - b.rank);
  for (const column of byRank) {
    const least = leastWidth(column, width);
    const room = left - GAP.length;
    // An important column is rather narrow than not there, if no word is broken; else there is room for others behind it.
    const isEnough =
      room >= least ||
      widths.size === 0 ||
      (column.rank <= IMPORTANT && room >= Math.max(NARROWEST, Math.min(column.word, LEAST)));
    if (!isEnough) continue;
    const wanted = Math.min(least, room);
    widths.set(column, wanted);
    left -= wanted + GAP.length;
  }
  for (const [column, least] of widths) {
    const more = Math.min(left, Math.max(0, column.natural - least));
    widths.set(column, least + more);
    left -= more;
  }
  return {
    shown: columns
      .flatMap((column) => ({ ...column, width: widths.get(column) ?? 0 }))
      .filter(({ width }) => width > 0),
    hidden: byRank.filter((column) => !widths.has(column)).map(({ name }) => name),
  };
}

function leastWidth({ name, natural, word, part, rank }: Measured, width: number): number {
  if (rank <= IMPORTANT) return Math.min(natural, Math.max(name.length, word, Math.min(part, Math.floor(width / 2))));
  return Math.min(natural, Math.max(name.length, Math.min(word, LEAST)));
}

function unwrapped(columns: readonly Measured[]): Column[] {
  const last = columns.length - 1;
  return columns.map((column, at) => ({
    ...column,
    width: at === last ? column.natural : Math.min(column.natural, MOST),
  }));
}
