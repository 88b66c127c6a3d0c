/**
 * The connection as its users hold it: one life over many sessions.
 *
 *   connecting ──▶ ready ⇄ degraded ⇄ not-responding
 *       ▲            └────────┬──────────┘
 *       │                     ▼ link ended: all in flight fails in the same tick
 *       └── delay over, or ── backoff ──▶ closed   (close, destroy, or attempts used up)
 *           socket appeared
 *
 * Users and subscriptions hold names and this object; sessions come and go (supervisor.ts). The states behind these are in
 * lifecycle.ts.
 */

import type { Observable } from 'rxjs';
import { leadTo, throwAtCaller } from '../call-site.js';
import { VppChannel } from '../channel/channel.js';
import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import type { Schema } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import { checkChannelOptions } from '../options.js';
import { tableHash } from '../session/message-table.js';
import type {
  ApiSocket,
  ApiSocketOptions,
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
  ExpectedMessages,
  TableEntry,
  Tracer,
  Untyped,
} from '../types.js';
import { boundsOf } from './channel-bounds.js';
import { checkExpected } from './check-expected.js';
import { closedError } from './closed-error.js';
import { compareWithVpp } from './compare-with-vpp.js';
import { ConnectionCore } from './connection-core.js';
import { firstReady } from './first-ready.js';
import { statesOf } from './states-of.js';
import { statsOf } from './stats.js';
import { whenReady } from './when-ready.js';

const CLOSE_TIMEOUT = 1500;

export class VppConnection implements Connection<Untyped> {
  readonly core: ConnectionCore;

  /** Throws BAD_OPTION. Connects in the background. */
  constructor(options: ConnectOptions) {
    this.core = new ConnectionCore(options);
    this.core.start();
  }

  get state(): ConnectionState {
    return this.core.cell.value.state;
  }

  get status(): ConnectionStatus {
    return this.core.cell.value;
  }

  get table(): ReadonlyMap<string, TableEntry> {
    return this.core.table;
  }

  get schema(): Schema | undefined {
    return this.core.lastCatalogue?.schema;
  }

  get tableHash(): string | undefined {
    const { lastCatalogue } = this.core;
    return lastCatalogue && tableHash(lastCatalogue.table);
  }

  get dataEvents(): DataEvents {
    return this.core.dataListeners;
  }

  trace(tracer: Tracer): () => void {
    return this.core.tracing.add(tracer);
  }

  states(): Observable<ConnectionStatus> {
    return statesOf(this.core.cell);
  }

  ready(options: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    const { cell, supervisor } = this.core;
    return whenReady(cell, () => closedError(supervisor.life), options).catch(throwAtCaller);
  }

  /** Waits like `ready()`, but rejects after the first failed attempt. */
  async firstReady(signal?: AbortSignal): Promise<void> {
    const { cell, supervisor } = this.core;
    try {
      await firstReady(supervisor, cell, () => this.ready({ signal }));
    } catch (error) {
      this.destroy(error as Error);
      throw error;
    }
  }

  /** Rejects with INCOMPATIBLE where the running VPP has other messages than the program was generated for; ends the connection then. */
  async check(expected: ExpectedMessages): Promise<void> {
    try {
      await checkExpected(this.core, expected);
    } catch (error) {
      this.destroy(error as Error);
      throw error;
    }
  }

  channel(options: ChannelOptions = {}): Channel<Untyped> {
    const { supervisor, settings } = this.core;
    const { life } = supervisor;
    if (life.isEnding) throw leadTo(closedError(life), this.channel);
    checkChannelOptions(options);
    const aborted = [options.signal ?? []].flat().find((signal) => signal.aborted);
    if (aborted) {
      throw new VppmuxError('ABORTED', 'the signal of a new channel is aborted already', {}, aborted.reason);
    }
    return this.open((id, host) => new VppChannel(id, host, boundsOf(settings, options)));
  }

  listen(options: ApiSocketOptions): Promise<ApiSocket> {
    return this.core.listen(options).catch(throwAtCaller);
  }

  /** Opens a channel of any kind. Throws CLOSED. */
  open<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C): C {
    return this.core.open(make);
  }

  stats(): ConnectionStats {
    const { counters, own, openChannels: channels, ledger, supervisor } = this.core;
    return statsOf({ counters, session: supervisor.life.present, own, channels, ledger });
  }

  compatibility(names?: readonly string[], options: CompatibilityOptions = {}): Promise<Compatibility> {
    return compareWithVpp(this.core, names, options).catch(throwAtCaller);
  }

  async switchTo(role: DataplaneRole): Promise<void> {
    await this.core.supervisor.switchTo(role).catch(throwAtCaller);
  }

  close({ timeoutMs = CLOSE_TIMEOUT }: { timeoutMs?: number } = {}): Promise<void> {
    return this.core.close(timeoutMs);
  }

  destroy(cause?: Error): void {
    this.core.destroy(cause);
  }
}
