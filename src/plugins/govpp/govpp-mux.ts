/** The connection as one plugin sees it: it cannot close it, and its channels bear its name. */

import type { Observable } from 'rxjs';
import {
  type ApiChannel,
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
} from '../../mux/index.js';
import type { Mux } from './token.js';

export class GovppMux implements Mux {
  readonly #connection: Connection;

  readonly #owner: string;

  constructor(connection: Connection, owner: string) {
    this.#connection = connection;
    this.#owner = owner;
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get status(): ConnectionStatus {
    return this.#connection.status;
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
    return this.#connection.states();
  }

  ready(options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<void> {
    return this.#connection.ready(options);
  }

  channel(options?: ChannelOptions): Channel {
    return this.#connection.channel({ ...options, owner: this.#owner });
  }

  trace(tracer: Tracer): () => void {
    return this.#connection.trace(tracer);
  }

  compatibility(names?: readonly string[], options?: CompatibilityOptions): Promise<Compatibility> {
    return this.#connection.compatibility(names, options);
  }

  switchTo(role: DataplaneRole): Promise<void> {
    return this.#connection.switchTo(role);
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
}
