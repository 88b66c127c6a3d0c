/** The parts of a connection that its supervisor needs. */

import type { Settings } from '../options.js';
import type { Counters } from '../session/counters.js';
import type { Deadlines } from '../session/deadlines.js';
import type { Session } from '../session/session.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { Tracing } from '../trace/tracing.js';
import type { Channel } from '../types.js';
import type { Outstanding } from './graceful-close.js';
import type { PoisonGuard } from './poison.js';
import type { MessageLedger } from './stats.js';
import type { StatusCell } from './status.js';

export interface SupervisorHost {
  readonly settings: Settings;
  readonly cell: StatusCell;
  readonly counters: Counters;
  readonly ledger: MessageLedger;
  readonly deadlines: Deadlines;
  readonly subscriptions: Subscriptions;
  readonly tracing: Tracing;
  readonly poison: PoisonGuard | undefined;
  /** The mux's own channel, for probes. */
  readonly own: Channel;
  readonly openChannels: ReadonlySet<Outstanding>;
  /** A session has begun. */
  onSession(session: Session): void;
  /** The session has ended, or nothing new is sent on it. */
  onSessionEnd(cause: Error): void;
  /** The session serves on after all. */
  onSessionKept(session: Session): void;
  /** It has given up. */
  destroy(cause: Error): void;
}
