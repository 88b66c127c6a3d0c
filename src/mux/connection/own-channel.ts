/** Channel 0: the mux's own probes and registrations, also while the connection is draining or closing. */

import { VppChannel } from '../channel/channel.js';
import type { Settings } from '../options.js';
import type { Counters } from '../session/counters.js';
import type { Subscriptions } from '../session/subscriptions.js';
import { ownBounds } from './channel-bounds.js';
import type { Lifecycle } from './lifecycle.js';
import { OWN_CHANNEL } from './open-channels.js';
import type { StatusCell } from './status.js';
import { usableSession } from './usable-session.js';

interface OwnChannelParts {
  readonly settings: Settings;
  readonly subscriptions: Subscriptions;
  readonly counters: Counters;
  readonly cell: StatusCell;
}

export function ownChannel({ settings, subscriptions, counters, cell }: OwnChannelParts, life: Lifecycle): VppChannel {
  const host = {
    subscriptions,
    counters,
    retrying: undefined,
    gate: undefined,
    dataListeners: undefined,
    hazards: undefined,
    sharesEvents: false,
    callSites: false,
    get table() {
      return life.table;
    },
    usable: () => life.present ?? usableSession(life, cell),
    forget() {},
  };
  return new VppChannel(OWN_CHANNEL, host, ownBounds(settings));
}
