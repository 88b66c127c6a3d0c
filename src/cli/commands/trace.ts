import { Command, Option } from 'commander';
import { MAIN } from '../../agent/for-cli.js';
import { pathAt } from '../../plugins/protocol.js';
import { agentUrl, localUrl, socketUrl } from '../agents/agent-address.js';
import { addDataplaneOptions, authorization, type DataplaneFlags } from '../agents/agent-options.js';
import { type AgentRecord, checkDataplane, runningAgents } from '../agents/running-agents.js';
import { AgentRequestError, ExitWith, UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { parseCount } from '../option-values.js';
import { addOutputOptions, isReadable, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';
import type { Switches } from '../trace/attach.js';
import { TraceFile } from '../trace/trace-file.js';
import { isGap, isHeader, type TraceItem, TraceText } from '../trace/trace-text.js';

const EXAMPLES = `
Examples:
  vppmux trace                                       (live, until Ctrl-C)
  vppmux trace 'sw_*' '!*_details'                   (names with * for any letters; ! excludes)
  vppmux trace --last 1000 --save incident.trace     (what the agent has kept)
  vppmux trace --last 1000 --follow | jq -c 'select(.fields.retval < 0)'
  vppmux mock --replay incident.trace --socket /tmp/vpp.sock

The agent shows messages when its trace.conf says "enabled: true", and keeps some with "ring: 1000". Messages may hold
secrets; a trace that is saved does as well. In a pipe the output is a trace file, as --save writes it.`;

interface TraceFlags extends OutputFlags, DataplaneFlags {
  readonly last?: number;
  readonly follow?: boolean;
  readonly count?: number;
  readonly save?: string;
  readonly socket?: string;
}

export function traceCommand(host: Host): Command {
  const command = new Command('trace')
    .summary('show the messages between a running agent and VPP')
    .description('Shows the messages between a running agent and VPP, and saves them.')
    .argument('[names...]', 'only messages of these names; * stands for any letters, !name excludes')
    .option('--last <n>', "the last n messages of the agent's ring, and no more (see --follow)", parseCount)
    .option('-f, --follow', 'with --last: go on with what comes')
    .option('-n, --count <n>', 'end after so many messages', parseCount)
    .option('--save <file>', 'write the trace to a file as well; what is in it goes')
    .addOption(new Option('-s, --socket <path>').hideHelp())
    .addHelpText('after', footer(EXAMPLES));
  return addOutputOptions(addDataplaneOptions(command)).action((names: string[], flags: TraceFlags) =>
    trace(host, names, flags),
  );
}

async function trace(host: Host, names: readonly string[], flags: TraceFlags): Promise<void> {
  if (flags.socket !== undefined) throw new UsageError(NO_SOCKET);
  const { last = 0, save, count = Number.POSITIVE_INFINITY } = flags;
  const follow = last === 0 || flags.follow === true;
  const query = { last: String(last), follow: follow ? '1' : '0', match: names.join(',') };
  const url = socketUrl(agentUrl(host, flags), pathAt('/trace', flags.dataplane), query);
  const agent = runningAgents(host.io.env).find(
    (one) => one.url !== undefined && localUrl(one.url) === localUrl(url.href.replace(/^ws/, 'http')),
  );
  checkDataplane(agent, flags.dataplane);
  // ws is loaded by the one command that needs it.
  const { attach } = await import('../trace/attach.js');
  host.endWithReader();
  const file = save === undefined ? undefined : new TraceFile(save);
  const readable = isReadable(host, flags);
  const where = flags.dataplane === undefined ? '' : ` and its dataplane ${flags.dataplane}`;
  if (readable && follow) host.note(`the messages of the agent at ${url.host}${where}; Ctrl-C ends it`);
  try {
    await show(host, attach(url, authorization(host, flags), host.signal, switchesOf(agent, flags.dataplane)), {
      readable,
      count,
      file,
    });
  } catch (error) {
    if (!(error instanceof AgentRequestError)) throw error;
    // Reported before what was saved.
    host.note(error.message);
    throw new ExitWith(error.exitCode);
  } finally {
    const messages = await file?.close();
    if (messages !== undefined) host.note(`${messages} message${messages === 1 ? '' : 's'} in ${save}`);
  }
}

function switchesOf(agent: AgentRecord | undefined, dataplane = MAIN): Switches {
  if (dataplane === MAIN) return { file: agent?.traceFile ?? 'its trace.conf', entry: 'trace' };
  return { file: `its trace-${dataplane}.conf`, entry: `"{ plugin: trace, dataplane: ${dataplane} }"` };
}

/** A line that does not fit wraps below the message, not below the time. */
const TIME_COLUMN = '14:03:07.042 '.length;

interface Shown {
  readonly readable: boolean;
  readonly count: number;
  readonly file: TraceFile | undefined;
}

async function show(host: Host, lines: AsyncIterable<string>, { readable, count, file }: Shown): Promise<void> {
  const text = new TraceText();
  let left = count;
  for await (const line of lines) {
    const item = JSON.parse(line) as TraceItem;
    const isMessage = !isHeader(item) && !isGap(item);
    await file?.line(line, isMessage);
    await (readable ? host.out.text(text.line(item), TIME_COLUMN) : host.out.line(line));
    if (isMessage && --left === 0) return;
  }
}

const NO_SOCKET = `trace looks into a running agent (--agent URL), not at a socket: VPP shows no client the messages of the others. \
Of a program of yours: connect({ trace }); of all clients, in VPP itself: vppctl api trace on, then api trace save FILE`;
