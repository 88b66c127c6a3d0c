/**
 * The connection as its users hold it: one life over many sessions.
 *
 *   connecting ──▶ ready ⇄ degraded ⇄ not-responding
 *       ▲            └────────┬──────────┘
 *       │                     ▼ link ended: all in flight fails in the same tick
 *       └── delay over, or ── backoff ──▶ closed   (close, destroy, or attempts used up)
 *           socket appeared
 *
 * Users and subscriptions hold names and this object; sessions come and go (supervisor.ts makes them).
 */

import type { Observable } from 'rxjs';
import { reasonOf } from '../../thrown.js';
import { leadTo, throwAtCaller } from '../call-site.js';
import { VppChannel } from '../channel/channel.js';
import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import { type Retrying, retryWhileAway } from '../channel/retry.js';
import type { Schema } from '../codec/codec.js';
import { ConnectionError, VppmuxError } from '../errors.js';
import { HazardCheck } from '../hazards/check.js';
import { DataListeners } from '../interceptors/data-listeners.js';
import { checkChannelOptions } from '../known-options.js';
import { type Settings, settings } from '../options.js';
import { observable } from '../rx.js';
import { Counters } from '../session/counters.js';
import { Deadlines } from '../session/deadlines.js';
import type { Exchange } from '../session/exchange.js';
import { tableHash } from '../session/message-table.js';
import type { Session } from '../session/session.js';
import { Subscriptions } from '../session/subscriptions.js';
import { Tracing } from '../trace/tracing.js';
import type {
  Channel,
  ChannelOptions,
  Compatibility,
  CompatibilityOptions,
  Connection,
  ConnectionState,
  ConnectionStats,
  ConnectionStatus,
  ConnectOptions,
  DataEvents,
  DataplaneRole,
  TableEntry,
  Tracer,
} from '../types.js';
import { askVpp } from './ask-vpp.js';
import { boundsOf, ownBounds } from './channel-bounds.js';
import { compareWithVpp } from './compare-with-vpp.js';
import { farewell } from './farewell.js';
import { PoisonGuard } from './poison.js';
import { RequestGate } from './request-gate.js';
import { ServiceLedger, statsOf } from './stats.js';
import { StatusCell } from './status.js';
import { Supervisor } from './supervisor.js';
import { whenReady } from './when-ready.js';

const NO_TABLE: ReadonlyMap<string, TableEntry> = new Map();
const CLOSE_TIMEOUT = 1500;

export class VppConnection implements Connection {
  readonly settings: Settings;
  readonly counters = new Counters();
  readonly ledger = new ServiceLedger();
  readonly tracing: Tracing;
  readonly deadlines: Deadlines;
  readonly subscriptions: Subscriptions;
  readonly retrying: Retrying | undefined;
  readonly sharesEvents = true;
  readonly callSites: boolean;
  readonly poison: PoisonGuard | undefined;
  readonly gate: RequestGate | undefined;
  readonly hazards: HazardCheck | undefined;
  readonly cell: StatusCell;
  /** Channel 0: probes and registrations, also while closing. */
  readonly own: VppChannel;
  readonly supervisor: Supervisor;
  private readonly channels = new Set<OpenChannel>();
  readonly dataListeners: DataListeners;
  private channelCount = 0;
  private lastSchema: Schema | undefined;
  /** Of the present or the last session. */
  private lastTable = NO_TABLE;
  private closing: Promise<void> | undefined;

