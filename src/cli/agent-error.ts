/** The agent cannot be reached, refuses, or went away: in words for the person, with the exit code that says which. */

import type { ExitCode } from './exit-codes.js';

export class AgentError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
  }
}
