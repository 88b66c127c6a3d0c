/**
 * A client with a link of its own is a channel of the connection that its socket belongs to, with that one's listeners, policy and
 * numbers, but its requests and registrations are on its own link.
 */

import type { ChannelHost } from '../channel/host.js';
import type { OpenChannel } from '../channel/open-channel.js';
import type { Exchange } from '../session/exchange.js';
import type { Session } from '../session/session.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { ConnectOptions } from '../types.js';

/** The side of the client's own connection. */
interface OwnLink {
  readonly subscriptions: Subscriptions;
  usable(): Session;
}

export class DedicatedHost implements ChannelHost {
  readonly retrying = undefined;
  readonly sharesEvents = true;
  readonly callSites = false;

  constructor(
    private readonly shared: ChannelHost,
    private readonly own: OwnLink,
  ) {}

  get table() {
    return this.shared.table;
  }

  get gate() {
    return this.shared.gate;
  }

  get hazards() {
    return this.shared.hazards;
  }

  get dataListeners() {
    return this.shared.dataListeners;
  }

  get counters() {
    return this.shared.counters;
  }

  get subscriptions(): Subscriptions {
    return this.own.subscriptions;
  }

  usable(): Session {
    return this.own.usable();
  }

  forget(channel: OpenChannel, why: (exchange: Exchange) => Error): void {
    this.shared.forget(channel, why);
    this.own.subscriptions.dropHolder(channel);
  }
}

/** Options of the client's own connection: one life on one socket, with the client's name at VPP; the shared one is probed. */
export function dedicatedOptions(shared: ConnectOptions, name: string): ConnectOptions {
  return {
    ...shared,
    name: name === '' ? shared.name : fitting(name),
    backup: undefined,
    trace: undefined,
    health: { probe: false },
    reconnect: { maxAttempts: 1 },
    poison: false,
  };
}

/** VPP takes names of up to 63 bytes; a client may use the 64th as well. */
function fitting(name: string): string {
  let short = name;
  while (Buffer.byteLength(short) > 63) short = short.slice(0, -1);
  return short;
}