  /** Throws BAD_OPTION. Connects in the background. */
  constructor(options: ConnectOptions) {
    this.settings = settings(options);
    const { retryRequest, log, socket, resync } = this.settings;
    this.callSites = this.settings.callSites;
    this.cell = new StatusCell(socket);
    this.deadlines = new Deadlines(undefined, (error) =>
      log('warn', `a deadline could not be handled: ${reasonOf(error)}`),
    );
    this.tracing = new Tracing(log);
    if (options.trace) this.tracing.add(options.trace);
    this.retrying = retryRequest.count > 0 ? (attempt, call) => retryWhileAway(attempt, retryRequest, call) : undefined;
    this.subscriptions = new Subscriptions((name, ...asked) => this.own.request(name, ...asked), log, resync);
    const { poison, replyTimeoutMs } = this.settings;
    this.hazards = this.settings.unsafe ? undefined : new HazardCheck((...asked) => askVpp(this, ...asked));
    this.poison = poison && new PoisonGuard(poison, replyTimeoutMs, log);
    this.dataListeners = new DataListeners(this.channels, log);
    this.supervisor = new Supervisor(this);
    const { redundancy } = this.supervisor;
    if (this.poison || redundancy) {
      this.gate = new RequestGate(this.cell, () => redundancy?.isMoving === true, this.poison, replyTimeoutMs);
    }
    this.own = new VppChannel(this.channelCount++, this.ownHost(), ownBounds(this.settings));
    this.supervisor.start();
  }

  get state(): ConnectionState {
    return this.cell.value.state;
  }

  get status(): ConnectionStatus {
    return this.cell.value;
  }

  get table(): ReadonlyMap<string, TableEntry> {
    return this.supervisor.session?.catalogue.table ?? NO_TABLE;
  }

  get schema(): Schema | undefined {
    this.lastSchema = this.supervisor.session?.catalogue.schema ?? this.lastSchema;
    return this.lastSchema;
  }

  get tableHash(): string | undefined {
    return this.lastTable === NO_TABLE ? undefined : tableHash(this.lastTable);
  }

  trace(tracer: Tracer): () => void {
    return this.tracing.add(tracer);
  }

  states(): Observable<ConnectionStatus> {
    return observable((listener) => {
      let stop = () => {};
      let over = false;
      stop = this.cell.watch((status) => {
        listener.next(status);
        over = status.state === 'closed';
        if (!over) return;
        stop();
        listener.complete();
      });
      if (over) stop();
      return stop;
    });
  }

  ready(options: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    return whenReady(this.cell, () => this.supervisor.closedError(), options).catch(throwAtCaller);
  }

  /** Like `ready()`, but the first failed attempt is the end of it. */
  async firstReady(signal?: AbortSignal): Promise<void> {
    let stop = () => {};
    this.supervisor.firstOnly = true;
    const failed = new Promise<never>((_resolve, reject) => {
      stop = this.cell.watch(({ state }) => {
        if (state === 'backoff') reject(this.supervisor.lostCause);
      });
    });
    try {
      await Promise.race([failed, this.ready({ signal })]);
    } catch (error) {
      this.destroy(error as Error);
      throw error;
    } finally {
      stop();
      this.supervisor.firstOnly = false;
    }
  }

  channel(options: ChannelOptions = {}): Channel {
    if (this.isClosing || this.state === 'closed') throw leadTo(this.supervisor.closedError(), this.channel);
    checkChannelOptions(options);
    const aborted = [options.signal ?? []].flat().find((signal) => signal.aborted);
    if (aborted) {
      throw new VppmuxError('ABORTED', 'the signal of a new channel is aborted already', {}, aborted.reason);
    }
    return this.adopt((id, host) => new VppChannel(id, host, boundsOf(this.settings, options)));
  }

