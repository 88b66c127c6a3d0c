/** The states of a connection, and of its two VPPs where it has a backup. */

/**
 * connecting → ready ⇄ degraded ⇄ not-responding; backoff while away; closed for good.
 * `degraded`: a probe went unanswered, but fewer than the threshold.
 */
export type ConnectionState = 'connecting' | 'ready' | 'degraded' | 'not-responding' | 'backoff' | 'closed';

/** A state with its reason and facts; `states()` gives one at every change, the present one first. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** The reason for the state, for people. */
  readonly reason: string;
  readonly since: Date;
  /** 1 for the first session, one more for each reconnect; 0 before the first. */
  readonly generation: number;
  /** Times the connection came back after it had been ready. */
  readonly reconnects: number;
  /** VPP's version text (`26.06-release`), once known. */
  readonly version?: string;
  /** VPP's process id, once known. */
  readonly pid?: number;
  /** Socket of the VPP that serves, or is tried. */
  readonly socket: string;
  /**
   * Identity of the socket file that the present or the last session was made at: another one once VPP has made its socket anew, as
   * each start does. Undefined with a transport, and where the file cannot be looked at.
   */
  readonly socketFile?: string;
  /** Present with a `backup` only. */
  readonly redundancy?: RedundancyStatus;
}

export type DataplaneRole = 'primary' | 'backup';

/** The one of two VPPs that serves, and the state of the other. */
export interface RedundancyStatus {
  /** Role of the VPP that serves, or is tried while both are away. */
  readonly role: DataplaneRole;
  /** The reason why this one serves. */
  readonly reason: string;
  /** Changes from one to the other so far. */
  readonly switches: number;
  /** Time at which the primary serves again, if it stays healthy until then. */
  readonly failBackAt?: Date;
  /** The other one: the same states, `backoff` while it is away. */
  readonly standby: Pick<ConnectionStatus, 'socket' | 'state' | 'reason' | 'since'>;
}
