/**
 * Makes sessions, one after the other: dials, watches, waits, dials again. Never gives up unless
 * `maxAttempts` says so; comes at once when the socket file appears.
 */

import { existsSync } from 'node:fs';
import { ConnectionError, VppmuxError } from '../errors.js';
import { Session } from '../session/session.js';
import { traceTo } from '../trace.js';
import { backoffDelay } from './backoff.js';
import type { VppConnection } from './connection.js';
import { type Dialled, dial } from './dial.js';
import { Heartbeat } from './heartbeat.js';
import { learnVpp } from './learn.js';
import { SchemaSource } from './schema-source.js';
import { SocketWatch } from './socket-watch.js';

/** After the socket file appeared VPP needs a moment to listen on it. */
const SOON = [2, 5, 10, 20, 40, 80];

export class Supervisor {
  session: Session | undefined;
  private readonly schemas: SchemaSource;
  private readonly abort = new AbortController();
  private heartbeat: Heartbeat | undefined;
  private watch: SocketWatch | undefined;
  private timer: NodeJS.Timeout | undefined;
  private dialling = false;
  private generation = 0;
  private failures = 0;
  private soon: number[] = [];
  private stopCause: Error | undefined;
  /** Why there is no session. */
  lostCause: Error | undefined;

  constructor(private readonly connection: VppConnection) {
    this.schemas = new SchemaSource(connection.settings, connection.settings.log);
  }

  start(): void {
    void this.attempt();
  }

  usable(): Session {
    if (this.session) return this.session;
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
    this.heartbeat?.stop();
    const { session } = this;
    this.session = undefined;
    session?.destroy(cause);
  }

  private async attempt(): Promise<void> {
    if (this.dialling || this.session || this.abort.signal.aborted) return;
    this.dialling = true;
    clearTimeout(this.timer);
    const { socket, name, connectTimeoutMs, maxFrameBytes, unsafe = false } = this.connection.settings;
    const { cell } = this.connection;
    if (cell.value.state === 'backoff') cell.move('connecting', cell.value.reason);
    try {
      const { signal } = this.abort;
      const dialled = await dial(
        { socket, name, timeoutMs: connectTimeoutMs, maxFrameBytes, unsafe, signal },
        this.schemas,
      );
      this.dialling = false;
      this.welcome(dialled);
    } catch (error) {
      this.dialling = false;
      if (!this.abort.signal.aborted) this.missed(error as Error);
    }
  }

  private welcome({ link, clientIndex, catalogue, schemaSource }: Dialled): void {
    const { connection } = this;
    const { settings, counters, deadlines, cell } = connection;
    this.rest();
    this.failures = 0;
    this.generation++;
    const session = new Session(
      {
        link,
        clientIndex,
        generation: this.generation,
        catalogue,
        counters,
        deadlines,
        trace: settings.trace && traceTo(settings.trace),
        maxInFlight: settings.maxInFlight,
      },
      {
        onEvent: (entry, bytes, start, end) => connection.subscriptions.onEvent(session, entry, bytes, start, end),
        onLate: (late) => settings.onLateReply?.(late),
        onEnd: (cause) => this.lost(cause),
      },
    );
    this.session = session;
    const again = this.generation > 1;
    cell.move('ready', `connected: ${catalogue.table.size} messages, definitions from ${schemaSource}`, {
      generation: this.generation,
      reconnects: this.generation - 1,
      version: undefined,
      pid: undefined,
    });
    settings.log('info', `${again ? 'connected again' : 'connected'} to VPP at ${settings.socket}`, {
      messages: catalogue.table.size,
      definitions: schemaSource,
      generation: this.generation,
    });
    connection.subscriptions.onSession(session);
    learnVpp(connection.own, (known) => {
      if (this.session === session) cell.note(known);
    });
    this.beginHeartbeat(session);
  }

  private beginHeartbeat(session: Session): void {
    const { settings, cell, own } = this.connection;
    const { probe, intervalMs, timeoutMs, threshold } = settings.health;
    if (probe === false || intervalMs === 0) return;
    this.heartbeat = new Heartbeat({
      intervalMs,
      timeoutMs,
      threshold,
      probe: (timeout) => own.request(probe, {}, { timeoutMs: timeout, anyRetval: true }),
      bytesIn: () => session.link.bytesIn,
      onMissed: (missed, since) => {
        const seconds = ((Date.now() - since) / 1000).toFixed(1);
        const reason = `VPP has said nothing for ${seconds} s: ${missed} of ${threshold} probes (${probe}) without an answer`;
        const { state } = cell.value;
        if (missed >= threshold && state !== 'not-responding') {
          cell.move('not-responding', reason);
          settings.log('warn', reason);
        } else if (missed < threshold && state === 'ready') cell.move('degraded', reason);
        else cell.note({ reason });
      },
      onAlive: () => {
        cell.move('ready', 'VPP answers again');
        settings.log('info', 'VPP answers again');
      },
    });
  }

  /** The session ended by itself; everything in flight has failed. */
  private lost(cause: Error): void {
    this.session = undefined;
    this.heartbeat?.stop();
    this.connection.subscriptions.onSessionEnd();
    this.connection.settings.log('warn', cause.message, { socket: this.connection.settings.socket });
    this.backoff(cause);
  }

  /** An attempt failed. */
  private missed(cause: Error): void {
    this.failures++;
    const { maxAttempts } = this.connection.settings.reconnect;
    if (maxAttempts > 0 && this.failures >= maxAttempts) {
      const text = `given up after ${this.failures} attempts to connect: ${cause.message}`;
      const { socket } = this.connection.settings;
      const error = new ConnectionError('GAVE_UP', text, { socket, outcome: 'not-sent' }, cause);
      this.connection.settings.log('warn', text);
      this.connection.destroy(error);
      return;
    }
    if (this.failures === 1) this.connection.settings.log('warn', `${cause.message}; trying again until it is there`);
    this.backoff(cause);
  }

  private backoff(cause: Error): void {
    this.lostCause = cause;
    const { settings, cell } = this.connection;
    cell.move('backoff', cause.message);
    const delay = this.soon.shift() ?? backoffDelay(Math.max(1, this.failures), settings.reconnect);
    this.timer = setTimeout(() => void this.attempt(), delay);
    this.watch ??= new SocketWatch(settings.socket, () => this.appeared());
    const missing = cause instanceof VppmuxError && cause.code === 'SOCKET_MISSING';
    if (missing && existsSync(settings.socket)) this.appeared();
  }

  private appeared(): void {
    if (this.session) return;
    this.soon = [...SOON];
    void this.attempt();
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.watch?.stop();
    this.watch = undefined;
    this.soon = [];
  }
}
