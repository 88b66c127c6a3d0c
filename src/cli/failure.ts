/** Words a failed command in one line, with advice where the command line knows more than the mux. */

import { type ErrorCode, RetvalError, VppmuxError } from '../mux/index.js';
import { bounded, printable, printableLine } from '../printable.js';
import { reasonOf } from '../thrown.js';
import { AgentRequestError, LineError, UsageError } from './errors.js';

const HINTS: Partial<Record<ErrorCode, string>> = {
  SOCKET_MISSING: 'another socket: --socket PATH or VPP_API_SOCKET; no VPP at hand: vppmux mock --socket PATH',
  UNKNOWN_MESSAGE: "which there are: vppmux describe, or vppmux describe '*WORD*'",
  REPLY_TIMEOUT: 'a slow request: --timeout 30s',
  SCHEMA_NOT_FOUND: 'the definitions: --api-dir DIR or VPP_API_DIR',
  CRC_MISMATCH: "the running VPP's own definitions: omit --api-dir and unset VPP_API_DIR",
};

/** Characters of VPP's own words that are printed. */
const ANSWER = 100_000;

/** `vppmux: what happened`, without a stack unless `verbose`. */
export function explain(thrown: unknown, verbose: boolean): string {
  const error = thrown instanceof LineError ? thrown.cause : thrown;
  const lines = [`vppmux: ${reasonLine(thrown)}`];
  if (error instanceof RetvalError && !lines[0].includes(printableLine(error.text))) lines.push(indented(error.text));
  if (verbose && error instanceof Error) lines.push(stackOf(error));
  else if (!isExpected(error)) lines.push('vppmux: this is a fault of vppmux itself; --verbose shows where');
  return lines.join('\n');
}

/** The reason in one line: of one line of many, with its place and text, and what became of the others. */
export function reasonLine(error: unknown): string {
  if (error instanceof LineError) {
    const others = error.others === '' ? '' : ` (${error.others})`;
    return `${error.place}: ${reasonLine(error.cause)}; the line: ${error.quoted}${others}`;
  }
  const hint = error instanceof VppmuxError ? HINTS[error.code] : undefined;
  // The library's own hint speaks of its option; the command's speaks of the flag.
  return hint ? `${inOneLine((error as VppmuxError).messageWithoutHint)}; ${hint}` : inOneLine(reasonOf(error));
}

/** Errors with a `code` of ours or of the operating system are written for people; any other is a bug. */
export function isExpected(error: unknown): boolean {
  return (
    error instanceof VppmuxError ||
    error instanceof UsageError ||
    error instanceof AgentRequestError ||
    (error instanceof Error && 'code' in error)
  );
}

/** Some texts hold what they were given, with its line breaks. */
function inOneLine(text: string): string {
  return printableLine(text.trim()).replace(/ {2,}/g, ' ');
}

/** VPP's whole answer, of which the message has no more than the first line. */
function indented(text: string): string {
  return printable(bounded(text, ANSWER)).replace(/^/gm, '  ');
}

function stackOf(error: Error): string {
  const own = error.stack ?? reasonOf(error);
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
