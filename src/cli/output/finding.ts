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

/** The mark with its colour, and the lines behind it: what was found, and the fix indented below. */
export function findingLines({ check, ok, detail, fix }: Finding) {
  const lines = [
    `${check.padEnd(COLUMN)}${detail}`,
    ...(fix === undefined ? [] : [`${' '.repeat(COLUMN + 2)}→ ${fix}`]),
  ];
  return { mark: MARKS[ok], colour: COLOURS[ok], lines };
}

export function notChecked(check: string, why: string): Finding {
  return { check, ok: 'warn', detail: `not checked: ${why}` };
}
