/** The shape of a benchmark, and its parameters. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Sample } from './figures.js';
import type { BenchServer } from './server.js';

const run = promisify(execFile);

export const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Setting {
  /** The Node that runs the clients. */
  readonly node: string;
  /** The material beside the project; it may not be there. */
  readonly shared: string;
  /** A directory of this run's own. */
  readonly scratch: string;
  /** Smaller numbers, for trying. */
  readonly quick: boolean;
  /** Answers a route dump with `routes` routes. */
  readonly server: BenchServer;
  readonly routes: number;
}

export interface Benchmark {
  readonly name: string;
  /** One run. Every run gives the same figures. */
  run(setting: Setting): Promise<Sample[]>;
}

/** Several of one kind, in a table of their own. */
export interface Group {
  readonly title: string;
  readonly benchmarks: readonly Benchmark[];
  /** Lines for its figures; by default a line each. */
  readonly table?: 'codec';
}

/** Runs a client in a process of its own: each begins cold, and none leaves garbage to the next. */
export async function client<T>(
  { node }: Setting,
  program: string,
  args: readonly (string | number)[],
  flags: readonly string[] = [],
): Promise<T> {
  const path = program.endsWith('.mjs') ? program : fileURLToPath(new URL(`clients/${program}.js`, import.meta.url));
  const { stdout } = await run(node, [...flags, path, ...args.map(String)], { timeout: 300_000 });
  return JSON.parse(stdout) as T;
}

/** Where the definitions of 26.06 are; without the shared material the mock's own, which are few. */
export function definitionsOf({ shared }: Setting): string {
  const all = join(shared, 'vpp-api', '26.06');
  return existsSync(all) ? all : join(PROJECT, 'mock-vpp', 'api');
}
