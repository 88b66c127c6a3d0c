/**
 * Makes sessions, one after the other: dials, watches, waits, dials again. Never gives up unless
 * `maxAttempts` says so; comes at once when the socket file appears.
 *
 * Whoever is told of something here (log, states, the failures of what was in flight) may close or
 * destroy the connection from within: after each such call the work goes on only if it still may.
 */

import { ConnectionError, VppmuxError } from '../errors.js';
import { Session } from '../session/session.js';
import { backoffDelay } from './backoff.js';
import type { VppConnection } from './connection.js';
import { type Dialled, dial } from './dial.js';
import { learnVpp } from './learn.js';
import { startPulse } from './pulse.js';
import { SchemaSource } from './schema-source.js';
import { identity, SocketWatch } from './socket-watch.js';

/** After the socket file appeared VPP needs a moment to listen on it: milliseconds between the tries. */
const SOON = [2, 5, 10, 20, 40, 80];
/** A session that lived so long was a good one: what comes after it is not one more failure in a row. */
const GOOD_LIFE = 5000;

export class Supervisor {
  session: Session | undefined;
  /** Why there is no session. */
  lostCause: Error | undefined;
  readonly schemas: SchemaSource;
  private readonly abort = new AbortController();
  private stopPulse = () => {};
  private watch: SocketWatch | undefined;
  /** The socket file of the last attempt. */
  private tried: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private dialling = false;
  private generation = 0;
  private connectedAt = 0;
  /** Failures in a row, as far as they count. */
  private failures = 0;
  private lastCode: string | undefined;
  private soon: number[] = [];
  private stopCause: Error | undefined;

  constructor(private readonly connection: VppConnection) {
    this.schemas = new SchemaSource(connection.settings, connection.settings.log);
  }

  start(): void {
    void this.attempt(false);
  }

  /** Throws NOT_CONNECTED, or why it was closed. */
  usable(): Session {
    if (this.session) return this.session;
    if (this.stopped) throw this.closedError();
    const { reason, since, socket } = this.connection.status;
    const seconds = Math.round((Date.now() - since.getTime()) / 1000);
    throw new ConnectionError(
      'NOT_CONNECTED',
      `not connected to VPP at ${socket} (for ${seconds} s): ${reason}; it is tried again in the background`,
      { socket, outcome: 'not-sent' },
      this.lostCause,
    );
  }

  closedError(): Error {
    if (this.stopCause) return this.stopCause;
    return new ConnectionError('CLOSED', 'the connection is closed by this program', { outcome: 'not-sent' });
  }

  /** Ends the session and all further attempts. */
  stop(cause: Error): void {
    this.stopCause ??= cause;
    this.abort.abort();
    this.rest();
    this.stopPulse();
    const { session } = this;
    this.session = undefined;
    if (session) this.connection.ledger.keep(session);
    session?.destroy(cause);
  }

  private get stopped(): boolean {
    return this.abort.signal.aborted;
  }

  /** `bySight`: the socket has just appeared; that it is not listened on yet is no failure. */
  private async attempt(bySight: boolean): Promise<void> {
    if (this.dialling || this.session || this.stopped) return;
    this.dialling = true;
    clearTimeout(this.timer);
    const { settings, cell } = this.connection;
    const { socket, name, connectTimeoutMs, maxFrameBytes, unsafe = false } = settings;
    const trace = this.connection.tracing.wanted;
    if (cell.value.state === 'backoff') cell.move('connecting', cell.value.reason);
    this.tried = identity(socket);
    try {
      const generation = this.generation + 1;
      const options = { socket, name, timeoutMs: connectTimeoutMs, maxFrameBytes, unsafe, trace, generation };
      const dialled = await dial({ ...options, signal: this.abort.signal }, this.schemas);
      this.dialling = false;
      if (this.stopped) dialled.link.close();
      else this.welcome(dialled);
    } catch (error) {
      this.dialling = false;
      if (!this.stopped) this.missed(error as Error, bySight);
    }
  }

