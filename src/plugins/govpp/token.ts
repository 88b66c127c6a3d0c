/** What plugins get of the shared connection to VPP. */

import { token } from '../../agent/token.js';
import type { ApiChannel, Connection } from '../../mux/index.js';

/**
 * The one connection to VPP that all plugins share: everything of `Connection` but its end, which is the agent's,
 * and govppmux's own names beside it. Usable from the start: while VPP is away, requests fail with NOT_CONNECTED
 * and event subscriptions wait.
 */
export interface Mux extends Omit<Connection, 'close' | 'destroy'> {
  /** A channel with govpp's calls, 100 requests in flight and 100 replies waiting. */
  newAPIChannel(): ApiChannel;
  newAPIChannelBuffered(requestBuffer: number, replyBuffer: number): ApiChannel;
}
export const Mux = token<Mux>('mux');
