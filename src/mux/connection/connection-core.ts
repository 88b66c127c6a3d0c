/**
 * The parts of a connection and their wiring: the host of its channels (ChannelHost) and of its supervisor
 * (SupervisorHost), and the way it ends.
 */

import { reasonOf } from '../../thrown.js';
import type { VppChannel } from '../channel/channel.js';
import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import { type Retrying, retryWhileAway } from '../channel/retry.js';
import { HazardCheck } from '../hazards/check.js';
import type { DataListeners } from '../interceptors/data-listeners.js';
import { type Settings, settings } from '../options.js';
import type { MessageIds } from '../relay/message-ids.js';
import { Relay } from '../relay/relay.js';
import type { DedicatedLink } from '../relay/relay-of-sockets.js';
import { Counters } from '../session/counters.js';
import { Deadlines } from '../session/deadlines.js';
import type { Exchange } from '../session/exchange.js';
import type { MessageCatalogue } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';
import { Subscriptions } from '../session/subscriptions.js';
import { Tracing } from '../trace/tracing.js';
import type { ApiSocket, ApiSocketOptions, ConnectOptions, TableEntry } from '../types.js';
import { askVpp } from './ask-vpp.js';
import { closedError, destroyedError } from './closed-error.js';
import { DedicatedHost, dedicatedOptions } from './dedicated-host.js';
import { closeGracefully } from './graceful-close.js';
import { OpenChannels } from './open-channels.js';
import { ownChannel } from './own-channel.js';
import { GOODBYE } from './planned-switch.js';
import { PoisonGuard } from './poison.js';
import { RequestGate } from './request-gate.js';
import { MessageLedger } from './stats.js';
import { StatusCell } from './status.js';
import { Supervisor } from './supervisor.js';
import type { SupervisorHost } from './supervisor-host.js';
import { usableSession } from './usable-session.js';

export class ConnectionCore implements ChannelHost, SupervisorHost {
  readonly settings: Settings;
  readonly counters = new Counters();
  readonly ledger = new MessageLedger();
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
  readonly own: VppChannel;
  readonly supervisor: Supervisor;
  readonly dataListeners: DataListeners;
  /** Messages and definitions of the last session, which may have ended. */
  lastCatalogue: MessageCatalogue | undefined;
  private readonly channels: OpenChannels;
  private closed: Promise<void> | undefined;
  /** Made for the first API socket. */
  private relay: Relay | undefined;

  /** Throws BAD_OPTION. `nameOf`: names of channels by their numbers, for the trace, where they are another connection's. */
  constructor(
    private readonly options: ConnectOptions,
    nameOf?: (channel: number) => string | undefined,
  ) {
    this.settings = settings(options);
    const { retryRequest, log, socket, resync, poison, replyTimeoutMs, unsafe, callSites, backup } = this.settings;
    this.callSites = callSites;
    this.cell = new StatusCell(socket);
    this.deadlines = new Deadlines(undefined, (error) =>
      log('warn', `a deadline could not be handled: ${reasonOf(error)}`),
    );
    this.tracing = new Tracing(log, nameOf ?? ((id) => this.channels.nameOf(id)));
    if (options.trace) this.tracing.add(options.trace);
    this.retrying = retryRequest.count > 0 ? (attempt, call) => retryWhileAway(attempt, retryRequest, call) : undefined;
    this.subscriptions = new Subscriptions((name, ...asked) => this.own.request(name, ...asked), log, resync);
    this.hazards = unsafe ? undefined : new HazardCheck((...asked) => askVpp(this, ...asked));
    this.poison = poison && new PoisonGuard(poison, replyTimeoutMs, log);
    this.channels = new OpenChannels(log);
    this.dataListeners = this.channels.dataListeners;
    this.supervisor = new Supervisor(this);
    const { life } = this.supervisor;
    if (this.poison || backup) {
      this.gate = new RequestGate(this.cell, () => life.isMoving, this.poison, replyTimeoutMs);
    }
    this.own = ownChannel(this, life);
  }

  /** Connects in the background. */
  start(): void {
    this.supervisor.start();
  }

  get table(): ReadonlyMap<string, TableEntry> {
    return this.supervisor.life.table;
  }

  get openChannels(): ReadonlySet<OpenChannel> {
    return this.channels.all;
  }