  /** Opens a channel of any kind: it is numbered, counted in the statistics, shown to data listeners, and closed with the connection. */
  adopt<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C): C {
    if (this.isClosing || this.state === 'closed') throw this.supervisor.closedError();
    const channel = make(this.channelCount++, this);
    this.channels.add(channel);
    this.dataListeners.opened(channel);
    return channel;
  }

  get isClosing(): boolean {
    return this.closing !== undefined;
  }

  get dataEvents(): DataEvents {
    return this.dataListeners;
  }

  stats(): ConnectionStats {
    const { counters, own, channels, ledger } = this;
    return statsOf({ counters, session: this.supervisor.present, own, channels, ledger });
  }

  compatibility(names?: readonly string[], options: CompatibilityOptions = {}): Promise<Compatibility> {
    return compareWithVpp(this, names, options).catch(throwAtCaller);
  }

  async switchTo(role: DataplaneRole): Promise<void> {
    const { redundancy } = this.supervisor;
    if (!redundancy) {
      const text = `there is one dataplane only, so ${role} cannot be switched to; give connect() a backup`;
      throw new VppmuxError('BAD_OPTION', text, { path: 'backup' });
    }
    await redundancy.switchTo(role).catch(throwAtCaller);
  }

  close({ timeoutMs = CLOSE_TIMEOUT }: { timeoutMs?: number } = {}): Promise<void> {
    this.closing ??= this.closeWithin(timeoutMs);
    return this.closing;
  }

  destroy(cause?: Error): void {
    this.closing ??= Promise.resolve();
    if (this.state === 'closed') return;
    const error = closedBy(cause);
    this.supervisor.stop(error);
    this.subscriptions.destroy(error);
    this.end(error.message, error);
  }

  /** A session has begun. */
  onSession(session: Session): void {
    this.lastTable = session.catalogue.table;
    this.tracing.onSession(session);
    this.dataListeners.onSession();
  }

  get openChannels(): ReadonlySet<OpenChannel> {
    return this.channels;
  }

  /** The present session; what `channel.ts` sends on. Throws NOT_CONNECTED or CLOSED. */
  usable(): Session {
    if (this.isClosing || this.state === 'closed') throw this.supervisor.closedError();
    return this.supervisor.usable();
  }

  forget(channel: OpenChannel, why: (exchange: Exchange) => Error): void {
    this.channels.delete(channel);
    if (channel.outstanding > 0) this.supervisor.present?.cancelAll(channel.window, why);
    this.subscriptions.dropHolder(channel);
    this.dataListeners.closed(channel);
  }

  /** It gave up, or was closed: nothing more comes. */
  private end(reason: string, cause: Error): void {
    this.deadlines.clear();
    if (this.state === 'closed') return;
    this.cell.move('closed', reason);
    for (const channel of [...this.channels]) channel.close(cause);
    this.settings.writeFolded();
  }

  private ownHost(): ChannelHost {
    const { subscriptions, counters, supervisor } = this;
    return {
      subscriptions,
      counters,
      retrying: undefined,
      gate: undefined,
      dataListeners: undefined,
      hazards: undefined,
      sharesEvents: false,
      callSites: false,
      get table() {
        return supervisor.session?.catalogue.table ?? NO_TABLE;
      },
      usable: () => supervisor.leaving ?? supervisor.usable(),
      forget() {},
    };
  }

  private async closeWithin(timeoutMs: number): Promise<void> {
    const { present: session, redundancy } = this.supervisor;
    const cause = this.supervisor.closedError();
    const { log } = this.settings;
    const standbyLeft = redundancy?.leave(timeoutMs);
    if (!session) this.supervisor.dataplane.rest();
    else await farewell(session, this.subscriptions, this.channels, { timeoutMs, cause, log });
    await standbyLeft;
    this.supervisor.stop(cause);
    await this.subscriptions.close(cause);
    await this.supervisor.schemas.settled();
    this.end('closed by this program', cause);
  }
}

/** What everybody hears after `destroy(cause)`: that this program closed the connection, and why. */
function closedBy(cause: Error | undefined): VppmuxError {
  if (cause instanceof VppmuxError && (cause.code === 'CLOSED' || cause.code === 'GAVE_UP')) return cause;
  const text = `the connection was destroyed by this program${cause ? `: ${cause.message}` : ''}`;
  return new ConnectionError('CLOSED', text, { outcome: 'not-sent' }, cause);
}
