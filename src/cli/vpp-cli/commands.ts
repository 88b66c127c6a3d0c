import { createInterface } from 'node:readline';
import type { Host } from '../host.js';

/** The commands that come from a pipe, one a line. Lines that are empty, or begin with `#`, are skipped. */
export async function* commandsFromPipe({ io, signal }: Host): AsyncGenerator<string> {
  const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal });
  for await (const line of lines) {
    const text = line.trim();
    if (text !== '' && !text.startsWith('#')) yield text;
  }
}