  /** The session that channels send on. Throws NOT_CONNECTED or CLOSED. */
  usable(): Session {
    return usableSession(this.supervisor.life, this.cell);
  }

  /** Opens a channel of any kind: it is numbered, counted in the statistics, shown to data listeners, and closed with the connection. */
  open<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C): C {
    const { life } = this.supervisor;
    if (life.isEnding) throw closedError(life);
    return this.channels.open(make, this);
  }

  forget(channel: OpenChannel, why: (exchange: Exchange) => Error): void {
    this.channels.remove(channel, () => {
      if (channel.outstanding > 0) this.supervisor.life.present?.cancelAll(channel.window, why);
      this.subscriptions.dropHolder(channel);
    });
  }

  onSession(session: Session): void {
    this.lastCatalogue = session.catalogue;
    this.tracing.onSession(session);
    this.dataListeners.onSession();
    this.relay?.onSession(session);
  }

  onSessionEnd(cause: Error): void {
    this.relay?.onSessionEnd(cause);
  }

  onSessionKept(session: Session): void {
    this.relay?.onSession(session);
  }

  /** Opens a socket for clients in any language. Rejects with BAD_OPTION, SOCKET_FAILED or CLOSED. */
  async listen(options: ApiSocketOptions): Promise<ApiSocket> {
    const { life } = this.supervisor;
    if (life.isEnding) throw closedError(life);
    this.relay ??= this.makeRelay();
    return this.relay.listen(options);
  }

  close(timeoutMs: number): Promise<void> {
    if (this.closed) return this.closed;
    let settle: (done: Promise<void>) => void = () => {};
    // Known before anything ends: a transport that hears of it may call close() from within.
    this.closed = new Promise((resolve) => {
      settle = resolve;
    });
    settle(this.closeWithin(timeoutMs));
    return this.closed;
  }

  destroy(cause?: Error): void {
    this.closed ??= Promise.resolve();
    if (this.cell.value.state === 'closed') return;
    const error = destroyedError(cause);
    this.supervisor.moves.stop(error);
    this.subscriptions.destroy(error);
    this.end(error.message, error);
  }

  private makeRelay(): Relay {
    const { log } = this.settings;
    const relay = new Relay({
      log,
      open: (make) => this.open(make),
      ask: (name, fields) => this.own.request(name, fields),
      dedicate: (name, ids) => this.dedicate(name, ids),
    });
    const { session } = this.supervisor.life;
    if (session) relay.onSession(session);
    return relay;
  }

  /** A connection of its own for one client, whose channel is one of this connection. */
  private dedicate(name: string, ids: MessageIds): DedicatedLink {
    const { socket } = this.cell.value;
    const options = { ...dedicatedOptions(this.options, name), socket, schema: this.lastCatalogue?.schema };
    const core = new ConnectionCore(options, (id) => this.channels.nameOf(id));
    core.relay = new Relay(
      {
        log: this.settings.log,
        open: (make) => this.open((id, host) => make(id, new DedicatedHost(host, core))),
        ask: (asked, fields) => core.own.request(asked, fields),
        dedicate: () => this.dedicate(name, ids),
      },
      ids,
    );
    const untrace = this.tracing.share(core.tracing);
    core.start();
    const close = () => {
      untrace();
      void core.close(GOODBYE);
    };
    return { relay: core.relay, close };
  }

  private async closeWithin(timeoutMs: number): Promise<void> {
    const { supervisor, subscriptions, openChannels } = this;
    const { log } = this.settings;
    this.relay?.close();
    const cause = closedError(supervisor.life);
    const session = supervisor.moves.close();
    const standbyLeft = supervisor.pair.leave(Math.min(timeoutMs, GOODBYE));
    if (session) await closeGracefully(session, subscriptions, openChannels, { timeoutMs, cause, log });
    await standbyLeft;
    supervisor.moves.stop(cause);
    await subscriptions.close(cause);
    await supervisor.pair.serving.schemas.settled();
    this.end('closed by this program', cause);
  }

  /** Ends everything, after it gave up or was closed. */
  private end(reason: string, cause: Error): void {
    this.deadlines.clear();
    this.relay?.close();
    if (this.cell.value.state === 'closed') return;
    this.cell.move('closed', reason);
    this.channels.closeAll(cause);
    this.settings.writeFolded();
  }
}
