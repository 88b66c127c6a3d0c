/** Asks a person before something is changed. */

import { createInterface } from 'node:readline';
import type { Host } from '../host.js';

/** Whether there is a person to ask: both ends are a terminal. */
export function canAsk({ io }: Host): boolean {
  return (io.stdin as { isTTY?: boolean }).isTTY === true && io.stderr.isTTY === true;
}

/** True for `y` and `yes`; false for anything else, and for the end of the input. Rejects when the command is interrupted. */
export async function agree({ io, err, signal }: Host, question: string): Promise<boolean> {
  signal.throwIfAborted();
  // The notes that it is about come first.
  await err.flush();
  signal.throwIfAborted();
  const lines = createInterface({ input: io.stdin, terminal: false });
  io.stderr.write(`vppmux: ${question} [y/N] `);
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason);
      lines.close();
    };
    signal.addEventListener('abort', onAbort);
    lines.once('line', (line) => {
      resolve(/^\s*y(es)?\s*$/i.test(line));
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(false);
    });
  });
}
