import { Command } from 'commander';
import type { Stats, StatsOptions, StatsUpdate } from '../../stats/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { printRows } from '../op/print-output.js';
import { showTable } from '../op/show-output.js';
import { durationOption, parseCount } from '../option-values.js';
import { addFormatOptions, isReadable, noteVpp, type OutputFlags } from '../options.js';
import { clockTime } from '../output/clock-time.js';
import { recordPrinter } from '../output/formats/record-printer.js';
import { footer } from '../output/help-layout.js';
import { IndexNames } from '../stats/index-names.js';
import { IMPORTANT, rateRows, valueRows } from '../stats/stats-rows.js';
import { findStatsSocket } from '../stats/stats-socket.js';

const EXAMPLES = `
Examples:
  vppmux stats ls '^/if/'
  vppmux stats get '^/if/(rx|tx|drops)$' --threads
  vppmux stats get '^/err/' '^/buffer-pools/'       (without the zeros; --zero shows them)
  vppmux stats watch '^/if/' --interval 2s
  vppmux stats get '^/sys/' --json | jq -r '[.name, .value] | @tsv'

It reads VPP's memory, without an agent and without a question to VPP. A pattern is a regular expression that is searched for in the
names. vppmux doctor says which way to the memory works.`;

interface StatsFlags extends OutputFlags {
  readonly socket?: string;
  readonly dataplane?: string;
  readonly statsSocket?: string;
  readonly file?: string;
  readonly zero?: boolean;
  readonly threads?: boolean;
  /** Milliseconds. */
  readonly interval?: number;
  readonly count?: number;
}

export function statsCommand(host: Host): Command {
  const command = new Command('stats')
    .summary("list, read and watch VPP's counters")
    .description("Reads VPP's counters from its memory.")
    .helpCommand(false)
    .addHelpText('after', footer(EXAMPLES));
  const ls = new Command('ls').summary('names and types of the entries').description('Lists the entries that match.');
  const get = new Command('get').summary('their values').description('Reads the entries that match.');
  const watch = new Command('watch')
    .summary('how they move, by the second')
    .description('Reads the entries that match again and again, and prints what moved, by the second.')
    .option('-i, --interval <time>', 'time between two reads (default 1s)', durationOption)
    .option('-n, --count <n>', 'end after this many updates', parseCount);
  for (const [own, patterns, run] of [
    [ls, '[patterns...]', list],
    [get, '<patterns...>', show],
    [watch, '<patterns...>', follow],
  ] as const) {
    own.argument(patterns, 'regular expressions for their names');
    if (own === get) own.option('--zero', 'also what is 0');
    if (own === get) own.option('--threads', 'each thread for itself, instead of their sum');
    addPlace(addFormatOptions(own));
    own.action((given: string[], flags: StatsFlags) =>
      withStats(host, flags, (stats) => run(host, stats, given, flags)),
    );
    command.addCommand(own);
  }
  return command;
}

const addPlace = (command: Command) =>
  command
    .option('-s, --socket <path>', "VPP's API socket, next to which the stats socket is (env VPP_API_SOCKET)")
    .option('--dataplane <name>', "the running agent's dataplane of this name")
    .option('--stats-socket <path>', 'the stats socket itself')
    .option('--file <path>', 'a segment that was copied, instead of a socket');

async function withStats(host: Host, flags: StatsFlags, work: (stats: Stats) => Promise<void>): Promise<void> {
  const { openStats } = await import('../../stats/index.js');
  const stats = openStats(await placeOf(host, flags));
  try {
    await work(stats);
  } finally {
    await stats.close();
  }
}

async function placeOf(host: Host, { file, statsSocket, socket, dataplane }: StatsFlags): Promise<StatsOptions> {
  if (file !== undefined) return { file };
  const flags = { socket, dataplane, statsSocket };
  return { socket: await findStatsSocket(host, flags, (found) => noteVpp(host, found)) };
}

async function list(host: Host, stats: Stats, patterns: string[], flags: StatsFlags): Promise<void> {
  const entries = await stats.ls(patterns);
  const rows = entries.map(({ name, type }) => ({ name, type }));
  if (isReadable(host, flags)) await showTable(host, rows, IMPORTANT);
  else await printRows(host.out, rows, flags.output);
  if (entries.length === 0) throw new ExitWith(EXIT.REFUSED);
}

async function show(host: Host, stats: Stats, patterns: string[], flags: StatsFlags): Promise<void> {
  const { entryToJson } = await import('../../stats/index.js');
  const { entries, skipped } = await stats.dump(patterns);
  for (const { name, reason } of skipped) host.note(`${name}: skipped, ${reason}`);
  if (isReadable(host, flags) || flags.output === 'csv') {
    const names = await IndexNames.read(stats);
    const rows = entries.flatMap((entry) => [...valueRows(entry, names, flags)]);
    await (flags.output === 'csv' ? printRows(host.out, rows, 'csv') : showTable(host, rows, IMPORTANT));
  } else await printRows(host.out, entries.map(entryToJson), flags.output);
  if (entries.length === 0) throw new ExitWith(EXIT.REFUSED);
}

async function follow(host: Host, stats: Stats, patterns: string[], flags: StatsFlags): Promise<void> {
  host.endWithReader();
  const readable = isReadable(host, flags);
  const columns = () => RATE_COLUMNS;
  const printer = await recordPrinter(host.out, flags.output, { columns, yaml: 'documents' });
  const { interval, count = Number.POSITIVE_INFINITY } = flags;
  let left = count;
  for await (const update of stats.watch(patterns, {
    ...(interval !== undefined && { interval }),
    signal: host.signal,
  })) {
    if (update.restarted) host.note('VPP was started anew');
    // The first one has nothing to compare with.
    if (update.seconds === undefined) continue;
    if (readable) await showRates(host, stats, update);
    else {
      const records = flags.output === 'csv' ? rateRecords(update, await IndexNames.read(stats)) : ratesOf(update);
      for (const record of records) await (printer ? printer.add(record) : host.out.json(record));
    }
    if (--left <= 0) return;
  }
}

async function showRates(host: Host, stats: Stats, update: StatsUpdate): Promise<void> {
  const names = await IndexNames.read(stats);
  const rows = [...update.rates.values()].flatMap((rates) => [...rateRows(rates, names)]);
  await host.out.line(`${clockTime(new Date(update.at))}${rows.length === 0 ? '  nothing moved' : ''}`);
  if (rows.length > 0) await showTable(host, rows, IMPORTANT);
}

/** Columns of CSV: time and those of `rateRows`. */
const RATE_COLUMNS = ['_time', 'name', 'index', 'of', 'value/s', 'packets/s', 'bytes/s'].map((name) => [name]);

function* rateRecords({ at, rates }: StatsUpdate, names: IndexNames) {
  const time = new Date(at).toISOString();
  for (const each of rates.values()) for (const row of rateRows(each, names)) yield { _time: time, ...row };
}

function* ratesOf({ at, rates }: StatsUpdate) {
  const time = new Date(at).toISOString();
  for (const { name, ...vectors } of rates.values()) {
    const moving = Object.entries(vectors).filter(([, values]) => values.some((value: number) => value !== 0));
    if (moving.length === 0) continue;
    yield { _time: time, name, ...Object.fromEntries(moving.map(([key, values]) => [key, [...values]])) };
  }
}
