/** The errors that this side makes, in words for the person on call. */

import { ConnectionError, EFFECT, type Outcome, TimeoutError, VppmuxError } from '../../mux/errors.js';

/** A request, dump or call, for its errors. */
export interface Subject {
  /** Name of the message or operation. */
  readonly name: string;
  /** Number of its channel in this connection; undefined for a call. */
  readonly channel?: number;
}

const shown = ({ name, channel }: Subject) => (channel === undefined ? name : `${name} (channel ${channel})`);
const fieldsOf = ({ name, channel }: Subject, outcome: Outcome) => ({ messageName: name, channel, outcome });

/** CONNECTION_LOST and such, for what was under way; `cause` keeps its code. */
export function interrupted(subject: Subject, outcome: Outcome, cause: ConnectionError): ConnectionError {
  const text = `${shown(subject)} failed: ${cause.message}; ${EFFECT[outcome]}`;
  return new ConnectionError(cause.code, text, fieldsOf(subject, outcome), cause);
}

export function noAnswer(subject: Subject, outcome: Outcome, afterMs: number): TimeoutError {
  const what =
    outcome === 'unknown'
      ? `no answer to ${shown(subject)} from the agent within ${afterMs} ms`
      : `${shown(subject)} was not sent within ${afterMs} ms: the requests before it were not answered`;
  return new TimeoutError('REPLY_TIMEOUT', `${what}; ${EFFECT[outcome]}`, { ...fieldsOf(subject, outcome), afterMs });
}

export function aborted(subject: Subject, outcome: Outcome, reason: unknown): VppmuxError {
  const text = `${shown(subject)} was given up by the caller; ${EFFECT[outcome]}`;
  return new VppmuxError('ABORTED', text, fieldsOf(subject, outcome), reason);
}

export function channelClosed(subject: Subject, outcome: Outcome, why: unknown): ConnectionError {
  const because = why === undefined ? 'which this program has closed' : `which was closed: ${messageOf(why)}`;
  const text = `${shown(subject)} failed with its channel, ${because}; ${EFFECT[outcome]}`;
  return new ConnectionError('CHANNEL_CLOSED', text, fieldsOf(subject, outcome), why);
}

/** BAD_FIELD, where `cause` says that a value has no form on the wire. */
export function notWritable(subject: Subject, cause: unknown): VppmuxError {
  const text = `${shown(subject)} was not sent: ${messageOf(cause)}`;
  return new VppmuxError('BAD_FIELD', text, fieldsOf(subject, 'not-sent'), cause);
}

/** The agent has no room for one more `what`. */
export function tooMany(what: string, most: number): VppmuxError {
  const text = `the agent allows ${most} ${what} at a time for one connection (remote.conf)`;
  return new VppmuxError('BACKLOG_FULL', text, { outcome: 'not-sent' });
}

export function unexpected(subject: Subject, type: string): ConnectionError {
  const text = `the agent answered ${shown(subject)} with a frame "${type}"; ${EFFECT.unknown}`;
  return new ConnectionError('PROTOCOL', text, fieldsOf(subject, 'unknown'));
}

/** The text of what was thrown, which may be anything: src/thrown.ts says more, and needs Node. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'string' ? thrown : `a ${typeof thrown} was thrown, which is no Error`;
}
