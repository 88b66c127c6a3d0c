/**
 * The benchmarks: `npm run bench`. Each figure is the median of several runs, ours and the yardstick's by
 * turns, since machines are shared and noisy: what counts is the ratio within one run.
 *
 * options: --json (one JSON object on standard output), --runs N (default 3), --only TEXT
 * Exits with 1 when a bar is missed.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { CASES, type Case } from './cases.js';
import type { Measured } from './client.js';
import { byRate, HEADINGS, line, median, type Result } from './report.js';
import { type BenchServer, startServer } from './server.js';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('client.js', import.meta.url));
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, runs: { type: 'string', default: '3' }, only: { type: 'string', default: '' } },
});

const scratch = mkdtempSync(join(tmpdir(), 'vppmux-bench-'));
const shared = join(PROJECT, process.env.VPPMUX_SHARED ?? '../shared');
const server = await startServer(shared, scratch, 1_000_000);
try {
  const say = options.json ? console.error : console.log;
  say(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), against ${server.what}`);
  say(`median of ${options.runs} runs; ratio: ours to the yardstick's in the same run\n`);
  say(HEADINGS);
  const results: Result[] = [];
  for (const each of CASES.filter(({ name }) => name.includes(options.only))) {
    const result = await measure(each, server, Number(options.runs));
    results.push(result);
    say(line(each, result));
  }
  if (options.json) console.log(JSON.stringify({ node: process.version, server: server.what, results }));
  process.exitCode = results.some(({ missed }) => missed.length > 0) ? 1 : 0;
} finally {
  server.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function measure(each: Case, { socket, apiDir, yardstick }: BenchServer, runs: number): Promise<Result> {
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let i = 0; i < runs; i++) {
    if (each.yardstick && yardstick) theirs.push(await child([yardstick, socket, ...each.yardstick]));
    ours.push(await child([CLIENT, socket, apiDir, ...each.ours]));
  }
  const ratios = theirs.map(({ rate }, i) => ours[i].rate / rate);
  const ratio = ratios.length > 0 ? median(ratios) : undefined;
  const typical = byRate(ours);
  const compared = theirs.length > 0 ? { yardstick: byRate(theirs), ratio } : {};
  return { name: each.name, ours: typical, ...compared, missed: missedBars(each, typical, ratio) };
}

async function child(args: string[]): Promise<Measured> {
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 20, timeout: 300_000 });
  return JSON.parse(stdout) as Measured;
}

function missedBars({ ratio: least, within, heap }: Case, ours: Measured, ratio: number | undefined): string[] {
  const missed: string[] = [];
  if (least !== undefined && ratio !== undefined && ratio < least) missed.push(`ratio below ${least}`);
  if (within !== undefined && ours.seconds > within) missed.push(`over ${within * 1000} ms`);
  if (heap !== undefined && (ours.heap ?? 0) > heap * 2 ** 20) missed.push(`heap over ${heap} MiB`);
  return missed;
}
