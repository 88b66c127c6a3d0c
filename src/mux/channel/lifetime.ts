/** Lifetime of a channel: until its user closes it, one of its signals fires, or its connection ends. */

import { reasonOf } from '../../thrown.js';
import { onFirstAbort } from '../abort.js';
import { ConnectionError, type Outcome } from '../errors.js';

interface End {
  /** Reason of the signal that closed the channel. */
  readonly reason?: unknown;
  /** Error of the connection, when that has ended. */
  readonly connection?: Error;
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

  /** Error of a call on the closed channel: CHANNEL_CLOSED, or what ended the connection. */
  error(what: string, outcome: Outcome = 'not-sent'): Error {
    const { connection, reason } = this.end ?? {};
    if (connection) return connection;
    const { id: channel } = this;
    const why = reason === undefined ? '' : `: ${reasonOf(reason)}`;
    const text = `${what} on channel ${channel}, which this program has closed${why}`;
    return new ConnectionError('CHANNEL_CLOSED', text, { channel, outcome }, reason);
  }
}
