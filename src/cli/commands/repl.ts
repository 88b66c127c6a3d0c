import { Readable } from 'node:stream';
import { Command } from 'commander';
import type { Connection } from '../../mux/index.js';
import { buildProgram } from '../build-program.js';
import { optionsOf } from '../completion/options-of.js';
import { definitions, withConnection } from '../connection.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Host } from '../host.js';
import { addConnectionOptions, type ConnectionFlags, vppOptions } from '../options.js';
import { footer, footerLines } from '../output/help-layout.js';
import { History, historyFile } from '../prompt/history.js';
import { pipedLines } from '../prompt/piped-lines.js';
import { isEnd } from '../prompt/prompt.js';
import { screenOf, session } from '../prompt/session.js';
import { COMMANDS, commandWords } from '../repl/command-words.js';
import { completeLine } from '../repl/complete-line.js';
import { holdsSecret } from '../repl/holds-secret.js';
import { isVerbose, reportFailure } from '../report-failure.js';

const EXAMPLES = `
Examples:
  vppmux repl                                     (a prompt; Ctrl-D or quit ends it)
  printf 'show_version\\nsw_interface_dump --json\\n' | vppmux repl
  vppmux repl --keep-going < lines.txt

A line is a command as behind the word vppmux: call, dump, watch, describe or op; a message's name alone is a call, a dump or a watch.
All lines share one connection; one with --socket, --api-dir or --timeout makes its own. From a pipe the first line that fails ends it, with its
exit code; with --keep-going the others are run, and the exit code is that of the last failure.`;

const HELP = `  call MESSAGE [FIELD=VALUE…]  (sends a request, prints its reply)
  dump MESSAGE [FIELD=VALUE…]  (sends a request that answers with a list)
  watch EVENT [FIELD=VALUE…]   (prints events until Ctrl-C)
  describe [NAME…]             (which messages there are, and their fields)
  op [OPERATION]               (calls an operation of a running agent)
  MESSAGE [FIELD=VALUE…]       (call, dump or watch, by the message's kind)
  help [COMMAND]               (this, or the options of a command)
  quit                         (ends this, as Ctrl-D)`;

interface ReplFlags extends ConnectionFlags {
  readonly keepGoing?: boolean;
}

export function replCommand(host: Host): Command {
  const command = new Command('repl')
    .summary('a prompt for call, dump, watch, describe and op')
    .description(
      'Runs call, dump, watch, describe and op on one connection: typed at a prompt, or from a pipe, one a line.',
    )
    .option('-k, --keep-going', 'from a pipe: go on behind a line that fails')
    .addHelpText('after', footer(EXAMPLES));
  return addConnectionOptions(command).action(async (flags: ReplFlags) => {
    const screen = screenOf(host.io);
    if (screen === undefined && !host.io.stdinIsData) {
      throw new UsageError('repl needs a terminal, or lines from a pipe, as show_version');
    }
    await withConnection({ ...(await vppOptions(host, flags)), name: 'vppmux repl' }, async (vpp) => {
      const run = lineRunner(host, vpp, flags.verbose === true);
      if (screen === undefined) return runPiped(host, run, flags.keepGoing === true);
      await session(host, vpp, {
        screen,
        prompt: 'vppmux> ',
        greeting: `lines go to VPP at ${vpp.status.socket}; help lists the commands, Ctrl-D ends this`,
        history: new History(historyFile(host.io.env, 'repl-history'), holdsSecret),
        complete: (line) => completeLine(line, { schema: vpp.schema, optionsOf: (name) => optionsOf(host, [name]) }),
        run: async (line, interrupted) => void (await run(line, interrupted)),
      });
    });
  });
}

type RunLine = (line: string, interrupted?: AbortSignal) => Promise<ExitCode>;

/** Makes the function that runs one line and says how it failed; it rejects only when the program is to end. */
function lineRunner(host: Host, vpp: Connection, verbose: boolean): RunLine {
  return async (line, interrupted) => {
    const signal = interrupted ? AbortSignal.any([host.signal, interrupted]) : host.signal;
    // Standard input is the lines' own.
    const io = { ...host.io, stdin: Readable.from([]), stdinIsData: false };
    let words: string[] = [];
    try {
      words = commandWords(line, () => definitions(vpp));
      await runWords({ ...host, io, signal, vpp }, words);
      return EXIT.OK;
    } catch (error) {
      if (host.signal.aborted) throw error;
      return interrupted?.aborted ? EXIT.INTERRUPTED : reportFailure(error, host.complain, verbose || isVerbose(words));
    } finally {
      await host.out.flush();
    }
  };
}

async function runWords(host: Host, words: readonly string[]): Promise<void> {
  const [name] = words;
  if (name === 'help' && words.length === 1) {
    for (const line of footerLines(HELP, host.out.width)) await host.out.line(line);
    return;
  }
  const names = name === 'help' ? COMMANDS : [name];
  const program = await buildProgram(
    host,
    names.map((each) => host.commands[each]),
  );
  await program.parseAsync(words, { from: 'user' });
}

async function runPiped(host: Host, run: RunLine, keepGoing: boolean): Promise<void> {
  let code: ExitCode = EXIT.OK;
  for await (const line of pipedLines(host)) {
    if (isEnd(line)) break;
    const ended = await run(line);
    if (ended === EXIT.OK) continue;
    code = ended;
    if (!keepGoing) break;
  }
  host.signal.throwIfAborted();
  if (code !== EXIT.OK) throw new ExitWith(code);
}
