/** A command's channel: on a connection of its own, or on the one that the lines of a session share. */

import type { Channel, ChannelOptions, Connection, ConnectOptions } from '../mux/index.js';
import { withConnection } from './connection.js';
import type { Host } from './host.js';
import { type ConnectionFlags, vppOptions } from './options.js';

export interface ChannelUse extends Pick<ConnectOptions, 'name' | 'health'> {
  readonly channel?: ChannelOptions;
}

/**
 * Options of a channel that reads lists. VPP sends details as fast as it can and keeps what is not read in its own heap. So a command
 * reads at VPP's pace and keeps in its own memory what a slow reader of its output has not taken yet.
 */
export const UNBOUNDED: ChannelOptions = {
  replyBuffer: Number.MAX_SAFE_INTEGER,
  replyBytes: Number.MAX_SAFE_INTEGER,
};

/** The connection that a session shares; undefined where `flags` ask for another one. */
export function sharedConnection({ vpp }: Host, { socket, apiDir, timeout }: ConnectionFlags): Connection | undefined {
  return socket === undefined && apiDir === undefined && timeout === undefined ? vpp : undefined;
}

/** Runs `use` with a channel of its own, and closes what has been opened for it. */
export async function withChannel<T>(
  host: Host,
  flags: ConnectionFlags,
  { channel: channelOptions, ...own }: ChannelUse,
  use: (vpp: Connection, channel: Channel) => Promise<T>,
): Promise<T> {
  const shared = sharedConnection(host, flags);
  if (shared === undefined) {
    const options = { ...(await vppOptions(host, flags)), ...own };
    return withConnection(options, (vpp) => use(vpp, vpp.channel(channelOptions)));
  }
  const channel = shared.channel(channelOptions);
  try {
    return await use(shared, channel);
  } finally {
    channel.close();
  }
}
