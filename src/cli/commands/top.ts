import { Command, Option } from 'commander';
import { type AgentFlags, addAgentOptions } from '../agents/agent-options.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { parseTimeout } from '../option-values.js';
import { footer } from '../output/help-layout.js';
import type { ViewName } from '../top/views/index.js';

/** Its modules are loaded with the command. */
const VIEWS: readonly ViewName[] = ['overview', 'interfaces', 'nodes', 'drops', 'api'];
const INTERVAL = 1000;
/** Each read takes some milliseconds. */
const LEAST_INTERVAL = 100;

const EXAMPLES = `
Examples:
  vppmux top
  vppmux top --view interfaces --sort drops --filter 'eth*'
  vppmux top --dataplane edge
  vppmux top --once --view drops
  vppmux top --once --json --view interfaces | jq -c '.interfaces[]'

On a terminal, until q; ? lists the keys. Counters are read from VPP's stats socket, which costs VPP nothing; who uses VPP's API is
known by a running agent. --once reads twice, --interval apart. The exit code of --once is 3 when what it shows cannot be read.`;

interface TopFlags extends AgentFlags {
  readonly socket?: string;
  readonly dataplane?: string;
  readonly statsSocket?: string;
  readonly file?: string;
  /** Milliseconds. */
  readonly interval?: number;
  readonly view: ViewName;
  readonly sort?: string;
  readonly filter?: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

export function topCommand(host: Host): Command {
  const command = new Command('top')
    .summary("watch VPP's interfaces, nodes, drops, and its API's users")
    .description(
      "Shows what VPP does, live: traffic, interfaces, nodes, reasons for drops, and the users of VPP's API.",
    )
    .addOption(new Option('--view <name>', 'what to begin with').choices(VIEWS).default('overview'))
    .option('--sort <column>', 'by what a table is sorted: rx, tx, drops, …; a wrong one lists all of the view')
    .option('--filter <text>', 'only rows with this in their names; * stands for any characters, ? for one')
    .option('-i, --interval <time>', 'time between two reads, as 500ms or 2s (default 1s)', parseTimeout)
    .option('--once', 'print one view as text, and end')
    .option('--json', 'with --once: as one line of JSON')
    .option('-s, --socket <path>', "VPP's API socket, next to which the stats socket is (env VPP_API_SOCKET)")
    .addOption(
      new Option('--dataplane <name>', "which of the running agent's dataplanes, where it has several").conflicts(
        'socket',
      ),
    )
    .option('--stats-socket <path>', 'the stats socket itself')
    .option('--file <path>', 'a segment that was copied, instead of a socket')
    .addHelpText('after', footer(EXAMPLES));
  return addAgentOptions(command).action((flags: TopFlags) => top(host, flags));
}

async function top(host: Host, flags: TopFlags): Promise<void> {
  const { interval = INTERVAL, view, sort, filter, once, json } = flags;
  if (json && !once) throw new UsageError('--json goes with --once');
  if (interval < LEAST_INTERVAL) throw new UsageError(`--interval is at least ${LEAST_INTERVAL}ms`);
  if (!once) checkTerminal(host);
  const { screenOf } = await import('../top/screen.js');
  await checkSort(view, sort);
  const { openSources } = await import('../top/sources.js');
  const sources = await openSources(host, flags);
  const screen = screenOf({ view, sort, filter });
  if (once) {
    const { runOnce } = await import('../top/run-once.js');
    return runOnce(host, sources, screen, { interval, isJson: json === true });
  }
  const { runTop } = await import('../top/run-top.js');
  await runTop(host, sources, screen, { interval, hasColours: hasColours(host) });
}

/** It draws in any place of the screen, and reads single keys. */
function checkTerminal({ io }: Host): void {
  const isTerminal = io.stdout.isTTY === true && (io.stdin as { isTTY?: boolean }).isTTY === true;
  if (isTerminal && io.env.TERM !== 'dumb') return;
  throw new UsageError('top needs a terminal for its keys and its screen; --once prints one view anywhere');
}

async function checkSort(view: ViewName, sort: string | undefined): Promise<void> {
  if (sort === undefined) return;
  if (view === 'overview') throw new UsageError('--sort goes with a view that is a table: --view interfaces');
  const { TABLES } = await import('../top/views/index.js');
  const keys = TABLES[view].columns.map(({ key }) => key);
  if (!keys.includes(sort))
    throw new UsageError(`--sort: there is no ${sort} in ${view}; there are ${keys.join(', ')}`);
}

/** As Node finds out for its own output: by TERM, COLORTERM, NO_COLOR and their like. */
function hasColours({ io }: Host): boolean {
  const { getColorDepth } = io.stdout as { getColorDepth?(env: object): number };
  return !io.env.NO_COLOR && (getColorDepth?.call(io.stdout, io.env) ?? 1) > 1;
}
