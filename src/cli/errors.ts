/** The errors of the command line itself. `failure.ts` words them, `exit-code-of.ts` gives them their exit codes. */

import type { ExitCode } from './exit-codes.js';

/** The command line itself is wrong; the message names the argument and says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The agent cannot be reached, refuses, or went away: in words for the person, with the exit code that says which. */
export class AgentRequestError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    /** The code of the error that the agent answered with. */
    readonly agentCode?: string,
  ) {
    super(message);
  }
}

/** A request of many that failed: which line of the input it was, and what became of the others. */
export class LineError extends Error {
  constructor(
    /** `stdin, line 3` */
    readonly place: string,
    /** The line, fit for a message. */
    readonly quoted: string,
    /** The fate of the other lines. */
    readonly others: string,
    override readonly cause: unknown,
  ) {
    super(`${place} failed`);
  }
}

/** Ends a command that has printed everything, with an exit code of its own. */
export class ExitWith extends Error {
  constructor(readonly exitCode: ExitCode) {
    super(`exit ${exitCode}`);
  }
}
