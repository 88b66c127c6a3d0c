/** Programs of tests in a process of their own, which can be killed: their sources are bundled into one file first. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a source of this tree into `folder`; gives the path of the program. */
export function bundled(source: string, folder: string): string {
  const outfile = join(folder, 'program.mjs');
  buildSync({
    entryPoints: [join(here, source)],
    ...{ bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'silent' },
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

export interface Program {
  readonly child: ChildProcess;
  /** Resolves with the first line of its output that begins so. */
  says(beginning: string): Promise<string>;
  /** Everything that it has said. */
  readonly said: readonly string[];
  /** `kill -9`; resolves when all that it said has been read. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startProgram(path: string, args: readonly string[]): Program {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const said: string[] = [];
  const listeners = new Set<() => void>();
  const over = once(child, 'close').then(() => {
    running.delete(child);
    for (const look of listeners) look();
  });
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    said.push(line);
    for (const look of listeners) look();
  });
  return {
    child,
    said,
    says: (beginning) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = said.find((one) => one.startsWith(beginning));
          const isOver = child.exitCode !== null || child.signalCode !== null;
          if (line === undefined && !isOver) return;
          listeners.delete(look);
          if (line === undefined) reject(new Error(`it ended without saying ${beginning}: ${said.join('\n')}`));
          else resolve(line);
        };
        listeners.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await over;
    },
  };
}
