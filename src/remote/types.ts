/** The public shapes of a connection to an agent. */

import type { Observable } from 'rxjs';
import type { ChannelOptions, Connection, ReconnectOptions, VppMessages } from '../mux/types.js';

/**
 * The part of a connection that does not depend on where VPP is: code that is written for it takes the connection of `connect()` as
 * well as that of `connectRemote()`.
 */
export type SharedConnection<M = VppMessages> = Pick<
  Connection<M>,
  'state' | 'status' | 'states' | 'ready' | 'tableHash' | 'channel' | 'close' | 'destroy'
>;

/**
 * A connection to VPP through an agent. What a local one has besides needs VPP's own socket, and is missing here: `table`, `schema`,
 * `listen`, `dataEvents`, `stats`, `trace`, `compatibility`, `switchTo`.
 *
 * `status` is that of the agent's connection to VPP; while the agent is away it is `connecting` or `backoff`, with the address of the
 * agent as `socket`. Owner of the channels is the caller, as the agent knows it by its token, whatever their option `owner` says.
 */
export interface RemoteConnection<M = VppMessages> extends SharedConnection<M> {
  /** The agent that answered last. */
  readonly agent: RemoteAgent;
  /**
   * Calls an operation of the agent. Rejects with RemoteFault where the agent refuses it or it fails, TimeoutError, ConnectionError,
   * or ABORTED.
   */
  call<Output = unknown>(operation: string, input?: unknown, options?: CallOptions): Promise<Output>;
  /** VPP's counters, read at an interval: a report each time, until the reader leaves. `patterns` as those of `vppmux stats`. */
  counters(patterns: readonly string[], options?: CounterOptions): CounterStream;
}

export interface RemoteAgent {
  /** Version of vppmux. */
  readonly version: string;
  /** Access that the token gives; a channel with `access: 'write'` needs `write`. */
  readonly access: 'read' | 'write';
  /** Name of the caller, which is the owner of the channels. */
  readonly caller: string;
}

export interface RemoteOptions {
  /** Address of the agent, `http(s)` or `ws(s)`; with a path where the agent is beneath one. Default in a browser: the page's origin. */
  readonly url?: string | URL;
  /** The agent's read-token or write-token; a function is asked for each attempt to connect. Default: none. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>);
  /**
   * The way in which the token is sent: in the header of the WebSocket, or for a ticket that is offered to it, as browsers have to.
   * Default: `header` in Node, else `ticket`.
   */
  readonly login?: 'header' | 'ticket';
  /** Class of the WebSocket. Default: that of `ws` in Node, else the global one. */
  readonly WebSocket?: WebSocketClass;
  /** Further options for the WebSocket of `ws`, such as `ca`. Default: none. */
  readonly socketOptions?: Readonly<Record<string, unknown>>;
  /** Milliseconds for connecting, up to the agent's first word. Default 5000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds that VPP may take to answer a request; of a dump, the idle timeout. Default: the agent's. */
  readonly replyTimeoutMs?: number;
  readonly reconnect?: ReconnectOptions;
  /** Defaults for the options of channels. */
  readonly channel?: Omit<ChannelOptions, 'signal'>;
  /** Gives event subscribers `{ resync }` where events may be missing. Default true. */
  readonly resync?: boolean;
  /** Gives up connecting (the first time only). Default: none. */
  readonly signal?: AbortSignal;
}

/** A class of WebSockets, as browsers have it; `ws` takes options as well. */
export type WebSocketClass = new (url: string, protocols: string[], options?: object) => WebSocketLike;

/** The members of a WebSocket that are used. */
export interface WebSocketLike {
  binaryType: string;
  readonly protocol: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: Uint8Array): void;
  close(code?: number, reason?: string): void;
}

export interface CallOptions {
  /** Milliseconds that the operation may take. Default: the operation's own. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called with the progress of operations that tell it. */
  readonly progress?: (progress: CallProgress) => void;
}

export interface CallProgress {
  readonly done: number;
  readonly total?: number;
}

export interface CounterOptions {
  /** Milliseconds between two readings. Default: the agent's. */
  readonly intervalMs?: number;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

/** One reading of counters. */
export interface CounterReport {
  /** Seconds since the reading before; 0 for the first one. */
  readonly seconds: number;
  /** Entries as the operation `stats.get` gives them. */
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

/** Readings of counters, begun when iterated or subscribed to. A reader that is slow misses readings. */
export interface CounterStream extends AsyncIterable<CounterReport> {
  observe(): Observable<CounterReport>;
}
