/** Results of checks: as they are known, lines for a person, or with `--json` JSON lines. */

import type { Host } from '../host.js';
import type { OutputFlags } from '../options.js';
import { hanging } from './hanging.js';
import { wrapped } from './wrap.js';

export interface Finding {
  /** Name of the check. */
  readonly check: string;
  /** `warn`: worth a look, but nothing has to be done, or it could not be checked. */
  readonly ok: 'yes' | 'warn' | 'no';
  readonly detail: string;
  /** Remedy. */
  readonly fix?: string;
}

const MARKS = { yes: '✓', warn: '!', no: '✗' } as const;
/** Green, yellow, red. */
const COLOURS = { yes: 32, warn: 33, no: 31 } as const;
/** The column of the details. */
const COLUMN = 12;
/** Width below which the advice is not indented to the details. */
const NARROW = 60;

/** The mark with its colour, and the lines behind it: what was found, and the fix indented below. */
export function findingLines({ check, ok, detail, fix }: Finding, width: number) {
  const mark = MARKS[ok];
  const [first = '', ...rest] = hanging([[`${mark} ${check.padEnd(COLUMN - 2)}`, detail]], width);
  const indent = ' '.repeat(width < NARROW ? 2 : COLUMN + 2);
  const advice = fix === undefined ? [] : wrapped(`${indent}→ ${fix}`, width, 2);
  return { mark, colour: COLOURS[ok], lines: [first.slice(mark.length + 1), ...rest, ...advice] };
}

export function notChecked(check: string, why: string): Finding {
  return { check, ok: 'warn', detail: `not checked: ${why}` };
}

/** Prints each one when it comes; gives whether none was wrong. */
export async function report(host: Host, flags: OutputFlags, findings: AsyncIterable<Finding>): Promise<boolean> {
  const { NO_COLOR, TERM } = host.io.env;
  const coloured = host.out.isTerminal && !NO_COLOR && TERM !== 'dumb';
  let isWell = true;
  for await (const finding of findings) {
    isWell &&= finding.ok !== 'no';
    if (flags.json) await host.out.json(finding);
    else await printFinding(host, finding, coloured);
  }
  return isWell;
}

async function printFinding({ out }: Host, finding: Finding, coloured: boolean): Promise<void> {
  const { mark, colour, lines } = findingLines(finding, out.width);
  const [first, ...below] = lines;
  await (coloured ? out.marked(mark, colour, first) : out.line(`${mark} ${first}`));
  for (const line of below) await out.line(line);
}
