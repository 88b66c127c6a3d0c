import { Command } from 'commander';
import { MAIN } from '../../agent/for-cli.js';
import { didYouMean } from '../../nearest.js';
import { OPENAPI_PATH } from '../../plugins/protocol.js';
import { agentUrl } from '../agents/agent-address.js';
import { addDataplaneOptions, authorization, type DataplaneFlags } from '../agents/agent-options.js';
import { AgentRequestError, ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { AgentClient } from '../op/agent-client.js';
import { inputFaults } from '../op/input-faults.js';
import { failedLines, withLine } from '../op/item-lines.js';
import { operationCommand } from '../op/operation-command.js';
import { operationInput } from '../op/operation-input.js';
import { printOutput, printRows } from '../op/print-output.js';
import { ProgressLine } from '../op/progress-line.js';
import { failuresIn, type RemoteOperation, remoteOperations, wordsOf } from '../op/remote-operation.js';
import { showOutput, showTable } from '../op/show-output.js';
import { parseTimeout } from '../option-values.js';
import { addFormatOptions, isReadable, type OutputFlags } from '../options.js';
import { footer, usageErrorText } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux op                                              (what the agent can do)
  vppmux op interface --help                             (what it can do of that kind)
  vppmux op interface set-state --help
  vppmux op interface set-state loop0 --state up
  vppmux op interface list | jq -r '.interfaces[].name'
  echo '{"interface":"loop0"}' | vppmux op interface set-state - --state up
  vppmux op route add --routes-file routes.txt

It asks a running agent ("vppmux run") what its plugins can do. Without a token one can read on the same machine; to
write, give the write-token of its http.conf, in a file or in VPPMUX_TOKEN.`;

interface OpFlags extends OutputFlags, DataplaneFlags {
  /** Milliseconds. */
  readonly timeout?: number;
}

const addShared = (command: Command): Command =>
  addFormatOptions(addDataplaneOptions(command))
    .option('-t, --timeout <time>', 'longest time for the operation, as 500ms or 5m (default 1m)', parseTimeout)
    .option('-v, --verbose', 'show stack traces');

export function opCommand(host: Host): Command {
  const command = new Command('op')
    .summary('call an operation of a running agent')
    .description('Lists the operations that the plugins of a running agent have, explains one, or calls one.')
    .usage('[options] [operation] [values…]')
    .argument('[operation...]', 'words of its name, then its options and values')
    .helpOption(false)
    // The options are known once the agent has been asked.
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText('after', footer(EXAMPLES));
  return addShared(command).action(async (rest: string[], before: OpFlags, own: Command) => {
    const words = rest.slice(
      0,
      [...rest, '-'].findIndex((word) => word.startsWith('-')),
    );
    const wantsHelp = rest.includes('--help') || rest.includes('-h');
    if (words.length === 0 && wantsHelp) own.help();
    const flags: OpFlags = { ...before, ...sharedIn(own, rest) };
    const url = agentUrl(host, flags);
    const client = new AgentClient(url, authorization(host, flags), host.signal, flags.dataplane);
    const operations = remoteOperations(await client.get(OPENAPI_PATH));
    const operation = longest(operations, words);
    if (operation !== undefined) {
      await callOperation({ host, client, own, flags }, operation, rest);
      return;
    }
    const listed = operations.filter(({ name }) => `${name}.`.startsWith([...words, ''].join('.')));
    if (listed.length === 0 && words.length > 0) throw unknown(words, operations);
    const { dataplane = MAIN } = flags;
    const served = listed.filter(({ dataplanes }) => dataplanes?.includes(dataplane) ?? true);
    await list(host, served, flags);
  });
}

interface OpContext {
  readonly host: Host;
  readonly client: AgentClient;
  readonly own: Command;
  readonly flags: OpFlags;
}

async function callOperation(
  { host, client, own, flags }: OpContext,
  operation: RemoteOperation,
  rest: readonly string[],
) {
  const made = operationCommand(operation, addShared);
  const howTo = `vppmux op ${wordsOf(operation)} --help`;
  inherit(own, made.command).configureOutput({
    outputError: (text) => host.note(`${usageErrorText(text)}; how to: ${howTo}`),
  });
  const words = rest[0].includes('.') ? 1 : operation.name.split('.').length;
  made.command.parse(rest.slice(words), { from: 'user' });
  const { input, lines } = await operationInput(host, operation, made);
  const progress = new ProgressLine(host.io);
  const onProgress = progress.show.bind(progress);
  const asking = client.call(operation.path, input, { timeoutMs: flags.timeout, onProgress });
  const output = await asking
    .catch((error) => {
      throw withInputFaults(withLine(error, lines), operation, input);
    })
    .finally(() => {
      progress.end();
      // Nothing else is said of what the person has stopped; but this is not undone.
      if (host.signal.aborted && operation.access === 'write') host.note(stopped(operation, progress.last));
    });
  if (isReadable(host, flags)) await showOutput(host, output);
  else await printOutput(host, output, flags.output);
  const failures = failuresIn(operation, output);
  if (failures === 0) return;
  const which = failedLines(output, lines);
  host.note(`${wordsOf(operation)}: ${failures} failed${which === undefined ? '' : `: ${which}`}`);
  throw new ExitWith(EXIT.REFUSED);
}

/** A caller without the right sees first what is wrong with the input: the right to write would not help there. */
function withInputFaults(error: unknown, operation: RemoteOperation, input: Readonly<Record<string, unknown>>) {
  if (!(error instanceof AgentRequestError) || error.agentCode !== 'READ_ONLY') return error;
  const faults = inputFaults(operation, input);
  return faults.length === 0
    ? error
    : new AgentRequestError(`${faults.join('; ')}; besides, ${error.message}`, error.exitCode, error.agentCode);
}

const stopped = (operation: RemoteOperation, far: string) =>
  `${wordsOf(operation)} was asked to stop${far === '' ? '' : ` at ${far}`}; what it has done stays done`;

async function list(host: Host, operations: readonly RemoteOperation[], flags: OpFlags): Promise<void> {
  if (isReadable(host, flags)) {
    const rows = operations.map((one) => ({ operation: wordsOf(one), access: one.access, summary: one.summary }));
    await showTable(host, rows, ['operation', 'summary']);
    host.note('vppmux op OPERATION --help explains one');
    return;
  }
  const rows = operations.map(({ name, access, summary, path }) => ({ name, access, summary, path }));
  await printRows(host.out, rows, flags.output);
}

/** `interface set-state loop0` begins with the name of one; `interface.set-state` is one as well. */
function longest(operations: readonly RemoteOperation[], words: readonly string[]): RemoteOperation | undefined {
  const named = new Map(operations.map((operation) => [operation.name, operation]));
  const direct = words.length > 0 ? named.get(words[0]) : undefined;
  if (direct !== undefined) return direct;
  for (let n = words.length; n > 0; n--) {
    const found = named.get(words.slice(0, n).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The shared options, wherever they stand among others. */
function sharedIn(own: Command, rest: readonly string[]): OpFlags {
  const scan = addShared(new Command()).argument('[rest...]').allowUnknownOption();
  return inherit(own, scan).helpOption(false).parse(rest, { from: 'user' }).opts();
}

const inherit = (from: Command, to: Command): Command => to.exitOverride().configureOutput(from.configureOutput());

/** Most names are of two words; those behind may be values. */
function unknown(words: readonly string[], operations: readonly RemoteOperation[]): UsageError {
  const names = operations.map(wordsOf);
  const typed = words.slice(0, 2).join(' ');
  const near = didYouMean(typed, names).text;
  if (near !== '') return new UsageError(`there is no operation ${typed}${near}`);
  const isGroup = names.some((name) => name.startsWith(`${words[0]} `));
  const what = isGroup ? `${typed}; vppmux op ${words[0]}` : `${words[0]}; vppmux op`;
  return new UsageError(`there is no operation ${what} lists them`);
}
