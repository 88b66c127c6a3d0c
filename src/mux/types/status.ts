/** The states of a connection, and of its two VPPs where it has a backup. */

/**
 * connecting → ready ⇄ degraded ⇄ not-responding; backoff while away; closed for good.
 * `degraded`: a probe went unanswered, but fewer than the threshold.
 */
export type ConnectionState = 'connecting' | 'ready' | 'degraded' | 'not-responding' | 'backoff' | 'closed';

/** A state with its story; `states()` gives one at every change, the present one first. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Why, in a person's words. */
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
  /** With a `backup` only. */
  readonly redundancy?: RedundancyStatus;
}

export type DataplaneRole = 'primary' | 'backup';

/** Which of two dataplanes serves, and how the other one is. */
export interface RedundancyStatus {
  /** Role of the VPP that serves, or is tried while both are away. */
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
