import { CommanderError } from 'commander';
import { ExitWith } from './errors.js';
import { exitCodeOf } from './exit-code-of.js';
import type { ExitCode } from './exit-codes.js';
import { explain } from './failure.js';

/** Whether a command that ended with `error` has said what there is to say of it. */
export const isSaid = (error: unknown) => error instanceof ExitWith || error instanceof CommanderError;

/** Says what is to be said of a command's error, and gives its exit code. */
export function reportFailure(error: unknown, complain: (text: string) => void, verbose: boolean): ExitCode {
  if (error instanceof ExitWith) return error.exitCode;
  if (!isSaid(error)) complain(explain(error, verbose));
  return exitCodeOf(error);
}

/** Whether the words of a command line ask for stack traces. */
export const isVerbose = (words: readonly string[]) => words.includes('--verbose') || words.includes('-v');
