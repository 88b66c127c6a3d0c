import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Misbehaviour, MockOptions, MockVpp } from '../../../mock-vpp/index.js';
import { VppmuxError } from '../../mux/index.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { exportLine } from '../mock/mock-socket.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux mock --socket /tmp/vpp.sock
  vppmux mock --socket /tmp/vpp.sock --routes 1000000
  vppmux mock --socket /tmp/vpp.sock --replay incident.trace \\
    --api-dir /usr/share/vpp/api
  vppmux mock --socket /tmp/vpp.sock --misbehave delay=50ms \\
    --misbehave silent=show_version
  vppmux mock --socket /tmp/vpp.sock \\
    --misbehave 'close-mid-frame={"messages":"sw_interface_dump","count":1}'

It keeps a dataplane in memory (docs/mock.md: what it serves) and forwards no packets. A request that it does not serve is
logged once, and not answered. Misbehaviours, with what may follow =: delay, late, merge (a duration); split (a number of bytes); stall; and close, close-mid-frame, garbage, oversize,
silent, stray, trailing, truncate, wrong-crc, wrong-type (names of messages). JSON gives all options of one. --vpp-bugs is the same
as --misbehave vpp-bugs; when it dies of a request, the exit code is 134 and the socket stays, as after a crash.`;

interface MockFlags {
  readonly socket: string;
  readonly apiDir?: string;
  readonly replay?: string;
  readonly routes: number;
  readonly interfaces?: readonly string[];
  readonly statsSocket?: string;
  readonly statsFile?: string;
  readonly traffic?: number;
  readonly workers?: number;
  readonly misbehave?: readonly string[];
  readonly vppBugs?: boolean;
  readonly strict?: boolean;
  readonly verbose?: boolean;
}

export function mockCommand(host: Host): Command {
  return new Command('mock')
    .summary('run a look-alike of VPP, for trials and for tests')
    .description('Runs a mock VPP in the foreground, until Ctrl-C.')
    .requiredOption('-s, --socket <path>', 'where to listen; a socket left behind is replaced')
    .option('--api-dir <dir>', 'definitions to serve instead of its own; what it does not know it never answers')
    .option('--routes <n>', 'IPv4 routes to begin with', parseCount, 0)
    .option('--interfaces <names>', 'physical interfaces to begin with, as GigabitEthernet3/0/0,…', parseNames)
    .option('--stats-socket <path>', 'a stats socket, with counters as VPP has them (needs python3)')
    .option('--stats-file <path>', 'the stats segment as a file')
    .option('--traffic <n>', 'packets a second that each interface counts while it is up', parseCount)
    .option('--workers <n>', 'worker threads, for the counters', parseWorkers)
    .option('--replay <file>', 'answer as in this trace (vppmux trace --save), not by a dataplane')
    .option('--misbehave <name[=value]>', 'do something wrong on purpose; may be given several times', collect)
    .option('--vpp-bugs', 'have the bugs of VPP 26.06 that clients meet: die of what it dies of, …')
    .option('--strict', 'end at the first request that it does not serve')
    .option('-v, --verbose', 'say what stays without an answer, and why')
    .addHelpText('after', footer(EXAMPLES))
    .action(async (flags: MockFlags) => {
      let unserved: Error | undefined;
      let died = false;
      const ended = new AbortController();
      const mock = await start(host, flags, {
        onUnserved: (error) => {
          unserved = error;
          ended.abort();
        },
        onDeath: () => {
          died = true;
          ended.abort();
        },
      });
      try {
        const { ids, routes } = { ids: mock.table.idOf.size, routes: flags.routes };
        const answers = flags.replay === undefined ? `${routes} routes` : `answers as in ${flags.replay}`;
        host.note(`the mock listens on ${mock.socket}: ${ids} messages, ${answers}; Ctrl-C ends it`);
        host.note(`try it in another terminal: ${exportLine(resolve(mock.socket))}`);
        if (flags.traffic && isQuiet(mock)) {
          host.note(
            `--traffic ${flags.traffic}: no interface is up yet; each counts once it is (sw_interface_set_flags)`,
          );
        }
        await aborted(AbortSignal.any([host.signal, ended.signal]));
      } finally {
        if (!died) await mock.stop().catch(() => {});
      }
      if (died) throw new ExitWith(EXIT.CRASHED);
      if (unserved === undefined) return;
      host.note(`--strict: ${unserved.message}, or run it without --strict`);
      throw new ExitWith(EXIT.REFUSED);
    });
}

/** Whether no interface is up besides local0, which counts nothing. */
const isQuiet = ({ dataplane }: MockVpp) =>
  ![...dataplane.interfaces.values()].some(({ swIfIndex, adminUp }) => swIfIndex !== 0 && adminUp);

type Endings = Pick<MockOptions, 'onUnserved' | 'onDeath'>;

async function start(host: Host, flags: MockFlags, endings: Endings): Promise<MockVpp> {
  // Only this command and `run` need the mock; the others start faster without it.
  const { FAULT_NAMES, StatsError, startMock, TraceError } = await import('../../../mock-vpp/index.js');
  const { addMisbehaviour } = await import('../mock/misbehaviour.js');
  const faults = [...(flags.misbehave ?? []), ...(flags.vppBugs ? ['vpp-bugs'] : [])];
  const misbehave = faults.reduce<Misbehaviour>((all, text) => addMisbehaviour(text, all), {});
  try {
    return await startMock({
      socket: flags.socket,
      apiDir: flags.apiDir,
      replay: flags.replay,
      routes: flags.routes,
      interfaces: flags.interfaces,
      misbehave,
      ...counting(flags),
      strict: flags.strict,
      ...endings,
      log: (level, message) => {
        if (flags.verbose || level === 'warn') host.note(`${level}: ${message}`);
      },
    });
  } catch (error) {
    if (error instanceof VppmuxError) throw error;
    if (error instanceof TraceError && error.code === 'TRACE_MISFIT') {
      host.note(error.message);
      throw new ExitWith(EXIT.DEFINITIONS);
    }
    const isFault = FAULT_NAMES.some((name) => (error as Error).message.startsWith(`${name}: `));
    if (error instanceof RangeError && isFault) throw new UsageError(`--misbehave ${error.message}`);
    if (error instanceof TraceError) throw new UsageError(error.message);
    if (error instanceof StatsError) throw new UsageError(`the mock cannot count: ${error.message}`);
    throw new UsageError(`the mock cannot listen on ${flags.socket}: ${(error as Error).message}`);
  }
}

/** The options that are about counters. */
function counting({ statsSocket, statsFile, traffic, workers }: MockFlags): Pick<MockOptions, 'stats' | 'traffic'> {
  const hasStats = statsSocket !== undefined || statsFile !== undefined;
  return {
    ...(hasStats && { stats: { socket: statsSocket, file: statsFile } }),
    ...((traffic !== undefined || workers !== undefined) && { traffic: { packetsPerSecond: traffic, workers } }),
  };
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function parseNames(text: string): string[] {
  return text.split(',').filter((name) => name !== '');
}

/** As many as the mock takes; each has counters for everything. */
function parseWorkers(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw new InvalidArgumentError('it must be a number from 0 to 255.');
}

function parseCount(text: string): number {
  if (/^\d{1,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number.');
}
