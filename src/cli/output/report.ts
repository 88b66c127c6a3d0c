/** Findings as they are known: lines for a person, or with `--json` JSON lines. */

import type { Host } from '../host.js';
import type { OutputFlags } from '../options.js';
import { type Finding, findingLines } from './finding.js';

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
