/** Runs another program while packets are traced. Its output goes to standard error: standard output has the packets. */

import { spawn } from 'node:child_process';
import type { Host } from '../host.js';

/** `ended` resolves with its exit code, 127 where it cannot be started; it never rejects. Ctrl-C reaches it by the terminal. */
export function runCommand(host: Host, [program, ...words]: readonly string[]): { readonly ended: Promise<number> } {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => host.io.stderr.write(text));
  }
  const ended = new Promise<number>((resolve) => {
    child.once('error', ({ message }) => {
      host.note(`${program} cannot be run: ${message}`);
      resolve(127);
    });
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  host.signal.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  return { ended };
}
