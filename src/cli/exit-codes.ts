/** The exit codes, their meaning, and the errors that end with them: one table, shown by `help exit-codes` and held by a test. */

import { CommanderError } from 'commander';
import { type ErrorCode, VppmuxError } from '../mux/index.js';
import { AgentError } from './agent-error.js';
import { LineError } from './line-error.js';
import { hanging } from './output/hanging.js';
import { UsageError } from './usage-error.js';

export const EXIT = {
  OK: 0,
  REFUSED: 1,
  USAGE: 2,
  NO_CONNECTION: 3,
  TIMEOUT: 4,
  LOST: 5,
  DEFINITIONS: 6,
  INCOMPATIBLE: 7,
  UNWELL: 8,
  BUG: 70,
  INTERRUPTED: 130,
  TERMINATED: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: Record<ExitCode, string> = {
  0: 'done; also: stopped by Ctrl-C where there is no other end, or the reader of the output went away',
  1: 'VPP refused the request (its retval); op: it failed, some of it failed, or it is not allowed; run: the agent could not start, or not end properly; status: the agent is not ready; plugin check: something is wrong (✗)',
  2: 'wrong usage: option, argument, unknown message, or a field that does not fit',
  3: 'cannot connect: no socket, no permission, nobody listening; op, status, trace: no agent, or it has nothing of that',
  4: 'VPP did not answer in time; op: the operation took too long',
  5: 'the connection was lost (op, trace: the agent went away), or VPP said what the protocol does not allow',
  6: 'the definitions do not fit: the running VPP lacks the message, has another version of it, or does not hand out its definition',
  7: 'compat: a message that was asked for is changed, gone, or its plugin not loaded',
  8: 'doctor: something is wrong (✗); what was found says what to do',
  70: 'anything else: a fault of vppmux itself, or of the system (a full disk)',
  130: 'interrupted (Ctrl-C)',
  143: 'ended by SIGTERM',
};

const EXIT_BY_ERROR: Record<ErrorCode, ExitCode> = {
  SCHEMA_NOT_FOUND: EXIT.DEFINITIONS,
  SCHEMA_INVALID: EXIT.DEFINITIONS,
  UNKNOWN_MESSAGE: EXIT.USAGE,
  MESSAGE_NOT_IN_VPP: EXIT.DEFINITIONS,
  CRC_MISMATCH: EXIT.DEFINITIONS,
  NO_DEFINITION: EXIT.DEFINITIONS,
  WRONG_KIND: EXIT.USAGE,
  FORBIDDEN_MESSAGE: EXIT.USAGE,
  BAD_FIELD: EXIT.USAGE,
  TRUNCATED: EXIT.LOST,
  MESSAGE_TOO_LARGE: EXIT.LOST,
  SOCKET_MISSING: EXIT.NO_CONNECTION,
  SOCKET_PERMISSION: EXIT.NO_CONNECTION,
  SOCKET_REFUSED: EXIT.NO_CONNECTION,
  SOCKET_FAILED: EXIT.NO_CONNECTION,
  WRONG_SOCKET: EXIT.NO_CONNECTION,
  FRAME_TOO_LARGE: EXIT.LOST,
  FRAME_STALLED: EXIT.LOST,
  PROTOCOL: EXIT.LOST,
  HANDSHAKE_FAILED: EXIT.NO_CONNECTION,
  HANDSHAKE_TIMEOUT: EXIT.TIMEOUT,
  GAVE_UP: EXIT.NO_CONNECTION,
  NOT_CONNECTED: EXIT.LOST,
  CONNECTION_LOST: EXIT.LOST,
  CLOSED: EXIT.LOST,
  REPLY_TIMEOUT: EXIT.TIMEOUT,
  BACKLOG_FULL: EXIT.TIMEOUT,
  ABORTED: EXIT.INTERRUPTED,
  POISONED: EXIT.LOST,
  UNEXPECTED_REPLY: EXIT.LOST,
  INTERNAL: EXIT.LOST,
  RETVAL: EXIT.REFUSED,
  READ_ONLY: EXIT.USAGE,
  REFUSED: EXIT.USAGE,
  RATE_LIMITED: EXIT.USAGE,
  CHANNEL_CLOSED: EXIT.LOST,
  REPLY_OVERFLOW: EXIT.LOST,
  DUMP_INCOMPLETE: EXIT.LOST,
  BAD_OPTION: EXIT.USAGE,
};

/** The exit code for whatever a command threw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof LineError) return exitCodeOf(error.cause);
  if (error instanceof VppmuxError) {
    // Why it gave up, or why a dump ended early, says more: a timeout is not a missing socket.
    const isSummary = error.code === 'GAVE_UP' || error.code === 'DUMP_INCOMPLETE';
    if (isSummary && error.cause instanceof VppmuxError) return exitCodeOf(error.cause);
    // The deadline came before the connection did: late, not out of reach.
    const system = (error.cause as NodeJS.ErrnoException | undefined)?.code;
    return error.code === 'SOCKET_FAILED' && system === 'ETIMEDOUT' ? EXIT.TIMEOUT : EXIT_BY_ERROR[error.code];
  }
  if (error instanceof AgentError) return error.exitCode;
  if (error instanceof UsageError) return EXIT.USAGE;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
  return EXIT.BUG;
}

/** The table for `help exit-codes`, in lines of at most `width` columns. */
export function exitCodeLines(width: number): string[] {
  return hanging(
    Object.entries(EXIT_MEANINGS).map(([code, meaning]) => [code.padStart(3), meaning]),
    width,
  );
}
