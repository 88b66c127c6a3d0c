/** Lines from a pipe, in place of those that are typed. */

import { createInterface } from 'node:readline';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';

/** The character that stands for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/**
 * The commands that come from a pipe, one a line. Lines that are empty, or begin with `#`, are skipped. Throws UsageError at a
 * line that is not UTF-8: something else than what was typed would go to VPP.
 */
export async function* pipedLines({ io, signal }: Host): AsyncGenerator<string> {
  const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal });
  let number = 0;
  for await (const line of lines) {
    number++;
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    if (text.includes(REPLACEMENT)) throw new UsageError(`stdin, line ${number}: it is not UTF-8, and was not run`);
    yield text;
  }
}
