/**
 * Makes sessions, one after the other: dials, watches, waits, dials again. Never gives up unless
 * `maxAttempts` says so; comes at once when the socket file appears. With a backup, redundancy.ts says
 * which dataplane it is that serves.
 *
 * Whoever is told of something here (log, states, the failures of what was in flight) may close or
 * destroy the connection from within: after each such call the work goes on only if it still may.
 */

import { ConnectionError } from '../errors.js';
import { openTransport } from '../link/open-transport.js';
import { openUnixLink } from '../link/unix-link.js';
import { doubledNames } from '../session/message-table.js';
import { Session } from '../session/session.js';
import type { DataplaneRole } from '../types.js';
import type { VppConnection } from './connection.js';
import { Dataplane, type Seeker } from './dataplane.js';
import { type Dialled, dial } from './dial.js';
import { learnVpp } from './learn.js';
import { startPulse } from './pulse.js';
import { Redundancy } from './redundancy.js';
import { SchemaSource } from './schema-source.js';

export class Supervisor implements Seeker {
  session: Session | undefined;
  /** What is in flight on it is finished, then the other dataplane serves. There is no `session` meanwhile. */
  leaving: Session | undefined;
  /** Why there is no session. */
  lostCause: Error | undefined;
  /** The one that serves, or is tried. */
  dataplane: Dataplane;
  readonly redundancy: Redundancy | undefined;
  /** Who waits for the first session gives up when it cannot be had. */
  firstOnly = false;
  private stopPulse = () => {};
  private generation = 0;
  private stopCause: Error | undefined;
  private isStopped = false;

  constructor(private readonly connection: VppConnection) {
    const { socket, backup } = connection.settings;
    this.dataplane = this.newDataplane('primary', socket);
    if (!backup) return;
    const other = this.newDataplane('backup', backup.socket, this.dataplane.schemas);
    this.redundancy = new Redundancy(connection, this, other, backup);
  }

  start(): void {
    this.redundancy?.start();
    this.dataplane.seek(this);
  }

  get schemas(): SchemaSource {
    return this.dataplane.schemas;
  }

  get stopped(): boolean {
    return this.isStopped;
  }

  /** Also one that is being left. */
  get present(): Session | undefined {
    return this.session ?? this.leaving;
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
    this.isStopped = true;
    this.redundancy?.stop();
    this.dataplane.rest();
    this.stopPulse();
    const session = this.present;
    this.session = undefined;
    this.leaving = undefined;
    if (session) this.connection.ledger.keep(session);
    session?.destroy(cause);
  }

  trying(): void {
    const { cell } = this.connection;
    if (cell.value.state === 'backoff') cell.move('connecting', cell.value.reason);
  }

  found(dialled: Dialled): void {
    this.welcome(dialled);
  }

  /** An attempt failed. */
  missed(cause: Error): void {
    const { settings, cell } = this.connection;
    const { dataplane, redundancy } = this;
    const { maxAttempts } = settings.reconnect;
    if (maxAttempts > 0 && dataplane.attempts > maxAttempts && (redundancy?.exhausted(maxAttempts) ?? true)) {
      const text = `given up after ${maxAttempts} attempts to connect again: ${cause.message}`;
      settings.log('warn', text);
      const fields = { socket: dataplane.socket, outcome: 'not-sent' } as const;
      this.connection.destroy(new ConnectionError('GAVE_UP', text, fields, cause));
      return;
    }
    const howLong = maxAttempts > 0 ? `${maxAttempts} times` : 'until it works';
    dataplane.tell(cause, settings.log, this.firstOnly && !redundancy ? 'not tried again' : `trying again ${howLong}`);
    if (this.stopped) return;
    if (!redundancy?.onMissed()) this.backoff(cause);
    else {
      this.lostCause = cause;
      cell.note({ reason: cause.message });
      if (!this.stopped) dataplane.seekLater(this);
    }
  }

  /** The link is the session from now on. */
  welcome({ link, clientIndex, catalogue, schemaSource }: Dialled): void {
    const { settings, counters, deadlines, cell, subscriptions, own } = this.connection;
    const { redundancy, dataplane } = this;
    this.generation++;
    const { generation } = this;
    const { maxInFlight, maxWaitingBytes, log } = settings;
    const session = new Session(
      { link, clientIndex, generation, catalogue, counters, deadlines, maxInFlight, maxWaitingBytes, log },
      {
        receiver: subscriptions,
        onLate: (late) => settings.onLateReply?.(late),
        onEnd: (cause) => {
          this.connection.poison?.died(session.oldest);
          this.lost(cause);
        },
      },
    );
    this.session = session;
    this.connection.onSession(session);
    redundancy?.onSession();
    const current = () => this.session === session;
    settings.log('info', `${generation > 1 ? 'connected again' : 'connected'} to VPP at ${dataplane.socket}`, {
      messages: catalogue.table.size,
      definitions: schemaSource,
      generation,
    });
    const doubled = doubledNames(catalogue.table);
    counters.doubledNames = doubled.length;
    if (doubled.length > 0) {
      const some = `${doubled.slice(0, 3).join(', ')}${doubled.length > 3 ? ', …' : ''}`;
      settings.log('warn', `VPP's table has ${doubled.length} names twice (${some}): of each the last one is used`);
    }
    if (!current()) return;
    cell.move('ready', `connected: ${catalogue.table.size} messages, definitions from ${schemaSource}`, {
      generation,
      reconnects: generation - 1,
      version: undefined,
      pid: undefined,
      ...(redundancy && { socket: dataplane.socket, redundancy: redundancy.status }),
    });
    if (current()) subscriptions.onSession(session);
    const { schemas } = dataplane;
    if (current()) {
      learnVpp(own, (known) => {
        // Known by a message of these definitions: they are worth keeping.
        if (known.version !== undefined) schemas.used();
        if (current()) cell.note(known);
      });
    }
    if (current()) this.watch(session);
  }

