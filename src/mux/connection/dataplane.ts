/**
 * One VPP as far as reaching it goes: its socket is dialled until it answers, ever more seldom, and at once when
 * the socket file appears.
 */

import { debug } from '../../debug.js';
import { type SocketFile, socketFileAt } from '../../socket-file.js';
import { VppmuxError } from '../errors.js';
import type { ConnectOptions, DataplaneRole } from '../types.js';
import { type BackoffOptions, backoffDelay } from './backoff.js';
import type { Dialled } from './dial.js';
import type { SchemaSource } from './schema-source.js';
import { SocketWatch } from './socket-watch.js';

/** After the socket file appeared VPP needs a moment to listen on it: milliseconds between the tries. */
const SOON = [2, 5, 10, 20, 40, 80, ...Array<number>(20).fill(100)];
/** A link that lived so long was a good one: what comes after it is not one more failure in a row. */
const GOOD_LIFE = 5000;

/** Who wants it reached. Each of these may call `rest()`. */
export interface Seeker {
  trying(): void;
  /** The link is the seeker's from now on. */
  found(dialled: Dialled): void;
  /** An attempt failed; the next one is made when the seeker asks for it. */
  missed(cause: Error): void;
}

export class Dataplane {
  /** Consecutive failures, as far as they count for the wait; see `lost()`. */
  failures = 0;
  /** Consecutive attempts to connect that failed: what `maxAttempts` bounds. */
  attempts = 0;
  /** Identity of the socket file that the last link was made at; undefined where that is not known. */
  socketFile: string | undefined;
  private reachedAt = 0;
  private dialling: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private watch: SocketWatch | undefined;
  /** The socket file of the last attempt. */
  private tried: SocketFile | undefined;
  private soon: number[] = [];
  /** What the last attempt failed of. */
  private told: string | undefined;

  constructor(
    readonly role: DataplaneRole,
    readonly socket: string,
    /** Socket file that is looked at; undefined where a transport reaches VPP otherwise. */
    private readonly file: string | undefined,
    readonly schemas: SchemaSource,
    private readonly reconnect: BackoffOptions,
    private readonly dial: (dataplane: Dataplane, signal: AbortSignal) => Promise<Dialled>,
  ) {}

  get isDialling(): boolean {
    return this.dialling !== undefined;
  }

  /** Tries now. */
  seek(seeker: Seeker): void {
    void this.attempt(seeker, false);
  }

  /** Tries when its failures have been waited for, or when the socket appears. */
  seekLater(seeker: Seeker): void {
    const sight = this.soon.shift();
    const delay = sight ?? backoffDelay(Math.max(1, this.failures), this.reconnect);
    debug.reconnect?.(`${this.role} ${this.socket}: next attempt in ${delay} ms, after ${this.failures} failures`);
    this.timer = setTimeout(() => void this.attempt(seeker, sight !== undefined), delay);
    if (this.watch || this.file === undefined) return;
    this.watch = new SocketWatch(this.file, this.tried?.revision, () => {
      debug.reconnect?.(`${this.role}: the socket file ${this.socket} appeared`);
      this.soon = [...SOON];
      void this.attempt(seeker, true);
    });
    this.watch.look(); // VPP may be back before we know that it was gone
  }

  private get present(): SocketFile | undefined {
    return this.file === undefined ? undefined : socketFileAt(this.file);
  }

  /** Ends all attempts; nobody is told. */
  rest(): void {
    this.dialling?.abort();
    this.dialling = undefined;
    clearTimeout(this.timer);
    this.watch?.stop();
    this.watch = undefined;
    this.soon = [];
  }

  /** Its link ended. One that dies young counts: VPP may be dying of what it is asked first, over and over. */
  lost(): void {
    this.failures = performance.now() - this.reachedAt > GOOD_LIFE ? 0 : this.failures + 1;
  }

  /** Logs a failed attempt, unless the one before failed of the same. `then`: what comes next. */
  tell(cause: Error, log: NonNullable<ConnectOptions['log']>, then: string): void {
    const code = cause instanceof VppmuxError ? cause.code : cause.message;
    if (code !== this.told) log('warn', `${cause.message}; ${then}`);
    this.told = code;
  }

  /** `bySight`: the socket has just appeared; that it is not listened on yet is no failure. */
  private async attempt(seeker: Seeker, bySight: boolean): Promise<void> {
    if (this.dialling) return;
    const dialling = new AbortController();
    this.dialling = dialling;
    clearTimeout(this.timer);
    seeker.trying();
    this.tried = this.present;
    try {
      const dialled = await this.dial(this, dialling.signal);
      if (dialling.signal.aborted) return dialled.link.close();
      this.dialling = undefined;
      this.rest();
      // One that was replaced meanwhile may be either of the two.
      this.socketFile = this.present?.identity === this.tried?.identity ? this.tried?.identity : undefined;
      this.reachedAt = performance.now();
      this.attempts = 0;
      this.told = undefined;
      seeker.found(dialled);
    } catch (error) {
      if (dialling.signal.aborted) return;
      this.dialling = undefined;
      if (!bySight) {
        this.failures++;
        this.attempts++;
      }
      seeker.missed(error as Error);
    }
  }
}
