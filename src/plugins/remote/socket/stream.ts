/** One id of a session in use: a request, a dump, a subscription, a call, … */

import type { AgentFrame } from '../../../remote/protocol/index.js';
import type { Link } from './link.js';

export interface OpenStream {
  /** Number of its channel; undefined where it needs none. */
  readonly channel?: number;
  /** Takes more credit. Throws FrameFault where that is more than a stream may have; undefined where it has none. */
  credit?(count: number): void;
  /** Ends it without a word; also called for one that has ended. */
  end(): void;
  /** Its channel has been closed. Absent: it learns of that by itself. */
  channelClosed?(error: Error): void;
  /** Its socket is lost: keeps what the client may have missed. Absent: the stream ends with its socket. */
  lost?(): void;
  /** Goes on behind item `seq` on another socket. */
  resumed?(link: Link, seq: number, credit: number): void;
}

/** The end of a stream, as it has it. */
export interface StreamEnd {
  readonly id: number;
  /** Sends its last frame; the id is free then. */
  finish(frame: AgentFrame): void;
  /** Sends the error that ended it, likewise. */
  fail(error: unknown): void;
}

/** A promise that can be made anew: of one who waits until something is there. */
export class Wakeup {
  private resolve: (() => void) | undefined;

  /** Resolves at the next `wake()`. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  readonly wake = (): void => {
    const { resolve } = this;
    this.resolve = undefined;
    resolve?.();
  };
}
