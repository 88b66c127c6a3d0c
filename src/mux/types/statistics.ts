/** The public shapes of statistics: of a connection, its channels, and VPP's own time. */

import type { Access } from './data-events.js';

/** Counters since `connect()`. */
export interface ConnectionStats {
  readonly requests: number;
  readonly replies: number;
  readonly details: number;
  readonly events: number;
  readonly lateReplies: number;
  /** Replies whose context was never ours. */
  readonly strayReplies: number;
  /** Names that VPP's present table has more than once; of each the last one is used. */
  readonly doubledNames: number;
  /** Messages with ids that the table or schema lacks. */
  readonly unknownMessages: number;
  /** Messages longer than their definition, and the surplus in all. */
  readonly trailingMessages: number;
  readonly trailingBytes: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly gaps: number;
  /** Requests sent that VPP has not answered yet. */
  readonly inFlight: number;
  /** Requests that wait for room in their channel's window or the connection's. */
  readonly waiting: number;
  /** Milliseconds since the oldest request in flight was sent; 0 without one. */
  readonly oldestMs: number;
  /** Bytes, roughly as they are in memory, that wait for slow readers of dumps and events. */
  readonly bufferedBytes: number;
  /** Open channels, without the mux's own. */
  readonly channels: number;
  /** Each open channel, the mux's own (number 0) first. */
  readonly perChannel: readonly ChannelStats[];
  /** Time VPP spent per message name over all sessions, slowest mean first. */
  readonly slowest: readonly ServiceTime[];
  /** Requests of each message and how they ended, over all sessions. */
  readonly perMessage: readonly MessageStats[];
}

/** Requests of one name. */
export interface MessageStats {
  readonly name: string;
  /** Requests that VPP has answered, without an error for the caller. Those of a client of an API socket: answered, whatever the answer. */
  readonly answered: number;
  /** Requests that failed, by the error's code: `RETVAL`, `REPLY_TIMEOUT`, …; `not-sent`: those that never left. */
  readonly failed: Readonly<Record<string, number>>;
  /**
   * Time that VPP took for answers that were waited for, by bucket: an answer that came together with another one is not
   * counted. `counts` has one number more than `boundsMs`: of those above all bounds.
   */
  readonly service: {
    readonly boundsMs: readonly number[];
    readonly counts: readonly number[];
    readonly totalMs: number;
  };
}

/** The counters of one channel. */
export interface ChannelStats {
  readonly id: number;
  /** The name given in its options. */
  readonly name?: string;
  readonly owner?: string;
  readonly access: Access;
  readonly inFlight: number;
  readonly waiting: number;
  readonly oldestMs: number;
  /** Sent so far. */
  readonly requests: number;
  /** Events lost because they did not fit its buffers. */
  readonly gaps: number;
  readonly bufferedBytes: number;
}

/**
 * Time VPP spent on the requests of one name. VPP serves one message after the other: while several are in flight,
 * the time between two answers is the second one's; of a request that is alone it is the round trip. Time in which this
 * program did not wait for VPP, because it was busy itself, is not counted.
 */
export interface ServiceTime {
  readonly name: string;
  /** Requests sent. */
  readonly count: number;
  readonly meanMs: number;
  readonly maxMs: number;
  readonly totalMs: number;
}
