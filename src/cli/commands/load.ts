import { Command } from 'commander';
import { whyNotSendable } from '../../mux/for-cli.js';
import { RetvalError, retvalName } from '../../mux/index.js';
import { reasonOf } from '../../thrown.js';
import { type Account, ObjectError } from '../../vpp/for-cli.js';
import { definitions, withConnection } from '../connection.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { reasonLine } from '../failure.js';
import { quoted } from '../fields/json-lines.js';
import { readStdin } from '../fields/stdin.js';
import { readInput } from '../files/input.js';
import type { Host } from '../host.js';
import { LoadFile } from '../load/load-file.js';
import { isRefusal, sendLoad, WINDOW } from '../load/send-load.js';
import { ProgressLine } from '../op/progress-line.js';
import { parseCount } from '../option-values.js';
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
  vppmux load routes.txt
  gunzip -c routes.txt.gz > routes.txt && vppmux load routes.txt
  vppmux load --stop requests.jsonl

A line is a route, in the words of ip route:
  add 10.0.0.0/24 via 192.0.2.1 GigabitEthernet0/8/0 weight 2
  del 10.0.1.0/24
  10.0.2.0/24 table 7 drop
or a request, as JSON: {"message": "sw_interface_set_flags", "fields": {"sw_if_index": 1, "flags": "ADMIN_UP"}}. Empty lines and those
behind # do not count. All lines are read before the first is sent: one with a mistake sends nothing. Requests are sent in order, ${WINDOW} of
them under way at a time. What VPP refuses is listed with its line, the others go on; the exit code is 1 then.
Ctrl-C stops sending, and says how far it got.`;

interface LoadFlags extends ConnectionFlags, OutputFlags {
  readonly stop?: boolean;
  readonly refusals: number;
}

export function loadCommand(host: Host): Command {
  const command = new Command('load')
    .summary('send a file of routes or requests at full speed')
    .description('Sends the routes or requests of a file, a line each, all on one connection.')
    .argument('<file>', 'the file; - reads stdin')
    .option('--stop', 'stop at the first line that VPP refuses')
    .option('--refusals <count>', 'refusals that are listed', parseCount, 20)
    .addHelpText('after', footer(EXAMPLES));
  addOutputOptions(addConnectionOptions(command));
  return command.action(async (file: string, flags: LoadFlags) => {
    const text = await textOf(host, file);
    const source = file === '-' ? 'stdin' : file;
    await withConnection({ ...(await vppOptions(host, flags)), name: 'vppmux load' }, async (vpp) => {
      const load = new LoadFile(text, definitions(vpp), (name) => whyNotSendable(vpp, name));
      if (load.badCount > 0) refuseLines(host, load, source);
      if (file === '-' && load.starts.length === 0) throw new UsageError('stdin has no request in it');
      const channel = vpp.channel({ requestBuffer: WINDOW, signal: host.signal });
      await load.resolve(channel).catch(refuseNames);
      const progress = new ProgressLine(host.io);
      const account = await sendLoad(channel, load, {
        stop: flags.stop === true,
        keep: flags.refusals,
        onProgress: (done) => progress.show({ done, total: load.starts.length }),
      }).finally(() => progress.end());
      listRefusals(host, account, load, source);
      await conclude(host, account, load, flags);
    });
  });
}

async function textOf(host: Host, file: string): Promise<string> {
  if (file === '-') return textOfStdin(host);
  try {
    return readInput(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** A pipe looks the same whether the program in front of it has finished or failed: half a line shows the latter. */
async function textOfStdin(host: Host): Promise<string> {
  const text = (await readStdin(host.io, host.signal)) ?? '';
  if (text === '' || text.endsWith('\n')) return text;
  throw new UsageError('nothing was sent: stdin ends in the middle of a line (the last one has no line feed)');
}

function refuseLines(host: Host, { bad, badCount }: LoadFile, source: string): never {
  for (const { line, text, problem } of bad) host.note(`${source}, line ${line}: ${problem}: ${quoted(text)}`);
  if (badCount > bad.length) host.note(`… ${badCount - bad.length} more such lines`);
  throw new UsageError('nothing was sent: mend these lines first');
}

/** Throws what an interface's name that is not there means for the command. */
function refuseNames(error: unknown): never {
  throw error instanceof ObjectError ? new UsageError(`nothing was sent: ${error.message}`) : error;
}

function listRefusals(host: Host, { failures, failed, fatal }: Account, load: LoadFile, source: string): void {
  // All that were under way when it ended have failed of the same: they are not listed.
  const own = fatal === undefined ? [...failures] : failures.filter(({ error }) => isRefusal(error));
  const isListed = own.some(({ index }) => index === fatal?.index);
  if (fatal !== undefined && !isListed && !host.signal.aborted) own.push(fatal);
  for (const { index, error } of own) {
    const start = load.starts[index];
    host.note(`${source}, line ${load.numberOf(start)}: ${refusalText(error)}: ${quoted(load.lineAt(start))}`);
  }
  if (fatal === undefined && failed > own.length) host.note(`… ${failed - own.length} more were refused`);
}

/** The reason for a refusal, without what is the same for all of them. */
function refusalText(error: unknown): string {
  return error instanceof RetvalError
    ? `VPP refused it: ${retvalName(error.retval)} (${error.retval})`
    : reasonLine(error);
}

/** Says what became of the lines; throws what ended it. */
async function conclude(host: Host, account: Account, { starts }: LoadFile, flags: LoadFlags): Promise<void> {
  const { done, failed, fatal, notBegun } = account;
  const total = starts.length;
  if (isReadable(host, flags)) {
    const parts = [`${done} of ${total} done`, ...(failed > 0 ? [`${failed} failed`] : [])];
    if (notBegun > 0) parts.push(`${notBegun} not sent`);
    await host.out.line(parts.join(', '));
  } else await host.out.json({ done, failed, notSent: notBegun });
  if (host.signal.aborted) {
    host.note(`stopped: of the ${failed} that failed, those under way may be done all the same`);
    throw fatal?.error ?? host.signal.reason;
  }
  if (fatal !== undefined && !(fatal.error instanceof RetvalError)) throw fatal.error;
  if (failed > 0) throw new ExitWith(EXIT.REFUSED);
}
