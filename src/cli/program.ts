/** A program of several commands: loads the one that is asked for, runs it, and says how it ended. */

import { printableLine } from '../printable.js';
import { buildProgram, HANG } from './build-program.js';
import { ExitWith } from './errors.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { CommandTable, Host } from './host.js';
import { type Interrupts, watchInterrupts } from './interrupts.js';
import type { Io } from './io.js';
import { LineWriter } from './output/line-writer.js';
import { isSaid, isVerbose, reportFailure } from './report-failure.js';

/** Options of the program itself, which need no command. */
const VERSION = ['-V', '--version'];
/** Commands whose exit code 2 says that something differs. */
const COMPARING = ['plan', 'drift', 'fleet diff', 'fleet drift'];

/** Runs one command to its end, output flushed; gives its exit code. */
export async function runProgram(argv: readonly string[], io: Io, commands: CommandTable): Promise<ExitCode> {
  const interrupts = watchInterrupts(io);
  const readerGone = new AbortController();
  const out = new LineWriter(io.stdout, () => readerGone.abort('output closed'), io.env, io.writeEagerly);
  const err = new LineWriter(io.stderr, () => undefined, io.env);
  let unwatch: (() => void) | undefined;
  const host: Host = {
    commands,
    io,
    out,
    err,
    signal: AbortSignal.any([interrupts.signal, readerGone.signal]),
    endWithReader: () => {
      unwatch ??= io.onReaderGone(() => out.readerLeft());
    },
    note: (line) => void err.text(`vppmux: ${printableLine(line)}`, HANG),
    complain: (text) => void err.text(text, HANG),
  };
  let code: ExitCode = EXIT.OK;
  try {
    const program = await buildProgram(host, wanted(argv, commands));
    await program.parseAsync(argv, { from: 'user' });
    await out.end();
    if (out.failure) throw out.failure;
  } catch (error) {
    await out.end();
    code = settle(error, { out, err, interrupts, command: commandOf(argv), verbose: isVerbose(argv) });
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
  readonly command: string | undefined;
  readonly verbose: boolean;
}

/** Says what is to be said of an error, and gives the exit code. */
function settle(error: unknown, { out, err, interrupts, command, verbose }: Outcome): ExitCode {
  // `| head` has what it wanted; whatever failed after that is of no interest.
  if (out.readerGone) return EXIT.OK;
  if (interrupts.received && !isSaid(error))
    return interrupts.received === 'SIGINT' ? EXIT.INTERRUPTED : EXIT.TERMINATED;
  const code = reportFailure(error, (text) => void err.text(text, HANG), verbose);
  const isComparing = command !== undefined && COMPARING.includes(command);
  return isComparing && code === EXIT.USAGE && !(error instanceof ExitWith) ? EXIT.REFUSED : code;
}

/** `plan`, `fleet drift`. */
const commandOf = ([name, own]: readonly string[]) => (name === 'fleet' ? `fleet ${own}` : name);

/** The commands to load: the one that is asked for, or all where the program has to know them. */
function wanted([name = '']: readonly string[], commands: CommandTable): CommandTable[string][] {
  if (Object.hasOwn(commands, name)) return [commands[name]];
  return VERSION.includes(name) ? [] : Object.values(commands);
}
