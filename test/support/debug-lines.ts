/** Debug output for one test. */

import { onTestFinished } from 'vitest';
import { setDebug } from '../../src/debug.js';

/** FairQueue topics on as VPPMUX_DEBUG does, until the test ends, and gives the list of lines that are written. */
export function debugLines(wanted: string | undefined): string[] {
  const lines: string[] = [];
  onTestFinished(() => setDebug(undefined));
  setDebug(wanted, (line) => lines.push(line));
  return lines;
}
