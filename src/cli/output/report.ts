/** Findings as they are known: lines for a person, or JSON lines. */

import type { Host } from '../host.js';
import { isReadable, type OutputFlags } from '../options.js';
import { printable } from './cells.js';
import { type Finding, findingLines } from './finding.js';
import { toJsonLine } from './plain.js';

/** Prints each one when it comes; gives whether none was wrong. */
export async function report(host: Host, flags: OutputFlags, findings: AsyncIterable<Finding>): Promise<boolean> {
  const coloured = host.out.isTerminal && !host.io.env.NO_COLOR;
  const readable = isReadable(host, flags);
  let isWell = true;
  for await (const finding of findings) {
    isWell &&= finding.ok !== 'no';
    const { detail, ...rest } = finding;
    const lines = readable ? findingLines({ detail: printable(detail), ...rest }, coloured) : [toJsonLine(finding)];
    for (const line of lines) await host.out.line(line);
  }
  return isWell;
}
