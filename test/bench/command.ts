/** A command as its user types it, in a process of its own: what it costs, and how long it takes. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { PROJECT, type Setting } from './bench.js';
import type { Costs } from './clients/costs.js';

export interface CommandRun extends Costs {
  readonly seconds: number;
  /** Time until it printed something, seconds: a server that answers no farewell delays the end. */
  readonly firstOutput: number;
  /** Bytes that it printed. */
  readonly printed: number;
}

const COUNTER = fileURLToPath(new URL('./clients/costs.js', import.meta.url));

/** Runs `vppmux ARGS`; its output goes through a pipe that is read as fast as it comes. Throws when it fails. */
export async function command({ node, scratch }: Setting, args: readonly string[]): Promise<CommandRun> {
  const file = join(scratch, 'costs.json');
  const start = performance.now();
  const child = spawn(node, ['--import', COUNTER, join(PROJECT, 'bin', 'vppmux.js'), ...args], {
    env: { ...process.env, VPPMUX_BENCH_COSTS: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = 0;
  let firstOutput = 0;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (printed === 0) firstOutput = (performance.now() - start) / 1e3;
    printed += chunk.length;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - start) / 1e3;
  if (code !== 0) throw new Error(`vppmux ${args.join(' ')} ended with ${code}: ${said}`);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Costs), seconds, firstOutput, printed };
}
