/**
 * The public shapes of the mux: what `connect()` takes and gives. Implementations live in `session/`
 * and `channel.ts`; the agent's kernel, the CLI and the plugins know only these.
 */

import type { Observable } from 'rxjs';
import type { Access, DataEvents } from './access/data-events.js';
import type { Fields, Schema } from './codec/codec.js';
import type { Compatibility } from './compat/compatibility.js';
import type { ConnectionStats } from './connection/connection-stats.js';
import type { BackupOptions, DataplaneRole, RedundancyStatus } from './connection/dataplanes.js';
import type { EventItem } from './event-item.js';
import type { Tracer } from './trace/tracing.js';

export type { ChannelStats, ConnectionStats, ServiceTime } from './connection/connection-stats.js';
export type { BackupOptions, DataplaneRole, RedundancyStatus } from './connection/dataplanes.js';
export type { EventFields, EventItem, Gap, Resync } from './event-item.js';

/**
 * connecting → ready ⇄ degraded ⇄ not-responding; backoff while away; closed for good.
 * `degraded`: a probe went unanswered, but fewer than the threshold.
 */
export type ConnectionState = 'connecting' | 'ready' | 'degraded' | 'not-responding' | 'backoff' | 'closed';

/** A state with its story; `states()` gives one at every change, the present one first. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Why, in a person's words. */
  readonly reason: string;
  readonly since: Date;
  /** 1 for the first session, one more for each reconnect; 0 before the first. */
  readonly generation: number;
  /** Times the connection came back after it had been ready. */
  readonly reconnects: number;
  /** VPP's version text (`26.06-release`), once known. */
  readonly version?: string;
  /** VPP's process id, once known. */
  readonly pid?: number;
  /** Of the dataplane that serves, or is tried. */
  readonly socket: string;
  /** With a `backup` only. */
  readonly redundancy?: RedundancyStatus;
}

export interface HealthOptions {
  /** Request used as probe (its fields empty), or false for none. Default `control_ping`. */
  readonly probe?: string | false;
  /** Milliseconds between probes; 0 switches the probe off. Default 1000. */
  readonly intervalMs?: number;
  /** Milliseconds to wait for any reply. Default 1000. */
  readonly timeoutMs?: number;
  /** Probes in a row without an answer until `not-responding`. Default 2. */
  readonly threshold?: number;
}

export interface PoisonOptions {
  /** Deaths of VPP until the next request of that name is held back. Default 2. */
  readonly deaths?: number;
  /** A death so soon after the request was sent counts, milliseconds. Default 100. */
  readonly withinMs?: number;
  /** For so long it is held back, milliseconds. Default 30000. */
  readonly holdMs?: number;
}

export interface ReconnectOptions {
  /** First delay, milliseconds; doubled (with jitter) up to `maxDelayMs`, or always that where both are the same. Default 100. */
  readonly delayMs?: number;
  /** Default 5000. */
  readonly maxDelayMs?: number;
  /** Attempts to connect again, after a first one that failed, until it gives up for good; 0: without end. Default 0. */
  readonly maxAttempts?: number;
}

