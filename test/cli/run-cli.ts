/** Runs the command line in this process, with its streams and signals in a test's hand. */

import { PassThrough, Readable, Writable } from 'node:stream';
import type { Signal } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { keepModels } from '../../src/mux/for-cli.js';

/** A folder of this process's own (`support/patience.ts`). */
const cache = process.env.XDG_CACHE_HOME as string;
/** No agent of this machine is found by itself: these folders have none, and nobody listens at the address. */
const NO_AGENTS = { XDG_RUNTIME_DIR: cache, TMPDIR: cache, VPPMUX_AGENT: '127.0.0.1:1' };

export interface CliOptions {
  /** The text piped in; none: standard input is no pipe. `silent`: a pipe nobody writes to; `typed`: a terminal, see `type`. */
  readonly stdin?: string | Buffer | 'silent' | 'typed';
  /** Columns of the terminal that the output is; none: it is piped. */
  readonly terminal?: number;
  /** Standard error is a terminal, of that many columns if it says: progress is shown. */
  readonly stderrTerminal?: boolean | number;
  readonly env?: Record<string, string>;
}

export interface CliRun {
  readonly exit: Promise<number>;
  stdout: string;
  stderr: string;
  /** Resolves when `text` has been printed on either stream, or the condition holds after something was printed. */
  seen(text: string | (() => boolean)): Promise<void>;
  signal(signal: Signal): void;
  /** Presses keys at the terminal that standard input is. */
  type(keys: string): void;
  /** Closes the reading end of standard output. */
  breakPipe(): void;
  /** Like `breakPipe`, and the command notices immediately. */
  closePipe(): void;
  /** The code that the program was ended with at once, if it was. */
  endedAtOnce: number | undefined;
}

export function startCli(
  argv: readonly string[],
  { stdin, terminal, stderrTerminal, env = {} }: CliOptions = {},
): CliRun {
  const listeners = new Set<(signal: Signal) => void>();
  const readers = new Set<() => void>();
  let broken = false;
  const waiters = new Set<() => void>();
  const capture = (name: 'stdout' | 'stderr') =>
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        if (name === 'stdout' && broken) return done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
        run[name] += chunk;
        for (const look of waiters) look();
        done();
      },
    });
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => keyboard });
  const run: CliRun & { exit: Promise<number> } = {
    stdout: '',
    stderr: '',
    endedAtOnce: undefined,
    exit: Promise.resolve(-1),
    seen: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!(typeof text === 'string' ? (run.stdout + run.stderr).includes(text) : text())) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
    breakPipe: () => {
      broken = true;
    },
    closePipe: () => {
      broken = true;
      for (const gone of [...readers]) gone();
    },
    type: (keys) => void keyboard.write(keys),
    signal: (signal) => {
      for (const listener of [...listeners]) listener(signal);
    },
  };
  run.exit = main(argv, {
    stdin: stdin === 'typed' ? keyboard : stdin === 'silent' ? new PassThrough() : Readable.from(piped(stdin)),
    stdinIsData: stdin !== undefined && stdin !== 'typed',
    stdout: Object.assign(capture('stdout'), terminal === undefined ? {} : { isTTY: true, columns: terminal }),
    stderr: Object.assign(
      capture('stderr'),
      stderrTerminal ? { isTTY: true, ...(stderrTerminal !== true && { columns: stderrTerminal }) } : {},
    ),
    env: { ...NO_AGENTS, ...env },
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onReaderGone(listener) {
      readers.add(listener);
      return () => readers.delete(listener);
    },
    exit: (code) => {
      run.endedAtOnce ??= code;
    },
    onJob: () => () => {},
    suspend: () => {},
    writeNow: (text) => {
      run.stdout += text;
    },
  }).finally(() => {
    // A command keeps what it makes of definitions for its whole process, which here has other tests as well.
    keepModels(undefined, '');
  });
  return run;
}

const piped = (text: string | Buffer | undefined) => (text === undefined ? [] : [Buffer.from(text)]);

/** Runs a command to its end. */
export async function cli(argv: readonly string[], options?: CliOptions) {
  const run = startCli(argv, options);
  const code = await run.exit;
  return { code, stdout: run.stdout, stderr: run.stderr, lines: run.stdout.split('\n').slice(0, -1) };
}