  private welcome({ link, clientIndex, catalogue, schemaSource }: Dialled): void {
    const { settings, counters, deadlines, cell, subscriptions, own } = this.connection;
    this.rest();
    this.generation++;
    this.connectedAt = performance.now();
    this.lastCode = undefined;
    const { generation } = this;
    const { maxInFlight } = settings;
    const session = new Session(
      { link, clientIndex, generation, catalogue, counters, deadlines, maxInFlight },
      {
        onEvent: (entry, bytes, start, end) => subscriptions.onEvent(session, entry, bytes, start, end),
        onLate: (late) => settings.onLateReply?.(late),
        onEnd: (cause) => {
          this.connection.poison?.died(session.oldest);
          this.lost(cause);
        },
      },
    );
    this.session = session;
    this.connection.onSession(session);
    const current = () => this.session === session;
    settings.log('info', `${generation > 1 ? 'connected again' : 'connected'} to VPP at ${settings.socket}`, {
      messages: catalogue.table.size,
      definitions: schemaSource,
      generation,
    });
    if (!current()) return;
    cell.move('ready', `connected: ${catalogue.table.size} messages, definitions from ${schemaSource}`, {
      generation,
      reconnects: generation - 1,
      version: undefined,
      pid: undefined,
    });
    if (current()) subscriptions.onSession(session);
    if (current()) learnVpp(own, (known) => current() && cell.note(known));
    if (current()) this.stopPulse = startPulse({ settings, cell, channel: own, bytesIn: () => link.bytesIn });
  }

  /** The session ended by itself; what is in flight on it fails when this returns. */
  private lost(cause: Error): void {
    if (this.session) this.connection.ledger.keep(this.session);
    this.session = undefined;
    this.stopPulse();
    this.connection.subscriptions.onSessionEnd();
    this.connection.tracing.onSession(undefined);
    if (this.stopped) return;
    // One that dies young counts: VPP may be dying of what it is asked first, over and over.
    this.failures = performance.now() - this.connectedAt > GOOD_LIFE ? 0 : this.failures + 1;
    this.connection.settings.log('warn', cause.message, { socket: this.connection.settings.socket });
    this.backoff(cause);
  }

  /** An attempt failed. */
  private missed(cause: Error, bySight: boolean): void {
    if (!bySight) this.failures++;
    const { settings } = this.connection;
    const { maxAttempts } = settings.reconnect;
    if (maxAttempts > 0 && this.failures >= maxAttempts) {
      const text = `given up after ${this.failures} attempts to connect: ${cause.message}`;
      settings.log('warn', text);
      const fields = { socket: settings.socket, outcome: 'not-sent' } as const;
      this.connection.destroy(new ConnectionError('GAVE_UP', text, fields, cause));
      return;
    }
    const code = cause instanceof VppmuxError ? cause.code : cause.message;
    const howLong = maxAttempts > 0 ? `${maxAttempts} times in all` : 'until it works';
    if (code !== this.lastCode) settings.log('warn', `${cause.message}; trying again ${howLong}`);
    this.lastCode = code;
    this.backoff(cause);
  }

  private backoff(cause: Error): void {
    if (this.stopped) return;
    this.lostCause = cause;
    const { settings, cell } = this.connection;
    cell.move('backoff', cause.message);
    if (this.stopped) return;
    const sight = this.soon.shift();
    const delay = sight ?? backoffDelay(Math.max(1, this.failures), settings.reconnect);
    this.timer = setTimeout(() => void this.attempt(sight !== undefined), delay);
    if (this.watch) return;
    this.watch = new SocketWatch(settings.socket, this.tried, () => this.appeared());
    this.watch.look(); // VPP may be back before we know that it was gone
  }

  private appeared(): void {
    if (this.session || this.stopped) return;
    this.soon = [...SOON];
    void this.attempt(true);
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.watch?.stop();
    this.watch = undefined;
    this.soon = [];
  }
}