export interface ConnectOptions {
  /** Default: `VPP_API_SOCKET` of the environment, else `/run/vpp/api.sock`, or this user's `/run/user/UID/vpp/api.sock`. */
  readonly socket?: string;
  /** A second VPP, which serves while the first one (`socket`) is away or does not respond. Default: none. */
  readonly backup?: BackupOptions;
  /** Shown by `show api clients`; at most 63 bytes. Default `vppmux`. */
  readonly name?: string;
  /** Directory of `.api.json` files. Default: `VPP_API_DIR`, then `/usr/share/vpp/api`, then VPP itself. */
  readonly apiDir?: string;
  /** Definitions loaded already; overrides `apiDir`. */
  readonly schema?: Schema;
  /** Where definitions fetched from VPP are kept; false: nowhere. Default: the user's cache directory. */
  readonly cacheDir?: string | false;
  /** Milliseconds a request may take. Default 5000. */
  readonly replyTimeoutMs?: number;
  /** Milliseconds for connecting and the handshake. Default 5000. */
  readonly connectTimeoutMs?: number;
  readonly reconnect?: ReconnectOptions;
  readonly health?: HealthOptions;
  /** Largest frame taken from VPP, bytes. Default 64 MiB. */
  readonly maxFrameBytes?: number;
  /** Requests in flight at once, of all channels together. Default 8192. */
  readonly maxInFlight?: number;
  /** Bytes of requests that wait for their turn, of all channels; what goes beyond fails with BACKLOG_FULL. Default 256 MiB. */
  readonly maxWaitingBytes?: number;
  /** Default request and reply buffers of channels. */
  readonly channel?: Omit<ChannelOptions, 'signal'>;
  /** How often a request that was not sent because VPP was away is tried again, and how long to wait between. Default 0, 500 ms. */
  readonly retryRequest?: { readonly count: number; readonly delayMs: number };
  /** Hold back a request that VPP has died of, again and again; true: with the defaults. Default false. */
  readonly poison?: boolean | PoisonOptions;
  /** Give event subscribers `{ resync }` after a reconnect. Default true. */
  readonly resync?: boolean;
  /** Refuse nothing of the deny list but the connection's own messages. Default false. */
  readonly unsafe?: boolean;
  /**
   * Names of requests that hold VPP's API up, besides those that are known to (docs/client.md): each is sent when
   * nothing else is in flight, and nothing else is sent until it is answered. Default: none.
   */
  readonly exclusive?: readonly string[];
  /**
   * Remember where each call is made, so that the stacks of its errors lead there. Without it they lead to the line that awaits
   * the promise, at no cost, and nowhere when nothing awaits it; with it a small request takes about five times the CPU time
   * (docs/errors.md). Default: true where the environment has VPPMUX_CALL_SITES=1, else false.
   */
  readonly callSites?: boolean;
  /** Shown every message, both ways, from the first handshake on; costs time. Or a `TraceRing`, which keeps the last ones. */
  readonly trace?: Tracer;
  /** Told of things worth a log line. `level`: debug, info, warn. */
  readonly log?: (level: 'debug' | 'info' | 'warn', message: string, fields?: object) => void;
  /** Told of replies nobody waits for any more. */
  readonly onLateReply?: (late: LateReply) => void;
  /** Gives up connecting (`connect()` only). */
  readonly signal?: AbortSignal;
}

export interface LateReply {
  readonly messageName: string;
  readonly context: number;
  readonly generation: number;
  /** The request, when its context was one of ours given up not long ago. */
  readonly requestName?: string;
  readonly channel?: number;
  readonly message: Fields;
}

export interface ChannelOptions {
  /** What it is for, in errors and statistics. */
  readonly name?: string;
  /** Whose it is, likewise. The agent puts in the plugin's name. */
  readonly owner?: string;
  /** `read`: what does more than read is refused with READ_ONLY. Default `write`: everything. */
  readonly access?: Access;
  /** Requests of this channel in flight at once; the rest wait in order. Default 100. */
  readonly requestBuffer?: number;
  /** Replies and events that may wait for a slow reader. Default 16384. */
  readonly replyBuffer?: number;
  /** Bytes (on the wire) that may wait for a slow reader. Default 64 MiB. */
  readonly replyBytes?: number;
  /** Default deadline of its requests, milliseconds. Default: the connection's. */
  readonly replyTimeoutMs?: number;
  /** Closes the channel, of several the first; its reason is the `cause` of what fails by that. */
  readonly signal?: AbortSignal | readonly AbortSignal[];
}

export interface RequestOptions {
  /** Deadline in milliseconds; for a dump, the longest silence. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Give the reply back whatever its retval says, instead of throwing RetvalError. */
  readonly anyRetval?: boolean;
}

