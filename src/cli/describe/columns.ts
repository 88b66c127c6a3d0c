/** Rows of texts as aligned columns; the last one takes what is left of the line. */

const GAP = '  ';
/** Below this, words would stand in a column of their own. */
const LEAST_ROOM = 24;

/** What does not fit goes on below, indented to the last column. */
export function hanging(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = widthsOf(rows);
  return rows.flatMap((row) => {
    const lead = leading(row, widths);
    const [first = '', ...rest] = wrapped(row.at(-1) ?? '', Math.max(LEAST_ROOM, width - lead.length));
    return [`${lead}${first}`.trimEnd(), ...rest.map((line) => ' '.repeat(lead.length) + line)];
  });
}

/** What does not fit is cut off, but never a column before the last. */
export function fitted(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => {
    const lead = leading(row, widths);
    const line = `${lead}${row.at(-1) ?? ''}`.trimEnd();
    return line.length <= width ? line : `${line.slice(0, Math.max(lead.trimEnd().length, width - 1))}…`;
  });
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return (rows[0] ?? []).map((_, at) => rows.reduce((width, row) => Math.max(width, row[at].length), 0));
}

/** All columns but the last, padded. */
function leading(row: readonly string[], widths: readonly number[]): string {
  const columns = row.slice(0, -1).map((text, at) => text.padEnd(widths[at]) + GAP);
  return columns.join('');
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
