/**
 * Keeps a link to the agent: dials, and dials again when the link is lost, ever more seldom and never all clients at the same moment.
 *
 *   dialling ──▶ up ──▶ waiting ──▶ dialling …          closed: by this program, or attempts used up
 */

import { backoffDelay } from '../backoff.js';
import { ConnectionError } from '../mux/errors.js';
import type { RemoteSettings } from './options.js';

export interface ReconnectHandlers {
  /** Makes a link; when it resolves, it is in use. */
  dial(signal: AbortSignal): Promise<void>;
  dialling(): void;
  /** The attempt that comes next is `delayMs` away. */
  waiting(cause: ConnectionError, delayMs: number): void;
  gaveUp(cause: ConnectionError): void;
}

/** Milliseconds that a link has to live before attempts count from 1 again: an agent may end each link right behind its `hello`. */
const GOOD_LIFE_MS = 5000;

export class Reconnector {
  private readonly ending = new AbortController();
  /** Consecutive attempts that failed, or led to a short-lived link. */
  private attempts = 0;
  /** Start of the present link; Infinity while there is none. */
  private upAt = Number.POSITIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly settings: Pick<RemoteSettings, 'reconnect' | 'connectTimeoutMs'>,
    private readonly handlers: ReconnectHandlers,
  ) {}

  get isOver(): boolean {
    return this.ending.signal.aborted;
  }

  /** Resolves when the first link is in use; rejects when the first attempt fails. */
  first(signal: AbortSignal | undefined): Promise<void> {
    return this.dial(signal);
  }

  /** The link was lost, or an attempt to make one failed. */
  lost(cause: ConnectionError): void {
    if (this.isOver) return;
    if (performance.now() - this.upAt > GOOD_LIFE_MS) this.attempts = 0;
    this.upAt = Number.POSITIVE_INFINITY;
    const { maxAttempts, ...pace } = this.settings.reconnect;
    if (maxAttempts > 0 && this.attempts >= maxAttempts) {
      const text = `gave up after ${maxAttempts} attempts to connect again: ${cause.message}`;
      this.end();
      this.handlers.gaveUp(new ConnectionError('GAVE_UP', text, {}, cause));
      return;
    }
    this.attempts += 1;
    const delayMs = backoffDelay(this.attempts, pace);
    this.handlers.waiting(cause, delayMs);
    this.timer = setTimeout(() => void this.again(), delayMs);
  }

  end(): void {
    clearTimeout(this.timer);
    this.ending.abort();
  }

  private async again(): Promise<void> {
    this.handlers.dialling();
    try {
      await this.dial(undefined);
    } catch (error) {
      this.lost(error as ConnectionError);
    }
  }

  /** Rejects with ABORTED, NOT_CONNECTED, HANDSHAKE_FAILED or CONNECTION_LOST. */
  private async dial(signal: AbortSignal | undefined): Promise<void> {
    const { connectTimeoutMs: ms } = this.settings;
    const attempt = new AbortController();
    const give = (error: unknown) => () => attempt.abort(error);
    const late = give(
      new ConnectionError('NOT_CONNECTED', `the agent did not answer within ${ms} ms`, { afterMs: ms }),
    );
    const ended = give(new ConnectionError('CLOSED', 'the connection is closed by this program'));
    const aborted = () => signal && attempt.abort(connectingAborted(signal));
    const timer = setTimeout(late, ms);
    this.ending.signal.addEventListener('abort', ended);
    signal?.addEventListener('abort', aborted);
    if (signal?.aborted) aborted();
    if (this.isOver) ended();
    try {
      await this.handlers.dial(attempt.signal);
      this.upAt = performance.now();
    } catch (error) {
      throw attempt.signal.aborted ? attempt.signal.reason : error;
    } finally {
      clearTimeout(timer);
      this.ending.signal.removeEventListener('abort', ended);
      signal?.removeEventListener('abort', aborted);
    }
  }
}

export function connectingAborted({ reason }: AbortSignal): ConnectionError {
  return new ConnectionError('ABORTED', 'connecting was given up by the caller', {}, reason);
}
