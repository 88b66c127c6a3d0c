/** The services `Mux` and `DataEvents`: the shared connection to VPP, as plugins get it. */

import { token } from '../agent/token.js';
import type { ApiChannel, Connection, DataEvents as MuxDataEvents } from '../mux/index.js';

/**
 * The one connection to VPP that all plugins share: everything of `Connection` but its end, which is the agent's,
 * and govppmux's own names next to it. Each plugin has its own: its channels have the plugin's name as owner, and one opened
 * with an owner of its own, for somebody that the plugin serves, `PLUGIN/OWNER`. Usable
 * from the start: while VPP is away, requests fail with NOT_CONNECTED and event subscriptions wait.
 */
export interface Mux extends Omit<Connection, 'close' | 'destroy' | 'dataEvents'> {
  /** Stats socket of the VPP that serves: next to its API socket, or where `stats-socket-path` of govpp.conf says. */
  readonly statsSocket: string;
  /** A channel with govpp's calls, 100 requests in flight and 100 replies waiting. */
  newAPIChannel(): ApiChannel;
  newAPIChannelBuffered(requestBuffer: number, replyBuffer: number): ApiChannel;
}
export const Mux = token<Mux>('mux');

/** The messages of all plugins' channels, to be inspected and refused: for policies, audits and measurements. */
export type DataEvents = MuxDataEvents;
export const DataEvents = token<DataEvents>('data-events');
