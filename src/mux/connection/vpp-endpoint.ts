/** Connects to one VPP: retries with backoff, and immediately when the socket file appears. */

import { type BackoffOptions, backoffDelay } from '../../backoff.js';
import { debug } from '../../debug.js';
import { type SocketFile, socketFileAt } from '../../socket-file.js';
import { VppmuxError } from '../errors.js';
import type { ConnectOptions, DataplaneRole } from '../types.js';
import type { Dialled } from './dial.js';
import type { SchemaSource } from './schema-source.js';
import { SocketWatch } from './socket-watch.js';

/** Milliseconds between the attempts after the socket file appeared: VPP needs a moment until it listens. */
const FAST_RETRIES = [2, 5, 10, 20, 40, 80, ...Array<number>(20).fill(100)];
/** Lifetime of a good link, milliseconds: a failure after it is the first one of a new row. */
const GOOD_LIFE = 5000;

/** Callbacks of a connect attempt; each may call `cancel()`. */
export interface DialCallbacks {
  /** An attempt begins. */
  onAttempt(): void;
  /** Connected; whoever is called owns the link from now on. */
  onLink(dialled: Dialled): void;
  /** An attempt failed; another one is made only after `connectLater()`. */
  onFailure(cause: Error): void;
}

export class VppEndpoint {
  /** Consecutive failed attempts and short-lived links, which the backoff counts; see `lost()`. */
  failures = 0;
  /** Consecutive failed attempts, bounded by `maxAttempts`. */
  attempts = 0;
  /** Identity of the socket file that the last link was made at; undefined where that is not known. */
  socketFile: string | undefined;
  private reachedAt = 0;
  private dialling: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private watch: SocketWatch | undefined;
  /** The socket file of the last attempt. */
  private tried: SocketFile | undefined;
  private fastRetries: number[] = [];
  /** Code of the failure that was logged last. */
  private loggedFailure: string | undefined;

  constructor(
    readonly role: DataplaneRole,
    readonly socket: string,
    /** Socket file to watch; undefined for a transport. */
    private readonly file: string | undefined,
    readonly schemas: SchemaSource,
    private readonly reconnect: BackoffOptions,
    private readonly dial: (endpoint: VppEndpoint, signal: AbortSignal) => Promise<Dialled>,
  ) {}

  get isDialling(): boolean {
    return this.dialling !== undefined;
  }

  /** Makes an attempt now. */
  connect(callbacks: DialCallbacks): void {
    void this.attempt(callbacks, false);
  }

  /** Makes an attempt after the backoff, or as soon as the socket file appears. */
  connectLater(callbacks: DialCallbacks): void {
    const fast = this.fastRetries.shift();
    const delay = fast ?? backoffDelay(Math.max(1, this.failures), this.reconnect);
    debug.reconnect?.(`${this.role} ${this.socket}: next attempt in ${delay} ms, after ${this.failures} failures`);
    this.timer = setTimeout(() => void this.attempt(callbacks, fast !== undefined), delay);
    if (this.watch || this.file === undefined) return;
    this.watch = new SocketWatch(this.file, this.tried?.revision, () => {
      debug.reconnect?.(`${this.role}: the socket file ${this.socket} appeared`);
      this.fastRetries = [...FAST_RETRIES];
      void this.attempt(callbacks, true);
    });
    this.watch.check(); // VPP may be back before its end was noticed
  }

  private get present(): SocketFile | undefined {
    return this.file === undefined ? undefined : socketFileAt(this.file);
  }

  /** Ends all attempts, without a callback. */
  cancel(): void {
    this.dialling?.abort();
    this.dialling = undefined;
    clearTimeout(this.timer);
    this.watch?.stop();
    this.watch = undefined;
    this.fastRetries = [];
  }

  /** Notes that the link ended. A short-lived one counts as a failure: VPP may die of its first requests again and again. */
  lost(): void {
    this.failures = performance.now() - this.reachedAt > GOOD_LIFE ? 0 : this.failures + 1;
  }

  /** Logs a failed attempt, unless the one before failed for the same reason. `then`: the next step. */
  logFailure(cause: Error, log: NonNullable<ConnectOptions['log']>, then: string): void {
    const code = cause instanceof VppmuxError ? cause.code : cause.message;
    if (code !== this.loggedFailure) log('warn', `${cause.message}; ${then}`);
    this.loggedFailure = code;
  }

  /** `socketAppeared`: the file has just appeared, so a refused connection is no failure. */
  private async attempt(callbacks: DialCallbacks, socketAppeared: boolean): Promise<void> {
    if (this.dialling) return;
    const dialling = new AbortController();
    this.dialling = dialling;
    clearTimeout(this.timer);
    callbacks.onAttempt();
    this.tried = this.present;
    try {
      const dialled = await this.dial(this, dialling.signal);
      if (dialling.signal.aborted) return dialled.link.close();
      this.dialling = undefined;
      this.cancel();
      // A file that was replaced during the attempt may be either of the two.
      this.socketFile = this.present?.identity === this.tried?.identity ? this.tried?.identity : undefined;
      this.reachedAt = performance.now();
      this.attempts = 0;
      this.loggedFailure = undefined;
      callbacks.onLink(dialled);
    } catch (error) {
      if (dialling.signal.aborted) return;
      this.dialling = undefined;
      if (!socketAppeared) {
        this.failures++;
        this.attempts++;
      }
      callbacks.onFailure(error as Error);
    }
  }
}
