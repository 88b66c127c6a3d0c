/** What one check found, as lines for a person. */

export interface Finding {
  /** Name of the check. */
  readonly check: string;
  /** `warn`: worth a look, but nothing has to be done, or it could not be checked. */
  readonly ok: 'yes' | 'warn' | 'no';
  readonly detail: string;
  /** What to do about it. */
  readonly fix?: string;
}

const MARKS = { yes: '✓', warn: '!', no: '✗' } as const;
/** Green, yellow, red. */
const COLOURS = { yes: 32, warn: 33, no: 31 } as const;
const COLUMN = 12;

/** One line, and the fix indented below it. */
export function findingLines({ check, ok, detail, fix }: Finding, coloured: boolean): string[] {
  const mark = coloured ? `\x1b[${COLOURS[ok]}m${MARKS[ok]}\x1b[0m` : MARKS[ok];
  const line = `${mark} ${check.padEnd(COLUMN)}${detail}`;
  return fix === undefined ? [line] : [line, `${' '.repeat(COLUMN + 2)}→ ${fix}`];
}

export function notChecked(check: string, why: string): Finding {
  return { check, ok: 'warn', detail: `not checked: ${why}` };
}
