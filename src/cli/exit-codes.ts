/** The exit codes and their meaning: one table, shown by `help exit-codes` and held by a test. */

import { hanging } from './output/hanging.js';

export const EXIT = {
  OK: 0,
  REFUSED: 1,
  USAGE: 2,
  /** Differences, for commands that compare: there wrong usage is REFUSED. */
  CHANGES: 2,
  NO_CONNECTION: 3,
  TIMEOUT: 4,
  LOST: 5,
  DEFINITIONS: 6,
  INCOMPATIBLE: 7,
  UNWELL: 8,
  BUG: 70,
  INTERRUPTED: 130,
  CRASHED: 134,
  TERMINATED: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: Record<ExitCode, string> = {
  0: 'done; also: stopped by Ctrl-C where there is no other end, or the reader of the output went away',
  1: 'VPP refused the request (its retval); load: it refused one at least; validate: the wish has mistakes; plan: it has, or wrong usage; drift: no wish was applied, or wrong usage; apply, rollback: something is not as wished, or refused; wish: VPP is not as wished; adopt: the file has, or says something else than VPP; op: it failed, some of it failed, or it is not allowed; run: the agent could not start, or not end properly; status: the agent is not ready; fleet: the roll-out was taken back, is refused, or an agent is not as wished; plugin check: something is wrong (✗); mock --strict: a request that it does not serve',
  2: 'wrong usage: option, argument, unknown message, or a field that does not fit; plan, drift, fleet diff: something would be changed',
  3: 'cannot connect: no socket, no permission, nobody listening; op, status, trace, apply and its like: no agent, or it has nothing of that; apply, rollback: saved, but VPP is away; fleet: etcd or the folder cannot be reached, or is full and takes no writes',
  4: 'VPP did not answer in time; op: the operation took too long',
  5: 'the connection was lost (op, trace: the agent went away), or VPP said what the protocol does not allow',
  6: 'the definitions do not fit: the running VPP lacks the message, has another version of it, or does not hand out its definition',
  7: 'compat: a message that was asked for is changed, gone, or its plugin not loaded',
  8: 'doctor: something is wrong (✗); what was found says what to do',
  70: 'anything else: a fault of vppmux itself, or of the system (a full disk)',
  130: 'interrupted (Ctrl-C)',
  134: 'mock --vpp-bugs: it died of a request, as VPP does',
  143: 'ended by SIGTERM',
};

/** The table for `help exit-codes`, in lines of at most `width` columns. */
export function exitCodeLines(width: number): string[] {
  return hanging(
    Object.entries(EXIT_MEANINGS).map(([code, meaning]) => [code.padStart(3), meaning]),
    width,
  );
}
