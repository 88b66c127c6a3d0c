/**
 * The benchmarks: `npm run bench`. Each figure is the median of several runs, ours and the yardstick's by
 * turns, since machines are shared and noisy: what counts is the ratio within one run.
 *
 * Options: options.ts. What each line means: docs/benchmarks.md. Exits with 1 when a bar is missed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchRun, changes } from './against.js';
import { isMissed } from './bars.js';
import { type Group, PROJECT, type Setting } from './bench.js';
import { MANY_CHANNELS } from './channels.js';
import { CODEC } from './codec.js';
import { ETCD_FLEET } from './etcd-fleet.js';
import { combine, type Figure, type Sample } from './figures.js';
import { LATENCY } from './latency.js';
import { LISTENING } from './listening.js';
import { LOAD } from './load.js';
import { MANY_REMOTE } from './many-remote.js';
import { METRICS } from './metrics.js';
import { MOCK } from './mock-scale.js';
import { NDJSON } from './ndjson.js';
import { type Options, parseOptions, USAGE } from './options.js';
import { RELAY } from './relay.js';
import { REMOTE } from './remote.js';
import { changesTable, codecTable, HEADINGS, line } from './report.js';
import { startServer } from './server.js';
import { STARTING } from './starting.js';
import { STATS } from './stats.js';
import { THROUGHPUT } from './throughput.js';
import { WISH } from './wish.js';

const GROUPS: readonly Group[] = [
  THROUGHPUT,
  LISTENING,
  MANY_CHANNELS,
  LATENCY,
  STARTING,
  NDJSON,
  LOAD,
  RELAY,
  REMOTE,
  MANY_REMOTE,
  METRICS,
  ETCD_FLEET,
  STATS,
  MOCK,
  WISH,
  CODEC,
];

const options = orUsage(() => parseOptions(process.argv.slice(2)));
if (options) await main(options);

function orUsage<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    console.error(`bench: ${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function main(options: Options): Promise<void> {
  const { quick, runs, node, json, against } = options;
  const say = json === '-' ? console.error : console.log;
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} cores (${cpus()[0]?.model})`;
  const routes = quick ? 100_000 : 1_000_000;
  const shared = resolve(PROJECT, process.env.VPPMUX_SHARED || '../shared');
  const scratch = mkdtempSync(join(tmpdir(), 'vppmux-bench-'));
  const server = await startServer(shared, scratch, routes);
  try {
    say(`Node ${version}, ${machine}, against ${server.what}${quick ? '; quick: a tenth of the numbers' : ''}`);
    say(`median of ${runs} runs; ratio: ours to the yardstick's in the same run`);
    const setting: Setting = { node, shared, scratch, quick, server, routes };
    const figures = await measureAll(setting, options, say);
    const run: BenchRun = {
      date: new Date().toISOString(),
      node: version,
      machine,
      server: server.what,
      runs,
      quick,
      figures,
    };
    if (against) compare(against, run, say);
    if (json === '-') console.log(JSON.stringify(run));
    else if (json !== undefined) writeFileSync(json, `${JSON.stringify(run, undefined, 1)}\n`);
    process.exitCode = figures.some((figure) => isMissed(figure, server.isFast)) ? 1 : 0;
  } finally {
    server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Say = (line: string) => void;

async function measureAll(setting: Setting, { only, runs }: Options, say: Say): Promise<Figure[]> {
  const all: Figure[] = [];
  for (const { title, benchmarks, table } of GROUPS) {
    const wanted = title.includes(only) ? benchmarks : benchmarks.filter(({ name }) => name.includes(only));
    if (wanted.length === 0) continue;
    say(`\n${title}`);
    if (!table) say(HEADINGS);
    for (const benchmark of wanted) {
      const measured: Sample[][] = [];
      for (let i = 0; i < runs; i++) measured.push(await benchmark.run(setting));
      const figures = combine(measured);
      all.push(...figures);
      const lines = table
        ? codecTable(figures)
        : figures.map((figure) => line(figure, isMissed(figure, setting.server.isFast)));
      for (const each of lines) say(each);
    }
  }
  return all;
}

function compare(before: BenchRun, now: BenchRun, say: Say): void {
  say(`\nagainst the run of ${before.date} with Node ${before.node} on ${before.machine}, ${before.server}`);
  if (before.quick !== now.quick) say('one of the two was a quick one: their numbers differ, so do their figures');
  for (const each of changesTable(changes(before.figures, now.figures))) say(each);
}
