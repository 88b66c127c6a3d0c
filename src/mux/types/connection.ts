/** A connection to VPP, shared by its channels. */

import type { Observable } from 'rxjs';
import type { Schema } from '../codec/codec.js';
import type { ApiSocket, ApiSocketOptions } from './api-socket.js';
import type { Channel, ChannelOptions } from './channel.js';
import type { Compatibility } from './compatibility.js';
import type { DataEvents } from './data-events.js';
import type { VppMessages } from './messages.js';
import type { ConnectionStats } from './statistics.js';
import type { ConnectionState, ConnectionStatus, DataplaneRole } from './status.js';
import type { Tracer } from './trace.js';

export interface CompatibilityOptions {
  /** The definitions that the program was built for. Default: those in use. */
  readonly definitions?: Schema;
}

/** One entry of the running VPP's message table. */
export interface TableEntry {
  readonly name: string;
  /** Empty where VPP cut a long name and no definition says how it goes on; `name` is then what is left. */
  readonly crc: string;
  readonly id: number;
}

/** `M` types the channels; see `Channel`. */
export interface Connection<M = VppMessages> {
  readonly state: ConnectionState;
  readonly status: ConnectionStatus;
  /** Gives the present state, then every change; completes when the connection is closed. */
  states(): Observable<ConnectionStatus>;
  /** Resolves when usable; rejects when it gives up or is closed. */
  ready(options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<void>;
  /** The message table of the present session by name; empty while away. */
  readonly table: ReadonlyMap<string, TableEntry>;
  /**
   * Hash of the table of the present or the last session; undefined before the first. The same for two VPPs with the
   * same messages, whatever their ids.
   */
  readonly tableHash: string | undefined;
  /** The definitions in use; undefined before the first session. */
  readonly schema: Schema | undefined;
  /** `Own` types this channel, instead of the connection's map. */
  channel<Own = M>(options?: ChannelOptions): Channel<Own>;
  /**
   * Listens on a socket that VPP's clients in any language can use in place of VPP's own: they share this connection.
   * Rejects with BAD_OPTION, SOCKET_FAILED or CLOSED.
   */
  listen(options: ApiSocketOptions): Promise<ApiSocket>;
  /** Shows what goes through the channels, and lets a listener refuse it. */
  readonly dataEvents: DataEvents;
  stats(): ConnectionStats;
  /** Shows `tracer` every message from now on, both ways; the function given back ends that. Costs nothing before and after. */
  trace(tracer: Tracer): () => void;
  /**
   * Compares `names`, and all that they are answered with, in the running VPP and in the definitions; without names
   * everything. Where something differs, VPP's own definitions are fetched (once for each VPP), to say which fields.
   * Rejects with NOT_CONNECTED.
   */
  compatibility(names?: readonly string[], options?: CompatibilityOptions): Promise<Compatibility>;
  /**
   * Lets that VPP serve, when it is healthy. Requests in flight are finished (a second at most); new ones wait for the switch, up to
   * their deadline. Rejects with NOT_CONNECTED when it is away, BAD_OPTION without a backup, CLOSED.
   */
  switchTo(role: DataplaneRole): Promise<void>;
  /** Finishes what is in flight, undoes event registrations, says goodbye, waits for EOF; at most `timeoutMs` (default 1500). */
  close(options?: { timeoutMs?: number }): Promise<void>;
  /** Ends at once; everything in flight fails with `cause`. */
  destroy(cause?: Error): void;
}
