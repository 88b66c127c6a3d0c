import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { jsonLine } from '../../mux/for-cli.js';
import { type Channel, VppmuxError } from '../../mux/index.js';
import { withConnection } from '../connection.js';
import { ExitWith } from '../errors.js';
import { exitCodeOf } from '../exit-code-of.js';
import type { ExitCode } from '../exit-codes.js';
import type { Host } from '../host.js';
import { Latencies, type LatencySummary } from '../latencies.js';
import { durationOption } from '../option-values.js';
import {
  addConnectionOptions,
  addOutputOptions,
  type ConnectionFlags,
  isReadable,
  type OutputFlags,
  vppOptions,
} from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux ping
  vppmux ping --count 1000 --interval 0 | tail -n 1
  vppmux ping --count 0                              (until Ctrl-C)

What is measured is control_ping there and back, VPP's API thread included: it waits behind what VPP is doing.
When an answer stayed out, the exit code is that of the last such failure.`;

const HANG = 2;

interface PingFlags extends ConnectionFlags, OutputFlags {
  readonly count: number;
  /** Milliseconds. */
  readonly interval: number;
}

export function pingCommand(host: Host): Command {
  const command = new Command('ping')
    .summary("measure how fast VPP's API answers")
    .description("Sends control_ping again and again, and prints how long VPP's API took to answer.")
    .option('-n, --count <n>', 'how many, also -c; 0: until Ctrl-C', parseCount, 10)
    // As ping of the system has it.
    .addOption(new Option('-c <n>').argParser(parseCount).hideHelp())
    .addOption(
      new Option('-i, --interval <time>', 'time between two; 0: one right after the other')
        .argParser(durationOption)
        .default(200, '200ms'),
    )
    .addHelpText('after', footer(EXAMPLES));
  addOutputOptions(addConnectionOptions(command));
  return command.action(async ({ c, ...given }: PingFlags & { readonly c?: number }) => {
    const flags: PingFlags = { ...given, count: c ?? given.count };
    host.endWithReader();
    const show = isReadable(host, flags) ? readable : json;
    const options = { ...(await vppOptions(host, flags)), name: 'vppmux ping', health: { probe: false as const } };
    await withConnection(options, async (vpp) => {
      if (show === readable) await host.out.text(`PING ${vpp.status.socket}`);
      const latencies = new Latencies();
      const failure = await pingAll(host, vpp.channel(), flags, latencies, show);
      const summary = show.summary(latencies.summary());
      await (show === readable ? host.out.text(summary, HANG) : host.out.line(summary));
      if (failure !== undefined) throw new ExitWith(failure);
    });
  });
}

/** Gives the exit code of the last ping that was not answered, if any. */
async function pingAll(host: Host, channel: Channel, flags: PingFlags, latencies: Latencies, show: Show) {
  let failure: ExitCode | undefined;
  // The first of all finds nothing compiled: it would measure this program, not VPP.
  await channel.request('control_ping', {}, { signal: host.signal }).catch(() => undefined);
  for (let seq = 1; (flags.count === 0 || seq <= flags.count) && !host.signal.aborted; seq += 1) {
    const started = performance.now();
    try {
      await channel.request('control_ping', {}, { signal: host.signal });
      const ms = performance.now() - started;
      latencies.answered(ms);
      await host.out.line(show.answer(seq, ms));
    } catch (error) {
      if (host.signal.aborted) break;
      if (!(error instanceof VppmuxError)) throw error;
      latencies.lost();
      failure = exitCodeOf(error);
      await (show === readable ? host.out.text(show.loss(seq, error), HANG) : host.out.line(show.loss(seq, error)));
    }
    if (seq !== flags.count) await pause(flags.interval - (performance.now() - started), host.signal);
  }
  return failure;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  // Ctrl-C ends the pause; the loop sees to the rest.
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

interface Show {
  answer(seq: number, ms: number): string;
  loss(seq: number, error: VppmuxError): string;
  summary(summary: LatencySummary): string;
}

const readable: Show = {
  answer: (seq, ms) => `seq=${seq} time=${ms.toFixed(3)} ms`,
  loss: (seq, error) => `seq=${seq} no answer: ${error.message}`,
  summary({ sent, answered, lost, min, median, p99, max }) {
    const counts = `--- ${sent} sent, ${answered} answered, ${lost} lost ---`;
    if (min === undefined || median === undefined || p99 === undefined || max === undefined) return counts;
    const [a, b, c, d] = [min, median, p99, max].map((ms) => ms.toFixed(3));
    return `${counts}\nmin ${a} ms, median ${b} ms, p99 ${c} ms, max ${d} ms`;
  },
};

const json: Show = {
  answer: (seq, ms) => jsonLine({ seq, ms: micro(ms) }),
  loss: (seq, error) => jsonLine({ seq, error: error.code, message: error.message }),
  summary: ({ sent, answered, lost, ...times }) =>
    jsonLine({
      summary: {
        sent,
        answered,
        lost,
        ...Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, micro(ms)])),
      },
    }),
};

/** The clock gives nanoseconds; more than whole microseconds is noise. */
const micro = (ms: number) => Math.round(ms * 1000) / 1000;

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number; 0 means until Ctrl-C.');
}
