// biome-ignore-all lint/plugin: plugins get the connection without its end

/**
 * The connection as one plugin sees it: the plugin cannot close it, its channels have its name as owner, and what it opens is closed
 * when it has ended.
 */

import { dirname, join } from 'node:path';
import type { Observable } from 'rxjs';
import {
  type ApiChannel,
  type ApiSocket,
  type ApiSocketOptions,
  type Channel,
  type ChannelOptions,
  type Compatibility,
  type CompatibilityOptions,
  type Connection,
  type ConnectionState,
  type ConnectionStats,
  type ConnectionStatus,
  type DataplaneRole,
  newAPIChannel,
  newAPIChannelBuffered,
  type Schema,
  type TableEntry,
  type Tracer,
  type Untyped,
} from '../../mux/index.js';
import { type Mux, PluginResources } from '../../sdk/index.js';

export class GovppMux implements Mux {
  readonly #connection: Connection;

  readonly #owner: string;

  readonly #opened: PluginResources;

  readonly #statsSocket: string | undefined;

  /** `ended`: aborted when the plugin has ended. `left` is called with what it had not closed by then. */
  constructor(
    { connection, statsSocket }: { readonly connection: Connection; readonly statsSocket?: string | undefined },
    owner: string,
    ended: AbortSignal,
    left: (what: string) => void,
  ) {
    this.#connection = connection;
    this.#statsSocket = statsSocket;
    this.#owner = owner;
    this.#opened = new PluginResources(ended, left);
    // Before the signal closes them.
    ended.addEventListener('abort', () => this.#countChannels(left), { once: true });
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get status(): ConnectionStatus {
    return this.#connection.status;
  }

  get statsSocket(): string {
    return this.#statsSocket ?? join(dirname(this.status.socket), 'stats.sock');
  }

  get table(): ReadonlyMap<string, TableEntry> {
    return this.#connection.table;
  }

  get tableHash(): string | undefined {
    return this.#connection.tableHash;
  }

  get schema(): Schema | undefined {
    return this.#connection.schema;
  }

  states(): Observable<ConnectionStatus> {
    return this.#opened.observe('subscription', this.#connection.states());
  }

  ready({ signal: given, ...options }: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    const ready = (signal: AbortSignal) => this.#connection.ready({ ...options, signal });
    return this.#opened.during('call', ready, given);
  }

  channel(options: ChannelOptions = {}): Channel<Untyped> {
    this.#opened.check();
    const { ended } = this.#opened;
    const signal = options.signal ? [options.signal, ended].flat() : ended;
    // Never another plugin's name: policies go by it.
    const owner = options.owner === undefined ? this.#owner : `${this.#owner}/${options.owner}`;
    return this.#connection.channel({ ...options, owner, signal });
  }

  trace(tracer: Tracer): () => void {
    this.#opened.check();
    return this.#opened.add('tracer', this.#connection.trace(tracer));
  }

  async listen(options: ApiSocketOptions): Promise<ApiSocket> {
    const socket = await this.#opened.during('call', () => this.#connection.listen(options));
    const forget = this.#opened.note('API socket', () => void socket.close());
    void socket.closed.then(forget);
    return socket;
  }

  compatibility(names?: readonly string[], options?: CompatibilityOptions): Promise<Compatibility> {
    return this.#opened.during('call', () => this.#connection.compatibility(names, options));
  }

  switchTo(role: DataplaneRole): Promise<void> {
    return this.#opened.during('call', () => this.#connection.switchTo(role));
  }

  stats(): ConnectionStats {
    return this.#connection.stats();
  }

  newAPIChannel(): ApiChannel {
    return newAPIChannel(this);
  }

  newAPIChannelBuffered(requestBuffer: number, replyBuffer: number): ApiChannel {
    return newAPIChannelBuffered(this, requestBuffer, replyBuffer);
  }

  #countChannels(left: (what: string) => void): void {
    const { length } = this.#connection
      .stats()
      .perChannel.filter(({ owner }) => owner?.split('/', 1)[0] === this.#owner);
    if (length > 0) left(`${length} channel${length === 1 ? '' : 's'}`);
  }
}
