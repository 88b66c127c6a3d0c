/** The public shapes of redundancy: two dataplanes, of which one serves. */

import type { ConnectionStatus } from '../types.js';

export type DataplaneRole = 'primary' | 'backup';

/** Which of two dataplanes serves, and how the other one is. */
export interface RedundancyStatus {
  /** Of the one that serves, or is tried while both are away. */
  readonly role: DataplaneRole;
  /** Why this one. */
  readonly reason: string;
  /** Changes from one to the other so far. */
  readonly switches: number;
  /** When the primary is to serve again, if it stays healthy until then. */
  readonly failBackAt?: Date;
  /** The other one: the same states, `backoff` while it is away. */
  readonly standby: Pick<ConnectionStatus, 'socket' | 'state' | 'reason' | 'since'>;
}

export interface BackupOptions {
  /** API socket of the second VPP; it may be of another version. */
  readonly socket: string;
  /**
   * `auto`: the primary serves again once it has been healthy for `failBackAfterMs` on end; `manual`: on `switchTo()` only.
   * Default `auto`.
   */
  readonly failBack?: 'auto' | 'manual';
  /** Doubled each time that the primary did not last that long after it came back, up to an hour. Default 30000. */
  readonly failBackAfterMs?: number;
  /** Called before a switch that is planned (fail-back, `switchTo()`); the switch waits for it, a second at most. */
  readonly beforeSwitch?: (to: DataplaneRole, reason: string) => unknown;
}
