/** Frames that the agent sends to a client. */

import type { ChannelError } from './channel-error.js';
import type { StreamId, WireFields } from './frames.js';
import type { Shape } from './packed/shape.js';

/** The first frame of a socket. */
export interface HelloFrame {
  readonly type: 'hello';
  readonly protocol: 1;
  /** Version of vppmux. */
  readonly version: string;
  /** Secret of this session, for `resume`. */
  readonly session: string;
  /** Milliseconds in which a lost session can be resumed. */
  readonly resumeMs: number;
  readonly access: 'read' | 'write';
  readonly caller: string;
  readonly state: WireState;
  readonly limits: WireLimits;
}

/** Bounds of one socket. */
export interface WireLimits {
  readonly frameBytes: number;
  readonly channels: number;
  /** The most ids in use at a time: requests, calls and streams together. */
  readonly streams: number;
  /** The most credit that a stream may have open. */
  readonly credit: number;
  /** Milliseconds that a request or dump has which names none, nor its channel: a client's own deadline lies behind it. */
  readonly replyTimeoutMs: number;
}

/** A `ConnectionStatus` of the agent's connection, `since` in ISO 8601, with what the message table is. */
export interface WireState {
  readonly state: 'connecting' | 'ready' | 'degraded' | 'not-responding' | 'backoff' | 'closed';
  readonly reason: string;
  readonly since: string;
  readonly generation: number;
  readonly reconnects: number;
  readonly version?: string;
  readonly pid?: number;
  readonly socket: string;
  /** Undefined before the first session with VPP. */
  readonly tableHash?: string;
}

export interface OpenedFrame {
  readonly type: 'opened';
  readonly channel: number;
  /** Number of the channel in the agent, as logs and errors have it. */
  readonly number: number;
}

/** A channel has ended, asked for or not. */
export interface ClosedFrame {
  readonly type: 'closed';
  readonly channel: number;
  readonly reason: string;
}

export interface ReplyFrame {
  readonly type: 'reply';
  readonly id: StreamId;
  readonly fields: WireFields;
}

export interface DetailsFrame {
  readonly type: 'details';
  readonly id: StreamId;
  readonly rows: readonly WireFields[];
}

/** Rows of a dump that asked for it, as their values without names: see `packed/shape.ts`. Such a dump may have `details` as well. */
export interface PackedFrame {
  readonly type: 'packed';
  readonly id: StreamId;
  /** Shape of the rows; absent where it is that of the frame before. */
  readonly shape?: Shape;
  readonly count: number;
  readonly data: Uint8Array;
}

/** The end of a dump, with the reply that ended it where it has one; and the answer to `cancel`. */
export interface EndFrame {
  readonly type: 'end';
  readonly id: StreamId;
  readonly reply?: WireFields;
}

/** VPP has the registration. */
export interface ReadyFrame {
  readonly type: 'ready';
  readonly id: StreamId;
}

/** Items of an event stream. `seq` is the number of the first; each following one is one more, gaps and resyncs included. */
export interface EventItemsFrame {
  readonly type: 'events';
  readonly id: StreamId;
  readonly seq: number;
  readonly items: readonly WireEventItem[];
}

export type WireEventItem =
  | { readonly event: WireFields }
  | { readonly gap: number }
  | { readonly resync: { readonly generation: number; readonly reason: string } };

export interface ProgressFrame {
  readonly type: 'progress';
  readonly id: StreamId;
  readonly progress: unknown;
}

export interface ResultFrame {
  readonly type: 'result';
  readonly id: StreamId;
  readonly output: unknown;
}

/** One reading of counters: entries by name as `stats.get` gives them, and the seconds since the one before. */
export interface StatsReportFrame {
  readonly type: 'stats';
  readonly id: StreamId;
  readonly seconds: number;
  readonly entries: readonly unknown[];
}

export interface StateFrame {
  readonly type: 'state';
  readonly id: StreamId;
  readonly state: WireState;
}

export interface TableFrame {
  readonly type: 'table';
  readonly id: StreamId;
  /** Absent, with no names, while no VPP is connected. */
  readonly tableHash?: string;
  readonly names: readonly string[];
}

export interface PongFrame {
  readonly type: 'pong';
}

/** The end of what `id` opened, or the refusal to open `channel`. */
export interface ErrorFrame {
  readonly type: 'error';
  readonly id?: StreamId;
  readonly channel?: number;
  readonly error: ChannelError;
}

/** The streams and channels of the session that go on; all others are gone, and requests, dumps and calls always are. */
export interface ResumedFrame {
  readonly type: 'resumed';
  readonly channels: readonly number[];
  readonly streams: readonly StreamId[];
}

export type AgentFrame =
  | HelloFrame
  | OpenedFrame
  | ClosedFrame
  | ReplyFrame
  | DetailsFrame
  | PackedFrame
  | EndFrame
  | ReadyFrame
  | EventItemsFrame
  | ProgressFrame
  | ResultFrame
  | StatsReportFrame
  | StateFrame
  | TableFrame
  | PongFrame
  | ErrorFrame
  | ResumedFrame;
