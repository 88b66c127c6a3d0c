/** The open channels of a connection: numbered, shown to its data listeners, and closed with it. */

import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import { DataListeners } from '../interceptors/data-listeners.js';
import type { ConnectOptions } from '../types.js';

/** Number of the mux's own channel, which is not among these. */
export const OWN_CHANNEL = 0;

export class OpenChannels {
  readonly dataListeners: DataListeners;
  private readonly channels = new Set<OpenChannel>();
  /** By numbers: a trace asks for each message. */
  private readonly names = new Map<number, string>();
  private last = OWN_CHANNEL;

  constructor(log: NonNullable<ConnectOptions['log']>) {
    this.dataListeners = new DataListeners(this.channels, log);
  }

  get all(): ReadonlySet<OpenChannel> {
    return this.channels;
  }

  /** The name of the open channel with this number; undefined where it has none. */
  nameOf(id: number): string | undefined {
    if (id === OWN_CHANNEL) return 'vppmux';
    return this.names.get(id);
  }

  open<C extends OpenChannel>(make: (id: number, host: ChannelHost) => C, host: ChannelHost): C {
    const channel = make(++this.last, host);
    this.channels.add(channel);
    if (channel.info.name !== undefined) this.names.set(channel.info.id, channel.info.name);
    this.dataListeners.opened(channel);
    return channel;
  }

  /** `giveUp`: ends what the channel has under way. */
  remove(channel: OpenChannel, giveUp: () => void): void {
    this.channels.delete(channel);
    this.names.delete(channel.info.id);
    giveUp();
    this.dataListeners.closed(channel);
  }

  closeAll(cause: Error): void {
    for (const channel of [...this.channels]) channel.close(cause);
  }
}
