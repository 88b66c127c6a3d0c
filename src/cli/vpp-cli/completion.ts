/**
 * Completes the words of VPP's commands. VPP lists all of them in answer to `?`, which is asked once. Nothing else is ever
 * asked for it: behind arguments, VPP takes a `?` for one of them and runs the command.
 */

/** Columns of a name; its help is behind them. */
const INDENT = 2;
const NAME = 40;

/** The names that VPP lists, as words. One that is longer than its column is skipped: nothing separates it from its help. */
export function commandNames(help: string): string[][] {
  return help.split('\n').flatMap((line) => {
    const column = line.slice(INDENT, INDENT + NAME);
    if (!line.startsWith('  ') || (column.length === NAME && !column.endsWith(' '))) return [];
    const words = column.trimEnd().split(' ');
    // A help may go on in further lines. And names go into a line that the terminal shows as it is.
    return words.every((word) => /^[A-Za-z0-9][\w./:+-]*$/.test(word)) ? [words] : [];
  });
}

/** Lists what the last word of `line` can be, and what there is of it; the words before may be shortened, as VPP has it. */
export function completions(names: readonly string[][], line: string): [hits: string[], last: string] {
  const words = line.trimStart().split(/ +/);
  const last = words.pop() ?? '';
  const fitting = words.reduce((left, word, at) => {
    const same = left.filter((name) => name[at] === word);
    return same.length > 0 ? same : left.filter((name) => name[at]?.startsWith(word));
  }, names);
  const next = fitting.flatMap((name) => name[words.length] ?? []).filter((word) => word.startsWith(last));
  const hits = [...new Set(next)].sort();
  return [hits.length === 1 ? [`${hits[0]} `] : hits, last];
}
