/** Connects to VPP through an agent. */

import { throwAtCaller } from '../mux/call-site.js';
import type { VppMessages } from '../mux/types.js';
import { VppOverAgent } from './connection.js';
import { remoteSettings } from './options.js';
import type { RemoteConnection, RemoteOptions } from './types.js';

/**
 * Connects to VPP through the agent at `url`, over its WebSocket (plugin `remote`), in Node and in browsers. Resolves when the agent has
 * answered, whether its VPP is there or not (`ready()`); rejects with BAD_OPTION, NOT_CONNECTED, HANDSHAKE_FAILED or ABORTED, after the
 * first failed attempt. A connection that is lost later is made anew by itself. `M` types the channels; see `Channel`.
 */
export async function connectRemote<M = VppMessages>(options: RemoteOptions = {}): Promise<RemoteConnection<M>> {
  const connection = new VppOverAgent(remoteSettings(options));
  await connection.first(options.signal).catch(throwAtCaller);
  return connection as RemoteConnection<M>;
}