/** A dump not yet started: it is sent when it is iterated, collected or subscribed to, each time anew. */
export interface Dump extends AsyncIterable<Fields> {
  /** All details in one array; not bounded by replyBuffer. */
  toArray(): Promise<Fields[]>;
  /** Cold: sent on subscription, given up on unsubscription. */
  observe(): Observable<Fields>;
  /**
   * The reply that ended the list when it was read last: of a `_get`, with what it says besides retval and cursor (the
   * position of `trace_dump`); of a dump with a reply beside its details (`mactime_dump`), that. Undefined before the
   * end, and for all other dumps.
   */
  readonly reply: Fields | undefined;
}

/** An event subscription, made when iterated or subscribed to. */
export interface EventStream extends AsyncIterable<EventItem> {
  /** Subscribes now, and resolves when VPP has the registration; what comes until the first read is buffered. */
  ready(): Promise<void>;
  observe(): Observable<EventItem>;
}

export interface EventOptions {
  /** Fields of the request that VPP sends the event for, besides enable and pid. Streams with other fields do not disturb each other. */
  readonly want?: Fields;
  /** False: have no request sent, and listen to the events that others have asked for. */
  readonly subscribe?: boolean;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

export interface Channel {
  /** Number within the connection, shown in errors and statistics. */
  readonly id: number;
  readonly closed: boolean;
  /**
   * Resolves with the reply. Rejects with RetvalError, TimeoutError, FieldError, RefusedError, ConnectionError or VppmuxError, whose stack
   * leads to the line that awaits the promise (docs/errors.md).
   */
  request(name: string, fields?: Fields, options?: RequestOptions): Promise<Fields>;
  /** Nothing is sent yet. The stack of an error leads to the line that reads the dump. */
  dump(name: string, fields?: Fields, options?: RequestOptions): Dump;
  /** Events by name. The want_* request is sent for the first subscriber and undone after the last. */
  events(name: string, options?: EventOptions): EventStream;
  /** Fails what it waits for with CHANNEL_CLOSED and ends its streams. */
  close(): void;
}

export interface CompatibilityOptions {
  /** What the program was built for. Default: the definitions in use. */
  readonly definitions?: Schema;
}

/** One entry of the running VPP's message table. */
export interface TableEntry {
  readonly name: string;
  /** Empty where VPP cut a long name and no definition says how it goes on; `name` is then what is left. */
  readonly crc: string;
  readonly id: number;
}

export interface Connection {
  readonly state: ConnectionState;
  readonly status: ConnectionStatus;
  /** The present state, then every change; completes when the connection is closed. */
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
  channel(options?: ChannelOptions): Channel;
  /** Shows what goes through the channels, and lets a listener refuse it. */
  readonly dataEvents: DataEvents;
  stats(): ConnectionStats;
  /** Shows `tracer` every message from now on, both ways; the function given back ends that. Costs nothing before and after. */
  trace(tracer: Tracer): () => void;
  /**
   * Whether the running VPP has `names`, and all they are answered with, as the definitions say; without names
   * everything. Where something differs, VPP's own definitions are fetched (once for each VPP), to say which fields.
   * Rejects with NOT_CONNECTED.
   */
  compatibility(names?: readonly string[], options?: CompatibilityOptions): Promise<Compatibility>;
  /**
   * With a `backup`: lets that dataplane serve, when it is healthy. What is in flight is finished (a second at most); what
   * is asked meanwhile waits for it, up to its deadline. Rejects with NOT_CONNECTED when it is away, BAD_OPTION without a backup, CLOSED.
   */
  switchTo(role: DataplaneRole): Promise<void>;
  /** Finishes what is in flight, undoes event registrations, says goodbye, waits for EOF; at most `timeoutMs` (default 1500). */
  close(options?: { timeoutMs?: number }): Promise<void>;
  /** Ends at once; everything in flight fails with `cause`. */
  destroy(cause?: Error): void;
}
