/**
 * A channel as its connection knows it, of whatever kind: one whose users hold fields (channel.ts), or one that passes
 * frames on. The connection opens it (`VppConnection.open`), counts it, shows it to data listeners and closes it. What it sends
 * the channel itself takes through its host's gate, the check of hazards (examine.ts) and its guard.
 */

import type { ListenedChannel } from '../interceptors/data-listeners.js';
import type { Requester } from '../session/exchange.js';

/** Figures of one channel for `stats()`. */
export interface ChannelFigures {
  /** Requests at VPP. */
  readonly inFlight: number;
  /** Requests that wait for room in the channel's window, or for their turn. */
  readonly waiting: number;
  /** Requests sent so far. */
  readonly requests: number;
  /** Events lost because they did not fit the channel's buffers. */
  readonly gaps: number;
  /** Bytes, roughly as they are in memory, that wait for the channel's readers. */
  readonly bufferedBytes: number;
}

export interface OpenChannel extends ListenedChannel {
  /** Requester of the channel's exchanges, by which the session finds them; usually a `Window`. */
  readonly window: Requester;
  /**
   * Exchanges that the session still knows: waiting, at VPP, or between two pages of a dump. A connection that is closed
   * waits until there are none.
   */
  readonly outstanding: number;
  readonly figures: ChannelFigures;
  /**
   * Called when the connection has ended for good, because of `cause`; everything in flight has failed by then. The channel
   * calls `ChannelHost.forget`, as it does when its own user closes it.
   */
  close(cause: Error): void;
}
