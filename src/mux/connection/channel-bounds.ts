/** The bounds of a new channel: its own options, else the connection's, else the defaults. */

import type { ChannelBounds } from '../channel/host.js';
import { DEFAULTS, type Settings } from '../options.js';
import type { ChannelOptions } from '../types.js';

export function boundsOf({ channel, replyTimeoutMs }: Settings, options: ChannelOptions): ChannelBounds {
  return {
    name: options.name,
    owner: options.owner ?? channel.owner,
    access: options.access ?? channel.access,
    requestBuffer: options.requestBuffer ?? channel.requestBuffer,
    replyBuffer: options.replyBuffer ?? channel.replyBuffer,
    replyBytes: options.replyBytes ?? channel.replyBytes,
    replyTimeoutMs: options.replyTimeoutMs ?? channel.replyTimeoutMs ?? replyTimeoutMs,
    givesTime: options.replyTimeoutMs !== undefined,
    signal: options.signal,
  };
}

/** Bounds of the channel for the mux's own requests. */
export function ownBounds({ replyTimeoutMs }: Settings): ChannelBounds {
  return { ...DEFAULTS.channel, name: 'the mux itself', replyTimeoutMs };
}