  /** `session` is to end: nothing new goes out on it. */
  retire(reason: string): Session | undefined {
    const { session } = this;
    if (!session) return undefined;
    this.leaving = session;
    this.session = undefined;
    this.stopPulse();
    this.pause(reason);
    return session;
  }

  /** What was to be left goes on. */
  stay(): void {
    const { leaving } = this;
    if (!leaving) return;
    this.leaving = undefined;
    this.session = leaving;
    this.connection.cell.move('ready', 'the other dataplane has gone before it could serve');
    if (this.session === leaving) this.watch(leaving);
  }

  /** Ends the session from our side: what is in flight on it fails with `cause`, and nothing it answers is heard. */
  abandon(cause: Error): void {
    const session = this.unseat();
    this.dataplane.lost();
    this.lostCause = cause;
    this.pause(cause.message);
    session?.destroy(cause);
  }

  /** The other dataplane will serve in a moment. */
  pause(reason: string): void {
    const { cell } = this.connection;
    if (cell.value.state === 'connecting') cell.note({ reason });
    else cell.move('connecting', reason);
  }

  backoff(cause: Error): void {
    if (this.stopped) return;
    this.lostCause = this.redundancy?.bothAway(cause) ?? cause;
    this.connection.cell.move('backoff', this.lostCause.message);
    if (!this.stopped) this.dataplane.seekLater(this);
  }

  /** The backup is away as well; the first attempts at both have failed. */
  nobody(): void {
    if (!this.lostCause || this.dataplane.isDialling) return;
    this.lostCause = this.redundancy?.bothAway(this.lostCause);
    this.connection.cell.move('backoff', this.lostCause?.message ?? '');
  }

  /** The session ended by itself; what is in flight on it fails when this returns. */
  private lost(cause: Error): void {
    this.unseat();
    if (this.stopped || this.connection.isClosing) return;
    const { settings } = this.connection;
    const { dataplane } = this;
    dataplane.lost();
    settings.log('warn', cause.message, { socket: dataplane.socket });
    if (!this.stopped && !this.redundancy?.onLost(cause)) this.backoff(cause);
  }

  private unseat(): Session | undefined {
    const session = this.present;
    if (session) this.connection.ledger.keep(session);
    this.session = undefined;
    this.leaving = undefined;
    this.stopPulse();
    this.connection.subscriptions.onSessionEnd();
    this.connection.tracing.onSession(undefined);
    return session;
  }

  /** Probes it. */
  private watch(session: Session): void {
    const { settings, cell, own: channel } = this.connection;
    const { catalogue, progress } = session;
    const onHung = (reason: string) => this.redundancy?.onHung(reason);
    const framesIn = () => session.link.framesIn;
    const isExcused = () => progress.granted !== undefined;
    this.stopPulse = startPulse({ settings, cell, channel, catalogue, framesIn, isExcused, onHung });
  }

  private newDataplane(role: DataplaneRole, socket: string, kin?: SchemaSource): Dataplane {
    const { settings } = this.connection;
    const { name, connectTimeoutMs, maxFrameBytes, unsafe = false, exclusive, reconnect, transport, log } = settings;
    // The address of a transport is no file, even where one has that path.
    const file = transport ? undefined : socket;
    const openLink = transport ? openTransport(transport) : openUnixLink;
    const schemas = new SchemaSource({ ...settings, socket: file }, log, kin);
    return new Dataplane(role, socket, file, schemas, reconnect, (dataplane, signal) => {
      // A standby's link is shown to a trace from when it serves.
      const trace = dataplane === this.dataplane ? this.connection.tracing.wanted : undefined;
      const generation = this.generation + 1;
      const options = {
        openLink,
        socket,
        name,
        timeoutMs: connectTimeoutMs,
        maxFrameBytes,
        unsafe,
        exclusive,
        trace,
        generation,
        signal,
      };
      return dial(options, schemas);
    });
  }
}
