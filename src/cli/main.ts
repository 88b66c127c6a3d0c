/** The command line: `vppmux call | cli | dump | watch | ping | describe | compat | doctor | trace | mock | run | proxy | clients | status | init | op | plugin`. */

import { Command, CommanderError } from 'commander';
import { printableLine } from '../printable.js';
import { callCommand } from './commands/call.js';
import { cliCommand } from './commands/cli.js';
import { clientsCommand } from './commands/clients.js';
import { compatCommand } from './commands/compat.js';
import { describeCommand } from './commands/describe.js';
import { doctorCommand } from './commands/doctor.js';
import { dumpCommand } from './commands/dump.js';
import { helpCommand } from './commands/help.js';
import { initCommand } from './commands/init.js';
import { mockCommand } from './commands/mock.js';
import { opCommand } from './commands/op.js';
import { pingCommand } from './commands/ping.js';
import { pluginCommand } from './commands/plugin.js';
import { proxyCommand } from './commands/proxy.js';
import { runCommand } from './commands/run.js';
import { statusCommand } from './commands/status.js';
import { traceCommand } from './commands/trace.js';
import { watchCommand } from './commands/watch.js';
import { ExitWith } from './errors.js';
import { exitCodeOf } from './exit-code-of.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { explain } from './failure.js';
import type { Host } from './host.js';
import { type Interrupts, watchInterrupts } from './interrupts.js';
import { type Io, processIo } from './io.js';
import { footer, helpLayout, usageErrorText } from './output/help-layout.js';
import { LineWriter } from './output/line-writer.js';
import { packageVersion } from './version.js';

/** Columns by which what goes on below is indented. */
const HANG = 2;
/** Columns of a help text in a pipe: a pager shows it in a window of any width, mostly this one. */
const PIPED_HELP = 80;

const MORE = `Options and examples of one: vppmux help COMMAND; also: vppmux help exit-codes`;

/** Runs the command line on this process and ends it. */
export async function runProcess(argv: readonly string[]): Promise<never> {
  process.exit(await main(argv, processIo()));
}

/** Runs one command to its end, output flushed; gives its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const interrupts = watchInterrupts(io);
  const readerGone = new AbortController();
  const out = new LineWriter(io.stdout, () => readerGone.abort('output closed'), io.env);
  const err = new LineWriter(io.stderr, () => undefined, io.env);
  let unwatch: (() => void) | undefined;
  const host: Host = {
    io,
    out,
    signal: AbortSignal.any([interrupts.signal, readerGone.signal]),
    endWithReader: () => {
      unwatch ??= io.onReaderGone(() => out.readerLeft());
    },
    note: (line) => void err.text(`vppmux: ${printableLine(line)}`, HANG),
    complain: (text) => void err.text(text, HANG),
  };
  let code: ExitCode = EXIT.OK;
  try {
    await buildProgram(host, err).parseAsync(argv, { from: 'user' });
    await out.end();
    if (out.failure) throw out.failure;
  } catch (error) {
    await out.end();
    code = settle(error, { out, err, interrupts, verbose: argv.includes('--verbose') || argv.includes('-v') });
  }
  await err.end();
  unwatch?.();
  interrupts.dispose();
  return code;
}

interface Outcome {
  readonly out: LineWriter;
  readonly err: LineWriter;
  readonly interrupts: Interrupts;
  readonly verbose: boolean;
}

/** Says what is to be said of an error, and gives the exit code. */
function settle(error: unknown, { out, err, interrupts, verbose }: Outcome): ExitCode {
  // `| head` has what it wanted; whatever failed after that is of no interest.
  if (out.readerGone) return EXIT.OK;
  if (error instanceof ExitWith) return error.exitCode;
  if (error instanceof CommanderError) return exitCodeOf(error);
  if (interrupts.received) return interrupts.received === 'SIGINT' ? EXIT.INTERRUPTED : EXIT.TERMINATED;
  err.text(explain(error, verbose), HANG);
  return exitCodeOf(error);
}

function buildProgram(host: Host, err: LineWriter): Command {
  const program = new Command('vppmux')
    .description('Talks to VPP over its binary API; runs the agent, and a mock VPP to try it with.')
    .version(packageVersion(), '-V, --version')
    // Behind `op` they are the operation's own.
    .enablePositionalOptions()
    // In one screen of 24 lines: the help of a command has all that it can do.
    .configureHelp({ visibleOptions: () => [], subcommandTerm: (command) => command.name() })
    .addHelpText('after', footer(MORE));
  for (const build of [
    callCommand,
    cliCommand,
    dumpCommand,
    watchCommand,
    pingCommand,
    describeCommand,
    compatCommand,
    doctorCommand,
    mockCommand,
    runCommand,
    proxyCommand,
    clientsCommand,
    statusCommand,
    initCommand,
    traceCommand,
    opCommand,
    pluginCommand,
  ]) {
    program.addCommand(build(host));
  }
  // The last lines of the help say how it is called.
  program.helpCommand(false).addCommand(helpCommand(host), { hidden: true });
  for (const command of [program, ...program.commands.flatMap((own) => [own, ...own.commands])]) {
    command.configureHelp({ ...helpLayout, ...command.configureHelp() });
    command.exitOverride().configureOutput({
      writeOut: (text) => void host.out.text(text.trimEnd(), HANG),
      writeErr: (text) => void err.text(text.trimEnd(), HANG),
      getOutHelpWidth: () => (host.out.isTerminal ? host.out.width : PIPED_HELP),
      getErrHelpWidth: () => (err.isTerminal ? err.width : PIPED_HELP),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text) => host.note(`${usageErrorText(text)}; how to: ${howTo(command)}`),
    });
  }
  return program;
}

const howTo = (command: Command) => ['vppmux help', ...pathOf(command)].join(' ');

/** The names that lead to a command, without the program's own. */
function pathOf(command: Command): string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [];
}
