/** Frames that a client sends to the agent. */

import type { StreamId, WireFields } from './frames.js';

/**
 * Opens a channel. Its answer is `opened`, or `error` with the same channel. What is asked of a channel that is not open is answered
 * with `error` CHANNEL_CLOSED.
 */
export interface OpenFrame {
  readonly type: 'open';
  readonly channel: number;
  readonly name?: string;
  readonly access?: 'read' | 'write';
  readonly requestBuffer?: number;
  readonly replyBuffer?: number;
  readonly replyBytes?: number;
  readonly replyTimeoutMs?: number;
}

/** Closes a channel; all that runs in it ends with CHANNEL_CLOSED. Its answer is `closed`. */
export interface CloseFrame {
  readonly type: 'close';
  readonly channel: number;
}

/** A request. Its answer is `reply` or `error`. */
export interface RequestFrame {
  readonly type: 'request';
  readonly id: StreamId;
  readonly channel: number;
  readonly message: string;
  readonly fields?: WireFields;
  readonly timeoutMs?: number;
  readonly anyRetval?: boolean;
}

/** A dump: `details` frames as far as its credit goes, then `end`, or `error`. */
export interface DumpFrame {
  readonly type: 'dump';
  readonly id: StreamId;
  readonly channel: number;
  readonly message: string;
  readonly fields?: WireFields;
  readonly timeoutMs?: number;
  /** Rows that the agent may send. 0 or absent: none until `credit` comes. */
  readonly credit?: number;
  /** With CBOR: rows may come as `packed` instead of `details`, for those who want them fast. */
  readonly packed?: boolean;
}

/** A subscription to an event: `ready` when VPP has it, then `events` as far as its credit goes, until `cancel`, `end` or `error`. */
export interface EventsFrame {
  readonly type: 'events';
  readonly id: StreamId;
  readonly channel: number;
  readonly message: string;
  readonly want?: WireFields;
  readonly subscribe?: boolean;
  /** Items that the agent may send. */
  readonly credit?: number;
}

/** A call of an operation: `progress` where asked for, then `result` or `error`. */
export interface CallFrame {
  readonly type: 'call';
  readonly id: StreamId;
  readonly operation: string;
  readonly input?: unknown;
  readonly timeoutMs?: number;
  readonly progress?: boolean;
}

/** Counters at an interval: `stats` frames as far as its credit goes, until `cancel`. */
export interface StatsFrame {
  readonly type: 'stats';
  readonly id: StreamId;
  readonly patterns: readonly string[];
  readonly intervalMs?: number;
  readonly credit?: number;
}

/** The state of the agent's connection to VPP: `state` at once and at every change, until `cancel`. It needs no credit: a slow reader gets the newest one. */
export interface WatchStateFrame {
  readonly type: 'watch-state';
  readonly id: StreamId;
}

/** Asks for the names of the running VPP's messages. Its answer is `table`. Once for each `tableHash` is enough. */
export interface TableRequestFrame {
  readonly type: 'table';
  readonly id: StreamId;
}

/** Asks for a sign of life, which browsers cannot do by the WebSocket's own pings. Its answer is `pong`. */
export interface PingFrame {
  readonly type: 'ping';
}

/** Lets the agent send `count` more rows, items or reports of a stream. */
export interface CreditFrame {
  readonly type: 'credit';
  readonly id: StreamId;
  readonly count: number;
}

/** Gives up a request, call or stream. Answered with `end`, unless its own end came first; what VPP has been sent it may do. */
export interface CancelFrame {
  readonly type: 'cancel';
  readonly id: StreamId;
}

/**
 * Takes over the subscriptions of a session whose socket was lost, as the first frame of a new one. Answered with `resumed`. Each
 * stream goes on behind item `seq`, the last one that the client has (0: none yet), with `credit` in place of what it had; channels keep
 * their numbers, and so do streams. A session that is not known (any more) has none.
 */
export interface ResumeFrame {
  readonly type: 'resume';
  readonly session: string;
  /** Channels that the client still has; the agent closes all others, with their streams. Absent: all of them. */
  readonly channels?: readonly number[];
  readonly streams: readonly { readonly id: StreamId; readonly seq: number; readonly credit: number }[];
}

export type ClientFrame =
  | OpenFrame
  | CloseFrame
  | RequestFrame
  | DumpFrame
  | EventsFrame
  | CallFrame
  | StatsFrame
  | WatchStateFrame
  | TableRequestFrame
  | PingFrame
  | CreditFrame
  | CancelFrame
  | ResumeFrame;
