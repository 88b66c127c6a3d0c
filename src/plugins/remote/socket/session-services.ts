/** Services and bounds that all sessions share. */

import type { Log, Mux, Operations } from '../../../sdk/index.js';
import type { Turns } from './turns.js';

/** Bounds of one WebSocket and of its session. */
export interface SocketLimits {
  readonly frameBytes: number;
  readonly channels: number;
  /** Ids in use. */
  readonly streams: number;
  readonly credit: number;
  /** The default of a channel, and the most. */
  readonly replyBytes: number;
  readonly replyTimeoutMs: number;
  readonly resumeMs: number;
  readonly lostSessions: LostBounds;
  /** Milliseconds in which a client must take something of what was sent, and answer a ping. */
  readonly unreadMs: number;
}

/** Lost sessions at a time: of all callers, and of one. */
export interface LostBounds {
  readonly most: number;
  readonly mostOfOne: number;
}

export interface SessionServices {
  readonly mux: Mux;
  readonly operations: Operations;
  readonly log: Pick<Log, 'warn' | 'info' | 'debug'>;
  readonly turns: Turns;
  readonly limits: () => SocketLimits;
  /** Counts an error that a client got, by its code. */
  readonly refused: (code: string) => void;
}
