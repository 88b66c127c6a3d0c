/** Lifetime of a channel: until its user closes it, one of its signals fires, or its connection ends. */

import { onFirstAbort } from '../../abort.js';
import { reasonOf } from '../../thrown.js';
import { ConnectionError, EFFECT, type Outcome } from '../errors.js';

interface End {
  /** Reason of the signal that closed the channel. */
  readonly reason?: unknown;
  /** Error of the connection, when that has ended. */
  readonly connection?: ConnectionError;
}

export class Lifetime {
  private end: End | undefined;
  private forgetSignal: (() => void) | undefined;

  constructor(private readonly id: number) {}

  get isOver(): boolean {
    return this.end !== undefined;
  }

  /** Calls `close` at the first of `signals`, none of which is aborted yet. */
  endsWith(signals: AbortSignal | readonly AbortSignal[], close: (reason: unknown) => void): void {
    this.forgetSignal = onFirstAbort(signals, close);
  }

  /** Ends the lifetime; false when it was over before. */
  finish(end: End): boolean {
    if (this.end) return false;
    this.end = end;
    this.forgetSignal?.();
    return true;
  }

  /** Error of a call on the closed channel: CHANNEL_CLOSED, or what ended the connection. `what`: the message, for a call under way. */
  error(what: string, outcome: Outcome = 'not-sent'): Error {
    const { connection, reason } = this.end ?? {};
    const { id: channel } = this;
    if (connection) return outcome === 'not-sent' ? connection : interrupted(connection, what, channel, outcome);
    const why = reason === undefined ? '' : `: ${reasonOf(reason)}`;
    const text = `${what} on channel ${channel}, which this program has closed${why}`;
    return new ConnectionError('CHANNEL_CLOSED', text, { channel, outcome }, reason);
  }
}

/** A call that was under way when its connection ended: VPP may have carried it out. */
function interrupted(cause: ConnectionError, messageName: string, channel: number, outcome: Outcome): ConnectionError {
  const text = `${messageName} (channel ${channel}) failed: ${cause.message}; ${EFFECT[outcome]}`;
  return new ConnectionError(cause.code, text, { messageName, channel, outcome }, cause);
}
